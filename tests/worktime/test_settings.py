"""The key ``OFFICE_HOURS`` of the settings (T14)."""

import pytest

from wagtail_pbgdpl.conf import Settings, problems
from wagtail_pbgdpl.worktime.hours import WHOLE_YEAR, parse_office_hours


def test_the_default_is_the_office_hours_of_the_shipped_calendar():
    assert parse_office_hours(Settings().OFFICE_HOURS) == WHOLE_YEAR


def test_seasons_that_cover_the_year_are_accepted():
    hours = [
        {"from": "15/10", "until": "14/04", "sessions": ["07:30-11:30", "13:00-17:00"]},
        {"from": "15/04", "until": "14/10", "sessions": ["07:00-11:30", "13:30-17:00"]},
    ]
    assert problems({"OFFICE_HOURS": hours}) == []
    assert problems({"OFFICE_HOURS": hours[:1]}) != []


@pytest.mark.parametrize("value", [None, [], "07:30-11:30", 8, [{}]])
def test_anything_else_is_a_problem_not_an_exception(value):
    ((key, reason),) = problems({"OFFICE_HOURS": value})
    assert key == "OFFICE_HOURS"
    assert "a list of seasons that cover each day of the year once" in reason
