"""Reminders of items that wait long at a step: to whom, when, once (R2–R4, R9, R10, T14)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import CalendarExceptionFactory, DelegationFactory, SeatFactory, seated
from tests.workflows.board import GROUND, Board, step_of
from tests.workflows.test_waiting import many
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.notices import telling
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.organisation.models import Seat
from wagtail_pbgdpl.workflows import decisions
from wagtail_pbgdpl.workflows.reminders import remind
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.django_db


def on(text: str, hour: int = 9) -> datetime.datetime:
    """Nine o'clock of a day of 2026, ``dd/mm``."""
    day, month = (int(part) for part in text.split("/"))
    return datetime.datetime(2026, month, day, hour, tzinfo=VIETNAM)


def days(first: str, last: str) -> list[datetime.datetime]:
    begin, end = on(first), on(last)
    return [begin + datetime.timedelta(days=n) for n in range((end - begin).days + 1)]


def told() -> list[tuple[str, Any]]:
    """The day of each message about waiting, and who got it."""
    rows = Notice.objects.filter(key__startswith="waiting:").order_by("pk")
    return [(row.key.split(":")[1][5:], row.recipient) for row in rows]


def alarmed() -> set[Any]:
    rows = Notice.objects.filter(key__startswith="nobody:")
    assert len({row.recipient for row in rows}) == len(rows)
    return {row.recipient for row in rows}


@pytest.fixture(autouse=True)
def clock() -> Any:
    """A Monday."""
    with time_machine.travel(on("16/03"), tick=False) as frozen:
        yield frozen


class TestWhen:
    def test_after_two_and_after_five_working_days(self, board: Board) -> None:
        """T14: with a weekend between."""
        board.sent()
        for now in days("16/03", "10/04"):
            for hour in (0, 8, 23):
                remind(now.replace(hour=hour))
        assert told() == [
            ("03-18", board.head),
            ("03-23", board.head),
            ("03-23", board.secretary),
        ]

    @pytest.mark.parametrize(
        ("waiting", "long", "first", "second"),
        [(1, 3, "03-17", "03-19"), (4, 6, "03-20", "03-24"), (1, 2, "03-17", "03-18")],
    )
    def test_the_profile_says_how_many_days(
        self, waiting: int, long: int, first: str, second: str, board: Board, profile_with: Any
    ) -> None:
        profile_with(
            f"[reminders]\nwaiting_working_days = {waiting}\nlong_waiting_working_days = {long}\n"
        )
        board.sent()
        for now in days("16/03", "10/04"):
            for hour in (0, 8, 23):
                remind(now.replace(hour=hour))
        assert told() == [
            (first, board.head),
            (second, board.head),
            (second, board.secretary),
        ]

    def test_not_on_days_that_are_not_worked(self, board: Board) -> None:
        board.sent()
        CalendarExceptionFactory(date=datetime.date(2026, 3, 18), kind="off")
        assert remind(on("18/03")) == remind(on("21/03")) == remind(on("22/03")) == 0
        assert remind(on("23/03")) == 1

    def test_after_days_on_which_nothing_ran_nothing_is_lost(self, board: Board) -> None:
        board.sent()
        assert remind(on("25/03")) == 2
        assert remind(on("26/03")) == 0

    def test_each_step_begins_anew(self, board: Board, clock: Any) -> None:
        page = board.sent()
        remind(on("18/03"))
        clock.move_to(on("18/03", 10))
        board.pass_on(page, board.head)
        assert remind(on("19/03")) == 0
        assert remind(on("20/03")) == 1
        assert told()[-1] == ("03-20", board.secretary)

    def test_what_came_later_is_said_when_it_has_waited_so_long(
        self, board: Board, clock: Any
    ) -> None:
        board.sent(title="Bài đầu")
        clock.move_to(on("17/03"))
        board.sent(title="Bài sau")
        remind(on("18/03"))
        remind(on("19/03"))
        texts = Notice.objects.filter(key__startswith="waiting:").values_list("text", flat=True)
        found = [("Bài đầu" in text, "Bài sau" in text) for text in texts.order_by("pk")]
        assert found == [(True, False), (False, True)]

    def test_never_of_what_was_returned(self, board: Board) -> None:
        """R9: it waits lawfully with its sender."""
        page = board.sent()
        decisions.send_back(step_of(page), board.head, grounds=[GROUND], explanation="Sửa lại.")
        for now in days("16/03", "10/04"):
            assert remind(now) == 0

    def test_one_message_a_day_of_all_that_is_new(self, board: Board) -> None:
        for number in range(3):
            board.sent(title=f"Bài số {number}")
        assert remind(on("18/03")) == 1
        notice = Notice.objects.get(key__startswith="waiting:")
        assert all(f"Bài số {number}" in notice.text for number in range(3))


