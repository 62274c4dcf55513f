"""What is known of a person goes when its time is over, field by field."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.extension_app.models import Petition
from wagtail_pbgdpl.intake.retention import expired_fields, forget, shortest
from wagtail_pbgdpl.intake.sender import RETENTION_DAYS

from .conftest import MORNING

WHO = {"full_name": "Lan", "email": "lan@example.vn", "bank_account": "0123456789"}


def test_the_first_field_is_known() -> None:
    assert shortest(Petition) == 30


def test_what_says_nothing_of_days_is_kept() -> None:
    later = MORNING + timedelta(days=36_500)
    assert "text" not in expired_fields(Petition, MORNING, later)


@pytest.mark.django_db
def test_each_field_has_its_time() -> None:
    petition = Petition.objects.create(code="A", text="Xin hỏi", **WHO)
    day = timedelta(days=1)
    assert forget(petition, MORNING, MORNING + 30 * day - timedelta(seconds=1)) == []
    assert forget(petition, MORNING, MORNING + 30 * day) == ["bank_account"]
    found = Petition.objects.get()
    assert (found.bank_account, found.full_name, found.erased_at) == ("", "Lan", None)
    assert forget(found, MORNING, MORNING + 31 * day) == []
    end = MORNING + RETENTION_DAYS * day
    assert forget(found, MORNING, end) == ["full_name", "email"]
    found = Petition.objects.get()
    assert (found.full_name, found.email, found.erased_at) == ("", "", end)
    assert found.text == "Xin hỏi"
    # The job comes again each day.
    assert forget(found, MORNING, end + day) == []
    assert Petition.objects.get().erased_at == end
