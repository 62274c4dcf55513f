"""R12, T1–T11: the ledger is written when something happens, and keeps it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from tests.factories import NewsFactory, UnitFactory, UserFactory, cleared, factory_for
from tests.workflows.board import Board, make_board
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.matters import ledger, obligations
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.provisioning.portal import set_up
from wagtail_pbgdpl.regulations.active import get_regulation
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.usefixtures("portal")

DAY = datetime.date(2026, 3, 2)
DUE = datetime.datetime.combine(datetime.date(2026, 3, 16), datetime.time.max, VIETNAM)
IN_TIME = datetime.datetime(2026, 3, 16, 23, 30, tzinfo=VIETNAM)
TOO_LATE = datetime.datetime(2026, 3, 17, 0, 30, tzinfo=VIETNAM)


@pytest.fixture
def directive(index_of: Any) -> Any:
    def make(**values: Any) -> Any:
        usual = {"issued_on": DAY, "live": False, "title": "Công văn", "user": UserFactory()}
        return factory_for(pages.DirectivePage)(parent=index_of("C3"), **(usual | values))

    return make


@pytest.fixture
def board(index_of: Any) -> Board:
    return make_board(index_of("C3"), pages.DirectivePage)


def row_of(page: Any) -> Matter:
    return Matter.objects.publications().get(subject=page.pk)


def kinds(row: Matter) -> list[str]:
    return list(row.events.of_the_clock().values_list("move", flat=True))


class TestDrafts:
    def test_start_the_clock_at_the_event(self, directive: Any) -> None:
        """T2: ten working days from the day of issue, whenever it is written."""
        unit = UnitFactory()
        row = row_of(directive(unit=unit))
        assert (row.category, row.rule, row.unit, row.title) == ("C3", "T2", unit, "Công văn")
        assert row.clause == "Điều 12 khoản 1 điểm b"
        assert row.profile == "bac_kan_pbgdpl_2021"
        assert (row.started_on, row.due_at) == (DAY, DUE)
        assert row.is_open
        assert kinds(row) == ["begun"]

    def test_that_are_saved_again_write_nothing_new(self, directive: Any) -> None:
        page = directive()
        page.save_revision()
        page.save_revision()
        assert Matter.objects.publications().filter(subject=page.pk).count() == 1
        assert kinds(row_of(page)) == ["begun"]

    def test_move_the_limit_with_the_day_of_issue(self, directive: Any) -> None:
        page = directive()
        page.issued_on = datetime.date(2026, 3, 3)
        by = UserFactory(first_name="Đàm Thị Ngọc", is_superuser=True)
        page.save_revision(user=by)
        row = row_of(page)
        assert row.due_at == DUE + datetime.timedelta(days=1)
        event = row.events.last()
        assert event is not None
        assert (event.move, event.by, event.by_name) == ("moved", by, "Đàm Thị Ngọc")
        assert event.detail["before"] == DUE.isoformat()

    def test_without_a_day_have_no_limit_yet(self, directive: Any) -> None:
        row = row_of(directive(issued_on=None))
        assert (row.rule, row.started_on, row.due_at) == ("T2", None, None)

    def test_of_an_immediate_rule_are_measured_without_a_limit(self, index_of: Any) -> None:
        """T1"""
        row = row_of(NewsFactory(parent=index_of("C2"), information_on=DAY, live=False))
        assert (row.rule, row.started_on, row.due_at) == ("T1", DAY, None)

    def test_follow_a_move_to_another_category(self, index_of: Any) -> None:
        page = factory_for(pages.OtherPage)(parent=index_of("C15"), live=False)
        page.category = "C3"
        ledger.keep(page)
        assert (row_of(page).category, row_of(page).rule) == ("C3", "T2")


class TestPublication:
    @pytest.mark.parametrize(("at", "late"), [(IN_TIME, False), (TOO_LATE, True)])
    def test_closes_the_row(self, at: datetime.datetime, late: bool, board: Board) -> None:
        page = board.at_approval(issued_on=DAY)
        with time_machine.travel(at, tick=False):
            board.pass_on(page, board.chief)
        row = row_of(page)
        assert row.closed_at == at
        assert row.closed_by == board.chief
        assert not row.is_open
        assert Matter.objects.too_late().filter(pk=row.pk).exists() is late
        assert Matter.objects.too_late().filter(pk=row.pk).exists() is late
        assert Matter.objects.in_time().filter(pk=row.pk).exists() is not late
        assert kinds(row) == ["begun", "published"]

    def test_happens_once(self, directive: Any) -> None:
        page = directive()
        with time_machine.travel(IN_TIME, tick=False):
            cleared(page.save_revision()).publish()
        page.issued_on = datetime.date(2026, 1, 5)
        with time_machine.travel(TOO_LATE, tick=False):
            cleared(page.save_revision()).publish()
        row = row_of(page)
        assert (row.closed_at, row.due_at) == (IN_TIME, DUE)
        assert kinds(row) == ["begun", "published", "published"]

    def test_taken_back_stays_written(self, directive: Any) -> None:
        page = directive()
        cleared(page.save_revision()).publish()
        page.refresh_from_db()
        page.unpublish()
        row = row_of(page)
        assert row.closed_at is not None
        assert kinds(row) == ["begun", "published", "unpublished"]

    def test_outlives_page_person_and_unit_name(self, directive: Any) -> None:
        """R12"""
        chief = UserFactory(first_name="Hoàng Thị Thanh Mai")
        page = directive()
        publish(page, user=chief)
        number = page.pk
        page.delete()
        chief.delete()
        row = Matter.objects.publications().get(subject=number)
        assert row.title == "Công văn"
        assert row.closed_by is None
        assert row.events.get(move="published").by_name == "Hoàng Thị Thanh Mai"

    def test_a_copy_is_an_item_of_its_own(self, directive: Any) -> None:
        page = directive()
        cleared(page.save_revision()).publish()
        page.refresh_from_db()
        copy = page.copy(update_attrs={"slug": "ban-sao"}, keep_live=False)
        copy.save_revision()
        assert row_of(copy).pk != row_of(page).pk
        assert row_of(copy).is_open

    def test_an_alias_is_none(self, directive: Any) -> None:
        page = directive()
        cleared(page.save_revision()).publish()
        page.refresh_from_db()
        alias = page.create_alias(update_slug="bi-danh")
        assert not Matter.objects.publications().filter(subject=alias.pk).exists()


class TestWhatIsOwed:
    def owe(self, **values: Any) -> Matter:
        usual = {"title": "Công văn 12/STP", "category": "C3", "start": DAY}
        return obligations.owe(**(usual | values))

    def test_runs_before_anything_is_written(self) -> None:
        row = self.owe(unit=UnitFactory(), by=UserFactory(), remark="Theo sổ văn bản đi")
        assert (row.subject, row.due_at, row.rule) == (None, DUE, "T2")
        assert list(Matter.objects.late(TOO_LATE)) == [row]
        assert list(Matter.objects.late(IN_TIME)) == []
        assert list(Matter.objects.due_until(DUE)) == [row]
        assert kinds(row) == ["owed"]

    @pytest.mark.parametrize("values", [{"category": "C99"}, {"rule": "T3"}, {"title": ""}])
    def test_must_make_sense(self, values: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            self.owe(**values)
        assert not Matter.objects.publications().exists()

    def test_is_taken_up_by_a_page(self, directive: Any) -> None:
        row = self.owe()
        page = directive(issued_on=None)
        own = row_of(page)
        obligations.take_up(row, page, by=UserFactory())
        assert row_of(page).pk == row.pk
        own.refresh_from_db()
        assert not own.is_open
        cleared(page.save_revision()).publish()
        row.refresh_from_db()
        assert row.closed_at is not None

    def test_is_taken_up_once_and_in_its_category(self, directive: Any, index_of: Any) -> None:
        row = self.owe()
        with pytest.raises(ValidationError):
            obligations.take_up(row, NewsFactory(parent=index_of("C2"), live=False))
        obligations.take_up(row, directive())
        with pytest.raises(ValidationError):
            obligations.take_up(row, directive(title="Công văn khác"))

    def test_goes_on_where_the_draft_is_silent(self, directive: Any) -> None:
        """T2: day, unit and rule of what was owed are not lost by saving a draft without them."""
        unit = UnitFactory()
        row = self.owe(unit=unit)
        page = directive(issued_on=None)
        obligations.take_up(row, page)
        page.title = "Công văn sửa"
        page.save_revision()
        row.refresh_from_db()
        assert (row.title, row.unit) == ("Công văn sửa", unit)
        assert (row.started_on, row.due_at) == (DAY, DUE)
        assert kinds(row) == ["owed", "changed"]

    def test_follows_the_draft_where_it_says_another_day(self, directive: Any) -> None:
        row = self.owe(start=datetime.datetime(2026, 3, 2, 8, tzinfo=VIETNAM))
        page = directive(issued_on=None)
        obligations.take_up(row, page)
        page.issued_on = DAY
        page.save_revision()
        row.refresh_from_db()
        assert row.started_at is not None
        page.issued_on = datetime.date(2026, 3, 3)
        page.save_revision()
        row.refresh_from_db()
        assert (row.started_on, row.started_at) == (page.issued_on, None)
        assert row.due_at == DUE + datetime.timedelta(days=1)

    def test_of_two_entries_a_page_is_one(self, directive: Any) -> None:
        page, first, second = directive(), self.owe(), self.owe(title="Công văn khác")
        obligations.take_up(first, page)
        with pytest.raises(ValidationError):
            obligations.take_up(second, page)
        first.refresh_from_db()
        assert first.is_open
        assert first.subject == page.pk

    def test_a_public_page_takes_nothing_up(self, directive: Any) -> None:
        page = directive()
        cleared(page.save_revision()).publish()
        with pytest.raises(ValidationError):
            obligations.take_up(self.owe(), page)

    def test_is_given_up_with_a_reason(self) -> None:
        row = obligations.give_up(self.owe(), reason="Văn bản mật", by=UserFactory())
        assert not row.is_open
        assert not Matter.objects.late(TOO_LATE).exists()
        event = row.events.last()
        assert event is not None
        assert event.detail == {"reason": "Văn bản mật"}
        with pytest.raises(ValidationError):
            obligations.give_up(row, reason="lần nữa")


class TestHistory:
    def test_is_not_changed_nor_deleted(self) -> None:
        row = obligations.owe(title="Công văn", category="C3", start=DAY)
        event = Event.objects.get(matter=row)
        event.by_name = "Người khác"
        with pytest.raises(TypeError):
            event.save()
        with pytest.raises(TypeError):
            event.delete()
        with pytest.raises(Exception, match="protected"):
            row.delete()
        assert Event.objects.get(matter=row).by_name == ""


class TestDeletion:
    def test_what_began_with_a_draft_ends_with_it(self, index_of: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), live=False)
        row = Matter.objects.publications().get(subject=page.pk)
        page.delete()
        row.refresh_from_db()
        assert row.is_given_up
        assert row.events.last().move == "given_up"

    def test_what_was_owed_is_owed_again(self, index_of: Any) -> None:
        """T2: the clock of a document that was issued does not end with a draft of it."""
        row = obligations.owe(title="Kế hoạch", category="C2", start=datetime.date(2026, 3, 2))
        page = NewsFactory(parent=index_of("C2"), live=False)
        obligations.take_up(row, page)
        page.delete()
        row.refresh_from_db()
        assert row.is_open
        assert row.subject is None

    def test_what_was_public_stays_written(self, index_of: Any) -> None:
        page = NewsFactory(parent=index_of("C2"))
        row = Matter.objects.publications().get(subject=page.pk)
        page.delete()
        row.refresh_from_db()
        assert row.closed_at is not None
        assert not row.is_given_up


def test_what_was_public_before_the_ledger_is_entered_by_the_set_up(
    portal: Any, index_of: Any
) -> None:
    page = NewsFactory(parent=index_of("C2"))
    rows = Matter.objects.publications().filter(subject=page.pk)
    Event.objects.filter(matter__in=rows)._raw_delete("default")
    rows._raw_delete("default")
    set_up(get_regulation(), portal)
    row = Matter.objects.publications().get(subject=page.pk)
    assert row.closed_at == page.first_published_at
    assert row.closed_by is None
    before = row.events.count()
    set_up(get_regulation(), portal)
    assert row.events.count() == before
