"""What the package knows of the days off of state offices without being told."""

from datetime import date, timedelta

import pytest

from wagtail_pbgdpl.core.text import nfc
from wagtail_pbgdpl.worktime import DayKind
from wagtail_pbgdpl.worktime.seed import _add_culture_day, shipped_calendar

CALENDAR = shipped_calendar()

WEEKDAYS_OFF = {
    2025: "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24",
    2027: "01-01 02-04 02-05 02-08 02-09 02-10 04-16 04-30 05-03 09-02 09-03 11-24",
}
WORKED_WEEKENDS = {2025: "04-26", 2026: "01-10 08-22", 2027: ""}


def days_of(year):
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    return [CALENDAR.day(first + timedelta(days=offset)) for offset in range(length)]


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_the_days_off_of_the_shipped_years_are_exactly_these(year):
    off = [day.date for day in days_of(year) if day.date.weekday() < 5 and not day.works]
    assert [f"{day:%m-%d}" for day in off] == WEEKDAYS_OFF[year].split()


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_the_worked_weekends_of_the_shipped_years_are_exactly_these(year):
    worked = [day.date for day in days_of(year) if day.date.weekday() >= 5 and day.works]
    assert [f"{day:%m-%d}" for day in worked] == WORKED_WEEKENDS[year].split()


@pytest.mark.parametrize(
    ("off", "worked", "notice"),
    [
        (date(2025, 5, 2), date(2025, 4, 26), "6150/TB-BLĐTBXH"),
        (date(2026, 1, 2), date(2026, 1, 10), "12729/VPCP-KGVX"),
        (date(2026, 8, 31), date(2026, 8, 22), "9441/TB-BNV"),
    ],
)
def test_both_days_of_a_swap_name_the_notice(off, worked, notice):
    assert CALENDAR.day(off).kind is DayKind.SWAPPED_OFF
    assert CALENDAR.day(worked).kind is DayKind.SWAPPED_WORK
    assert CALENDAR.day(off).notice == CALENDAR.day(worked).notice == notice


def test_culture_day_is_off_from_2026():
    assert CALENDAR.day(date(2025, 11, 24)).works
    for year in range(2026, 2101):
        day = CALENDAR.day(date(year, 11, 24))
        assert not day.works
        assert day.name == "Ngày Văn hóa Việt Nam"


def test_culture_day_on_a_rest_day_moves_to_the_next_working_day():
    assert date(2029, 11, 24).weekday() == 5
    assert date(2030, 11, 24).weekday() == 6
    for moved in (date(2029, 11, 26), date(2030, 11, 25)):
        assert CALENDAR.day(moved).kind is DayKind.COMPENSATORY
    assert CALENDAR.day(date(2029, 11, 27)).works


def test_other_years_come_from_the_holidays_package():
    assert CALENDAR.day(date(2024, 4, 29)).kind is DayKind.SWAPPED_OFF
    assert CALENDAR.day(date(2024, 5, 4)).kind is DayKind.SWAPPED_WORK
    assert CALENDAR.day(date(2023, 5, 2)).kind is DayKind.COMPENSATORY
    assert CALENDAR.day(date(2024, 2, 10)).kind is DayKind.HOLIDAY
    assert CALENDAR.day(date(2030, 4, 30)).name == "Ngày Chiến thắng"


def test_a_holiday_on_a_rest_day_is_named_and_compensated():
    assert CALENDAR.day(date(2026, 4, 26)).name == "Ngày Giỗ Tổ Hùng Vương"
    assert CALENDAR.day(date(2026, 4, 27)).kind is DayKind.COMPENSATORY


def test_2027_is_not_announced_yet():
    assert CALENDAR.announced_until == 2026


def test_every_special_day_has_a_precomposed_name_I7():
    assert all(day.name and day.name == nfc(day.name) for day in CALENDAR.days)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2028, {date(2028, 11, 24): "Ngày Văn hóa Việt Nam"}),
        (
            2029,
            {
                date(2029, 11, 24): "Ngày Văn hóa Việt Nam",
                date(2029, 11, 26): "Ngày Văn hóa Việt Nam (nghỉ bù)",
            },
        ),
    ],
)
def test_culture_day_is_added_where_the_holidays_package_lacks_it(year, expected):
    names = {}
    _add_culture_day(names, year)
    assert names == expected
