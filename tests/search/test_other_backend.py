"""The search of the portal asks its own index, whatever back-end a site has for its admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from modelsearch.backends import get_search_backend

from tests.factories import NewsFactory
from tests.search.other_backend import SearchBackend
from wagtail_pbgdpl.search.engine import Found, OwnEngine, Query
from wagtail_pbgdpl.search.index_models import SearchEntry

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


class Engine(OwnEngine):
    """One of a site: it finds the same entry, whatever is looked for."""

    def search(self, query: Query, *, mend: bool = True) -> Found:
        keys = SearchEntry.objects.filter(title="Nà Pản xòe khăn").values_list("key", flat=True)
        return Found(keys=list(keys), total=len(keys))


def test_an_engine_of_the_site(client: Client, index_of: Any, settings: Any) -> None:
    page = NewsFactory(parent=index_of("C2"), title="Nà Pản xòe khăn")
    for engine, finds in (
        ("tests.search.test_other_backend.Engine", True),
        ("tests.search.nowhere.Engine", False),
    ):
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"SEARCH_ENGINE": engine}
        shown = client.get("/pbgdpl/tim-kiem/", {"q": "hoi thi"})
        assert shown.status_code == 200
        assert (page.url in shown.content.decode()) == finds
        found = {one.id for one in run_checks(tags=["wagtail_pbgdpl"])}
        assert ("wagtail_pbgdpl.E017" in found) != finds
