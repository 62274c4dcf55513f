"""The explanation shows how a deadline was counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from wagtail_pbgdpl.worktime import VIETNAM, Day, DayKind, Limit, Unit
from wagtail_pbgdpl.worktime.explain import describe, explain
from wagtail_pbgdpl.worktime.seed import shipped_calendar

CALENDAR = shipped_calendar()


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def lines(start, unit, amount=0, calendar=CALENDAR):
    return explain(start, Limit(unit, amount), calendar).lines()


def test_working_days_are_numbered_and_days_off_say_why_T3():
    explanation = explain(date(2025, 4, 21), Limit(Unit.WORKING_DAY, 15), CALENDAR)
    text = explanation.lines()
    assert text[0] == "Event: 21/04/2025. Time limit: 15 working days."
    assert text[1:7] == [
        "Monday 21/04/2025: day of the event, not counted",
        "Tuesday 22/04/2025: working day 1",
        "Wednesday 23/04/2025: working day 2",
        "Thursday 24/04/2025: working day 3",
        "Friday 25/04/2025: working day 4",
        "Saturday 26/04/2025: working day 5 (Làm bù cho ngày 02/5/2025; notice 6150/TB-BLĐTBXH)",
    ]
    assert "Sunday 27/04/2025: weekend, not counted" in text
    assert "Wednesday 30/04/2025: holiday, not counted (Ngày Chiến thắng)" in text
    assert (
        "Friday 02/05/2025: day off by a swap of working days, not counted "
        "(Làm bù vào ngày 26/4/2025; notice 6150/TB-BLĐTBXH)"
    ) in text
    assert text[-2:] == [
        "Wednesday 14/05/2025: working day 15",
        "Due by the end of 14/05/2025.",
    ]
    assert len(text) == 1 + 24 + 1


def test_compensatory_days_are_named_so():
    assert (
        "Monday 27/04/2026: compensatory day off, not counted (Nghỉ bù Ngày Giỗ Tổ Hùng Vương)"
    ) in lines(date(2026, 4, 24), Unit.WORKING_DAY, 1)


def test_office_hours_of_each_day_T9():
    start = datetime(2025, 4, 25, 9, 0, tzinfo=UTC)
    explanation = explain(start, Limit(Unit.OFFICE_HOUR, 12), CALENDAR)
    assert [counted.office_time for counted in explanation.days] == [
        timedelta(hours=1),
        timedelta(hours=8),
        timedelta(),
        timedelta(hours=3),
    ]
    assert explanation.lines() == [
        "Event: 25/04/2025 16:00. Time limit: 12 office hours.",
        "Friday 25/04/2025: 1 h 00 min of office time counted",
        "Saturday 26/04/2025: 8 h 00 min of office time counted "
        "(Làm bù cho ngày 02/5/2025; notice 6150/TB-BLĐTBXH)",
        "Sunday 27/04/2025: weekend, not counted",
        "Monday 28/04/2025: 3 h 00 min of office time counted",
        "Due at 10:30 on 28/04/2025.",
    ]


def test_an_event_after_closing_time_T9():
    start = datetime(2025, 6, 2, 18, 0, tzinfo=VIETNAM)
    assert lines(start, Unit.OFFICE_HOUR, 1)[1:3] == [
        "Monday 02/06/2025: outside office hours, not counted",
        "Tuesday 03/06/2025: 1 h 00 min of office time counted",
    ]


def test_an_event_at_the_weekend_is_not_counted_because_it_is_the_weekend_T9():
    start = datetime(2025, 6, 7, 10, 0, tzinfo=VIETNAM)
    assert lines(start, Unit.OFFICE_HOUR, 1)[1] == "Saturday 07/06/2025: weekend, not counted"


def test_an_event_without_a_time_T9():
    assert lines(date(2025, 6, 2), Unit.OFFICE_HOUR, 1)[1] == (
        "Monday 02/06/2025: day of the event, not counted"
    )


def test_calendar_days_are_all_counted_T6():
    assert lines(date(2026, 4, 29), Unit.CALENDAR_DAY, 4) == [
        "Event: 29/04/2026. Time limit: 4 calendar days.",
        "Wednesday 29/04/2026: day of the event, not counted",
        "Thursday 30/04/2026: calendar day 1 (Ngày Chiến thắng)",
        "Friday 01/05/2026: calendar day 2 (Ngày Quốc tế lao động)",
        "Saturday 02/05/2026: calendar day 3",
        "Sunday 03/05/2026: calendar day 4",
        "Monday 04/05/2026: next working day",
        "The last day is a day off, so the limit ends on the next working day "
        "(Civil Code 2015, Article 148.5).",
        "Due by the end of 04/05/2026.",
    ]


def test_reports_are_not_counted_day_by_day_T11():
    assert lines(date(2025, 6, 30), Unit.NEXT_MONTH_WEEK, 1) == [
        "Event: 30/06/2025. Time limit: within the first 7 days of the next month.",
        "Due by the end of 07/07/2025.",
    ]


def test_at_once_T1():
    assert lines(date(2025, 6, 30), Unit.IMMEDIATE) == [
        "Event: 30/06/2025. Time limit: at once.",
        "No fixed deadline.",
    ]


def test_years_not_announced_yet_are_pointed_out():
    note = "The days off of 2027 are computed; the yearly notice may change them."
    assert lines(date(2026, 12, 28), Unit.WORKING_DAY, 5)[-1] == note
    assert lines(date(2026, 12, 28), Unit.WORKING_DAY, 2)[-1] == "Due by the end of 30/12/2026."
    # 2 January is a Saturday: the end hangs on it.
    assert lines(date(2026, 12, 28), Unit.CALENDAR_DAY, 5)[-1] == note
    never = Limit(Unit.CALENDAR_DAY, 5, ends_on_working_day=False)
    assert note not in explain(date(2026, 12, 28), never, shipped_calendar()).lines()


def test_a_notice_without_a_name_and_a_name_without_a_notice():
    on = date(2025, 6, 3)
    for day, details in (
        (Day(on, DayKind.HOLIDAY, "Quốc tang"), "(Quốc tang)"),
        (Day(on, DayKind.HOLIDAY, "", "1/TB"), "(notice 1/TB)"),
    ):
        text = lines(date(2025, 6, 2), Unit.WORKING_DAY, 1, CALENDAR.with_days([day]))
        assert text[2] == f"Tuesday 03/06/2025: holiday, not counted {details}"


@pytest.mark.parametrize(
    ("unit", "amount", "words"),
    [
        (Unit.IMMEDIATE, 0, "at once"),
        (Unit.WORKING_DAY, 1, "1 working day"),
        (Unit.WORKING_DAY, 2, "2 working days"),
        (Unit.CALENDAR_DAY, 1, "1 calendar day"),
        (Unit.CALENDAR_DAY, 30, "30 calendar days"),
        (Unit.OFFICE_HOUR, 1, "1 office hour"),
        (Unit.OFFICE_HOUR, 12, "12 office hours"),
        (Unit.NEXT_MONTH_DAY, 5, "by day 5 of the next month"),
        (Unit.NEXT_QUARTER_DAY, 10, "by day 10 of the next quarter"),
        (Unit.NEXT_MONTH_WEEK, 1, "within the first 7 days of the next month"),
    ],
)
def test_a_limit_in_words(unit, amount, words):
    assert describe(Limit(unit, amount)) == words


def test_bad_starts_are_refused_as_for_the_deadline_itself():
    with pytest.raises(ValueError, match="time zone"):
        explain(datetime(2025, 6, 2, 8), Limit(Unit.WORKING_DAY, 1), CALENDAR)  # noqa: DTZ001
