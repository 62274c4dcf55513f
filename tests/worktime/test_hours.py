"""Office hours and their seasons (T9, T14)."""

from datetime import date, time

import pytest

from wagtail_pbgdpl.worktime.hours import Season, Session, parse_office_hours

WINTER = {"from": "15/10", "until": "14/04", "sessions": ["07:30-11:30", "13:00-17:00"]}
SUMMER = {"from": "15/04", "until": "14/10", "sessions": ["07:00-11:30", "13:30-17:00"]}
WHOLE_YEAR = {"from": "01/01", "until": "31/12", "sessions": ["07:30-11:30"]}


def test_a_season_may_cross_the_new_year():
    seasons = parse_office_hours([WINTER, SUMMER])
    winter = next(season for season in seasons if season.first == (10, 15))
    assert winter.sessions[1] == Session(time(13), time(17))
    for day in ("2025-10-15", "2025-12-31", "2026-01-01", "2026-04-14", "2028-02-29"):
        assert winter.covers(date.fromisoformat(day)), day
    for day in ("2025-10-14", "2026-04-15", "2026-07-01"):
        assert not winter.covers(date.fromisoformat(day)), day


def test_the_order_of_the_seasons_does_not_matter():
    assert parse_office_hours([WINTER, SUMMER]) == parse_office_hours([SUMMER, WINTER])


def test_a_single_season_may_begin_on_any_day():
    assert parse_office_hours([{**WINTER, "until": "14/10"}])


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([], "must be a list"),
        (None, "must be a list"),
        ("07:30-11:30", "must be a list"),
        (WINTER, "must be a list"),
        (["07:30-11:30"], 'has the keys "from", "until" and "sessions"'),
        ([{"from": "01/01", "until": "31/12"}], 'has the keys "from"'),
        ([{**WHOLE_YEAR, "sesions": []}], 'has the keys "from"'),
        ([WINTER], "ends on 14/04 must be followed by one that begins on 15/04, not on 15/10"),
        ([WINTER, {**SUMMER, "from": "16/04"}], "begins on 15/04, not on 16/04"),
        ([WINTER, {**SUMMER, "until": "15/10"}], "begins on 16/10, not on 15/10"),
        ([WHOLE_YEAR, WHOLE_YEAR], "two seasons begin on the same day"),
        ([{**WHOLE_YEAR, "until": "31/13"}], "day/month .15/10., not '31/13'"),
        ([{**WHOLE_YEAR, "until": "30/02"}], "not '30/02'"),
        ([{**WHOLE_YEAR, "until": 3112}], "not 3112"),
        ([{**WHOLE_YEAR, "sessions": []}], "at least one session"),
        ([{**WHOLE_YEAR, "sessions": "07:30-11:30"}], "must be a list"),
        ([{**WHOLE_YEAR, "sessions": ["7h30-11h30"]}], "not '7h30-11h30'"),
        ([{**WHOLE_YEAR, "sessions": ["07:30"]}], "not '07:30'"),
        ([{**WHOLE_YEAR, "sessions": [None]}], "not None"),
        ([{**WHOLE_YEAR, "sessions": ["11:30-07:30"]}], "must open before it closes"),
        ([{**WHOLE_YEAR, "sessions": ["08:00-08:00"]}], "must open before it closes"),
        (
            [{**WHOLE_YEAR, "sessions": ["07:00-12:00", "11:00-17:00"]}],
            "session 11:00-17:00 begins before 07:00-12:00 has ended",
        ),
    ],
)
def test_bad_office_hours_are_refused_with_a_reason(value, reason):
    with pytest.raises(ValueError, match=reason):
        parse_office_hours(value)


def test_seasons_need_sessions():
    with pytest.raises(ValueError, match="at least one session"):
        Season((1, 1), (12, 31), ())
