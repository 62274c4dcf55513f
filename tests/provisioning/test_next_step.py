"""What ``pbgdpl_setup`` says at its end: a portal without people publishes nothing (R1, R8)."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories import SeatFactory, UnitFactory

pytestmark = pytest.mark.usefixtures("english")


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("pbgdpl_setup", *arguments, stdout=out)
    return out.getvalue()


def test_a_portal_without_people_is_told_of_units_and_seats(portal: Any) -> None:
    end = said()
    assert "Editorial board › Units" in end
    assert "Editorial board › Seats" in end
    for role in ("Thủ trưởng đơn vị", "Thư ký Ban Biên tập", "Trưởng Ban Biên tập"):
        assert role in end.splitlines()[-1]
    assert "Thành viên" not in end, "a step that may be left out keeps nothing back"


def test_what_is_there_is_not_asked_for(portal: Any) -> None:
    SeatFactory(role="secretary")
    UnitFactory()
    end = said()
    assert "Editorial board › Units" not in end
    assert "Thư ký" not in end
    assert "Trưởng Ban Biên tập" in end


def test_a_portal_that_can_publish_hears_nothing_more(portal: Any) -> None:
    for role in ("unit_head", "secretary", "chief"):
        SeatFactory(role=role)
    assert "Next:" not in said()


def test_a_trial_run_has_no_next_step(portal: Any) -> None:
    assert "Next:" not in said("--dry-run")
