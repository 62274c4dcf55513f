"""R5: two officials who press at the same moment, after each has looked, on PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories import SeatFactory, UnitFactory, UserFactory
from tests.together import together
from wagtail_pbgdpl.organisation.models import Seat, Unit, UnitSuccession

pytestmark = [
    pytest.mark.usefixtures("committed"),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite in memory has one connection"
    ),
]


def press(presses: list[tuple[Client, dict[str, Any]]]) -> Any:
    client, data = presses.pop()
    return client.post(reverse("pbgdpl_succession", args=["merge"]), data)


def at_once(presses: list[tuple[Client, dict[str, Any]]]) -> tuple[Any, Any]:
    """Return the answer that did it, and the one that did not."""
    answers = together(lambda: press(presses), threads=2)
    assert not [one for one in answers if isinstance(one, Exception)], answers
    done, refused = sorted(answers, key=lambda answer: -answer.status_code)
    assert (done.status_code, refused.status_code) == (302, 200)
    return done, refused


def looked_at(units: list[Unit], name: str) -> tuple[Client, dict[str, Any]]:
    """Return an official before the preview of a merger, and what their press sends."""
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    data = {
        "on": "01/07/2026",
        "decision_number": "12/NQ-HĐND",
        "units": [str(unit.pk) for unit in units],
        "name": name,
    }
    preview = client.post(reverse("pbgdpl_succession", args=["merge"]), data).context["preview"]
    return client, data | {"seen": preview.digest}


@pytest.mark.parametrize("second_name", ["UBND xã Mới", "UBND xã Khác"])
def test_one_merger_is_done_and_the_other_refused(second_name: str) -> None:
    """Whole, with a word that says why; nobody's seat goes on twice."""
    one, two, three = (UnitFactory(name=f"UBND xã {name}") for name in ("Một", "Hai", "Ba"))
    seat = SeatFactory(role="contact_officer", unit=two)
    presses = [looked_at([one, two], "UBND xã Mới"), looked_at([two, three], second_name)]
    done, refused = at_once(presses)
    told = refused.content.decode()
    assert "«UBND xã Hai»" in told
    assert "kế thừa" in told
    (new,) = Unit.objects.exclude(pk__in=[one.pk, two.pk, three.pk])
    assert done.url == reverse("pbgdpl_units:inspect", args=[new.pk])
    assert UnitSuccession.objects.filter(successor=new).count() == 2
    assert UnitSuccession.objects.count() == 2
    assert [row.unit for row in Seat.objects.filter(user=seat.user, ends_on=None)] == [new]


def test_two_units_of_one_name_are_not_made_at_once() -> None:
    """Each is told so who comes second, and may look again."""
    old = [UnitFactory() for _number in range(4)]
    presses = [looked_at(old[:2], "UBND xã Mới"), looked_at(old[2:], "UBND xã Mới")]
    _done, refused = at_once(presses)
    assert [str(one) for one in refused.context["messages"]] or refused.context["form"].errors
    assert Unit.objects.filter(name="UBND xã Mới").count() == 1
    assert UnitSuccession.objects.count() == 2
