"""Two who make the same move of a matter at the same moment (R2, R12), on PostgreSQL."""

from __future__ import annotations

from collections import deque
from typing import Any

import pytest
from django.db import connection

from tests.extension_app import kinds as own
from tests.extension_app.models import SpeakerRequest
from tests.factories import UnitFactory, seated
from tests.together import together
from wagtail_pbgdpl.matters.deeds import Deed, act
from wagtail_pbgdpl.matters.models import Event, Matter


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_one_gives_it_and_the_other_is_told(committed: None) -> None:
    matter = own.ask("Luật Hòa giải", "Xã", UnitFactory(categories=["C2"]), seated("secretary"))
    people = deque([seated("secretary"), seated("secretary")])

    def give() -> Any:
        return act(Deed(matter, "give", people.popleft(), seen=matter.mark))

    found = together(give, threads=2)
    assert sorted(type(one).__name__ for one in found) == ["Event", "Refused"], found
    assert Matter.objects.get(pk=matter.pk).state == "given"
    assert matter.events.filter(move="give").count() == 1
    for model in (Event, Matter, SpeakerRequest):
        model._default_manager.all().delete()
