"""Two persons who take over one document at the same moment (C13), on PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from tests.differences.outside import lists, record, source_of
from tests.factories import UnitFactory, factory_for, seated
from tests.together import together
from wagtail_pbgdpl.content.differences import follow_all
from wagtail_pbgdpl.content.items_report import refusal
from wagtail_pbgdpl.content.obligations import index_page_of
from wagtail_pbgdpl.content.taking_over import take_over
from wagtail_pbgdpl.differences.models import Difference
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.pages.models import LegalDocumentPage
from wagtail_pbgdpl.sources.models import TakenItem

pytestmark = [
    pytest.mark.usefixtures("committed", "english"),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite in memory has one connection"
    ),
]


@pytest.mark.parametrize("items", [1, 2], ids=["one item", "two items of one number"])
def test_one_makes_the_draft_and_the_other_is_led_to_it(items: int) -> None:
    unit = UnitFactory()
    people = [seated("contact_officer", unit=unit) for _number in range(2)]
    found = [lists(source_of(), record())[0] for _number in range(items)] * 2
    work: list[Any] = [(found[number].pk, people[number]) for number in range(2)]
    try:
        done = together(lambda: take_over(*work.pop()), threads=2)
        assert not [one for one in done if isinstance(one, Exception)], done
        (won,) = [one for one in done if one.is_new]
        (lost,) = [one for one in done if not one.is_new]
        assert won.page.pk == lost.page.pk
        assert "Nothing was made." in refusal(lost)
        assert LegalDocumentPage.objects.count() == TakenItem.objects.count() == 1
    finally:
        TakenItem.objects.all().delete()
        for page in LegalDocumentPage.objects.all():
            page.delete()


def test_one_difference_is_begun_however_many_look() -> None:
    page = factory_for(LegalDocumentPage)(
        parent=index_page_of("C7"), document_number="278/2025/NĐ-CP", unit=UnitFactory()
    )
    try:
        lists(source_of(), record(issued="", effective="", summary="", validity="HHL"))
        found = together(follow_all)
        assert sorted(found) == [0, 0, 0, 1], found
        assert Difference.objects.count() == 1
        assert Matter.objects.filter(kind="difference").count() == 1
    finally:
        page.delete()
        Difference.objects.all().delete()
