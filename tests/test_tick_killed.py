"""A tick that is killed at any of its steps: what it had not done is done by the next, once.

The death of the process is an exception that nothing catches, before each statement that the tick
sends to the database and at each hand-over to the mail server.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction

from tests.factories import SeatFactory, UnitFactory, factory_for
from tests.questions.case import received
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.law_changes import follow_all
from wagtail_pbgdpl.matters import obligations
from wagtail_pbgdpl.matters.models import Event, Matter, Reminder
from wagtail_pbgdpl.notices import delivery
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.notices.outbox import CLAIM
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.reviews.models import Review
from wagtail_pbgdpl.schedule import run_jobs
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.django_db

TUESDAY = datetime.datetime(2026, 3, 17, 9, tzinfo=VIETNAM)
# How many places are tried; each that is passed over lies between two that are tried.
PLACES = 25


class Killed(BaseException):
    """Nothing that a job catches."""


class Statements:
    """Counts what is sent to the database, and dies before the number ``last``."""

    def __init__(self, last: int | None = None) -> None:
        self.last, self.count = last, 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        # What rolls back when a process has died is the database itself.
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            if self.count == self.last:
                raise Killed(sql)
            self.count += 1
        return execute(sql, params, many, context)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(TUESDAY, tick=False) as frozen:
        yield frozen


@pytest.fixture(autouse=True)
def something_of_everything(index_of: Any, clock: Any) -> None:
    """What is late, what waits long, a law that ends today, and a letter that was not sent yet."""
    clock.move_to(TUESDAY - datetime.timedelta(days=7))
    unit = UnitFactory()
    for role in ("contact_officer", "unit_head"):
        SeatFactory(role=role, unit=unit)
    SeatFactory(role="secretary")
    obligations.owe(title="Công văn", category="C3", start=datetime.date(2026, 3, 2), unit=unit)
    received()
    law = factory_for(pages.LegalDocumentPage)(parent=index_of("C7"), validity="CHL")
    law.expired_on = TUESDAY.date()
    law = publish(law)
    basis = [("legal_basis", {"name": "Luật Hộ tịch", "articles": "Điều 5", "page": law})]
    factory_for(pages.AnswerPage)(parent=index_of("C6"), unit=unit, legal_basis=basis)
    follow_all()
    Notice.objects.update(next_attempt_at=TUESDAY)
    clock.move_to(TUESDAY)


def found() -> dict[str, Any]:
    """What a tick leaves behind, without what differs from one run to the next."""
    return {
        "reviews": list(Review.objects.values_list("page", "is_open")),
        "changes": sorted(Review.objects.values_list("page", "changes__after")),
        "matters": sorted(Matter.objects.values_list("kind", "state")),
        "events": sorted(Event.objects.values_list("matter__kind", "move")),
        "reminders": sorted(Reminder.objects.values_list("matter__kind", "stage")),
        "letters": sorted(Notice.objects.values_list("address", "subject")),
        "unsent": Notice.objects.unsent().count(),
    }


def delivered() -> Counter[tuple[str, str]]:
    return Counter((message.to[0], message.subject) for message in mail.outbox)


@contextmanager
def undone() -> Iterator[None]:
    """Put everything back as it was."""
    mail.outbox.clear()
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def dies_before(statement: int) -> bool:
    """Whether the tick came so far."""
    try:
        with connection.execute_wrapper(Statements(statement)):
            run_jobs()
    except Killed:
        died = True
    else:
        died = False
    # The test stands around the transactions of the tick: one statement by itself left nothing.
    transaction.set_rollback(False)
    return died


def test_at_each_statement(clock: Any) -> None:
    """Of what the process held in its hands when it died, at most the letter that was just handed
    to the mail server comes again, as the same message."""
    counted = Statements()
    with undone(), connection.execute_wrapper(counted):
        run_jobs()
        whole, letters = found(), delivered()
    assert whole["reviews"]
    assert whole["reminders"]
    assert set(letters.values()) == {1}
    assert whole["unsent"] == 0
    places = range(0, counted.count, max(1, counted.count // PLACES))
    died = 0
    for statement in places:
        clock.move_to(TUESDAY)
        with undone():
            died += dies_before(statement)
            clock.move_to(TUESDAY + CLAIM)
            run_jobs()
            assert found() == whole, statement
            again = delivered() - letters
            assert sum(again.values()) <= 1, (statement, again)
            assert not letters - delivered(), statement
            for address, subject in again:
                same = {
                    message.extra_headers["Message-ID"]
                    for message in mail.outbox
                    if (message.to[0], message.subject) == (address, subject)
                }
                assert len(same) == 1, statement
            # And the one after it has nothing left to do.
            run_jobs()
            assert found() == whole, statement
            assert sum(delivered().values()) <= sum(letters.values()) + 1
    # What a process reads once makes a later run a few statements shorter.
    assert len(places) - died <= 2


@pytest.mark.parametrize("taken", [False, True])
def test_at_the_mail_server(taken: bool, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a message is taken nothing went out; after it, the same comes again at most."""
    send = delivery.send
    seen: list[str] = []

    def die(notice: Any) -> None:
        seen.append(notice.key)
        if len(seen) == 2:
            if taken:
                send(notice)
            raise Killed(notice.key)
        send(notice)

    monkeypatch.setattr(delivery, "send", die)
    with pytest.raises(Killed):
        run_jobs()
    monkeypatch.setattr(delivery, "send", send)
    clock.move_to(TUESDAY + datetime.timedelta(minutes=5))
    run_jobs()
    # It is claimed: another process may have it.
    assert [notice.key for notice in Notice.objects.unsent()] == [seen[1]]
    clock.move_to(TUESDAY + CLAIM)
    run_jobs()
    assert not Notice.objects.unsent().exists()
    counts = sorted(Counter(m.extra_headers["Message-ID"] for m in mail.outbox).values())
    assert counts == [1] * (len(counts) - taken) + [2] * taken
