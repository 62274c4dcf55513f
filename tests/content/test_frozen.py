"""What the board approved is what the public reads, every file and image too (R2, R8, R12).

By address, as the people who have Wagtail's permissions on the files.
"""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from tests.factories import DocumentFactory, ImageFactory, seated
from tests.kept import Kept, kept_files
from tests.workflows.board import Board, edit, fresh, make_board, step_of
from wagtail_pbgdpl.authority.refusals import Refused
from wagtail_pbgdpl.matters.models import Event, EventFile
from wagtail_pbgdpl.media.frozen import is_frozen
from wagtail_pbgdpl.pages.models import CategoryIndexPage
from wagtail_pbgdpl.provisioning.access import portal_collections
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.site.portal import PortalSettings
from wagtail_pbgdpl.workflows import decisions
from wagtail_pbgdpl.workflows.guard import as_program

pytestmark = pytest.mark.django_db

APPROVED, OTHER = b"Ban duoc duyet", b"Ban chen vao"


@pytest.fixture(autouse=True)
def _no_cache() -> None:
    cache.clear()


def collection_of_the_portal() -> Any:
    (top,) = portal_collections()
    return Collection.objects.get(pk=top).get_children().first()


def make_files(board: Board) -> tuple[Any, Any]:
    """Upload a document and an image as the officer."""
    of_the_officer = {
        "collection": collection_of_the_portal(),
        "uploaded_by_user": board.officer,
    }
    document = DocumentFactory(file__data=APPROVED, title="Kế hoạch", **of_the_officer)
    return document, ImageFactory(title="Hội nghị", **of_the_officer)


def values_of(document: Any, image: Any) -> dict[str, Any]:
    item = {
        "id": str(uuid.uuid4()),
        "type": "item",
        "value": {"document": document.pk, "title": ""},
    }
    block = {"type": "document_list", "value": {"title": "Tệp", "documents": [item]}}
    return {"body": json.dumps([block]), "cover": image}


@pytest.fixture(scope="class")
def public(kept_rows: None) -> Iterator[Kept]:
    """A board, a document and an image, and the public item that shows both."""
    with transaction.atomic():
        board = make_board(CategoryIndexPage.objects.get(category="C2"))
        files = make_files(board)
        yield Kept(board, *files, board.published(**values_of(*files)))
        transaction.set_rollback(True)


@pytest.fixture
def board(index_of: Any) -> Board:
    return make_board(index_of("C2"))


@pytest.fixture
def collection() -> Any:
    return collection_of_the_portal()


@pytest.fixture
def files(board: Board) -> tuple[Any, Any]:
    return make_files(board)


@pytest.fixture
def document(files: tuple[Any, Any]) -> Any:
    return files[0]


@pytest.fixture
def image(files: tuple[Any, Any]) -> Any:
    return files[1]


@pytest.fixture
def values(files: tuple[Any, Any]) -> dict[str, Any]:
    return values_of(*files)


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def read(address: str) -> bytes:
    """What a visitor reads at an address."""
    process_cache.forget()
    response = Client().get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content) if response.streaming else response.content


def other_picture() -> SimpleUploadedFile:
    stream = io.BytesIO()
    Picture.new("RGB", (20, 20), "red").save(stream, "PNG")
    return SimpleUploadedFile("khac.png", stream.getvalue(), "image/png")


