"""R10: a seat that ended yesterday opens nothing today, although no command has run since."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from tests.factories import DelegationFactory, DocumentFactory, SeatFactory
from wagtail_pbgdpl.worktime.calendar import VIETNAM

pytestmark = pytest.mark.usefixtures("portal")

LAST_DAY = datetime.datetime(2026, 3, 2, 16, tzinfo=VIETNAM)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def secretary() -> Any:
    """Signed in on the last day of the seat, and not signed out since."""
    with time_machine.travel(LAST_DAY, tick=False):
        user = SeatFactory(role="secretary", ends_on=LAST_DAY.date()).user
        client = Client()
        client.force_login(user)
        assert client.get(reverse("wagtailadmin_home")).status_code == 200
    return client


def settings_address(site: Any) -> str:
    return reverse("wagtailsettings:edit", args=["wagtail_pbgdpl", "portalsettings", site.pk])


@pytest.mark.parametrize(("days", "opens"), [(0, True), (1, False)])
def test_the_settings_of_the_portal(secretary: Client, site: Any, days: int, opens: bool) -> None:
    with time_machine.travel(LAST_DAY + days * DAY, tick=False):
        assert (secretary.get(settings_address(site)).status_code == 200) == opens


@pytest.mark.parametrize(("days", "done"), [(0, True), (1, False)])
def test_delegations_are_revoked_by_who_sits_today(
    secretary: Client, days: int, done: bool
) -> None:
    with time_machine.travel(LAST_DAY + days * DAY, tick=False):
        given = DelegationFactory()
        address = reverse("pbgdpl_revoke_delegation", args=[given.pk])
        secretary.post(address, {"reason": "Thử"})
        given.refresh_from_db()
        assert (given.revoked_at is not None) == done


@pytest.mark.parametrize(("days", "opens"), [(0, True), (1, False)])
def test_documents(secretary: Client, days: int, opens: bool) -> None:
    collection = Collection.objects.get(name="Cổng PBGDPL")
    document = DocumentFactory(collection=collection)
    address = reverse("wagtaildocs:edit", args=[document.pk])
    with time_machine.travel(LAST_DAY + days * DAY, tick=False):
        assert (secretary.get(address).status_code == 200) == opens


def test_a_seat_that_begins_today_opens_today(site: Any) -> None:
    with time_machine.travel(LAST_DAY, tick=False):
        user = SeatFactory(role="contact_officer").user
        SeatFactory(role="secretary", user=user, starts_on=(LAST_DAY + DAY).date())
        client = Client()
        client.force_login(user)
        assert client.get(settings_address(site)).status_code == 302
    with time_machine.travel(LAST_DAY + DAY, tick=False):
        assert client.get(settings_address(site)).status_code == 200


def test_it_is_looked_up_once_a_day(secretary: Client, monkeypatch: Any) -> None:
    from wagtail_pbgdpl.workflows import today

    asked: list[Any] = []
    monkeypatch.setattr(today, "follow_seats", asked.append)
    for _ in range(3):
        with time_machine.travel(LAST_DAY, tick=False):
            secretary.get(reverse("wagtailadmin_home"))
    assert asked == []
    with time_machine.travel(LAST_DAY + DAY, tick=False):
        secretary.get(reverse("wagtailadmin_home"))
        secretary.get(reverse("wagtailadmin_home"))
    assert len(asked) == 1
