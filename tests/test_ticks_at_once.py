"""Two ticks at once, each with a connection of its own, as two hosts have."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core import mail
from django.db import connection

from tests.factories import SeatFactory, UnitFactory, seated
from tests.together import together
from wagtail_pbgdpl.matters import obligations
from wagtail_pbgdpl.schedule import run_jobs
from wagtail_pbgdpl.worktime import VIETNAM

TUESDAY = datetime.datetime(2026, 3, 17, 9, tzinfo=VIETNAM)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
@pytest.mark.usefixtures("committed")
@time_machine.travel(TUESDAY, tick=False)
def test_nobody_is_told_twice_and_no_job_fails() -> None:
    unit = UnitFactory()
    people = [SeatFactory(role=role, unit=unit).user for role in ("contact_officer", "unit_head")]
    people.append(seated("chief"))
    issued = TUESDAY.date() - datetime.timedelta(days=60)
    obligations.owe(title="Công văn", category="C3", start=issued, unit=unit)
    outcomes = [outcome for run in together(run_jobs) for outcome in run]
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    told = sorted(address for message in mail.outbox for address in message.to)
    assert told == sorted(user.email for user in people)
