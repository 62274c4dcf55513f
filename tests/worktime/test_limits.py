"""The units and amounts of limits (T1–T12)."""

import pytest

from wagtail_pbgdpl.worktime import Limit, Unit

COUNTED = [unit for unit in Unit if unit is not Unit.IMMEDIATE]


def test_immediate_has_no_amount_T1():
    assert Limit(Unit.IMMEDIATE).amount == 0
    with pytest.raises(ValueError, match="immediate limit has the amount 0, not 3"):
        Limit(Unit.IMMEDIATE, 3)


@pytest.mark.parametrize("unit", COUNTED)
@pytest.mark.parametrize("amount", [0, -1])
def test_every_other_unit_needs_an_amount(unit, amount):
    with pytest.raises(ValueError, match=f"{unit.value}.* at least 1, not {amount}"):
        Limit(unit, amount)


@pytest.mark.parametrize(
    ("unit", "most"),
    [
        (Unit.NEXT_MONTH_DAY, 31),
        (Unit.NEXT_QUARTER_DAY, 92),
        (Unit.NEXT_MONTH_WEEK, 5),
        (Unit.WORKING_DAY, 10_000),
    ],
)
def test_amount_that_no_period_has_is_refused(unit, most):
    assert Limit(unit, most).amount == most
    with pytest.raises(ValueError, match=f"at most {most}, not {most + 1}"):
        Limit(unit, most + 1)


@pytest.mark.parametrize("amount", [1.5, "2", None, True])
def test_amount_must_be_a_whole_number(amount):
    with pytest.raises(ValueError, match="whole number"):
        Limit(Unit.WORKING_DAY, amount)


def test_unit_may_be_given_as_text():
    assert Limit("working_day", 15) == Limit(Unit.WORKING_DAY, 15)
    assert Limit("working_day", 15).unit is Unit.WORKING_DAY


def test_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="fortnight"):
        Limit("fortnight", 1)


def test_limits_are_values():
    assert len({Limit(Unit.WORKING_DAY, 2), Limit(Unit.WORKING_DAY, 2)}) == 1
    with pytest.raises(AttributeError):
        Limit(Unit.WORKING_DAY, 2).amount = 3
