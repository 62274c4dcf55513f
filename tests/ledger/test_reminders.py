"""Reminders of time limits: to whom, when, once (T2, T14, P2, R4–R6, R10)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    CalendarExceptionFactory,
    SeatFactory,
    UnitFactory,
    UserFactory,
    seated,
)
from tests.ledger.closed import published_at
from tests.together import together
from wagtail_pbgdpl.matters import obligations
from wagtail_pbgdpl.matters.models import Matter, Reminder, ReminderDay
from wagtail_pbgdpl.matters.recalculation import recalculate
from wagtail_pbgdpl.matters.reminders import remind, stage_of
from wagtail_pbgdpl.notices import outbox, telling
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.organisation.models import Seat
from wagtail_pbgdpl.organisation.succession import divide, merge
from wagtail_pbgdpl.worktime import VIETNAM
from wagtail_pbgdpl.worktime.active import get_calendar

START = datetime.date(2026, 3, 2)
# Ten working days on.
DUE = datetime.datetime.combine(datetime.date(2026, 3, 16), datetime.time.max, VIETNAM)
SOON, LATE, ESCALATED = Reminder.Stage


def on(text: str) -> datetime.datetime:
    """Nine o'clock of a day of 2026, ``dd/mm``."""
    return datetime.datetime.strptime(f"{text}/2026 09", "%d/%m/%Y %H").replace(tzinfo=VIETNAM)


def owe(unit: Any = None, title: str = "Công văn", start: datetime.date = START) -> Matter:
    return obligations.owe(title=title, category="C3", start=start, unit=unit)


def days(first: str, last: str) -> list[datetime.datetime]:
    begin, end = on(first), on(last)
    return [begin + datetime.timedelta(days=n) for n in range((end - begin).days + 1)]


def stages() -> list[tuple[str, int]]:
    rows = Reminder.objects.order_by("pk").values_list("on__day", "stage")
    return [(f"{day:%d/%m}", stage) for day, stage in rows]


def told() -> set[str]:
    return set(Notice.objects.values_list("address", flat=True))


@pytest.fixture
def unit() -> Any:
    return UnitFactory(name="Sở Một")


@pytest.fixture
def officer(unit: Any) -> Any:
    return SeatFactory(role="contact_officer", unit=unit).user


