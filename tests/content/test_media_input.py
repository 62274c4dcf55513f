"""What must hold of images, documents and attachments, whatever the way in."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from tests.factories import DocumentFactory, ImageFactory
from wagtail_pbgdpl.blocks.documents import AttachmentBlock
from wagtail_pbgdpl.templatetags.pbgdpl import file_size

pytestmark = pytest.mark.django_db

NFC = "Tổ hòa giải ở cơ sở"
NFD = unicodedata.normalize("NFD", NFC)


class TestComposed:
    """I7 (BK21 Điều 8.2, BK18 Điều 4.1)."""

    def test_an_uploaded_image(self, desk: Client) -> None:
        data = {
            "title": NFD,
            "description": NFD,
            "tags": f'"{NFD}"',
            "collection": "1",
            "file": SimpleUploadedFile("anh.png", get_test_image_file().file.getvalue()),
        }
        assert desk.post(reverse("wagtailimages:add"), data).status_code == 302
        image = get_image_model().objects.get()
        assert (image.title, image.description) == (NFC, NFC)
        assert [tag.name for tag in image.tags.all()] == [NFC]

    def test_an_uploaded_document_finds_the_tag_that_is_there(self, desk: Client) -> None:
        DocumentFactory().tags.add(NFC)
        data = {
            "title": NFD,
            "tags": f'"{NFD}"',
            "collection": "1",
            "file": SimpleUploadedFile("van-ban.txt", b"x"),
        }
        assert desk.post(reverse("wagtaildocs:add"), data).status_code == 302
        document = get_document_model().objects.get(title=NFC)
        assert [tag.name for tag in document.tags.all()] == [NFC]

    def test_what_a_program_makes(self) -> None:
        image = ImageFactory(title=NFD)
        image.tags.set([NFD])
        assert get_image_model().objects.get(title=NFC).tags.get().name == NFC


def test_the_kind_of_an_attachment_is_said_by_who_attaches_it() -> None:
    """D4 (BP20 Điều 9.1c): no file is a signed original because nobody chose."""
    block = AttachmentBlock()
    value = block.normalize({**block.get_default(), "document": DocumentFactory()})
    assert not value["kind"]
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(value)
    assert list(caught.value.block_errors) == ["kind"]


class TestSize:
    """Else the first visitor's GET would write it."""

    def test_a_program_need_not_think_of_it(self) -> None:
        made = get_document_model().objects.create(
            title="Tờ gấp", file=SimpleUploadedFile("to-gap.txt", b"12345")
        )
        assert get_document_model().objects.get(pk=made.pk).file_size == 5
        made.file = SimpleUploadedFile("to-gap.txt", b"1234567")
        made.save()
        assert get_document_model().objects.get(pk=made.pk).file_size == 7

    def test_a_file_that_is_gone_is_no_error(self) -> None:
        made = DocumentFactory()
        made.file.storage.delete(made.file.name)
        made.file_size = None
        made.save()
        assert file_size(made) is None
