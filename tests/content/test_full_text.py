"""D3 (BP20 Điều 12.2): documents are published with their full text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import rich_text

from tests.content.test_required import add_address, form_data, stream_data
from tests.factories import factory_for
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.full_text import RUNNING_WORDS
from wagtail_pbgdpl.pages import models as pages

SENTENCE = "Quyết định này có hiệu lực kể từ ngày ký ban hành."
LONG = "Điều " * RUNNING_WORDS
ARTICLE = {
    "number": "1",
    "title": "",
    "lead": "",
    "prefix": "",
    "clauses-count": "1",
    "clauses-0-deleted": "",
    "clauses-0-order": "0",
    "clauses-0-type": "",
    "clauses-0-id": "",
    "clauses-0-value-number": "",
}


@pytest.fixture(autouse=True)
def _profile(settings: Any, tmp_path: Any) -> None:
    path = tmp_path / "tinh.toml"
    path.write_text(
        'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n[attribution]\nrequired = []\n'
        '[categories.C7]\nrequires = ["full_text"]\n',
        encoding="utf-8",
    )
    settings.WAGTAIL_PBGDPL = {"PROFILE": str(path)}


def paragraphs(text: str) -> tuple[str, Any]:
    return "rich_text", rich_text(f"<p>{text}</p>", features=["bold"])


def article(text: str) -> tuple[str, Any]:
    return "legal_article", ARTICLE | {"clauses-0-value-text": text}


def send(client: Client, index: Any, *blocks: tuple[str, Any], **more: str) -> Any:
    address = add_address(pages.LegalDocumentPage, index)
    data = form_data(client, address, **stream_data("body", *blocks)) | more
    return client.post(address, data)


def picture() -> tuple[str, Any]:
    image = get_image_model().objects.create(title="Ảnh chụp", file=get_test_image_file())
    parts = {"image-image": image.pk, "image-alt_text": "Ảnh chụp", "image-decorative": ""}
    return "image", parts | {"caption": "từ " * 120, "source": ""}


@pytest.mark.parametrize(
    "blocks",
    [
        [lambda: paragraphs("Toàn văn.")],
        [lambda: paragraphs(LONG.removesuffix("Điều "))],
        [lambda: article("Bãi bỏ.")],
        [picture],
    ],
    ids=["one-word", "a-summary", "an-article-of-two-words", "a-picture"],
)
def test_what_is_no_full_text_is_not_sent(desk: Client, index_of: Any, blocks: Any) -> None:
    """The message stands at the field, and what was typed stays."""
    response = send(desk, index_of("C7"), *(one() for one in blocks), **{"action-submit": "1"})
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"body"}
    assert not pages.LegalDocumentPage.objects.exists()
    html = BeautifulSoup(response.content, "lxml")
    (_relations, _files, body) = html.select("[data-w-block-arguments-value]")
    value, error = json.loads(body["data-w-block-arguments-value"])
    assert len(value) == 1
    assert "toàn văn của văn bản" in error["messages"][0]


@pytest.mark.parametrize(
    "block", [paragraphs(LONG), article(SENTENCE)], ids=["paragraphs", "an-article"]
)
def test_a_text_is_sent(desk: Client, index_of: Any, block: Any) -> None:
    response = send(desk, index_of("C7"), block, **{"action-submit": "1"})
    assert response.status_code == 302, response.context["form"].errors


def test_a_draft_may_have_the_first_words_alone(desk: Client, index_of: Any) -> None:
    response = send(desk, index_of("C7"), paragraphs("Toàn văn."))
    assert response.status_code == 302, response.context["form"].errors
    page = pages.LegalDocumentPage.objects.get()
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    data = form_data(desk, address, **stream_data("body", paragraphs("Hai từ")))
    assert desk.post(address, data).status_code == 302
    page = pages.LegalDocumentPage.objects.get().get_latest_revision_as_object()
    assert "Hai từ" in str(page.body)


def test_no_other_way_to_the_public_passes_it(index_of: Any) -> None:
    page = factory_for(pages.LegalDocumentPage)(
        parent=index_of("C7"), live=False, body=[("rich_text", "<p>Toàn văn.</p>")]
    )
    with pytest.raises(ValidationError) as caught:
        publish(page)
    assert set(caught.value.message_dict) == {"body"}


def test_what_introduces_a_document_has_none(index_of: Any) -> None:
    """D5"""
    assert factory_for(pages.LegalBriefPage)(parent=index_of("C7")).live