@pytest.mark.django_db
class TestWhen:
    @pytest.fixture(autouse=True)
    def row(self, unit: Any, officer: Any) -> Matter:
        return owe(unit)

    def test_once_at_each_stage_and_on_working_days_alone(self) -> None:
        """T14: a day at a time, with the ends of two weeks."""
        for now in days("02/03", "10/04"):
            remind(now)
        # Two working days before; the first working day after; five working days after.
        assert stages() == [("12/03", SOON), ("17/03", LATE), ("23/03", ESCALATED)]
        assert not ReminderDay.objects.filter(day__week_day__in=(1, 7)).exists()

    def test_the_same_when_it_runs_each_hour(self, officer: Any) -> None:
        for day in days("11/03", "18/03"):
            for hour in range(24):
                remind(day.replace(hour=hour))
        assert stages() == [("12/03", SOON), ("17/03", LATE)]
        assert Notice.objects.filter(recipient=officer).count() == 2

    def test_what_is_new_in_the_course_of_a_day_waits_for_the_next(
        self, unit: Any, officer: Any
    ) -> None:
        """One message per person and working day."""
        remind(on("17/03"))
        owe(unit, "Đến sau")
        assert remind(on("17/03").replace(hour=15)) == 0
        assert remind(on("18/03")) == 1
        texts = Notice.objects.order_by("pk").values_list("text", flat=True)
        assert ["Đến sau" in text for text in texts] == [False, True]

    @pytest.mark.parametrize(
        ("back", "stage"), [("16/03", SOON), ("20/03", LATE), ("23/03", ESCALATED)]
    )
    def test_after_days_off_it_says_what_holds_then(self, back: str, stage: int) -> None:
        """Neither lost, nor said of a stage that is over."""
        remind(on("10/03"))
        assert remind(on(back)) == 1
        assert stages() == [(back, stage)]

    def test_a_weekend_in_which_nothing_ran_changes_nothing(self) -> None:
        remind(on("12/03"))
        assert remind(on("14/03")) == remind(on("15/03")) == remind(on("16/03")) == 0
        assert remind(on("17/03")) == 1

    def test_holidays_are_no_working_days(self, unit: Any, officer: Any) -> None:
        """Giỗ Tổ (in lieu), 30/4 and 1/5 with the weekend after."""
        obligations.give_up(Matter.objects.publications().get(), reason="Không còn phải đăng")
        owe(unit, start=datetime.date(2026, 4, 15))
        row = Matter.objects.open().get()
        assert f"{row.due_at:%d/%m}" == "04/05"
        for now in days("20/04", "15/05"):
            remind(now)
        assert stages() == [("28/04", SOON), ("05/05", LATE), ("11/05", ESCALATED)]

    def test_a_day_off_that_was_announced_late_counts(self) -> None:
        CalendarExceptionFactory(date=datetime.date(2026, 3, 12), kind="off")
        assert remind(on("12/03")) == 0
        assert remind(on("13/03")) == 1

    def test_a_limit_that_was_moved_is_spoken_of_anew(self, row: Matter) -> None:
        remind(on("12/03"))
        for day in range(12, 21):
            if day not in (14, 15):
                CalendarExceptionFactory(date=datetime.date(2026, 3, day), kind="off")
        assert len(list(recalculate())) == 1
        row.refresh_from_db()
        assert f"{row.due_at:%d/%m}" == "25/03"
        for now in days("13/03", "27/03"):
            remind(now)
        assert stages() == [("12/03", SOON), ("23/03", SOON), ("26/03", LATE)]

    def test_one_that_was_moved_and_stays_at_its_stage_is_not(self, row: Matter) -> None:
        remind(on("12/03"))
        remind(on("18/03"))
        row.due_at = DUE + datetime.timedelta(days=1)
        row.save()
        assert remind(on("19/03")) == 0
        assert stages() == [("12/03", SOON), ("18/03", LATE)]

    def test_of_what_is_closed_or_has_no_limit_nothing_is_said(
        self, unit: Any, row: Matter
    ) -> None:
        obligations.give_up(row, reason="Không còn phải đăng")
        published_at(owe(unit), DUE)
        assert obligations.owe(title="Ngay", category="C2", start=START, unit=unit).due_at is None
        for now in days("10/03", "30/03"):
            remind(now)
        assert stages() == []

    def test_the_profile_says_how_many_days(self, profile_with: Any) -> None:
        profile_with("[reminders]\ndue_soon_working_days = 1\nlong_late_working_days = 3\n")
        for now in days("02/03", "10/04"):
            remind(now)
        assert stages() == [("13/03", SOON), ("17/03", LATE), ("19/03", ESCALATED)]

    def test_the_stages_of_a_limit(self) -> None:
        def stage(text: str) -> int | None:
            return stage_of(DUE, on(text), get_calendar())

        assert [stage(day) for day in ("11/03", "12/03", "14/03", "16/03")] == [None, 1, 1, 1]
        assert [stage(day) for day in ("17/03", "20/03", "21/03", "23/03")] == [2, 2, 2, 3]
        assert stage_of(DUE, DUE, get_calendar()) == SOON
        moment = datetime.timedelta(microseconds=1)
        assert stage_of(DUE, DUE + moment, get_calendar()) == LATE


