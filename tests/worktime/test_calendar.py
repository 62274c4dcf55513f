"""The calendar as a value: days, sessions, exceptions, the years that it covers."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from wagtail_pbgdpl.worktime import VIETNAM, Calendar, Day, DayKind
from wagtail_pbgdpl.worktime.hours import Season, Session, parse_office_hours

PLAIN = Calendar()
MONDAY = date(2025, 6, 2)
FRIDAY = date(2025, 6, 6)
SATURDAY = date(2025, 6, 7)


def test_without_days_monday_to_friday_is_worked_T14():
    week = [PLAIN.day(MONDAY + timedelta(days=offset)) for offset in range(7)]
    assert [day.works for day in week] == [True] * 5 + [False] * 2
    assert {day.kind for day in week} == {DayKind.ORDINARY, DayKind.WEEKEND}


@pytest.mark.parametrize(
    ("kind", "works"),
    [
        (DayKind.ORDINARY, True),
        (DayKind.SWAPPED_WORK, True),
        (DayKind.WEEKEND, False),
        (DayKind.HOLIDAY, False),
        (DayKind.SWAPPED_OFF, False),
        (DayKind.COMPENSATORY, False),
    ],
)
def test_the_kind_of_a_day_says_whether_it_is_worked(kind, works):
    assert Day(MONDAY, kind).works is works


def test_a_swap_moves_work_both_ways():
    friday_off = Day(FRIDAY, DayKind.SWAPPED_OFF, "Làm bù vào ngày 07/6/2025", "1/TB")
    saturday_on = Day(SATURDAY, DayKind.SWAPPED_WORK, "Làm bù cho ngày 06/6/2025", "1/TB")
    calendar = PLAIN.with_days([saturday_on, friday_off])
    assert calendar.day(FRIDAY) == friday_off
    assert calendar.day(SATURDAY) == saturday_on
    assert calendar.working_days_through(SATURDAY) == PLAIN.working_days_through(SATURDAY)
    assert calendar.working_days_through(FRIDAY) == PLAIN.working_days_through(FRIDAY) - 1
    assert calendar.sessions(FRIDAY) == ()
    assert calendar.sessions(SATURDAY) == PLAIN.sessions(MONDAY)


def test_with_days_replaces_what_was_known_and_leaves_the_original_alone():
    first = PLAIN.with_days([Day(FRIDAY, DayKind.HOLIDAY, "Nghỉ")])
    second = first.with_days([Day(FRIDAY, DayKind.ORDINARY)])
    assert not first.day(FRIDAY).works
    assert second.day(FRIDAY).works
    assert PLAIN.days == ()


def test_calendars_are_values():
    days = [Day(FRIDAY, DayKind.HOLIDAY, "A"), Day(MONDAY, DayKind.HOLIDAY, "B")]
    one, other = Calendar(days=tuple(days)), Calendar(days=tuple(reversed(days)))
    one.working_days_through(FRIDAY)  # A filled cache must not make a difference.
    assert one == other
    assert hash(one) == hash(other)
    with pytest.raises(AttributeError):
        one.days = ()


def test_a_day_given_twice_is_refused():
    with pytest.raises(ValueError, match="2025-06-06 is given twice"):
        Calendar(days=(Day(FRIDAY, DayKind.HOLIDAY, "A"), Day(FRIDAY, DayKind.ORDINARY)))


def test_seasons_that_leave_a_gap_are_refused():
    with pytest.raises(ValueError, match="must be followed by"):
        Calendar(seasons=(Season((1, 1), (6, 30), (Session(time(8), time(12)),)),))
    with pytest.raises(ValueError, match="at least one season"):
        Calendar(seasons=())


@pytest.mark.parametrize("outside", [date(1999, 12, 31), date(2101, 1, 1)])
def test_years_outside_are_refused(outside):
    at = datetime.combine(outside, time(12), tzinfo=VIETNAM)
    for ask in (
        lambda: PLAIN.day(outside),
        lambda: PLAIN.sessions(outside),
        lambda: PLAIN.working_days_through(outside),
        lambda: PLAIN.office_time_through(at),
        lambda: PLAIN.with_days([Day(outside, DayKind.HOLIDAY)]),
    ):
        with pytest.raises(ValueError, match="covers 01/01/2000 to 31/12/2100"):
            ask()


def test_a_datetime_is_no_day():
    at = datetime(2025, 6, 2, 20, tzinfo=UTC)
    for ask in (PLAIN.day, PLAIN.sessions, PLAIN.working_days_through):
        with pytest.raises(TypeError, match="a date is needed"):
            ask(at)


def test_the_first_and_the_last_day_are_inside():
    assert PLAIN.day(date(2000, 1, 1)).kind is DayKind.WEEKEND
    assert PLAIN.day(date(2100, 12, 31)).works
    assert PLAIN.office_time_through(datetime(2000, 1, 1, tzinfo=VIETNAM)) == 0


def test_a_count_beyond_the_last_day_is_refused():
    last = PLAIN.working_days_through(date(2100, 12, 31))
    assert PLAIN.working_day_number(last) == date(2100, 12, 31)
    total = PLAIN.office_time_through(datetime(2100, 12, 31, 18, tzinfo=VIETNAM))
    assert PLAIN.office_time_reached(total) == datetime(2100, 12, 31, 17, tzinfo=VIETNAM)
    for ask in (
        lambda: PLAIN.working_day_number(last + 1),
        lambda: PLAIN.working_day_number(0),
        lambda: PLAIN.office_time_reached(total + 1),
    ):
        with pytest.raises(ValueError, match="outside the calendar"):
            ask()


@pytest.mark.parametrize(
    ("clock", "hours"),
    [
        (time(0, 0), 0),
        (time(7, 30), 0),
        (time(9, 30), 2),
        (time(11, 30), 4),
        (time(12, 15), 4),
        (time(13, 0), 4),
        (time(16, 0), 7),
        (time(17, 0), 8),
        (time(23, 59), 8),
    ],
)
def test_office_time_stands_still_at_noon_and_at_night_T14(clock, hours):
    midnight = datetime.combine(MONDAY, time.min, tzinfo=VIETNAM)
    at = datetime.combine(MONDAY, clock, tzinfo=VIETNAM)
    spent = PLAIN.office_time_through(at) - PLAIN.office_time_through(midnight)
    assert timedelta(microseconds=spent) == timedelta(hours=hours)


def test_office_time_is_that_of_the_instant_whatever_its_time_zone():
    in_vietnam = datetime(2025, 6, 2, 9, 30, tzinfo=VIETNAM)
    elsewhere = in_vietnam.astimezone(timezone(timedelta(hours=-5)))
    assert PLAIN.office_time_through(elsewhere) == PLAIN.office_time_through(in_vietnam)


def test_the_season_decides_the_sessions():
    seasons = parse_office_hours(
        [
            {"from": "15/10", "until": "14/04", "sessions": ["07:30-11:30", "13:00-17:00"]},
            {"from": "15/04", "until": "14/10", "sessions": ["07:00-11:30", "13:30-17:00"]},
        ]
    )
    calendar = Calendar(seasons=seasons)
    assert [str(session) for session in calendar.sessions(date(2025, 10, 14))] == [
        "07:00-11:30",
        "13:30-17:00",
    ]
    assert [str(session) for session in calendar.sessions(date(2025, 10, 15))] == [
        "07:30-11:30",
        "13:00-17:00",
    ]
    assert calendar.sessions(date(2028, 2, 29)) == calendar.sessions(date(2025, 12, 31))
