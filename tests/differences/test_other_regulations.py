"""What is tried under BK21 elsewhere, where other regulations name the category otherwise (D2)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from tests.content.test_templates import attachment
from tests.differences.outside import lists, record, source_of
from tests.factories import DocumentFactory, UnitFactory, seated
from tests.questions.case import send, signed_in
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.differences import follow_all
from wagtail_pbgdpl.differences.models import DOCUMENT_DIFFERENCE
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.pages.models import LegalDocumentPage
from wagtail_pbgdpl.regulations.active import get_regulation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "english")]
# Lào Cai's plan seats nobody who could add a document.
PROFILES = ["bac_kan_portal_2018", "binh_phuoc_2020", "quang_tri_2024"]
ARTICLE = {"number": "1", "title": "Phạm vi", "lead": "Nội dung " * 10, "clauses": [], "prefix": ""}


@pytest.fixture(params=PROFILES)
def category(request: Any, settings: Any, index_of: Any) -> str:
    """The code under which the regulation has legal documents, and their page in the portal."""
    index = index_of("C7")
    settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, "PROFILE": request.param}
    (code,) = (one.code for one in get_regulation().categories.values() if one.kind == "C7")
    type(index).objects.filter(pk=index.pk).update(category=code)
    return code


def test_from_an_item_to_a_draft_and_from_a_difference_to_a_reason(category: str) -> None:
    unit = UnitFactory(categories=[category])
    officer, stranger = (
        seated("contact_officer", unit=one) for one in (unit, UnitFactory(categories=[category]))
    )
    source = source_of()
    (item,) = lists(source, record())
    address = reverse("pbgdpl_take_over", args=[item.pk])
    signed_in(seated("operator")).post(address)
    signed_in(officer).post(reverse("pbgdpl_take_over", args=[item.pk + 1000]))
    assert not LegalDocumentPage.objects.exists()
    signed_in(officer).post(address)
    page = LegalDocumentPage.objects.get()
    assert (page.category, page.unit, page.live) == (category, unit, False)

    # What some of them require before it is public.
    page.body = json.dumps([{"type": "legal_article", "value": ARTICLE}])
    page.files = [attachment(DocumentFactory())]
    publish(page)
    lists(source, record(effective="2025-12-15"))
    follow_all()
    matter = Matter.objects.get(kind=DOCUMENT_DIFFERENCE)
    assert signed_in(stranger).get(matter.address).status_code == 404
    send(officer, matter, "dispute", text="Theo bản chính.")
    matter.refresh_from_db()
    assert (matter.state, matter.category) == ("disputed", category)