@pytest.mark.django_db
class TestWhom:
    def test_officers_and_head_of_the_unit(self, unit: Any, officer: Any) -> None:
        """R5, R6"""
        head = SeatFactory(role="unit_head", unit=unit).user
        SeatFactory(role="contact_officer")
        for role in ("secretary", "chief", "deputy_chief", "member", "operator"):
            seated(role)
        owe(unit)
        remind(on("17/03"))
        assert told() == {officer.email, head.email}

    def test_the_board_of_what_is_long_late(self, unit: Any, officer: Any) -> None:
        """P2, R4: the members who follow the category."""
        board = [seated("secretary"), seated("chief"), seated("member", categories=["C3"])]
        others = [seated("member", categories=["C2"]), seated("deputy_chief"), seated("operator")]
        owe(unit)
        remind(on("17/03"))
        assert told() == {officer.email}
        remind(on("23/03"))
        assert told() == {officer.email, *(user.email for user in board)}
        assert not told() & {user.email for user in others}

    def test_a_seat_counts_on_the_day_itself(self, unit: Any) -> None:
        """R10"""
        SeatFactory(role="contact_officer", unit=unit, ends_on=datetime.date(2026, 3, 16))
        new = SeatFactory(role="contact_officer", unit=unit, starts_on=datetime.date(2026, 3, 17))
        SeatFactory(role="unit_head", unit=unit, starts_on=datetime.date(2026, 3, 18))
        owe(unit)
        remind(on("17/03"))
        assert told() == {new.user.email}

    def test_not_who_is_switched_off_or_has_no_address(self, unit: Any, officer: Any) -> None:
        SeatFactory(role="contact_officer", unit=unit, user=UserFactory(is_active=False))
        SeatFactory(role="unit_head", unit=unit, user=UserFactory(email=""))
        owe(unit)
        assert remind(on("17/03")) == 1
        assert told() == {officer.email}

    def test_the_people_of_the_unit_that_succeeded(self, unit: Any, officer: Any) -> None:
        new = UnitFactory(name="Sở Hai")
        head = SeatFactory(role="unit_head", unit=new).user
        owe(unit)
        merge([unit], new, on=datetime.date(2026, 3, 16))
        remind(on("17/03"))
        assert told() == {officer.email, head.email}

    def test_those_of_all_units_that_one_was_divided_into(self, unit: Any, officer: Any) -> None:
        parts = UnitFactory.create_batch(2)
        people = {SeatFactory(role="unit_head", unit=part).user.email for part in parts}
        owe(unit)
        divide(unit, parts, on=datetime.date(2026, 3, 16))
        remind(on("17/03"))
        assert told() == people

    def test_not_of_a_category_that_the_unit_was_relieved_of(self, unit: Any, officer: Any) -> None:
        """R11: a unit's people read what it was given alone."""
        row = owe(unit)
        secretary = SeatFactory(role="secretary").user
        unit.categories = [code for code in unit.categories if code != row.category]
        unit.save()
        Notice.objects.all().delete()
        remind(on("17/03"))
        assert {notice.recipient for notice in Notice.objects.all()} == {secretary}

    def test_the_secretary_where_nobody_of_a_unit_can_be_reached(self, unit: Any) -> None:
        secretary = seated("secretary")
        owe(unit)
        owe(None)
        remind(on("17/03"))
        assert told() == {secretary.email}

    def test_nothing_counts_as_said_that_nobody_heard(self, unit: Any) -> None:
        owe(unit)
        assert remind(on("17/03")) == 0
        assert stages() == []
        officer = SeatFactory(role="contact_officer", unit=unit).user
        assert remind(on("18/03")) == 1
        assert told() == {officer.email}

    def test_nobody_whose_role_the_regulation_does_not_have(self, unit: Any) -> None:
        seat = SeatFactory(role="contact_officer", unit=unit)
        Seat.objects.filter(pk=seat.pk).update(role="unknown")
        owe(unit)
        assert remind(on("17/03")) == 0


