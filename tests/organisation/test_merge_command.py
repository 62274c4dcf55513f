"""``pbgdpl_merge_units``"""

from __future__ import annotations

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import SeatFactory, UnitFactory
from wagtail_pbgdpl.organisation.models import Seat, Unit, UnitSuccession
from wagtail_pbgdpl.organisation.succession import lineage

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("pbgdpl_merge_units", *arguments, stdout=out)
    return out.getvalue()


def test_it_merges_and_says_what_it_did() -> None:
    old, new = UnitFactory(name="UBND xã Một"), UnitFactory(name="UBND xã Hai")
    officer = SeatFactory(role="contact_officer", unit=old)
    head = SeatFactory(role="unit_head", unit=old)
    said = run(old.code, "--into", new.code, "--on", "2026-07-01", "--decision", "1/NQ")
    old.refresh_from_db()
    assert old.ends_on == datetime.date(2026, 6, 30)
    assert UnitSuccession.objects.get().decision_number == "1/NQ"
    assert "01/07/2026" in said
    carried = Seat.objects.get(unit=new)
    assert carried.user == officer.user
    lines = said.splitlines()
    assert sum(head.user.username in line for line in lines) == 1
    assert sum(officer.user.username in line for line in lines) == 1


def test_a_trial_run_changes_nothing() -> None:
    old, new = UnitFactory.create_batch(2)
    SeatFactory(role="contact_officer", unit=old)
    said = run(old.code, "--into", new.code, "--dry-run")
    assert old.name in said
    assert Unit.objects.get(pk=old.pk).ends_on is None
    assert lineage(new.pk) == {new.pk}
    assert Seat.objects.get().unit == old


@pytest.mark.parametrize(
    "arguments",
    [
        ("khong-co", "--into", "moi"),
        ("cu", "--into", "khong-co"),
        ("cu", "--into", "moi", "--on", "1/7/2026"),
        ("cu", "--into", "moi", "--on", "2026-02-30"),
        ("da-het", "--into", "moi"),
    ],
)
def test_what_cannot_be_is_refused(arguments: tuple[str, ...]) -> None:
    UnitFactory(code="cu")
    UnitFactory(code="moi")
    UnitFactory(code="da-het", ends_on=datetime.date(2020, 1, 1))
    with pytest.raises(CommandError):
        run(*arguments)
    assert not UnitSuccession.objects.exists()
