"""The calendar in force follows the settings and the administrator at once."""

from datetime import date, timedelta

import pytest

from wagtail_pbgdpl.worktime import DayKind, Limit, Unit, due
from wagtail_pbgdpl.worktime.active import get_calendar
from wagtail_pbgdpl.worktime.models import CalendarException
from wagtail_pbgdpl.worktime.seed import shipped_calendar

pytestmark = pytest.mark.django_db

MONDAY = date(2025, 6, 2)
SATURDAY = date(2025, 6, 7)
OFF, WORKED = CalendarException.Kind.OFF, CalendarException.Kind.WORKED


def add(on, kind=OFF, name="Quốc tang", notice="1/TB"):
    return CalendarException.objects.create(date=on, kind=kind, name=name, notice=notice)


def test_without_exceptions_it_is_the_shipped_calendar():
    assert get_calendar() == shipped_calendar()


def test_each_call_costs_one_query(django_assert_num_queries):
    add(MONDAY)
    for _ in range(2):
        with django_assert_num_queries(1):
            calendar = get_calendar()
        with django_assert_num_queries(0):
            due(MONDAY, Limit(Unit.WORKING_DAY, 15), calendar)


def test_the_same_content_is_not_built_twice():
    add(MONDAY)
    assert get_calendar() is get_calendar()


def test_a_day_off_is_seen_at_once_and_gone_at_once():
    start, limit = date(2025, 5, 30), Limit(Unit.WORKING_DAY, 1)
    assert due(start, limit, get_calendar()).date() == MONDAY

    row = add(MONDAY)
    day = get_calendar().day(MONDAY)
    assert (day.kind, day.name, day.notice) == (DayKind.HOLIDAY, "Quốc tang", "1/TB")
    assert due(start, limit, get_calendar()).date() == MONDAY + timedelta(days=1)

    CalendarException.objects.filter(pk=row.pk).update(date=MONDAY + timedelta(days=1))
    assert get_calendar().day(MONDAY).works
    assert not get_calendar().day(MONDAY + timedelta(days=1)).works

    row.delete()
    assert get_calendar() == shipped_calendar()
    assert due(start, limit, get_calendar()).date() == MONDAY


def test_a_worked_saturday():
    add(SATURDAY, WORKED, "Làm bù", "2/TB")
    day = get_calendar().day(SATURDAY)
    assert (day.kind, day.works, day.notice) == (DayKind.SWAPPED_WORK, True, "2/TB")
    assert due(date(2025, 6, 6), Limit(Unit.WORKING_DAY, 1), get_calendar()).date() == SATURDAY


def test_an_exception_overrules_the_shipped_data():
    add(date(2026, 1, 10), OFF)
    add(date(2026, 1, 2), WORKED)
    calendar = get_calendar()
    assert not calendar.day(date(2026, 1, 10)).works
    assert calendar.day(date(2026, 1, 2)).works


def test_the_office_hours_are_those_of_the_settings_T14(settings):
    assert [str(session) for session in get_calendar().sessions(MONDAY)] == [
        "07:30-11:30",
        "13:00-17:00",
    ]
    settings.WAGTAIL_PBGDPL = {
        "OFFICE_HOURS": [
            {"from": "15/10", "until": "14/04", "sessions": ["07:30-11:30", "13:00-17:00"]},
            {"from": "15/04", "until": "14/10", "sessions": ["07:00-11:30", "13:30-17:00"]},
        ]
    }
    assert str(get_calendar().sessions(MONDAY)[0]) == "07:00-11:30"
    assert str(get_calendar().sessions(date(2025, 1, 2))[0]) == "07:30-11:30"


def test_bad_office_hours_fall_back_to_the_default(settings):
    settings.WAGTAIL_PBGDPL = {"OFFICE_HOURS": [{"from": "01/01"}]}
    assert get_calendar() == shipped_calendar()
