"""A new day off moves open limits, by a command that says so; closed ones never."""

from __future__ import annotations

import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories import CalendarExceptionFactory
from tests.ledger.closed import published_at
from wagtail_pbgdpl.matters import obligations, recalculation
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 3, 2)
DUE = datetime.datetime.combine(datetime.date(2026, 3, 16), datetime.time.max, VIETNAM)
MOVED = DUE + datetime.timedelta(days=1)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("pbgdpl_recalculate_deadlines", *arguments, stdout=out)
    return out.getvalue()


def owe(title: str = "Công văn") -> Matter:
    return obligations.owe(title=title, category="C3", start=DAY)


@pytest.fixture
def day_off() -> Any:
    return lambda: CalendarExceptionFactory(date=datetime.date(2026, 3, 10), kind="off")


def test_without_a_change_nothing_moves() -> None:
    row = owe()
    assert "0" in run()
    row.refresh_from_db()
    assert row.due_at == DUE
    assert row.events.count() == 1


def test_a_day_off_moves_what_is_open(day_off: Any) -> None:
    row = owe()
    day_off()
    said = run()
    row.refresh_from_db()
    assert row.due_at == MOVED
    assert "16/03/2026 23:59" in said
    assert "17/03/2026 23:59" in said
    assert row.clause in said
    event = row.events.last()
    assert event is not None
    assert (event.move, event.detail["after"]) == ("moved", MOVED.isoformat())
    assert "16/03/2026" not in run()


def test_a_trial_run_moves_nothing(day_off: Any) -> None:
    row = owe()
    day_off()
    assert "17/03/2026" in run("--dry-run")
    row.refresh_from_db()
    assert row.due_at == DUE
    assert row.events.count() == 1


def test_what_is_closed_stays(day_off: Any) -> None:
    given_up, published = owe("Bỏ"), owe("Đã đăng")
    obligations.give_up(given_up, reason="Không còn phải đăng")
    published_at(published, DUE)
    day_off()
    run()
    for row in (given_up, published):
        row.refresh_from_db()
        assert row.due_at == DUE


def test_a_new_regulation_moves_them_too(settings: Any, tmp_path: Any) -> None:
    row = owe()
    profile = tmp_path / "moi.toml"
    profile.write_text(
        'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n[deadlines.T2]\namount = 5\n',
        encoding="utf-8",
    )
    settings.WAGTAIL_PBGDPL = {"PROFILE": profile}
    run()
    row.refresh_from_db()
    assert row.due_at == DUE - datetime.timedelta(days=7)
    assert row.profile != "bac_kan_pbgdpl_2021"


def test_it_goes_through_all_of_many(day_off: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalculation, "ROWS_AT_ONCE", 3)
    for number in range(8):
        owe(f"Công văn {number}")
    day_off()
    assert len(list(recalculation.recalculate())) == 8
    assert Matter.objects.publications().filter(due_at=MOVED).count() == 8
