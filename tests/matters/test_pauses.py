"""The clock stands still while somebody waits for the person whom the limit protects (Q2, Q3)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from tests.extension_app.kinds import BOARD, SpeakerRequests
from tests.extension_app.models import SpeakerRequest
from tests.factories import CalendarExceptionFactory, UnitFactory, seated
from wagtail_pbgdpl.authority.rules import Act
from wagtail_pbgdpl.authority.rules import State as Standing
from wagtail_pbgdpl.matters import kinds, record
from wagtail_pbgdpl.matters.deeds import Deed, act
from wagtail_pbgdpl.matters.lifecycle import Lifecycle, Move, State
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.matters.recalculation import recalculate
from wagtail_pbgdpl.matters.reminders import remind
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.django_db


class Asking(SpeakerRequests):
    """What is asked may have to be completed by who asked: until then nothing is late."""

    code = "asking"
    lifecycle = Lifecycle(
        [
            State(code="read", label="chờ đọc", standing=Standing.SUBMITTED, step=BOARD),
            State(
                code="more",
                label="chờ bổ sung",
                standing=Standing.SUBMITTED,
                step=BOARD,
                stops_the_clock=True,
            ),
            State(code="done", label="xong", standing=Standing.PUBLISHED, ends=True),
        ],
        [
            Move(code="ask", label="hỏi lại", start=("read",), end=("more",), act=Act.APPROVE),
            Move(code="got", label="đã bổ sung", start=("more",), end=("read",), act=Act.APPROVE),
            Move(code="end", label="xong", start=("read",), end=("done",), act=Act.APPROVE),
        ],
        begins=["read"],
    )


def day(number: int, hour: int = 9) -> datetime.datetime:
    """A day of March 2026, which begins on a Sunday."""
    return datetime.datetime(2026, 3, number, hour, tzinfo=VIETNAM)


def end_of(number: int) -> datetime.datetime:
    return datetime.datetime.combine(day(number).date(), datetime.time.max, VIETNAM)


@pytest.fixture
def kind() -> Iterator[None]:
    kinds.register(Asking())
    yield
    del kinds._kinds[Asking.code]


@pytest.fixture
def matter(kind: None, time_machine: Any) -> Matter:
    """Begun on Monday, 2 March: due in five working days, on the 9th."""
    time_machine.move_to(day(2), tick=False)
    unit = UnitFactory(categories=["C2"])
    request = SpeakerRequest.objects.create(topic="Luật", place="Xã", unit=unit)
    return record.begin(Asking, request, title="Luật", category="C2", unit=unit)


@pytest.fixture
def secretary() -> Any:
    return seated("secretary")


def moved(matter: Matter, move: str, user: Any) -> Matter:
    act(Deed(Matter.objects.get(pk=matter.pk), move, user))
    return Matter.objects.get(pk=matter.pk)


def test_it_goes_on_where_it_stood(matter: Matter, secretary: Any, time_machine: Any) -> None:
    assert matter.due_at == end_of(9)
    time_machine.move_to(day(4), tick=False)
    row = moved(matter, "ask", secretary)
    assert (row.due_at, row.stopped_on) == (None, day(4).date())
    time_machine.move_to(day(11), tick=False)
    row = moved(matter, "got", secretary)
    # Two days were used up, the day of the question among them; three are left.
    assert (row.due_at, row.stopped_on) == (end_of(16), None)
    assert row.pauses == [["2026-03-04", "2026-03-11"]]
    kept = [(one.move, one.detail.get("after")) for one in row.events.filter(move="moved")]
    assert kept == [("moved", None), ("moved", end_of(16).isoformat())]


def test_it_stands_still_twice(matter: Matter, secretary: Any, time_machine: Any) -> None:
    for asked, got in ((3, 4), (5, 10)):
        time_machine.move_to(day(asked), tick=False)
        moved(matter, "ask", secretary)
        time_machine.move_to(day(got), tick=False)
        row = moved(matter, "got", secretary)
    assert row.due_at == end_of(13)


def test_nobody_is_reminded_meanwhile(matter: Matter, secretary: Any, time_machine: Any) -> None:
    time_machine.move_to(day(4), tick=False)
    moved(matter, "ask", secretary)
    Notice.objects.all().delete()
    time_machine.move_to(day(20), tick=False)
    assert remind() == 0
    moved(matter, "got", secretary)
    time_machine.move_to(day(24), tick=False)
    assert remind() > 0


def test_a_late_holiday_moves_what_is_left(
    matter: Matter, secretary: Any, time_machine: Any
) -> None:
    time_machine.move_to(day(4), tick=False)
    moved(matter, "ask", secretary)
    CalendarExceptionFactory(date=day(5).date())
    assert list(recalculate()) == []
    time_machine.move_to(day(11), tick=False)
    moved(matter, "got", secretary)
    CalendarExceptionFactory(date=day(13).date())
    assert [(one.before, one.after) for one in recalculate()] == [(end_of(16), end_of(17))]


def test_what_was_extended_moves_with_pause_and_holiday(
    matter: Matter, secretary: Any, time_machine: Any, client: Any
) -> None:
    """Q3: the days given count like those of the limit; what it was before stays written."""
    row = Matter.objects.get(pk=matter.pk)
    row.extended_by = 3
    record.reckon(row, secretary)
    row.save()
    assert row.due_at == end_of(12)
    kept = row.events.get(move="moved").detail
    assert kept == {"before": end_of(9).isoformat(), "after": end_of(12).isoformat()}
    time_machine.move_to(day(4), tick=False)
    moved(matter, "ask", secretary)
    time_machine.move_to(day(11), tick=False)
    row = moved(matter, "got", secretary)
    assert row.due_at == end_of(19)
    CalendarExceptionFactory(date=day(18).date())
    assert [(one.before, one.after) for one in recalculate()] == [(end_of(19), end_of(20))]
    client.force_login(secretary)
    assert "20/03/2026 23:59" in client.get(matter.address).content.decode()


def test_the_page_says_so(matter: Matter, secretary: Any, client: Any, time_machine: Any) -> None:
    client.force_login(secretary)
    time_machine.move_to(day(4), tick=False)
    moved(matter, "ask", secretary)
    assert "dừng từ ngày 04/03/2026" in client.get(matter.address).content.decode()
    time_machine.move_to(day(11), tick=False)
    moved(matter, "got", secretary)
    text = client.get(matter.address).content.decode()
    assert "05/03/2026: thời hạn tạm dừng, không tính" in text
    assert "16/03/2026 23:59" in text
