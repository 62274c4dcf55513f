"""Fill the portal of ``benchmarks.settings`` and print addresses and numbers of queries as JSON.

``python -m benchmarks.load 20000``
"""

from __future__ import annotations

import json
import sys

import django

PER_OTHER_CATEGORY = 10


def fill(news: int) -> dict[str, str]:
    """Load the content and return the addresses that are measured, by name."""
    from django.db import connection

    from benchmarks.content import bulk_news
    from tests.factories import factory_for
    from wagtail_pbgdpl.content.base import ContentMixin
    from wagtail_pbgdpl.core.discovery import concrete_models
    from wagtail_pbgdpl.pages.models import CategoryIndexPage, PortalPage

    portal = PortalPage.objects.get()
    index = CategoryIndexPage.objects.get(category="C2")
    for other in CategoryIndexPage.objects.exclude(pk=index.pk):
        kinds = [
            model
            for model in concrete_models(ContentMixin)
            if model.is_creatable and model.can_create_at(other)
        ]
        for number in range(PER_OTHER_CATEGORY if kinds else 0):
            factory_for(kinds[0])(parent=other, title=f"{other.title}: bài số {number + 1}")
    items = bulk_news(index, news)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "article": items[news // 2].url,
        "home": portal.url,
        "first": index.url,
        "last": f"{index.url}?trang={-(-news // 20)}",
    }


def count_queries(address: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from wagtail_pbgdpl.serving import process_cache

    # Warm, even where more than a second lies between the two requests.
    process_cache.SECONDS = 3600
    client = Client()
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
    return len(captured)


def main() -> None:
    django.setup()
    addresses = fill(int(sys.argv[1]))
    found = {name: (address, count_queries(address)) for name, address in addresses.items()}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
