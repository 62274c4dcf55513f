"""The history under seal: what somebody with a hand in the database cannot hide (R12)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from tests.factories import UserFactory
from wagtail_pbgdpl.matters import record
from wagtail_pbgdpl.matters.models import Event, EventFile, Matter, Seal
from wagtail_pbgdpl.matters.publications import Move
from wagtail_pbgdpl.matters.seals import last_seal, seal_new
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.django_db
# After the set-up of the portal that the tests have in common.
START = datetime.datetime(2040, 3, 5, 9, tzinfo=VIETNAM)
A_DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def now(time_machine: Any) -> Any:
    time_machine.move_to(START, tick=False)
    return time_machine


@pytest.fixture
def matter(now: Any) -> Matter:
    """A matter with five events in five days, all of them sealed."""
    seal_new()
    row = Matter.objects.create(title="Kế hoạch", state="owed", category="C3")
    for number in range(5):
        now.move_to(START + number * A_DAY, tick=False)
        record.note(row, Move.CHANGED, UserFactory(), number=number)
    EventFile.objects.create(
        event=row.events.all()[2], model="wagtailimages.Image", object_id="1", sha256="ab"
    )
    assert seal_new() == 5
    return row


def take_away(number: int) -> None:
    pk = event(number).get().pk
    seal(number)._raw_delete("default")
    Event.objects.filter(pk=pk)._raw_delete("default")


def verify(**options: str) -> str:
    out = StringIO()
    try:
        call_command("pbgdpl_verify_events", stdout=out, **options)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


def seal(number: int) -> Any:
    """The seal of one of the five, for one who writes into the database past the package."""
    five = Seal.objects.filter(event__matter__title="Kế hoạch").order_by("number")
    return Seal.objects.filter(pk=five[number - 1].pk)


def event(number: int) -> Any:
    return Event.objects.filter(seal__in=seal(number))


def named(number: int) -> str:
    return f"{seal(number).get().number}:"


def test_is_as_it_was_written(matter: Matter) -> None:
    assert verify() == f"Lịch sử đúng như khi được ghi. Niêm phong cuối: {last_seal()}\n"
    assert last_seal().startswith(named(5))


CHANGES: dict[str, Callable[[], Any]] = {
    "what it says": lambda: event(3).update(text="Khác"),
    "who": lambda: event(3).update(by_name="Người khác"),
    "when": lambda: event(3).update(at=F("at") + datetime.timedelta(minutes=1)),
    "what happened": lambda: event(3).update(move=Move.GIVEN_UP),
    "a detail": lambda: event(3).update(detail={"number": 7}),
    "that it clears": lambda: event(3).update(clears=True, revision=1),
    "a file": lambda: EventFile.objects.update(sha256="cd"),
    "a file taken away": lambda: EventFile.objects.all()._raw_delete("default"),
    "its seal": lambda: seal(3).update(value="0" * 64),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_altered_is_found(matter: Matter, change: Callable[[], Any]) -> None:
    change()
    said = verify()
    assert f"{named(3)} đã bị sửa đổi" in said
    assert "Sai lệch trong lịch sử:" in said


def test_an_account_may_go(matter: Matter) -> None:
    user = event(3).get().by
    user.delete()
    assert event(3).get().by is None
    assert "đúng như khi được ghi" in verify()


def test_what_was_removed_is_found(matter: Matter) -> None:
    second, third = named(2), named(3)
    take_away(2)
    said = verify()
    assert f"{second} đã bị xóa" in said
    assert f"{third} đã bị sửa đổi" in said


def test_what_was_removed_with_all_after_it_is_found_by_the_note(matter: Matter) -> None:
    noted = last_seal()
    assert "đúng như khi được ghi" in verify(noted=noted)
    take_away(5)
    assert "đúng như khi được ghi" in verify()
    assert noted in verify(noted=noted)


def test_what_was_put_in_between_is_found(matter: Matter, now: Any) -> None:
    """As if it had happened on the second day."""
    made = record.note(matter, Move.CHANGED)
    Event.objects.filter(pk=made.pk).update(at=START + A_DAY)
    assert "chưa được niêm phong" in verify()
    seal_new()
    assert f"{Seal.objects.get(event=made).number}: ghi thêm về sau" in verify()


def test_a_key_that_was_replaced_counts_while_it_is_named(matter: Matter, settings: Any) -> None:
    before, settings.SECRET_KEY = settings.SECRET_KEY, "khóa mới"
    assert f"{named(1)} đã bị sửa đổi" in verify()
    settings.SECRET_KEY_FALLBACKS = [before]
    record.note(matter, Move.CHANGED)
    seal_new()
    assert "đúng như khi được ghi" in verify()


def test_new_ones_are_sealed_by_the_tick(matter: Matter) -> None:
    made = record.note(matter, Move.CHANGED)
    call_command("pbgdpl_tick", stdout=StringIO())
    assert Seal.objects.filter(event=made).exists()
    assert seal_new() == 0


def test_costs_no_query_for_each(matter: Matter) -> None:
    for number in range(20):
        record.note(matter, Move.CHANGED, number=number)
    with CaptureQueriesContext(
        connection,
    ) as few:
        seal_new()
    with CaptureQueriesContext(connection) as looked:
        verify()
    assert len(few) <= 12
    assert len(looked) <= 5
