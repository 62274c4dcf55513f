"""The index is as what is public is, in the transaction that changes it (X5, R8)."""

from __future__ import annotations

import datetime
import threading
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.factories import NewsFactory, factory_for
from wagtail_pbgdpl.content import search_following
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.reference.models import LegalField
from wagtail_pbgdpl.search import entries, index
from wagtail_pbgdpl.search.engine import Query, engine
from wagtail_pbgdpl.search.entries import Entry
from wagtail_pbgdpl.search.index_models import SearchEntry, SearchWord
from wagtail_pbgdpl.search.stores import documents_with, store
from wagtail_pbgdpl.serving import process_cache

pytestmark = pytest.mark.usefixtures("searched")

TITLE = "Nà Pản xòe khăn"
WORDS = "na pan xoe khan"


def found(text: str = WORDS, **filters: str) -> list[str]:
    process_cache.forget()
    # The pages of the categories are there too.
    keys = engine.search(Query(text, "vi", {"kind": "news"} | filters)).keys
    titles = dict(SearchEntry.objects.filter(key__in=keys).values_list("key", "title"))
    return [titles[key] for key in keys]


@pytest.fixture
def news(index_of: Any) -> Any:
    return NewsFactory(parent=index_of("C2"), title=TITLE)


class TestUpkeep:
    def test_what_is_published_is_found_at_once(self, news: Any) -> None:
        assert found() == [TITLE]

    def test_a_draft_is_not(self, news: Any) -> None:
        news.title = "Quả còn bay"
        news.save_revision()
        assert found("qua con bay") == []
        assert found() == [TITLE]

    def test_a_new_version_is_found_by_its_own_words(self, news: Any, editor: Any) -> None:
        news.title = "Hội xuân tuyên truyền"
        news.body = [("rich_text", "<p>Trò chơi dân gian</p>")]
        news.save_revision()
        publish(news)
        assert found("hoi xuan") == ["Hội xuân tuyên truyền"]
        assert found("tro choi dan gian") == ["Hội xuân tuyên truyền"]
        assert found() == []

    def test_what_is_taken_down_is_gone(self, news: Any) -> None:
        # As the admin does it: by the row of the base page.
        news.page_ptr.unpublish()
        assert found() == []
        assert not SearchEntry.objects.filter(title=TITLE).exists()

    def test_what_is_deleted_is_gone(self, news: Any) -> None:
        news.page_ptr.delete()
        assert not SearchEntry.objects.filter(title=TITLE).exists()
        assert found() == []

    def test_a_section_that_is_closed_is_gone_and_comes_back(self, news: Any) -> None:
        lock = PageViewRestriction.objects.create(
            page=news.get_parent(), restriction_type=PageViewRestriction.LOGIN
        )
        assert found() == []
        assert not SearchEntry.objects.filter(title=TITLE).exists()
        lock.delete()
        assert found() == [TITLE]

    def test_of_a_large_section_the_rest_comes_later(
        self, news: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
    ) -> None:
        monkeypatch.setattr(search_following, "AT_ONCE", 1)
        lock = PageViewRestriction.objects.create(
            page=news.get_parent(), restriction_type=PageViewRestriction.LOGIN
        )
        with django_capture_on_commit_callbacks() as later:
            lock.delete()
        assert found() == []  # the page of the category was the first
        for callback in later:
            callback()
        assert found() == [TITLE]

    def test_what_moves_into_a_closed_section_is_gone(self, news: Any, index_of: Any) -> None:
        closed = index_of("C9")
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
        news.move(closed, pos="last-child")
        assert found() == []

    def test_what_is_rolled_back_was_never_there(self, index_of: Any) -> None:
        with transaction.atomic():
            NewsFactory(parent=index_of("C2"), title=TITLE)
            assert found() == [TITLE]
            transaction.set_rollback(True)
        assert found() == []

    def test_nobody_is_kept_from_publishing(
        self, index_of: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(*_arguments: Any) -> Any:
            raise RuntimeError("broken")

        monkeypatch.setattr(index, "_put", broken)
        page = NewsFactory(parent=index_of("C2"), title=TITLE)
        assert page.live
        assert "could not be entered" in caplog.text
        monkeypatch.undo()
        assert index.compare() >= 1
        assert found() == [TITLE]

    def test_what_did_not_change_is_not_written(self, news: Any) -> None:
        news = pages.NewsPage.objects.get(pk=news.pk)
        with CaptureQueriesContext(connection) as captured:
            news.save()
        written = [one["sql"] for one in captured if "wagtail_pbgdpl_search" in one["sql"]]
        assert all(one.startswith(("SELECT", "UPDATE")) for one in written)
        assert len(written) <= 3

    def test_a_publication_is_entered_once(
        self, index_of: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With what is saved after the row of its page, such as its legal fields."""
        field = LegalField.objects.create(code="khan-xoe", name="Khăn xòe")
        page = factory_for(pages.MaterialPage)(parent=index_of("C5"))
        page.legal_fields.add(field)
        page.save_revision()
        entered = []
        follow = index.follow

        def counted(name: str, keys: Any) -> int:
            entered.extend(keys)
            return follow(name, keys)

        monkeypatch.setattr(index, "follow", counted)
        publish(page)
        assert entered == [page.pk]
        assert "khan-xoe" in SearchEntry.objects.get(object_id=page.pk).facets

    def test_it_costs_few_queries(self, index_of: Any) -> None:
        parent = index_of("C2")
        NewsFactory(parent=parent)
        page = NewsFactory(parent=parent, title=TITLE)
        index.drop("pages", [page.pk])
        with CaptureQueriesContext(connection) as captured:
            index.follow("pages", [page.pk])
        # The lock and what is known; the page; its keys; the row, its tokens, its words.
        assert len(captured) <= 14

    def test_other_languages_are_not_mixed(self, news: Any) -> None:
        process_cache.forget()
        assert not engine.search(Query(WORDS, "en")).keys


class TestComparing:
    def test_ways_that_tell_nobody(self, news: Any) -> None:
        index.compare()
        assert index.compare() == 0
        pages.NewsPage.objects.filter(pk=news.pk).update(title="Bánh dày")
        assert found() == [TITLE]
        assert index.compare() == 1
        assert found() == []
        assert found("banh day") == ["Bánh dày"]
        pages.NewsPage.objects.filter(pk=news.pk).update(live=False)
        assert index.compare() == 1
        assert found("banh day") == []

    def test_tokens_that_were_lost(self, news: Any) -> None:
        index.compare()
        store(write=True).drop([SearchEntry.objects.get(title=TITLE).key])
        assert found() == []
        assert index.compare() == 1
        assert found() == [TITLE]

    def test_it_is_done_once_a_day(self, news: Any) -> None:
        now = datetime.datetime(2026, 11, 30, 2, tzinfo=datetime.UTC)
        with time_machine.travel(now, tick=False) as clock:
            index.compare_due()
            pages.NewsPage.objects.filter(pk=news.pk).update(live=False)
            clock.shift(datetime.timedelta(hours=23))
            assert index.compare_due() == 0
            clock.shift(datetime.timedelta(hours=2))
            assert index.compare_due() == 1

    def test_words_are_counted(self, news: Any, index_of: Any) -> None:
        assert documents_with(["xoe_khan"]) == {"xoe_khan": 1}
        NewsFactory(parent=index_of("C2"), title=TITLE)
        assert documents_with(["xoe_khan"]) == {"xoe_khan": 1}
        SearchWord.objects.create(term="xoe_khan", documents=1)  # as two at once do
        SearchWord.objects.create(term="khong_ai", documents=1)
        index.count_words()
        assert documents_with(["xoe_khan", "khong_ai"]) == {"xoe_khan": 2}
        assert SearchWord.objects.filter(term="xoe_khan").count() == 1


class TestCommand:
    def test_it_makes_all_anew(self, news: Any) -> None:
        SearchEntry.objects.filter(title=TITLE).update(title="Sai", text="")
        out = StringIO()
        call_command("pbgdpl_rebuild_search", stdout=out)
        assert "[" in out.getvalue()
        assert found() == [TITLE]

    def test_it_takes_out_what_is_no_more(self, news: Any) -> None:
        pages.NewsPage.objects.filter(pk=news.pk).update(live=False)
        call_command("pbgdpl_rebuild_search", verbosity=0, stdout=StringIO())
        assert found() == []

    def test_it_enters_only_what_changed(self, news: Any, english: None) -> None:
        index.compare()
        pages.NewsPage.objects.filter(pk=news.pk).update(title="Bánh dày")
        out = StringIO()
        call_command("pbgdpl_rebuild_search", "--changed", stdout=out)
        assert "Entries changed: 1." in out.getvalue()
        assert found("banh day") == ["Bánh dày"]


class TestOrder:
    def test_where_the_words_stand_decides(self, index_of: Any) -> None:
        parent = index_of("C2")
        NewsFactory(
            parent=parent, title="Tin một", body=[("rich_text", "<p>" + "chữ " * 90 + "hụi họ</p>")]
        )
        NewsFactory(parent=parent, title="Tin hai", summary="Chơi hụi họ ở xã")
        NewsFactory(parent=parent, title="Quy định mới về hụi họ")
        NewsFactory(parent=parent, title="Hụi họ")
        expected = ["Hụi họ", "Quy định mới về hụi họ", "Tin hai", "Tin một"]
        assert found("hui ho") == found("hụi họ") == expected

    def test_accents_that_were_typed_come_first(self, index_of: Any) -> None:
        for title in ("Lễ hội chó con", "Lễ hội cho con"):
            NewsFactory(parent=index_of("C2"), title=title)
        assert found("chó con")[0] == "Lễ hội chó con"
        assert found("lễ hội cho con")[0] == "Lễ hội cho con"
        assert set(found("cho con")) == {"Lễ hội chó con", "Lễ hội cho con"}

    def test_of_equals_the_newest(self, index_of: Any) -> None:
        for number, day in enumerate((3, 1, 2)):
            at = datetime.datetime(2026, 1, day, tzinfo=datetime.UTC)
            NewsFactory(parent=index_of("C2"), title=f"Hụi họ {number}", at=at)
        assert found("hui ho") == ["Hụi họ 0", "Hụi họ 2", "Hụi họ 1"]

    def test_many_results_are_counted_and_turned(
        self, index_of: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("wagtail_pbgdpl.search.engine.FEW", 3)
        monkeypatch.setattr("wagtail_pbgdpl.search.engine.PER_PAGE", 2)
        for number in range(5):
            NewsFactory(parent=index_of("C2"), title=f"Hụi họ {number}")
        process_cache.forget()
        pages_found = [engine.search(Query("hui ho", "vi", page=page)) for page in (1, 2, 3)]
        assert [one.total for one in pages_found] == [5, 5, 5]
        assert [len(one.keys) for one in pages_found] == [2, 2, 1]
        assert len({key for one in pages_found for key in one.keys}) == 5
        assert pages_found[0].facets["kind"] == {"news": 5}

    def test_of_a_large_index_what_many_have_is_not_counted_to_the_end(
        self, index_of: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("wagtail_pbgdpl.search.engine.LARGE", 0)
        monkeypatch.setattr("wagtail_pbgdpl.search.engine.MOST_COUNTED", 3)
        monkeypatch.setattr("wagtail_pbgdpl.search.engine.FEW", 2)
        for number in range(5):
            NewsFactory(parent=index_of("C2"), title=f"Hụi họ {number}")
        process_cache.forget()
        one = engine.search(Query("hui ho", "vi"))
        assert (one.total, one.is_more, len(one.keys)) == (3, True, 5)


class TestNarrowing:
    def test_filters_and_their_counts(self, index_of: Any) -> None:
        for year in (2024, 2025, 2025):
            at = datetime.datetime(year, 3, 1, tzinfo=datetime.UTC)
            NewsFactory(parent=index_of("C2"), title="Hụi họ", at=at)
        factory_for(pages.OtherPage)(parent=index_of("C15"), title="Hụi họ")
        process_cache.forget()
        one = engine.search(Query("hui ho", "vi", {"year": "2025"}))
        assert one.total == 2
        assert one.facets["year"]["2024"] == 1  # were it chosen instead
        assert one.facets["kind"] == {"news": 2}
        assert found("hui ho", year="2024", kind="news") == ["Hụi họ"]
        assert found("hui ho", year="1999") == []


def test_two_who_publish_at_once_wait_for_no_word(committed: None) -> None:
    """Both enter the same new words, in one order and the other, within long transactions."""
    from wagtail_pbgdpl.core.base_page import base_page_model

    if connection.vendor != "postgresql":
        # SQLite lets one write at a time.
        return
    assert base_page_model() is not None
    used = store(write=True)
    first, second = threading.Event(), threading.Event()
    failed: list[BaseException] = []

    def write(own: threading.Event, other: threading.Event, terms: list[str]) -> None:
        try:
            with transaction.atomic():
                store(write=True).add_words(terms[:1])
                own.set()
                assert other.wait(30)
                store(write=True).add_words(terms[1:])
        except BaseException as error:
            failed.append(error)
        finally:
            own.set()
            connections.close_all()

    terms = ["zzmot", "zzhai"]
    threads = [
        threading.Thread(target=write, args=(first, second, terms)),
        threading.Thread(target=write, args=(second, first, terms[::-1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    try:
        assert not failed
        assert documents_with(terms) == {"zzmot": 1, "zzhai": 1}
        used.count_words()
        assert documents_with(terms) == {}
    finally:
        SearchWord.objects.filter(term__in=terms).delete()


class Numbered:
    """Objects with the numbers 1 to 9, all of one minute."""

    def marks(self) -> Any:
        return [(number, "") for number in range(1, 10)]

    def entries(self, keys: Any) -> Any:
        minute = datetime.datetime(2026, 5, 4, 8, tzinfo=datetime.UTC)
        for key in keys:
            yield Entry(key, "news", f"Xòe {key}", minute, "vi")

    def addresses(self, keys: Any) -> Any:
        return {}


def test_objects_of_one_number_and_minute_in_several_sources(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their keys are of minute and number, and no two the same, whichever comes first."""
    names = ("first", "second", "third")
    for name in names:
        monkeypatch.setitem(entries._sources, name, Numbered())
    for name, numbers in zip(names, ((8, 9, 2), (7, 8, 1, 9), range(1, 10)), strict=True):
        index.follow(name, list(numbers))
    for name in names:
        index.follow(name, range(1, 10))
    keys = SearchEntry.objects.filter(source__in=names).values_list("key", flat=True)
    assert len(keys) == len(set(keys)) == 27
