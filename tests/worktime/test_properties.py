"""What must hold for every start, limit and calendar (T2–T12, T14)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wagtail_pbgdpl.worktime import (
    VIETNAM,
    Day,
    DayKind,
    Limit,
    Pause,
    Unit,
    due,
    office_time_between,
    working_days_between,
)
from wagtail_pbgdpl.worktime.calendar import Calendar
from wagtail_pbgdpl.worktime.explain import explain
from wagtail_pbgdpl.worktime.hours import parse_office_hours
from wagtail_pbgdpl.worktime.seed import shipped_calendar

from .reference import slow_due, slow_due_with

SHIPPED = shipped_calendar()
SEASONS = parse_office_hours(
    [
        {"from": "15/10", "until": "14/04", "sessions": ["07:30-11:30", "13:00-17:00"]},
        {"from": "15/04", "until": "30/06", "sessions": ["07:00-11:30", "13:30-17:00"]},
        {
            "from": "01/07",
            "until": "14/10",
            "sessions": ["06:45-10:00", "10:00-12:20", "15:00-19:01"],
        },
    ]
)
# A long closure and a run of worked days, so that nothing hangs on short gaps.
CLOSED = [Day(date(2026, 3, 2) + timedelta(days=n), DayKind.HOLIDAY, "Nghỉ") for n in range(40)]
OPEN = [Day(date(2026, 7, 4) + timedelta(days=n), DayKind.SWAPPED_WORK, "Làm") for n in range(25)]
CALENDARS = [
    SHIPPED,
    Calendar(seasons=SEASONS).with_days(SHIPPED.days),
    Calendar(seasons=SEASONS).with_days([*CLOSED, *OPEN]),
]

calendars = st.sampled_from(CALENDARS)
dates = st.dates(date(2024, 6, 1), date(2028, 6, 30))
zones = st.sampled_from([VIETNAM, UTC])
instants = st.datetimes(datetime(2024, 6, 1), datetime(2028, 6, 30), timezones=zones)  # noqa: DTZ001
starts = dates | instants
day_units = st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY])
counted_units = st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.OFFICE_HOUR])
amounts = st.integers(1, 60)
limits = (
    st.builds(Limit, counted_units, amounts, st.booleans())
    | st.builds(Limit, st.just(Unit.NEXT_MONTH_DAY), st.integers(1, 31), st.booleans())
    | st.builds(Limit, st.just(Unit.NEXT_QUARTER_DAY), st.integers(1, 92), st.booleans())
    | st.builds(Limit, st.just(Unit.NEXT_MONTH_WEEK), st.integers(1, 5), st.booleans())
)

# The first example of each calendar fills its tables: no limit on the time of one example.
thorough = settings(deadline=None, max_examples=300)


@thorough
@given(starts, limits, calendars)
def test_equal_to_the_slow_reference(start, limit, calendar):
    assert due(start, limit, calendar) == slow_due(start, limit, calendar)


@thorough
@given(starts, limits, calendars)
def test_the_end_is_never_before_the_start(start, limit, calendar):
    begun = start
    if not isinstance(start, datetime):
        begun = datetime.combine(start, time.max, tzinfo=VIETNAM)
    assert due(start, limit, calendar) > begun


@thorough
@given(instants, instants, limits, calendars)
def test_a_later_start_never_ends_earlier(one, other, limit, calendar):
    earlier, later = sorted([one, other])
    assert due(earlier, limit, calendar) <= due(later, limit, calendar)


@thorough
@given(starts, counted_units, amounts, amounts, calendars)
def test_a_larger_amount_ends_later(start, unit, amount, more, calendar):
    smaller = due(start, Limit(unit, amount, False), calendar)
    assert smaller < due(start, Limit(unit, amount + more, False), calendar)


@thorough
@given(starts, limits, calendars)
def test_the_end_is_worked_and_the_first_such_day(start, limit, calendar):
    plain = due(start, Limit(limit.unit, limit.amount, False), calendar)
    end = due(start, Limit(limit.unit, limit.amount), calendar)
    assert calendar.day(end.date()).works
    between = range((end.date() - plain.date()).days)
    assert not any(calendar.day(plain.date() + timedelta(days=n)).works for n in between)


@thorough
@given(starts, counted_units, amounts, amounts, calendars)
def test_amounts_add_up(start, unit, first, second, calendar):
    middle = due(start, Limit(unit, first, False), calendar)
    in_two_steps = due(middle, Limit(unit, second, False), calendar)
    assert in_two_steps == due(start, Limit(unit, first + second, False), calendar)


@thorough
@given(starts, amounts, calendars)
def test_working_days_between_is_the_inverse(start, amount, calendar):
    end = due(start, Limit(Unit.WORKING_DAY, amount), calendar)
    assert calendar.day(end.date()).works
    assert working_days_between(start, end, calendar) == amount
    assert working_days_between(end, start, calendar) == -amount


@thorough
@given(starts, amounts, calendars)
def test_office_time_between_is_the_inverse(start, amount, calendar):
    end = due(start, Limit(Unit.OFFICE_HOUR, amount), calendar)
    assert office_time_between(start, end, calendar) == timedelta(hours=amount)
    # The first instant at which the time is used up: just before, some of it was left.
    just_before = end - timedelta(microseconds=1)
    assert office_time_between(start, just_before, calendar) < timedelta(hours=amount)


@thorough
@given(
    dates, st.times(), limits.filter(lambda limit: limit.unit is not Unit.OFFICE_HOUR), calendars
)
def test_limits_in_days_do_not_depend_on_the_time_of_day(day, clock, limit, calendar):
    at = datetime.combine(day, clock, tzinfo=VIETNAM)
    assert due(at, limit, calendar) == due(at.astimezone(UTC), limit, calendar)
    assert due(at, limit, calendar) == due(day, limit, calendar)


@settings(deadline=None, max_examples=100)
@given(starts, st.builds(Limit, counted_units, amounts, st.booleans()), calendars)
def test_the_explanation_adds_up_to_the_limit(start, limit, calendar):
    explanation = explain(start, limit, calendar)
    assert explanation.due_at == due(start, limit, calendar)
    assert explanation.days[-1].day.date == explanation.due_at.date()
    assert explanation.days[-1].counts is not explanation.extended
    if limit.unit is Unit.OFFICE_HOUR:
        spent = sum((counted.office_time for counted in explanation.days), timedelta())
        assert spent == timedelta(hours=limit.amount)
        assert all(counted.day.works for counted in explanation.days if counted.office_time)
    else:
        numbers = [counted.number for counted in explanation.days if counted.counts]
        assert numbers == list(range(1, limit.amount + 1))


@st.composite
def pauses(draw, around):
    """Some pauses in the months after a day, which may overlap, touch, and last no day at all."""
    day = around.astimezone(VIETNAM).date() if isinstance(around, datetime) else around
    begins = draw(st.lists(st.integers(-3, 90), max_size=5))
    lasting = [draw(st.integers(0, 40)) for _ in begins]
    return [
        Pause(day + timedelta(days=begin), day + timedelta(days=begin + length))
        for begin, length in zip(begins, lasting, strict=True)
    ]


limits_by_day = st.builds(Limit, day_units, amounts, st.booleans())


@thorough
@given(st.data(), starts, limits_by_day, calendars)
def test_with_pauses_equal_to_the_slow_reference(data, start, limit, calendar):
    stops = data.draw(pauses(start))
    assert due(start, limit, calendar, stops) == slow_due_with(start, limit, calendar, stops)


@thorough
@given(st.data(), starts, limits_by_day, calendars)
def test_a_pause_takes_out_its_days_and_no_more(data, start, limit, calendar):
    stops = data.draw(pauses(start))
    explained = explain(start, limit, calendar, stops)
    assert explained.due_at == due(start, limit, calendar, stops)
    assert [day.number for day in explained.days if day.number] == list(range(1, limit.amount + 1))
    for day in explained.days[1:]:
        assert day.is_paused is any(stop.holds(day.day.date) for stop in stops)
    assert explained.days[-1].day.date == explained.due_at.date()
    assert len(explained.lines()) >= len(explained.days) + 2


extensions = st.integers(0, 60)
working_days = st.builds(Limit, st.just(Unit.WORKING_DAY), amounts, st.booleans())


@thorough
@given(st.data(), starts, working_days, extensions, calendars)
def test_extended_equal_to_the_slow_reference(data, start, limit, days, calendar):
    """Q3: with pauses before, within and after what was given."""
    stops = data.draw(pauses(start))
    more = Limit(limit.unit, limit.amount + days, limit.ends_on_working_day)
    end = due(start, limit, calendar, stops, days)
    assert end == slow_due_with(start, more, calendar, stops)
    explained = explain(start, limit, calendar, stops, days)
    assert (explained.due_at, explained.limit) == (end, limit)
    counted = [day.number for day in explained.days if day.number]
    assert counted == list(range(1, limit.amount + days + 1))
    assert len(explained.lines()) >= len(explained.days) + 2 + bool(days)


@given(starts, limits.filter(lambda limit: limit.unit is not Unit.WORKING_DAY), calendars)
def test_no_other_limit_is_extended(start, limit, calendar):
    assert due(start, limit, calendar, (), 0) == due(start, limit, calendar)
    with pytest.raises(TypeError, match="not extended"):
        due(start, limit, calendar, (), 1)


@thorough
@given(starts, limits_by_day, calendars)
def test_a_pause_after_the_end_or_of_no_day_changes_nothing(start, limit, calendar):
    end = due(start, limit, calendar)
    after = Pause(end.date(), end.date() + timedelta(days=30))
    empty = Pause(end.date() - timedelta(days=1), end.date() - timedelta(days=1))
    assert due(start, limit, calendar, [after, empty]) == end


@given(starts, limits_by_day, calendars, st.integers(0, 30))
def test_there_is_no_end_while_a_pause_goes_on(start, limit, calendar, days):
    day = start.astimezone(VIETNAM).date() if isinstance(start, datetime) else start
    assert due(start, limit, calendar, [Pause(day + timedelta(days=days))]) is None
