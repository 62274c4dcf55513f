"""How days and instants are written."""

from __future__ import annotations

from datetime import UTC, date, datetime

from wagtail_pbgdpl.worktime import VIETNAM, moment


def test_an_instant_is_written_with_its_time_in_vietnam() -> None:
    assert moment(datetime(2026, 2, 28, 17, 30, tzinfo=UTC)) == "01/03/2026 00:30"
    assert moment(datetime(2026, 3, 16, 9, tzinfo=VIETNAM)) == "16/03/2026 09:00"


def test_a_day_has_no_time_and_none_is_empty() -> None:
    assert moment(date(2026, 3, 2)) == "02/03/2026"
    assert moment(None) == ""
