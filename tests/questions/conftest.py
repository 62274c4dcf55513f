"""The people around a question: a unit with its officer and its head, and the board's secretary.

A module whose people are others says so itself.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import UnitFactory, seated
from tests.questions.case import day


@pytest.fixture
def now(time_machine: Any) -> Any:
    """Monday, 2 March 2026."""
    time_machine.move_to(day(2), tick=False)
    return time_machine


@pytest.fixture
def unit() -> Any:
    return UnitFactory(name="Sở Tư pháp", categories=["C6"])


@pytest.fixture
def officer(unit: Any) -> Any:
    return seated("contact_officer", unit=unit)


@pytest.fixture
def head(unit: Any) -> Any:
    return seated("unit_head", unit=unit)


@pytest.fixture
def secretary() -> Any:
    return seated("secretary")
