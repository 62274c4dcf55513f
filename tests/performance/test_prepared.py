"""Queries that are turned into SQL once give what Django's own give."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.models import F, Prefetch
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from benchmarks.content import bulk_news
from tests.factories import NewsFactory
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving.prepared import Given, PreparedQuery

KEY = Page._meta.get_field("id")
PUBLISHED_AT = pages.ContentPage._meta.get_field("published_at")


@pytest.fixture
def items(index_of: Any) -> list[Any]:
    return bulk_news(index_of("C2"), 5)


def test_the_values_change_and_nothing_else(items: list[Any]) -> None:
    query = PreparedQuery(lambda: Page.objects.filter(pk=Given("key", KEY)))
    assert [query(key=item.pk)[0].title for item in items] == [item.title for item in items]
    assert query(key=0) == []


def test_a_query_is_one_query(items: list[Any]) -> None:
    query = PreparedQuery(lambda: Page.objects.filter(pk=Given("key", KEY)))
    for item in items:
        with CaptureQueriesContext(connection) as captured:
            query(key=item.pk)
        assert len(captured) == 1


def test_it_is_built_once(items: list[Any]) -> None:
    built = []

    def build() -> Any:
        built.append(True)
        return Page.objects.filter(pk=Given("key", KEY))

    query = PreparedQuery(build)
    for item in items:
        query(key=item.pk)
    assert len(built) == 1


def test_moments_slices_order_and_annotations(items: list[Any]) -> None:
    query = PreparedQuery(
        lambda: (
            pages.ContentPage.objects.filter(published_at__lt=Given("at", PUBLISHED_AT))
            .annotate(named=F("author"))
            .order_by("-published_at")[:2]
        )
    )
    for position in (3, 4):
        found = query(at=items[position].published_at)
        assert [item.pk for item in found] == [items[position - 1].pk, items[position - 2].pk]
        assert {item.named for item in found} == {"Nông Thị Hoa"}


def test_related_rows_come_along(index_of: Any) -> None:
    item = NewsFactory(parent=index_of("C2"), tags=["đất đai"])
    query = PreparedQuery(
        lambda: (
            pages.NewsPage.objects.filter(pk=Given("key", KEY))
            .select_related("locale")
            .prefetch_related(Prefetch("tagged_items", to_attr="links"))
        )
    )
    (found,) = query(key=item.pk)
    with CaptureQueriesContext(connection) as captured:
        assert found.locale.language_code == "vi"
        assert len(found.links) == 1
    assert len(captured) == 0


def test_what_nothing_can_fulfil(items: list[Any]) -> None:
    query = PreparedQuery(lambda: Page.objects.filter(pk__in=[]))
    assert query() == query() == []


def test_an_answer_is_no_part_of_the_next(items: list[Any]) -> None:
    query = PreparedQuery(lambda: Page.objects.filter(pk=Given("key", KEY)))
    query(key=items[0].pk)[0].title = "Đã đổi"
    assert query(key=items[0].pk)[0].title == items[0].title


class TestTheWayOut:
    """What a prepared query takes of Django's insides may be gone in a version to come."""

    def query(self) -> PreparedQuery:
        return PreparedQuery(
            lambda: pages.ContentPage.objects.filter(
                published_at__lt=Given("at", PUBLISHED_AT), pk__gt=Given("key", KEY)
            ).order_by("-published_at")[:2]
        )

    @pytest.fixture
    def asked(self, items: list[Any]) -> dict[str, Any]:
        return {"at": items[4].published_at, "key": items[0].pk}

    def test_the_setting_turns_them_off(
        self, asked: dict[str, Any], settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kept = self.query()(**asked)
        monkeypatch.setattr(PreparedQuery, "_prepared", None)
        settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, "PREPARED_QUERIES": False}
        assert self.query()(**asked) == kept
        assert len(kept) == 2

    def test_a_fault_is_logged_once_and_the_query_built_anew(
        self,
        asked: dict[str, Any],
        items: list[Any],
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        kept = self.query()(**asked)
        monkeypatch.delattr(SQLCompiler, "pre_sql_setup")
        broken = self.query()
        with pytest.raises(AttributeError):
            broken(**asked)
        monkeypatch.undo()
        assert broken(**asked) == broken(**asked) == kept
        later = broken(at=items[3].published_at, key=items[1].pk)
        assert [item.pk for item in later] == [items[2].pk]
        assert caplog.text.count("A prepared query does not work") == 1

    def test_a_fault_of_the_database_is_the_databases(
        self, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        query = self.query()

        def gone(*args: Any, **kwargs: Any) -> None:
            raise OperationalError

        monkeypatch.setattr(SQLCompiler, "execute_sql", gone)
        with pytest.raises(OperationalError):
            query(**asked)
        monkeypatch.undo()
        monkeypatch.setattr(PreparedQuery, "_anew", None)
        assert len(query(**asked)) == 2


def test_threads_have_connections_of_their_own(db: Any) -> None:
    """A compiler of Django holds the connection of the thread that made it."""
    query = PreparedQuery(lambda: Site.objects.filter(pk=Given("key", Site._meta.pk)))
    used: list[Any] = []
    failed: list[BaseException] = []

    def ask() -> None:
        from django.db import connection as own

        try:
            with CaptureQueriesContext(own) as captured:
                query(key=1)
            used.append(len(captured))
        except BaseException as error:
            failed.append(error)
        finally:
            own.close()

    for _ in range(2):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert not failed
    assert used == [1, 1]
