"""C13, I1: an item of the national database becomes the draft of a document with one press."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.differences.outside import ABSTRACT, HOST, lists, record, source_of
from tests.factories import UnitFactory, factory_for, seated
from wagtail_pbgdpl.content.actions import add_draft
from wagtail_pbgdpl.content.taking_over import take_over
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.pages.models import LegalDocumentPage
from wagtail_pbgdpl.sources.models import TakenItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "english")]

LawFactory = factory_for(LegalDocumentPage)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


def press(client: Client, item: Any) -> Any:
    return client.post(reverse("pbgdpl_take_over", args=[item.pk]), follow=True)


@pytest.fixture
def unit() -> Any:
    return UnitFactory(name="Sở Tư pháp")


@pytest.fixture
def officer(unit: Any) -> Any:
    return seated("contact_officer", unit=unit)


class TestThePress:
    def test_what_can_be_read_is_filled_in(self, officer: Any, unit: Any) -> None:
        (item,) = lists(source_of(), record())
        response = press(signed_in(officer), item)
        page = LegalDocumentPage.objects.get()
        assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert response.status_code == 200
        assert (page.title, page.live, page.unit, page.owner) == (item.title, False, unit, officer)
        assert (page.document_number, page.document_abstract) == ("278/2025/NĐ-CP", ABSTRACT)
        assert (page.document_type.code, page.issuing_body.code) == ("nghi-dinh", "chinh-phu")
        assert (page.issued_on, page.effective_on) == (
            datetime.date(2025, 10, 22),
            datetime.date(2025, 12, 10),
        )
        assert (page.validity, page.scope, page.author) == ("CHL", "central", "Chính phủ")
        assert page.source_url == page.national_database_url == f"{HOST}/1"
        assert page.get_latest_revision().user == officer
        # Then the ordinary steps: it is a draft of the unit, and nothing more.
        assert Matter.objects.get(subject=page.pk).state == "draft"
        assert Client().get(page.url or "/x").status_code == 404

    @pytest.mark.parametrize(
        ("title", "number", "type_", "body", "day"),
        [
            ("Luật số 148/2025/QH15", "148/2025/QH15", "luat", "quoc-hoi", None),
            (
                "Quyết định 2280/QĐ-TTg ngày 15 tháng 10 năm 2025",
                *("2280/QĐ-TTg", "quyet-dinh-qppl", "thu-tuong-chinh-phu"),
                datetime.date(2025, 10, 15),
            ),
            ("17/2025/TT-BTP", "17/2025/TT-BTP", "thong-tu", "bo-tu-phap", None),
            ("Kế hoạch 15/KH-UBND", "15/KH-UBND", "ke-hoach", None, None),
            ("Tin không có số", "", None, None, None),
        ],
    )
    def test_of_a_gazette_that_has_a_title_alone(
        self, officer: Any, title: str, number: str, type_: str, body: str, day: Any
    ) -> None:
        nothing = dict.fromkeys(("number", "type", "issuer", "issued", "effective", "validity"), "")
        (item,) = lists(source_of("gazette"), record(title=title, summary="", **nothing))
        page = take_over(item.pk, officer).page
        assert (page.document_number, page.issued_on) == (number, day)
        assert (page.document_type and page.document_type.code) == type_
        assert (page.issuing_body and page.issuing_body.code) == body
        assert (page.source_url, page.national_database_url) == (item.link, "")

    def test_a_second_press_leads_to_the_same(self, officer: Any, unit: Any) -> None:
        (item,) = lists(source_of(), record())
        page = take_over(item.pk, officer).page
        other = seated("contact_officer", unit=unit)
        response = press(signed_in(other), item)
        assert f"Taken over by {officer}" in text_of(response)
        assert response.redirect_chain[-1][0].endswith(f"/{page.pk}/edit/")
        assert LegalDocumentPage.objects.count() == TakenItem.objects.count() == 1

    def test_once_the_draft_is_deleted_it_can_be_taken_again(self, officer: Any) -> None:
        (item,) = lists(source_of(), record())
        first = take_over(item.pk, officer).page
        first.delete()
        assert "Take over as a draft" in text_of(
            signed_in(officer).get(reverse("pbgdpl_items"), {"which": "left"})
        )
        again = take_over(item.pk, officer)
        assert again.is_new
        assert list(TakenItem.objects.order_by("pk").values_list("page", "is_current")) == [
            (first.pk, False),
            (again.page.pk, True),
        ]


class TestTheSameDocument:
    @pytest.mark.parametrize("is_public", [True, False])
    def test_a_page_of_its_number_is_not_made_twice(
        self, officer: Any, unit: Any, index_of: Any, is_public: bool
    ) -> None:
        values = {"document_number": "278/2025/nđ-cp", "unit": unit}
        if is_public:
            page = LawFactory(parent=index_of("C7"), **values)
        else:
            page = LegalDocumentPage(title="Nháp", **values)
            add_draft(index_of("C7"), page, user=officer)
        (item,) = lists(source_of(), record())
        response = press(signed_in(officer), item)
        assert "There is a page of this document already." in text_of(response)
        assert response.redirect_chain[-1][0].endswith(f"/{page.pk}/edit/")
        assert not TakenItem.objects.exists()

    def test_that_of_another_unit_is_said_and_not_shown(self, officer: Any, index_of: Any) -> None:
        theirs = UnitFactory()
        other = seated("contact_officer", unit=theirs)
        page = LegalDocumentPage(title="Nháp bí mật", document_number="278/2025/NĐ-CP", unit=theirs)
        add_draft(index_of("C7"), page, user=other)
        (item,) = lists(source_of(), record())
        response = press(signed_in(officer), item)
        assert "There is a page of this document already." in text_of(response)
        assert response.redirect_chain[-1][0] == reverse("pbgdpl_items")
        assert "bí mật" not in text_of(response)

    @pytest.mark.parametrize(("documents", "is_same"), [("database", False), ("own_gazette", True)])
    def test_numbers_that_each_province_counts(
        self, officer: Any, index_of: Any, documents: str, is_same: bool
    ) -> None:
        LawFactory(parent=index_of("C7"), document_number="15/2026/QĐ-UBND")
        (item,) = lists(source_of(documents), record(title="Quyết định", number="15/2026/QĐ-UBND"))
        assert take_over(item.pk, officer).is_new is not is_same


class TestWhoMay:
    @pytest.mark.parametrize(
        ("role", "may"),
        [("contact_officer", True), ("secretary", True), ("operator", False), ("expert", False)],
    )
    def test_who_may_add_documents_there(self, role: str, may: bool) -> None:
        (item,) = lists(source_of(), record())
        client = signed_in(seated(role))
        listing = client.get(reverse("pbgdpl_items"))
        assert (listing.status_code == 200) is may
        assert ("Take over as a draft" in text_of(client.get(reverse("pbgdpl_overview")))) is may
        press(client, item)
        assert LegalDocumentPage.objects.exists() is may

    def test_by_address_alone(self, officer: Any) -> None:
        (item,) = lists(source_of(""), record())
        client = signed_in(officer)
        address = reverse("pbgdpl_take_over", args=[item.pk])
        assert client.get(address).status_code == 405
        # No document, guessed, nobody.
        for key in (item.pk, item.pk + 999):
            client.post(reverse("pbgdpl_take_over", args=[key]))
        assert "login" in Client().post(address).url
        assert not LegalDocumentPage.objects.exists()


def test_the_list_says_what_became_of_each(officer: Any, index_of: Any) -> None:
    LawFactory(parent=index_of("C7"), document_number="2/2026/NĐ-CP")
    first, _second, third = lists(
        source_of(),
        record("1", "Nghị định 1", number="1/2026/NĐ-CP"),
        record("2", "Nghị định 2", number="2/2026/NĐ-CP"),
        record("3", "Nghị định 3", number="3/2026/NĐ-CP"),
    )
    take_over(first.pk, officer)
    client = signed_in(officer)
    soup = BeautifulSoup(client.get(reverse("pbgdpl_items")).content, "lxml")
    # The newest first.
    said = [" ".join(row.get_text(" ").split()) for row in soup.select("tbody tr")][::-1]
    assert f"Taken over by {officer}" in said[0]
    assert "There is a page of it." in said[1]
    assert "Take over as a draft" in said[2]
    assert [form["action"] for form in soup.select("tbody form")] == [
        reverse("pbgdpl_take_over", args=[third.pk])
    ]
    left = client.get(reverse("pbgdpl_items"), {"which": "left"})
    assert "Nghị định 1" not in text_of(left)
    panel = BeautifulSoup(client.get(reverse("pbgdpl_overview")).content, "lxml").select_one(
        "#pbgdpl-items-section"
    )
    assert panel is not None
    assert [link.get_text() for link in panel.select("tbody a")] == ["Nghị định 3"]
