"""R2, R8, R10: a name that public items bear is not the operator's to change."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from wagtail_modeladmin.helpers import AdminURLHelper

from tests.factories import (
    AudienceFactory,
    DocumentTypeFactory,
    IssuingBodyFactory,
    LegalFieldFactory,
    UserFactory,
    factory_for,
    seated,
)
from wagtail_pbgdpl.changes.actor import acting_in
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.reference.shown_names import public_pages
from wagtail_pbgdpl.workflows.decisions import take_down
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.django_db

GROUND = "khong-day-du-chinh-xac"
NEW = "Cơ quan bịa đặt"


@pytest.fixture
def body() -> Any:
    return IssuingBodyFactory(name="Ủy ban nhân dân tỉnh mẫu")


@pytest.fixture
def document(index_of: Any) -> Any:
    def make(**values: Any) -> Any:
        return factory_for(pages.LegalDocumentPage)(parent=index_of("C7"), **values)

    return make


def desk(user: Any) -> Client:
    client = Client()
    client.force_login(seated(user) if isinstance(user, str) else user)
    return client


def edit(client: Client, row: Any, **values: Any) -> Any:
    address = AdminURLHelper(type(row)).get_action_url("edit", row.pk)
    form = client.get(address).context["form"]
    own = {name: "" if one is None else one for name, one in form.initial.items()}
    sent = {name: "on" if one is True else one for name, one in (own | values).items()}
    return client.post(address, {name: one for name, one in sent.items() if one is not False})


def delete(client: Client, row: Any) -> Any:
    return client.post(AdminURLHelper(type(row)).get_action_url("delete", row.pk))


class TestANameThatIsPublic:
    def test_is_not_the_operators_to_change(
        self, body: Any, document: Any, english: None, client: Client
    ) -> None:
        page = document(issuing_body=body)
        response = edit(desk("operator"), body, name=NEW)
        assert response.status_code == 200
        html = BeautifulSoup(response.content, "lxml").get_text(" ")
        assert "1 public item bears this name" in html
        assert NEW in response.content.decode(), "nothing typed is lost"
        body.refresh_from_db()
        assert body.name == "Ủy ban nhân dân tỉnh mẫu"
        text = BeautifulSoup(client.get(page.url).content, "lxml").get_text(" ")
        assert body.name in text
        assert NEW not in text
        assert not Change.objects.exists()

    @pytest.mark.parametrize("role", ["secretary", "chief"])
    def test_is_the_boards(self, body: Any, document: Any, role: str) -> None:
        document(issuing_body=body)
        assert edit(desk(role), body, name="Ủy ban nhân dân tỉnh").status_code == 302
        body.refresh_from_db()
        assert body.name == "Ủy ban nhân dân tỉnh"
        assert Change.objects.get().details[0][1:] == [
            "Ủy ban nhân dân tỉnh mẫu",
            "Ủy ban nhân dân tỉnh",
        ]

    @pytest.mark.parametrize("field", ["code", "level", "is_party"])
    def test_nor_what_else_says_which_body_it_is(
        self, body: Any, document: Any, field: str
    ) -> None:
        document(issuing_body=body)
        value = {"code": "khac", "level": "commune", "is_party": True}[field]
        assert edit(desk("operator"), body, **{field: value}).status_code == 200
        body.refresh_from_db()
        assert getattr(body, field) != value

    def test_nor_a_symbol(self, document: Any) -> None:
        row = DocumentTypeFactory(symbol="QĐ")
        document(document_type=row)
        assert edit(desk("operator"), row, symbol="CT").status_code == 200

    @pytest.mark.parametrize(
        ("factory", "field", "model", "code"),
        [
            (LegalFieldFactory, "legal_fields", "LegalDocumentPage", "C7"),
            (LegalFieldFactory, "legal_fields", "MaterialPage", "C5"),
            (AudienceFactory, "audiences", "MaterialPage", "C5"),
        ],
    )
    def test_where_items_bear_several(
        self, index_of: Any, factory: Any, field: str, model: str, code: str
    ) -> None:
        row = factory(name="Lĩnh vực mẫu")
        make = factory_for(getattr(pages, model))
        page = make(parent=index_of(code), **{field: [row]})
        operator = desk("operator")
        assert edit(operator, row, name=NEW).status_code == 200
        response = delete(operator, row)
        assert response.status_code == 200
        assert page.title in response.content.decode()
        row.refresh_from_db()
        assert row.name == "Lĩnh vực mẫu"
        assert list(getattr(type(page).objects.get(pk=page.pk), field).all()) == [row]

    def test_is_taken_out_of_use_and_moved_in_lists(self, body: Any, document: Any) -> None:
        document(issuing_body=body)
        assert edit(desk("operator"), body, is_active=False, order=7).status_code == 302
        body.refresh_from_db()
        assert (body.is_active, body.order) == (False, 7)

    def test_is_no_superusers_without_a_seat(self, body: Any, document: Any) -> None:
        document(issuing_body=body)
        assert edit(desk(UserFactory(is_superuser=True)), body, name=NEW).status_code == 200
        body.refresh_from_db()
        assert body.name != NEW

    def test_is_not_changed_by_a_seat_that_has_ended(self, body: Any, document: Any) -> None:
        """The groups may be late; the seats are asked."""
        document(issuing_body=body)
        user = seated("operator", "secretary")
        user.pbgdpl_seats.filter(role="secretary").update(
            ends_on=today() - datetime.timedelta(days=1)
        )
        assert edit(desk(user), body, name=NEW).status_code == 200

    def test_is_counted_once_for_each_item(self, body: Any, document: Any) -> None:
        for _number in range(2):
            document(issuing_body=body)
        assert public_pages(body).count() == 2
        response = edit(desk("operator"), body, name=NEW)
        assert "2 " in str(response.context["form"].non_field_errors())

    def test_not_past_the_form(self, body: Any, document: Any) -> None:
        """By whatever address a request comes to save the row."""
        document(issuing_body=body)
        body.name = NEW
        with acting_in(SimpleNamespace(user=seated("operator"))):
            with pytest.raises(PermissionDenied):
                body.save()
            with pytest.raises(PermissionDenied):
                body.delete()
        with acting_in(SimpleNamespace(user=seated("secretary"))):
            body.save()
        body.save()


class TestANameThatIsNot:
    def test_of_nothing(self, body: Any) -> None:
        operator = desk("operator")
        assert edit(operator, body, name="Tên đúng").status_code == 302
        assert delete(operator, body).status_code == 302

    def test_of_a_draft(self, body: Any, document: Any) -> None:
        """And the draft is named to nobody who may not read it."""
        document(issuing_body=body, live=False, title="Chưa ai biết")
        operator = desk("operator")
        assert edit(operator, body, name="Tên đúng").status_code == 302
        response = delete(operator, body)
        assert response.status_code == 200
        assert "Chưa ai biết" not in response.content.decode()
        body.refresh_from_db()
        assert "Chưa ai biết" in delete(desk(UserFactory(is_superuser=True)), body).content.decode()

    def test_of_what_was_taken_down(self, body: Any, document: Any) -> None:
        page = document(issuing_body=body)
        take_down(page, seated("chief"), grounds=[GROUND], reason="Sai số liệu.")
        assert edit(desk("operator"), body, name="Tên đúng").status_code == 302


@pytest.mark.parametrize("field", ["issuing_body", "legal_fields"])
def test_a_version_that_is_approved_for_later_counts(document: Any, field: str) -> None:
    row = IssuingBodyFactory() if field == "issuing_body" else LegalFieldFactory()
    other = IssuingBodyFactory()
    page = document(live=False, **{field: row if field == "issuing_body" else [row]})
    assert not public_pages(row).exists()
    page.go_live_at = timezone.now() + datetime.timedelta(days=2)
    publish(page)
    assert not type(page).objects.get(pk=page.pk).live
    assert public_pages(row).count() == 1
    assert not public_pages(other).exists()
    assert edit(desk("operator"), row, name=NEW).status_code == 200