class TestWhom:
    def test_who_may_pass_the_step(self, board: Board) -> None:
        """R3, R4: those who follow the category, and whoever has a delegation."""
        seated("member", categories=["C1"])
        page = board.pass_on(board.sent(), board.head, board.secretary)
        remind(on("18/03"))
        assert told() == [("03-18", board.member)]
        board.pass_on(page, board.member)
        DelegationFactory(
            delegator=Seat.objects.get(user=board.chief),
            delegate=Seat.objects.get(user=board.deputy),
            starts_on=datetime.date(2026, 3, 1),
            ends_on=datetime.date(2026, 3, 31),
        )
        remind(on("19/03"))
        assert {user for _day, user in told()[1:]} == {board.chief, board.deputy}

    def test_not_the_secretary_twice(self, board: Board) -> None:
        board.pass_on(board.sent(), board.head)
        for now in days("18/03", "31/03"):
            remind(now)
        assert told() == [("03-18", board.secretary), ("03-23", board.secretary)]

    def test_not_who_was_switched_off(self, board: Board) -> None:
        """R10"""
        board.sent()
        board.head.is_active = False
        board.head.save()
        remind(on("18/03"))
        assert told() == []

    def test_not_who_was_secretary_before(self, board: Board) -> None:
        """R10: also where that person holds another seat today."""
        SeatFactory(user=board.chief, role="secretary", ends_on=datetime.date(2026, 3, 1))
        board.sent()
        remind(on("23/03"))
        assert {user for _day, user in told()} == {board.head, board.secretary}

    def test_where_nobody_can_the_secretary_and_the_operator_once(self, board: Board) -> None:
        operator = seated("operator")
        board.at_approval(title="Bài không ai duyệt")
        Seat.objects.filter(user=board.chief).update(ends_on=datetime.date(2026, 3, 17))
        for now in days("16/03", "31/03"):
            remind(now)
        assert alarmed() == {board.secretary, operator}
        assert told() == []
        notice = Notice.objects.get(key__startswith="nobody:", recipient=board.secretary)
        assert "Bài không ai duyệt" in notice.text
        assert "Bài không ai duyệt" in notice.subject

    def test_the_operator_reads_no_title_in_it(self, board: Board) -> None:
        """R11: they see to the seats, and read no draft."""
        operator = seated("operator")
        page = board.at_approval(title="Bài chưa ai biết")
        Seat.objects.filter(user=board.chief).update(ends_on=datetime.date(2026, 3, 17))
        remind(on("20/03"))
        notice = Notice.objects.get(key__startswith="nobody:", recipient=operator)
        assert "Bài chưa ai biết" not in notice.subject + notice.text
        assert f"/items/{page.pk}/" not in notice.text
        step = Matter.objects.waiting().get(subject=page.pk).step
        assert step in notice.subject
        assert step in notice.text

    def test_also_where_the_seat_ends_after_the_first_message(self, board: Board) -> None:
        board.at_approval()
        remind(on("18/03"))
        Seat.objects.filter(user=board.chief).update(ends_on=datetime.date(2026, 3, 18))
        assert remind(on("19/03")) == 1
        assert alarmed() == {board.secretary}

    def test_nobody_is_no_reason_to_fail(self, board: Board) -> None:
        board.sent()
        Seat.objects.all().delete()
        assert remind(on("18/03")) == 0


class TestWhat:
    def test_it_says(self, board: Board, settings: Any) -> None:
        page = board.sent(title="Báo cáo <quý> & năm")
        settings.LANGUAGE_CODE = "en"
        settings.WAGTAILADMIN_BASE_URL = "https://pbgdpl.example.vn/"
        remind(on("18/03"))
        notice = Notice.objects.get(key__startswith="waiting:")
        assert notice.subject == "1 matter has waited long at its step"
        assert "1. Publication: Báo cáo <quý> & năm" in notice.text
        assert f"Unit: {board.unit.name}" in notice.text
        assert "Since: 16/03/2026 09:00 – 2 working days" in notice.text
        assert f"https://pbgdpl.example.vn/admin/pbgdpl/items/{page.pk}/\n" in notice.text
        assert ": https://pbgdpl.example.vn/admin/pbgdpl/waiting/\n" in notice.text

    def test_what_is_too_much_for_a_message_is_counted(
        self, board: Board, settings: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(telling, "LISTED", 1)
        for number in range(3):
            board.sent(title=f"Bài số {number}")
        settings.LANGUAGE_CODE = "en"
        remind(on("18/03"))
        text = Notice.objects.get(key__startswith="waiting:").text
        assert [number for number in range(3) if f"Bài số {number}" in text] == [0]
        assert "2 more are in the list." in text

    def test_it_arrives(
        self, board: Board, clock: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        board.sent()
        clock.move_to(on("18/03"))
        with django_capture_on_commit_callbacks(execute=True):
            remind()
        assert [message.to for message in mail.outbox] == [[board.head.email]]


def test_the_number_of_queries_does_not_follow_that_of_items(board: Board, clock: Any) -> None:
    def queries(day: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert remind(on(day)) == 3
        return len(captured)

    board.at_approval()
    many(board, 5)
    Matter.objects.update(since=on("16/03"))
    few = queries("18/03")
    Notice.objects.all().delete()
    many(board, 200)
    Matter.objects.update(since=on("16/03"))
    assert queries("19/03") == few