@pytest.mark.django_db
class TestWhat:
    @pytest.fixture(autouse=True)
    def _english(self, settings: Any) -> None:
        settings.LANGUAGE_CODE = "en"
        settings.WAGTAILADMIN_BASE_URL = "https://pbgdpl.example.vn/"

    def test_one_message_of_all_that_is_new(self, unit: Any, officer: Any) -> None:
        officer.first_name, officer.last_name = "Hoa", "Nông Thị"
        officer.save()
        rows = [
            owe(unit, "Báo cáo <quý> & năm"),
            owe(unit, "Kế hoạch", datetime.date(2026, 2, 23)),
            owe(unit, "Đề cương", datetime.date(2026, 3, 5)),
        ]
        owe(unit, "Còn lâu", datetime.date(2026, 3, 12))
        assert remind(on("18/03")) == 1
        notice = Notice.objects.get()
        assert notice.subject == "Time limits: 2 late, 1 due soon"
        assert officer.get_full_name() in notice.text
        # What is longest late comes first.
        places = [notice.text.index(title) for title in ("Kế hoạch", "Báo cáo <quý>", "Đề cương")]
        assert places == sorted(places)
        assert "Còn lâu" not in notice.text
        assert "Báo cáo <quý> & năm" in notice.text
        assert "Unit: Sở Một" in notice.text
        assert "Category: Văn bản chỉ đạo" in notice.text
        assert "16/03/2026 23:59 – late by 2 working days" in notice.text
        assert "19/03/2026 23:59 – due in 1 working day" in notice.text
        assert "Legal basis: Điều 12 khoản 1 điểm b" in notice.text
        address = "https://pbgdpl.example.vn/admin/reports/pbgdpl/ledger/"
        assert f": {address}\n" in notice.text
        # The list of what is no publication holds none of them.
        assert "/admin/reports/pbgdpl/matters/" not in notice.text
        for row in rows:
            assert f"https://pbgdpl.example.vn/admin/pbgdpl/ledger/{row.pk}/\n" in notice.text

    def test_leads_to_the_page_where_there_is_one(self, unit: Any, officer: Any) -> None:
        owe(unit)
        Matter.objects.publications().update(subject=4711)
        remind(on("17/03"))
        address = "https://pbgdpl.example.vn/admin/pages/4711/edit/\n"
        assert address in Notice.objects.get().text

    def test_says_that_the_limit_ends_today(self, unit: Any, officer: Any) -> None:
        owe(unit)
        remind(on("16/03"))
        assert "23:59 – due today" in Notice.objects.get().text

    def test_what_is_too_much_for_a_message_is_counted(
        self, unit: Any, officer: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(telling, "LISTED", 2)
        for number in range(5):
            owe(unit, f"Công văn {number}")
        remind(on("17/03"))
        text = Notice.objects.get().text
        assert [n for n in range(5) if f"Công văn {n}" in text] == [0, 1]
        assert "3 more are not listed here." in text

    def test_arrives(
        self, unit: Any, officer: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        owe(unit)
        with (
            time_machine.travel(on("17/03"), tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            remind()
        (message,) = mail.outbox
        assert message.to == [officer.email]
        assert Notice.objects.get().sent_at == on("17/03")


@pytest.mark.django_db
class TestTheLanguage:
    def test_is_that_of_the_portal(self, unit: Any, officer: Any, english: None) -> None:
        """I6: whatever the language of who runs it."""
        owe(unit)
        remind(on("18/03"))
        assert "quá hạn 2 ngày làm việc" in Notice.objects.get().text


@pytest.mark.django_db
class TestHistory:
    def test_is_not_changed_or_deleted(self, unit: Any, officer: Any) -> None:
        """R12"""
        owe(unit)
        remind(on("17/03"))
        for row in (Reminder.objects.get(), ReminderDay.objects.get()):
            with pytest.raises(TypeError):
                row.save()
            with pytest.raises(TypeError):
                row.delete()
            assert str(row)

    def test_all_of_a_round_is_written_or_nothing(
        self, unit: Any, officer: Any, monkeypatch: Any
    ) -> None:
        def fail(*args: Any) -> None:
            raise LookupError

        owe(unit)
        with monkeypatch.context() as patched:
            patched.setattr(outbox, "put", fail)
            with pytest.raises(LookupError):
                remind(on("17/03"))
        assert not ReminderDay.objects.exists()
        assert remind(on("17/03")) == 1


@pytest.mark.django_db
class TestCost:
    def queries(self, now: datetime.datetime) -> int:
        with CaptureQueriesContext(connection) as captured:
            remind(now)
        return len(captured)

    def test_does_not_depend_on_the_number_of_rows(self, unit: Any, officer: Any) -> None:
        owe(unit)
        few = self.queries(on("17/03"))
        for number in range(20):
            owe(UnitFactory() if number % 2 else unit)
        seated("secretary")
        # A message more to a person more is in the same insertion.
        assert self.queries(on("18/03")) == few


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
@pytest.mark.usefixtures("committed")
class TestTogether:
    def test_two_rounds_at_once_make_one(self) -> None:
        """Each thread has a connection of its own, as a process has."""
        unit = UnitFactory()
        officer = SeatFactory(role="contact_officer", unit=unit).user
        for number in range(10):
            owe(unit, f"Công văn {number}")
        assert sorted(together(lambda: remind(on("17/03")))) == [0, 0, 0, 1]
        assert Reminder.objects.count() == 10
        assert [notice.recipient for notice in Notice.objects.all()] == [officer]
        assert len(mail.outbox) == 1
