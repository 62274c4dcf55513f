"""A process of the portal, for ``test_processes``: answers one line of JSON with another."""

import json
import sys
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from tests.factories import NewsFactory  # noqa: E402
from wagtail_pbgdpl.content.actions import publish  # noqa: E402
from wagtail_pbgdpl.pages.models import CategoryIndexPage, NewsPage  # noqa: E402


def add(title: str) -> dict[str, Any]:
    index = CategoryIndexPage.objects.get(category="C2")
    page = NewsFactory(parent=index, title=title)
    return {"page": page.pk, "item": page.url, "listing": index.url}


def rename(page: int, title: str) -> None:
    item = NewsPage.objects.get(pk=page)
    item.title = title
    publish(item)


def unpublish(page: int) -> None:
    NewsPage.objects.get(pk=page).unpublish()


def get(address: str) -> dict[str, Any]:
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(address)
    return {
        "status": response.status_code,
        "html": response.content.decode(),
        "queries": len(captured),
    }


ACTS = {act.__name__: act for act in (add, rename, unpublish, get)}

for line in sys.stdin:
    name, arguments = json.loads(line)
    print(json.dumps(ACTS[name](**arguments)), flush=True)
