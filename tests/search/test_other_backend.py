"""The search of the portal asks its own index, whatever back-end a site has for its admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from modelsearch.backends import get_search_backend

from tests.factories import NewsFactory
from tests.search.other_backend import SearchBackend

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("searched")]


def test_one_that_does_not_answer(
    client: Client,
    index_of: Any,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    other = {"default": {"BACKEND": "tests.search.other_backend"}}
    settings.WAGTAILSEARCH_BACKENDS = settings.MODELSEARCH_BACKENDS = other
    assert isinstance(get_search_backend(), SearchBackend)
    with django_capture_on_commit_callbacks(execute=True):
        page = NewsFactory(parent=index_of("C2"), title="Nà Pản xòe khăn")
    assert "not there" in caplog.text
    shown = client.get("/pbgdpl/tim-kiem/", {"q": "na pan xoe khan"}).content.decode()
    assert page.url in shown
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    shown = client.get("/pbgdpl/tim-kiem/", {"q": "na pan xoe khan"}).content.decode()
    assert page.url not in shown
