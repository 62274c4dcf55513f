"""D1: a document has one page; who enters it a second time is led to the first."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.editing import posted
from tests.factories import IssuingBodyFactory, factory_for
from tests.together import together
from wagtail_pbgdpl.content.actions import add_draft, publish
from wagtail_pbgdpl.corpus import identities
from wagtail_pbgdpl.corpus.models import DocumentIdentity
from wagtail_pbgdpl.pages import models as pages

LawFactory = factory_for(pages.LegalDocumentPage)
DAY = datetime.date(2026, 3, 2)


def facts(**values: Any) -> dict[str, Any]:
    return {"document_number": "17/2018/QĐ-UBND", "issued_on": DAY} | values


class TestTheSecond:
    pytestmark = pytest.mark.django_db

    @pytest.fixture
    def body(self) -> Any:
        return IssuingBodyFactory()

    @pytest.fixture
    def first(self, index_of: Any, body: Any) -> Any:
        return LawFactory(parent=index_of("C7"), title="Văn bản đầu", issuing_body=body, **facts())

    def refused(self, page: Any) -> str:
        with pytest.raises(ValidationError) as caught:
            page.clean()
        (message,) = caught.value.message_dict["document_number"]
        return str(message)

    @pytest.mark.parametrize("model", [pages.LegalDocumentPage, pages.DirectivePage])
    def test_is_refused_with_a_link_to_the_first(self, model: Any, first: Any, body: Any) -> None:
        second = model(issuing_body=body, **facts(document_number="17 / 2018/qđ–ubnd"))
        message = self.refused(second)
        assert first.get_url() in message
        assert "Văn bản đầu" in message

    @pytest.mark.parametrize(
        "other",
        [
            {"document_number": "18/2018/QĐ-UBND"},
            {"issued_on": DAY + datetime.timedelta(days=1)},
            {"issued_on": None},
            {"document_number": ""},
        ],
    )
    def test_what_differs_is_another(self, other: Any, first: Any, body: Any) -> None:
        pages.LegalDocumentPage(issuing_body=body, **facts(**other)).clean()

    def test_of_another_body_too(self, first: Any) -> None:
        pages.LegalDocumentPage(issuing_body=IssuingBodyFactory(), **facts()).clean()

    def test_a_draft_for_comment_is_none_yet(self, first: Any, body: Any) -> None:
        pages.ConsultationPage(issuing_body=body, **facts()).clean()

    def test_the_draft_of_a_draft_counts(self, index_of: Any, body: Any) -> None:
        index = index_of("C7")
        draft = LawFactory(parent=index, live=False, issuing_body=body)
        draft.document_number, draft.issued_on = facts()["document_number"], DAY
        draft.save_revision()
        with pytest.raises(ValidationError):
            add_draft(index, pages.LegalDocumentPage(title="Sau", issuing_body=body, **facts()))
        assert pages.LegalDocumentPage.objects.count() == 1
        # Given another number, or deleted, it lets go.
        draft.document_number = "1/QĐ-UBND"
        draft.save_revision()
        add_draft(index, pages.LegalDocumentPage(title="Sau", issuing_body=body, **facts()))
        draft.delete()
        assert DocumentIdentity.objects.count() == 1

    def test_a_copy_is_stored_and_not_published(self, first: Any) -> None:
        copy = first.copy(update_attrs={"slug": "ban-sao", "live": False})
        assert not copy.live
        with pytest.raises(ValidationError):
            publish(copy)

    def test_the_editor_says_so_and_loses_nothing(
        self, first: Any, body: Any, index_of: Any, editor: Any, client: Client
    ) -> None:
        client.force_login(editor)
        address = reverse(
            "wagtailadmin_pages:add",
            args=("wagtail_pbgdpl_pages", "legaldocumentpage", index_of("C7").pk),
        )
        data = posted(client.get(address).context["form"])
        data |= {"title": "Gõ lại", "slug": "go-lai", "issuing_body": str(body.pk)}
        response = client.post(address, data | facts(issued_on="2026-03-02"))
        assert response.status_code == 200
        text = response.content.decode()
        assert f'<a href="{first.get_url()}" target="_blank">Văn bản đầu</a>' in text
        assert "Gõ lại" in text


@pytest.mark.usefixtures("committed")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_of_four_at_once_one_gets_it() -> None:
    numbers = iter(range(1, 5))

    def enter() -> int | None:
        page = next(numbers)
        try:
            identities.take(["1/QĐ-UBND|1|2026-03-02"], page)
        except identities.Taken as taken:
            return taken.page
        return None

    found = together(enter)
    row = DocumentIdentity.objects.get()
    assert sorted(found, key=str) == [row.page, row.page, row.page, None]
