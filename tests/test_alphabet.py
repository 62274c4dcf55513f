"""I6: lists stand in the order of the Vietnamese alphabet on each database, backwards too."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import SeatFactory, UnitFactory, UserFactory
from wagtail_pbgdpl.core.alphabet import alphabetically, key
from wagtail_pbgdpl.organisation.models import Seat, Unit

pytestmark = pytest.mark.django_db

IN_ORDER = [
    *("2 An", "an", "An", "Àn", "Ạn", "An Bình", "Ánh", "Ăn", "Ấm ức", "Ân", "Bình", "Dương"),
    *("Đàm", "Đinh", "Em", "Hòa", "Họa", "Nông", "Ông", "Ơn", "Phòng", "Ủy ban", "Ưng", "Vi"),
]


def shuffled() -> list[str]:
    return random.Random(7).sample(IN_ORDER, len(IN_ORDER))  # noqa: S311


def test_the_key() -> None:
    assert sorted(shuffled(), key=key) == IN_ORDER


def test_rows_of_the_database() -> None:
    Unit.objects.bulk_create(
        Unit(name=name, code=f"u-{place}") for place, name in enumerate(shuffled())
    )
    ours = Unit.objects.filter(code__startswith="u-")
    names = list(alphabetically(ours).values_list("name", flat=True))
    assert names == IN_ORDER
    turned = alphabetically(ours.order_by("-name")).values_list("name", flat=True)
    assert list(turned) == IN_ORDER[::-1]


@pytest.mark.usefixtures("portal")
def test_the_lists_of_the_admin(admin_client: Client) -> None:
    """Units by their names, seats by persons and by units."""
    names = ["Em", "Đinh", "Vi", "Dương", "Ân", "An"]
    wanted = ["An", "Ân", "Dương", "Đinh", "Em", "Vi"]
    for name in names:
        unit = UnitFactory(name=f"Xã {name}")
        person = UserFactory(first_name=name, last_name="")
        SeatFactory(role="contact_officer", unit=unit, user=person)

    def listed(address: str, field: str, ordering: str = "") -> list[Any]:
        page = admin_client.get(reverse(address), {"ordering": ordering} if ordering else {})
        found = [str(getattr(row, field)) for row in page.context["object_list"]]
        return [one.removeprefix("Xã ") for one in found if one.removeprefix("Xã ") in wanted]

    assert listed("pbgdpl_units:index", "name") == wanted
    assert listed("pbgdpl_units:index", "name", "-name") == wanted[::-1]
    seats = "pbgdpl_seats:index"
    assert listed(seats, "unit", "unit") == wanted
    page = admin_client.get(reverse(seats), {"ordering": "user__first_name"})
    shown = [row.user.first_name for row in page.context["object_list"]]
    assert [one for one in shown if one in wanted] == wanted
    assert Seat.objects.count() >= len(names)
