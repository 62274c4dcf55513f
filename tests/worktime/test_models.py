"""What an administrator may enter into the office calendar."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from wagtail_pbgdpl.worktime.models import CalendarException

pytestmark = pytest.mark.django_db

OFF, WORKED = CalendarException.Kind.OFF, CalendarException.Kind.WORKED


def make(on, kind=OFF, name="Quốc tang", **fields):
    return CalendarException(date=on, kind=kind, name=name, **fields)


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2025, 6, 2), OFF),
        (date(2025, 6, 7), WORKED),
        (date(2027, 2, 4), WORKED),
        (date(2026, 1, 10), OFF),
    ],
)
def test_an_exception_that_changes_the_day_is_accepted(on, kind):
    make(on, kind).full_clean()


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2025, 6, 7), OFF),
        (date(2025, 6, 2), WORKED),
        (date(2026, 1, 2), OFF),
        (date(2026, 1, 10), WORKED),
    ],
)
def test_an_exception_that_changes_nothing_is_refused(on, kind):
    with pytest.raises(ValidationError) as refused:
        make(on, kind).full_clean()
    (error,) = refused.value.error_dict["date"]
    assert error.code == "no_change"
    assert f"{on:%d/%m/%Y}" in error.messages[0]


@pytest.mark.parametrize("on", [date(1999, 12, 31), date(2101, 1, 3)])
def test_dates_outside_the_calendar_are_refused(on):
    with pytest.raises(ValidationError) as refused:
        make(on).full_clean()
    assert [error.code for error in refused.value.error_dict["date"]] == ["out_of_range"]


def test_an_exception_has_a_date_and_a_name():
    with pytest.raises(ValidationError) as refused:
        CalendarException().full_clean()
    assert set(refused.value.error_dict) == {"date", "name"}


def test_there_is_one_exception_for_a_date():
    make(date(2025, 6, 2)).save()
    with pytest.raises(IntegrityError):
        make(date(2025, 6, 2)).save()


def test_names_and_notices_are_stored_precomposed_I7():
    row = make(date(2025, 6, 2), name="Quô\u0301c tang", notice="1/TB-UBNDa\u0323")
    row.save()
    row.refresh_from_db()
    assert (row.name, row.notice) == ("Quốc tang", "1/TB-UBNDạ")


def test_an_exception_reads_as_date_and_name():
    assert str(make(date(2025, 6, 2))) == "02/06/2025: Quốc tang"
