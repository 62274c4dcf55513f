"""X1: the log-in holds under each regulation, also where nobody is the Trưởng Ban (LC19)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from tests.both import rows_here
from tests.conftest import emptied
from tests.factories import seated
from tests.login.conftest import NOW, Browser
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.content.indexes import PortalMixin
from wagtail_pbgdpl.core.discovery import root_model
from wagtail_pbgdpl.login.models import LoginNote
from wagtail_pbgdpl.provisioning.portal import set_up
from wagtail_pbgdpl.regulations import shipped_profiles
from wagtail_pbgdpl.regulations.active import get_regulation

pytestmark = pytest.mark.usefixtures("limited")


@pytest.fixture(scope="module", params=rows_here([sorted(shipped_profiles())]))
def profile(request: Any, kept_rows: None) -> Iterator[str]:
    """A portal was set up from it."""
    with transaction.atomic():
        own = override_settings(WAGTAIL_PBGDPL={"PROFILE": request.param})
        with time_machine.travel(NOW, tick=False), own:
            set_up(get_regulation(), emptied(root_model(PortalMixin).objects.get()))
        yield request.param
        transaction.set_rollback(True)


@pytest.fixture
def officer(profile: str, settings: Any, limited: Any, db: None) -> Any:
    """Somebody with a seat that the regulation has."""
    settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, "PROFILE": profile}
    return seated(next(iter(get_regulation().roles), "contact_officer"))


def test_a_lock_is_entered_and_told(officer: Any, tick: Any) -> None:
    assert Browser().guess(officer, 6)[-1] == 429
    tick()
    # The set-up of the portal has its own entries.
    row = Change.objects.get(kind=Change.Kind.ACCOUNT)
    assert (row.person, row.login) == (officer, False)
    assert [officer.email] in [letter.to for letter in mail.outbox]


def test_a_link_for_a_forgotten_password_comes(officer: Any, tick: Any) -> None:
    Client().post(reverse("wagtailadmin_password_reset"), {"email": officer.email})
    assert "đã gửi 1 liên kết" in tick()
    (letter,) = mail.outbox
    assert letter.to == [officer.email]
    assert get_regulation().portal.name in letter.body
    assert not LoginNote.objects.exists()
