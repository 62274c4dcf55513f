"""S3, D1, D3, D4: an item lacks nothing that the regulation requires when it is published."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.test.utils.form_data import rich_text

from tests.editing import posted
from tests.factories import (
    DocumentTypeFactory,
    IssuingBodyFactory,
    NewsFactory,
    cleared,
    factory_for,
    seated,
)
from tests.workflows.board import make_board
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.required import required_fields
from wagtail_pbgdpl.pages import models as pages

BODY = [("rich_text", "<p>Nội dung</p>")]
D1 = {
    "document_type",
    "issuing_body",
    "document_number",
    "issued_on",
    "effective_on",
    "document_abstract",
    "files",
}


@pytest.fixture
def profile(settings: Any, tmp_path: Any) -> Any:
    """A function that puts a profile into force: the default one with lines of its own."""

    def use(text: str) -> None:
        path = tmp_path / "tinh.toml"
        path.write_text(f'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n{text}')
        settings.WAGTAIL_PBGDPL = {"PROFILE": str(path)}

    return use


@pytest.fixture
def document_file(db: Any) -> Any:
    return get_document_model().objects.create(
        title="Bản ký số", file=ContentFile(b"%PDF-1.4", name="ban-ky.pdf")
    )


def attachment(document: Any) -> list[Any]:
    value = {"document": document, "kind": "original", "title": "", "note": ""}
    return [("attachment", value)]


def add_address(model: type[Any], index: Any) -> str:
    return reverse(
        "wagtailadmin_pages:add", args=("wagtail_pbgdpl_pages", model._meta.model_name, index.pk)
    )


def form_data(client: Client, address: str, **values: Any) -> dict[str, Any]:
    data = posted(client.get(address).context["form"])
    return data | {"title": "Trang thử", "slug": "trang-thu"} | values


def stream_data(name: str, *blocks: tuple[str, Any]) -> dict[str, str]:
    """What the browser sends for a stream of simple blocks."""
    data = {f"{name}-count": str(len(blocks))}
    for number, (kind, value) in enumerate(blocks):
        prefix = f"{name}-{number}"
        data |= {
            f"{prefix}-deleted": "",
            f"{prefix}-order": str(number),
            f"{prefix}-type": kind,
            f"{prefix}-id": "",
        }
        if isinstance(value, dict):
            data |= {f"{prefix}-value-{key}": str(part) for key, part in value.items()}
        else:
            data[f"{prefix}-value"] = value
    return data


class TestWhatIsRequired:
    def test_of_every_item(self) -> None:
        assert required_fields("C2") == {"author", "source"}

    def test_of_a_category(self, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = {"PROFILE": "quang_tri_2024"}
        assert required_fields("van-ban") == D1
        assert not D1 & required_fields("thu-tuc-hanh-chinh")

    def test_of_a_category_that_the_regulation_no_longer_has(self) -> None:
        assert required_fields("khong-co") == {"author", "source"}

    def test_an_item_without_category(self) -> None:
        assert required_fields("") == {"author", "source"}


class TestAProfileThatRequiresLess:
    @pytest.fixture(autouse=True)
    def _nothing_is_required(self, profile: Any) -> None:
        profile("[attribution]\nrequired = []\n")

    def test_an_item_without_author_and_source_is_published(self, index_of: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), author="", source="")
        assert page.live
        page.full_clean()

    def test_so_is_one_in_the_editor(self, index_of: Any, editor: Any, client: Client) -> None:
        client.force_login(editor)
        address = add_address(pages.NewsPage, index_of("C2"))
        data = form_data(client, address) | {"action-submit": "1"}
        response = client.post(address, data)
        assert response.status_code == 302
        board = make_board(index_of("C2"))
        assert board.pass_board(pages.NewsPage.objects.get()).live

    def test_a_value_is_still_checked(self, index_of: Any) -> None:
        page = NewsFactory(parent=index_of("C2"))
        page.author = "a" * 256
        with pytest.raises(ValidationError) as caught:
            page.full_clean()
        assert set(caught.value.message_dict) == {"author"}


class TestNews:
    """C2 under a regulation that asks for sapo, time, place and text of each news item."""

    WANTED = {"summary", "event_start", "place", "body"}

    @pytest.fixture(autouse=True)
    def _profile(self, profile: Any) -> None:
        profile(f"[categories.C2]\nrequires = {json.dumps(sorted(self.WANTED))}\n")

    def complete(self) -> dict[str, Any]:
        return {
            "summary": "Tóm tắt",
            "event_start": datetime.datetime(2026, 3, 2, 1, tzinfo=datetime.UTC),
            "place": "Nhà văn hóa thôn",
            "body": BODY,
        }

    def test_publication_names_everything_that_is_missing(self, index_of: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), live=False, summary="")
        with pytest.raises(ValidationError) as caught:
            publish(page)
        assert set(caught.value.message_dict) == self.WANTED
        assert not pages.NewsPage.objects.get().live

    @pytest.mark.parametrize("missing", sorted(WANTED))
    def test_each_field_is_asked_for(self, index_of: Any, missing: str) -> None:
        values = self.complete()
        empty = [] if missing == "body" else None if missing == "event_start" else ""
        page = NewsFactory(parent=index_of("C2"), live=False, **values | {missing: empty})
        with pytest.raises(ValidationError) as caught:
            publish(page)
        assert set(caught.value.message_dict) == {missing}

    def test_a_complete_item_is_published(self, index_of: Any) -> None:
        assert NewsFactory(parent=index_of("C2"), **self.complete()).live

    def test_other_categories_are_not_affected(self, index_of: Any) -> None:
        assert factory_for(pages.CouncilActivityPage)(parent=index_of("C8"), summary="").live

    def test_the_editor_asks_for_it(self, index_of: Any, editor: Any, client: Client) -> None:
        """At the fields themselves, which are marked; a new page that was never saved."""
        client.force_login(editor)
        address = add_address(pages.NewsPage, index_of("C2"))
        fields = client.get(address).context["form"].fields
        assert {name for name, field in fields.items() if field.required} >= self.WANTED
        data = form_data(client, address, author="A", source="B") | {"action-submit": "1"}
        response = client.post(address, data)
        assert response.status_code == 200
        assert set(response.context["form"].errors) == self.WANTED
        assert not pages.NewsPage.objects.exists()

    def test_what_is_known_of_who_writes_stands_there(self, index_of: Any, client: Client) -> None:
        """Author, source and unit of the account, and an empty paragraph that is never stored."""
        officer = seated("contact_officer")
        officer.first_name, officer.last_name = "Đàm Thị", "Ngọc"
        officer.save()
        unit = officer.pbgdpl_seats.get().unit
        client.force_login(officer)
        address = add_address(pages.NewsPage, index_of("C2"))
        form = client.get(address).context["form"]
        assert [form[name].value() for name in ("author", "source", "unit")] == [
            "Đàm Thị Ngọc",
            unit.name,
            unit.pk,
        ]
        assert [child.block_type for child in form["body"].value()] == ["rich_text"]
        empty = rich_text("", features=["bold"])
        data = form_data(client, address) | stream_data("body", ("rich_text", empty))
        response = client.post(address, data)
        assert response.status_code == 302, response.context["form"].errors
        page = pages.NewsPage.objects.get()
        assert (page.unit, page.author, page.source) == (unit, "Đàm Thị Ngọc", unit.name)
        assert len(page.get_latest_revision_as_object().body) == 0
        # It is text that is asked for, and the empty paragraph is none.
        response = client.post(
            reverse("wagtailadmin_pages:edit", args=(page.pk,)), data | {"action-submit": "1"}
        )
        assert "body" in response.context["form"].errors

    def test_a_draft_may_lack_it(self, index_of: Any, editor: Any, client: Client) -> None:
        client.force_login(editor)
        address = add_address(pages.NewsPage, index_of("C2"))
        response = client.post(address, form_data(client, address))
        assert response.status_code == 302, response.context["form"].errors
        page = pages.NewsPage.objects.get()
        assert not page.live
        # And again when the draft is edited.
        address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        data = form_data(client, address, title="Bản thảo thứ hai", author="")
        response = client.post(address, data)
        assert response.status_code == 302, response.context["form"].errors
        page.refresh_from_db()
        assert page.draft_title == "Bản thảo thứ hai"
        # But not when it is sent.
        response = client.post(address, data | {"action-submit": "1"})
        assert set(response.context["form"].errors) == self.WANTED | {"author", "source"}

    def test_the_complete_form_is_published(
        self, index_of: Any, editor: Any, client: Client
    ) -> None:
        client.force_login(editor)
        address = add_address(pages.NewsPage, index_of("C2"))
        text = rich_text("<p>Nội dung</p>", features=["bold"])
        data = form_data(
            client,
            address,
            author="A",
            source="B",
            summary="Tóm tắt",
            event_start="2026-03-02 08:00",
            place="Nhà văn hóa thôn",
            **stream_data("body", ("rich_text", text)),
        )
        response = client.post(address, data | {"action-submit": "1"})
        assert response.status_code == 302, response.context["form"].errors
        board = make_board(index_of("C2"))
        assert board.pass_board(pages.NewsPage.objects.get()).live

    def test_a_live_page_keeps_a_draft_that_lacks_it(
        self, index_of: Any, editor: Any, client: Client
    ) -> None:
        page = NewsFactory(parent=index_of("C2"), **self.complete())
        client.force_login(editor)
        address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        data = form_data(client, address, summary="", place="", **{"body-count": "0"})
        response = client.post(address, data)
        assert response.status_code == 302, response.context["form"].errors
        page.refresh_from_db()
        assert page.place == "Nhà văn hóa thôn"
        assert page.get_latest_revision_as_object().place == ""


class TestLegalDocuments:
    """D1 (QT24 Điều 5.1a): what a document cannot go without there."""

    @pytest.fixture(autouse=True)
    def _profile(self, profile: Any) -> None:
        profile(f"[categories.C7]\nrequires = {json.dumps(sorted(D1))}\n")

    def complete(self, document_file: Any) -> dict[str, Any]:
        return {
            "document_type": DocumentTypeFactory(),
            "issuing_body": IssuingBodyFactory(),
            "document_number": "17/2018/QĐ-UBND",
            "issued_on": datetime.date(2018, 8, 16),
            "effective_on": datetime.date(2018, 9, 1),
            "document_abstract": "Ban hành Quy chế",
            "files": attachment(document_file),
        }

    def test_publication_names_everything_that_is_missing(self, index_of: Any) -> None:
        page = factory_for(pages.LegalDocumentPage)(parent=index_of("C7"), live=False)
        with pytest.raises(ValidationError) as caught:
            publish(page)
        assert set(caught.value.message_dict) == D1

    def test_a_complete_document_is_published(self, index_of: Any, document_file: Any) -> None:
        values = self.complete(document_file)
        page = factory_for(pages.LegalDocumentPage)(parent=index_of("C7"), **values)
        assert page.live
        # And again from the editor, as it stands.
        cleared(page.save_revision()).publish()

    def test_a_type_without_the_fields_is_not_asked_for_them(self, index_of: Any) -> None:
        """D5: an introduction of a document has no number of its own."""
        assert factory_for(pages.LegalBriefPage)(parent=index_of("C7")).live

    def test_the_editor_asks_for_it(self, index_of: Any, editor: Any, client: Client) -> None:
        client.force_login(editor)
        address = add_address(pages.LegalDocumentPage, index_of("C7"))
        data = form_data(client, address, author="A", source="B") | {"action-submit": "1"}
        response = client.post(address, data)
        assert set(response.context["form"].errors) == D1
        shown = BeautifulSoup(response.content, "lxml")
        messages = [message.get_text(strip=True) for message in shown.select(".error-message")]
        assert messages == ["Trường này là bắt buộc."] * (len(D1) - 1)
        (_relations, files, body) = shown.select("[data-w-block-arguments-value]")
        assert json.loads(files["data-w-block-arguments-value"])[1] == {
            "messages": ["Trường này không được để trắng."]
        }
        assert json.loads(body["data-w-block-arguments-value"])[1] is None

    def test_a_draft_may_lack_it(self, index_of: Any, editor: Any, client: Client) -> None:
        client.force_login(editor)
        address = add_address(pages.LegalDocumentPage, index_of("C7"))
        response = client.post(address, form_data(client, address))
        assert response.status_code == 302, response.context["form"].errors
        assert not pages.LegalDocumentPage.objects.get().live


@pytest.mark.parametrize(
    "name", ["published_at", "title", "contacts", "files"], ids=lambda name: f"requires-{name}"
)
def test_what_the_type_lacks_or_the_system_gives_is_not_asked_for(
    index_of: Any, profile: Any, name: str
) -> None:
    """QT24 Điều 11.2 requires the time of publication, which no editor types."""
    profile(
        f'[attribution]\nrequired = ["author", "source"]\n[categories.C2]\nrequires = ["{name}"]'
    )
    assert NewsFactory(parent=index_of("C2")).live