def other_file(name: str = "khac.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, OTHER, "text/plain")


@pytest.fixture(params=["officer", "secretary", "chief", "editor"])
def somebody(request: Any, board: Board, editor: Any) -> Any:
    """Who uploaded the files, who may change those of everybody, and a superuser."""
    return editor if request.param == "editor" else getattr(board, request.param)


class TestAPublicItem:
    @pytest.fixture(autouse=True)
    def _page(self, copied: Any) -> None:
        self.page = copied[3]

    @pytest.fixture
    def copied(self, public: Kept, db: None) -> Iterator[tuple[Any, ...]]:
        with kept_files():
            yield public.again()

    @pytest.fixture
    def board(self, copied: Any) -> Any:
        return copied[0]

    @pytest.fixture
    def files(self, copied: Any) -> Any:
        return copied[1:3]

    def test_another_document_is_uploaded_in_its_place(self, somebody: Any, document: Any) -> None:
        form = {"title": document.title, "file": other_file(), "tags": ""}
        form["collection"] = document.collection_id
        logged_in(somebody).post(reverse("wagtaildocs:edit", args=[document.pk]), form)
        assert read(document.url) == APPROVED
        assert get_document_model().objects.get(pk=document.pk).title == "Kế hoạch"

    def test_one_of_the_very_name(self, document: Any) -> None:
        document.file = other_file(document.file.name)
        with pytest.raises(Refused):
            document.save()
        assert read(get_document_model().objects.get(pk=document.pk).url) == APPROVED

    def test_the_image_is_exchanged(self, somebody: Any, image: Any) -> None:
        before = read(image.get_rendition("width-5").url)
        form = {"title": image.title, "file": other_picture(), "tags": ""}
        form |= {"collection": image.collection_id, "focal_point_x": "", "focal_point_y": ""}
        form |= {"focal_point_width": "", "focal_point_height": "", "description": ""}
        logged_in(somebody).post(reverse("wagtailimages:edit", args=[image.pk]), form)
        kept = get_image_model().objects.get(pk=image.pk)
        assert kept.file.name == image.file.name
        assert read(kept.get_rendition("width-5").url) == before

    @pytest.mark.parametrize("kind", ["image", "document"])
    def test_lists_lead_to_a_page_that_says_why(
        self, somebody: Any, image: Any, document: Any, kind: str
    ) -> None:
        """And by which decision, where it is shown, and what may be done instead."""
        app, media = {"image": ("wagtailimages", image), "document": ("wagtaildocs", document)}[
            kind
        ]
        client = logged_in(somebody)
        html = BeautifulSoup(client.get(reverse(f"{app}:index")).content, "lxml")
        found = {
            link["href"]
            for link in html.select("main a[href^='/']")
            if resolve(link["href"].split("?")[0]).kwargs.get(f"{kind}_id") == media.pk
        }
        assert found
        for address in found:
            answer = client.get(address)
            assert answer.status_code == 200, address
            text = BeautifulSoup(answer.content, "lxml").get_text(" ", strip=True)
            assert "không sửa và không xóa được" in text, address
            assert "Điều 14 khoản 2" in text
            assert self.page.title in text

    @pytest.mark.parametrize("kind", ["image", "document"])
    def test_it_is_deleted(self, somebody: Any, image: Any, document: Any, kind: str) -> None:
        media = image if kind == "image" else document
        app = {"image": "wagtailimages", "document": "wagtaildocs"}[kind]
        logged_in(somebody).post(reverse(f"{app}:delete", args=[media.pk]))
        assert type(media).objects.filter(pk=media.pk).exists()
        assert media.file.storage.exists(media.file.name)

    @pytest.mark.parametrize("action", ["delete", "add_to_collection", "add_tags"])
    @pytest.mark.parametrize("kind", ["image", "document"])
    def test_in_bulk(
        self, somebody: Any, image: Any, document: Any, kind: str, action: str
    ) -> None:
        media = image if kind == "image" else document
        address = reverse("wagtail_bulk_action", args=[*media._meta.label_lower.split("."), action])
        root = Collection.get_first_root_node()
        form = {"collection": root.pk, "tags": "bia-dat"}
        logged_in(somebody).post(f"{address}?id={media.pk}", form)
        kept = type(media).objects.get(pk=media.pk)
        assert kept.collection_id == media.collection_id
        assert not kept.tags.exists()

    @pytest.mark.parametrize("field", ["title", "focal_point_x"])
    def test_what_is_shown_beside_the_file(self, image: Any, field: str) -> None:
        setattr(image, field, {"title": "Tên khác", "focal_point_x": 3}[field])
        with pytest.raises(Refused):
            image.save()
        with pytest.raises(Refused):
            image.save(update_fields=[field])

    def test_what_is_not_shown_may_change(self, image: Any) -> None:
        image.file_hash = ""
        image.save(update_fields=["file_hash"])
        image.get_file_hash()
        image.save()

    def test_after_it_was_taken_down_it_is_kept_with_the_decision(
        self, board: Board, document: Any, somebody: Any
    ) -> None:
        from tests.workflows.board import GROUND

        decisions.take_down(self.page, board.chief, grounds=[GROUND], reason="Sai số liệu.")
        logged_in(somebody).post(reverse("wagtaildocs:delete", args=[document.pk]))
        assert document.file.storage.open(document.file.name).read() == APPROVED

    def test_a_new_file_goes_the_steps(self, board: Board, collection: Any) -> None:
        """The right way: the public reads the approved one until another is approved."""
        new = ImageFactory(collection=collection, uploaded_by_user=board.officer)
        edit(self.page, board.officer, cover=new)
        assert fresh(self.page).cover_id != new.pk
        page = board.send(self.page)
        board.pass_on(page, board.head, board.secretary, board.member, board.chief)
        assert fresh(self.page).cover_id == new.pk

    def test_the_journal_says_what_was_approved(self, document: Any, image: Any) -> None:
        decision = Event.objects.get(subject=self.page.pk, clears=True)
        assert len(decision.digest) == 64
        kept = {file.title: file.sha256 for file in decision.files.all()}
        assert kept.keys() == {"Kế hoạch", "Hội nghị"}
        assert all(len(digest) == 64 for digest in kept.values())

    def test_the_reason_is_said(self, board: Board, document: Any) -> None:
        client = logged_in(board.secretary)
        response = client.post(reverse("wagtaildocs:delete", args=[document.pk]), follow=True)
        texts = [str(message) for message in response.context["messages"]]
        assert any("phê duyệt" in text for text in texts)


class TestADraft:
    def test_its_files_may_change(
        self, board: Board, values: dict[str, Any], document: Any
    ) -> None:
        board.draft(**values)
        form = {"title": "Bản sửa", "file": other_file(), "tags": ""}
        form["collection"] = document.collection_id
        address = reverse("wagtaildocs:edit", args=[document.pk])
        logged_in(board.officer).post(address, form)
        kept = get_document_model().objects.get(pk=document.pk)
        assert kept.file.read() == OTHER
        assert kept.title == "Bản sửa"

    def test_one_shared_with_a_public_item_may_not(
        self, board: Board, values: dict[str, Any], document: Any
    ) -> None:
        board.published(**values)
        board.draft(title="Bài dùng chung tệp", **values)
        assert is_frozen(document)


class TestOnTheWay:
    def test_a_file_changed_on_the_way_is_not_approved(
        self, board: Board, values: dict[str, Any], document: Any
    ) -> None:
        """By whatever way: also in the storage itself."""
        page = board.at_approval(**values)
        name = document.file.name
        document.file.storage.delete(name)
        document.file.storage.save(name, other_file())
        with pytest.raises(Refused, match="tệp"):
            decisions.pass_step(step_of(page), board.chief)
        response = logged_in(board.chief).get(reverse("pbgdpl_item", args=[page.pk]))
        assert response.context["changed"]
        assert not fresh(page).live

    def test_what_was_read_is_what_is_passed(
        self, board: Board, values: dict[str, Any], document: Any
    ) -> None:
        """R6: the head read the file; then the officer exchanged it."""
        page = board.sent(**values)
        client = logged_in(board.head)
        address = reverse("pbgdpl_item", args=[page.pk])
        way = next(one for one in client.get(address).context["ways"] if one["name"] == "pass")
        form = {
            "way": "pass",
            **{f"pass-{key}": value for key, value in way["form"].initial.items()},
        }
        document.file.storage.delete(document.file.name)
        document.file.storage.save(document.file.name, other_file())
        assert client.post(address, form).status_code == 422
        assert step_of(page)
        again = next(one for one in client.get(address).context["ways"] if one["name"] == "return")
        assert again

    def test_a_file_of_no_storage_is_no_fault(
        self, board: Board, values: dict[str, Any], document: Any
    ) -> None:
        document.file.storage.delete(document.file.name)
        page = board.published(**values)
        assert page.live
        assert EventFile.objects.filter(title="Kế hoạch", sha256="").exists()


class TestTheEmblem:
    def test_it_stands_on_every_page(self, site: Any, image: Any, board: Board) -> None:
        settings = PortalSettings.for_site(site)
        settings.emblem = image
        settings.save()
        assert is_frozen(image)
        image.title = "Tên khác"
        with pytest.raises(Refused):
            image.save()


def test_programs_may(board: Board, values: dict[str, Any], image: Any) -> None:
    board.published(**values)
    with as_program():
        image.title = "Sửa bằng lệnh"
        image.save()
    assert get_image_model().objects.get(pk=image.pk).title == "Sửa bằng lệnh"


def test_files_of_the_site_around_are_left_alone(image: Any) -> None:
    other = ImageFactory()
    assert not is_frozen(other)
    other.title = "Tên mới"
    other.save()
    other.delete()


def test_who_may_not_open_the_file_learns_nothing(
    board: Board, values: dict[str, Any], document: Any
) -> None:
    """The refusal names no file."""
    board.published(**values)
    client = logged_in(seated("contact_officer"))
    response = client.post(reverse("wagtaildocs:delete", args=[document.pk]), follow=True)
    assert "Kế hoạch" not in response.content.decode()
