"""Known answers: from an event and a limit to the end of the limit (T2–T12, T14)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from wagtail_pbgdpl.worktime import (
    VIETNAM,
    Calendar,
    Day,
    DayKind,
    Limit,
    Unit,
    due,
    office_time_between,
    working_days_between,
)
from wagtail_pbgdpl.worktime.hours import parse_office_hours
from wagtail_pbgdpl.worktime.seed import shipped_calendar

CALENDAR = shipped_calendar()
TWELVE_HOURS = Limit(Unit.OFFICE_HOUR, 12)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def day_due(start, unit, amount, calendar=CALENDAR, extends=False):
    """The date on which the limit ends, after a check that it ends with that day."""
    end = due(start, Limit(unit, amount, extends), calendar)
    assert end.tzinfo is VIETNAM
    assert end.time() == time.max
    return end.date()


def test_at_once_has_no_deadline_T1():
    assert due(date(2025, 4, 21), Limit(Unit.IMMEDIATE), CALENDAR) is None


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        # The Saturday 26/4/2025 was worked for Friday 2/5.
        ("2025-04-21", 15, "2025-05-14"),
        # The Saturday 4/5/2024 was worked for Monday 29/4.
        ("2024-04-19", 15, "2024-05-14"),
        # 2/1/2026 off, Saturday 10/1/2026 worked.
        ("2025-12-31", 1, "2026-01-05"),
        ("2026-01-09", 1, "2026-01-10"),
        ("2026-01-09", 2, "2026-01-12"),
        # Lunar New Year 2026.
        ("2026-02-13", 1, "2026-02-23"),
        # 31/8 to 2/9/2026 off, Saturday 22/8/2026 worked.
        ("2026-08-21", 1, "2026-08-22"),
        ("2026-08-28", 1, "2026-09-03"),
        # 24/11 is off from 2026 on.
        ("2025-11-23", 1, "2025-11-24"),
        ("2026-11-23", 1, "2026-11-25"),
        # An event on a day off: the day itself is day zero all the same.
        ("2025-06-07", 1, "2025-06-09"),
        ("2025-06-08", 2, "2025-06-10"),
    ],
)
def test_working_days_T2_T3_T8_T12(start, amount, end):
    start = date.fromisoformat(start)
    assert day_due(start, Unit.WORKING_DAY, amount) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2025-01-01", 30, "2025-01-31"),
        ("2024-02-01", 30, "2024-03-02"),
        # The last day may well be a day off.
        ("2026-02-07", 10, "2026-02-17"),
        ("2025-12-20", 15, "2026-01-04"),
    ],
)
def test_calendar_days_T6_T11(start, amount, end):
    start = date.fromisoformat(start)
    assert day_due(start, Unit.CALENDAR_DAY, amount) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # 8 h on the first day; then 6½ h on the first day.
        ("2025-06-02 07:30", "2025-06-03 11:30"),
        ("2025-06-02 09:00", "2025-06-03 14:30"),
        # At night and before the opening: from 07:30 on.
        ("2025-06-02 05:00", "2025-06-03 11:30"),
        ("2025-06-01 23:00", "2025-06-03 11:30"),
        ("2025-06-02 20:00", "2025-06-04 11:30"),
        # At noon: from 13:00 on.
        ("2025-06-02 12:10", "2025-06-03 17:00"),
        ("2025-06-02 11:30", "2025-06-03 17:00"),
        ("2025-06-02 13:00", "2025-06-03 17:00"),
        # Over a weekend, and from within it.
        ("2025-06-06 16:00", "2025-06-10 10:30"),
        ("2025-06-07 10:00", "2025-06-10 11:30"),
        # A worked Saturday counts, the Friday swapped for it does not.
        ("2025-04-25 16:00", "2025-04-28 10:30"),
        ("2025-04-29 16:00", "2025-05-06 10:30"),
        # Across Lunar New Year 2026: 13/2 is the last day before, 23/2 the first after.
        ("2026-02-13 16:30", "2026-02-24 11:00"),
    ],
)
def test_twelve_office_hours_T9(start, end):
    assert due(at(start), TWELVE_HOURS, CALENDAR) == at(end)


def test_office_hours_are_kept_to_the_microsecond_T9():
    start = at("2025-06-02 09:00:00.000001")
    assert due(start, Limit(Unit.OFFICE_HOUR, 1), CALENDAR) == at("2025-06-02 10:00:00.000001")


def test_of_an_event_without_a_time_the_day_is_not_counted_T9():
    assert due(date(2025, 6, 2), TWELVE_HOURS, CALENDAR) == at("2025-06-04 11:30")
    assert due(date(2025, 6, 6), TWELVE_HOURS, CALENDAR) == at("2025-06-10 11:30")


def test_office_hours_across_a_change_of_season_T9_T14():
    seasons = parse_office_hours(
        [
            {"from": "15/10", "until": "14/04", "sessions": ["07:30-11:30", "13:00-17:00"]},
            {"from": "15/04", "until": "14/10", "sessions": ["07:00-11:30", "13:30-17:00"]},
        ]
    )
    calendar = Calendar(seasons=seasons)
    # Tuesday 14/10 is a summer day, Wednesday 15/10 a winter day.
    assert due(at("2025-10-14 06:00"), Limit(Unit.OFFICE_HOUR, 9), calendar) == at(
        "2025-10-15 08:30"
    )
    assert due(at("2025-04-14 16:00"), Limit(Unit.OFFICE_HOUR, 2), calendar) == at(
        "2025-04-15 08:00"
    )


def test_office_hours_within_a_season_that_crosses_the_new_year_T14():
    seasons = parse_office_hours(
        [
            {"from": "15/10", "until": "14/04", "sessions": ["08:00-12:00"]},
            {"from": "15/04", "until": "14/10", "sessions": ["07:00-12:00", "13:00-17:00"]},
        ]
    )
    calendar = Calendar(seasons=seasons).with_days(CALENDAR.days)
    # 31/12/2025, then 5/1/2026: 1, 2 January and the weekend are off.
    assert due(at("2025-12-31 11:00"), Limit(Unit.OFFICE_HOUR, 3), calendar) == at(
        "2026-01-05 10:00"
    )


@pytest.mark.parametrize(
    ("start", "unit", "amount", "end"),
    [
        # Month report: the first week of the next month, its first seven days.
        ("2025-06-30", Unit.NEXT_MONTH_WEEK, 1, "2025-07-07"),
        ("2025-12-01", Unit.NEXT_MONTH_WEEK, 1, "2026-01-07"),
        ("2025-01-31", Unit.NEXT_MONTH_WEEK, 4, "2025-02-28"),
        ("2025-01-31", Unit.NEXT_MONTH_WEEK, 5, "2025-02-28"),
        ("2024-01-31", Unit.NEXT_MONTH_WEEK, 5, "2024-02-29"),
        # Quarter report: the first 10 days of the next quarter.
        ("2025-01-01", Unit.NEXT_QUARTER_DAY, 10, "2025-04-10"),
        ("2025-03-31", Unit.NEXT_QUARTER_DAY, 10, "2025-04-10"),
        ("2025-04-01", Unit.NEXT_QUARTER_DAY, 10, "2025-07-10"),
        ("2025-09-30", Unit.NEXT_QUARTER_DAY, 10, "2025-10-10"),
        ("2025-12-31", Unit.NEXT_QUARTER_DAY, 10, "2026-01-10"),
        ("2025-11-15", Unit.NEXT_QUARTER_DAY, 92, "2026-03-31"),
        ("2025-05-15", Unit.NEXT_QUARTER_DAY, 92, "2025-09-30"),
        ("2025-06-15", Unit.NEXT_MONTH_DAY, 5, "2025-07-05"),
        ("2025-12-15", Unit.NEXT_MONTH_DAY, 31, "2026-01-31"),
        ("2025-01-15", Unit.NEXT_MONTH_DAY, 31, "2025-02-28"),
        # Half-year and year reports count calendar days from the meeting.
        ("2025-07-10", Unit.CALENDAR_DAY, 10, "2025-07-20"),
        ("2025-12-25", Unit.CALENDAR_DAY, 15, "2026-01-09"),
    ],
)
def test_reports_T11(start, unit, amount, end):
    assert day_due(date.fromisoformat(start), unit, amount) == date.fromisoformat(end)


def test_the_day_of_a_utc_start_is_the_vietnamese_one():
    # 18:00 UTC on Sunday is 01:00 on Monday in Vietnam.
    start = datetime(2025, 6, 1, 18, 0, tzinfo=UTC)
    end = due(start, Limit(Unit.WORKING_DAY, 1), CALENDAR)
    assert end == at("2025-06-03 23:59:59.999999")
    assert end.astimezone(UTC) == datetime(2025, 6, 3, 16, 59, 59, 999999, tzinfo=UTC)
    # On the last evening of a month, UTC still has the month before.
    start = datetime(2025, 6, 30, 17, 0, tzinfo=UTC)
    assert day_due(start, Unit.NEXT_MONTH_DAY, 5) == date(2025, 8, 5)


def test_office_hours_of_a_utc_start_T9():
    start = datetime(2025, 6, 2, 0, 30, tzinfo=UTC)
    assert due(start, TWELVE_HOURS, CALENDAR) == at("2025-06-03 11:30")


@pytest.mark.parametrize("unit", list(Unit))
def test_a_naive_start_is_refused(unit):
    limit = Limit(unit, 0 if unit is Unit.IMMEDIATE else 1)
    with pytest.raises(ValueError, match="must have a time zone: 2025-06-02T08:00:00"):
        due(datetime(2025, 6, 2, 8), limit, CALENDAR)  # noqa: DTZ001


@pytest.mark.parametrize("unit", list(Unit))
def test_a_start_outside_the_calendar_is_refused(unit):
    limit = Limit(unit, 0 if unit is Unit.IMMEDIATE else 1)
    for start in (date(1999, 12, 31), datetime(2101, 1, 1, tzinfo=VIETNAM)):
        with pytest.raises(ValueError, match="outside the calendar"):
            due(start, limit, CALENDAR)


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.IMMEDIATE])
def test_an_end_outside_the_calendar_is_refused(unit):
    with pytest.raises(ValueError, match="outside the calendar"):
        due(date(2100, 12, 31), Limit(unit, 1), CALENDAR)


def test_a_holiday_announced_late_moves_a_deadline():
    late = Day(date(2025, 5, 12), DayKind.HOLIDAY, "Quốc tang")
    moved = CALENDAR.with_days([late])
    assert day_due(date(2025, 4, 21), Unit.WORKING_DAY, 15, moved) == date(2025, 5, 15)
    assert day_due(date(2025, 4, 21), Unit.CALENDAR_DAY, 15, moved) == date(2025, 5, 6)


def test_working_days_between_is_signed():
    friday, monday = date(2025, 6, 6), date(2025, 6, 9)
    assert working_days_between(friday, monday, CALENDAR) == 1
    assert working_days_between(monday, friday, CALENDAR) == -1
    assert working_days_between(friday, friday, CALENDAR) == 0
    assert working_days_between(date(2026, 1, 9), date(2026, 1, 11), CALENDAR) == 1


def test_office_time_between_is_signed():
    before, after = at("2025-06-06 16:00"), at("2025-06-09 08:00")
    assert office_time_between(before, after, CALENDAR) == timedelta(hours=1, minutes=30)
    assert office_time_between(after, before, CALENDAR) == -timedelta(hours=1, minutes=30)
    assert office_time_between(date(2025, 6, 5), date(2025, 6, 6), CALENDAR) == timedelta(hours=8)


@pytest.mark.parametrize(
    ("start", "unit", "amount", "end"),
    [
        # Saturday 31 January, mồng Một Tết of 2026, a Sunday, a worked Friday.
        ("2025-12-15", Unit.NEXT_MONTH_DAY, 31, "2026-02-02"),
        ("2026-02-07", Unit.CALENDAR_DAY, 10, "2026-02-23"),
        ("2025-12-20", Unit.CALENDAR_DAY, 15, "2026-01-05"),
        ("2025-12-25", Unit.CALENDAR_DAY, 15, "2026-01-09"),
        # The report of October ends on Saturday 7 November, that of the second quarter on a Friday.
        ("2026-10-31", Unit.NEXT_MONTH_WEEK, 1, "2026-11-09"),
        ("2026-06-30", Unit.NEXT_QUARTER_DAY, 10, "2026-07-10"),
    ],
)
def test_a_last_day_off_gives_way_to_the_next_working_day_T6_T11(start, unit, amount, end):
    """Bộ luật Dân sự 2015 Điều 148.5."""
    found = day_due(date.fromisoformat(start), unit, amount, extends=True)
    assert found == date.fromisoformat(end)
