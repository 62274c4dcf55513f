"""The API, the log and sections for other sites where regulations name categories otherwise."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.api.conftest import BASE, identifier
from tests.content.test_templates import attachment
from tests.embedding.test_sections import ARTICLES
from tests.factories import (
    DocumentFactory,
    DocumentTypeFactory,
    IssuingBodyFactory,
    factory_for,
)
from wagtail_pbgdpl.api import log
from wagtail_pbgdpl.api.models import PublicObject
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.regulations.active import get_regulation
from wagtail_pbgdpl.serving import process_cache

pytestmark = pytest.mark.django_db
# Lào Cai's plan has no board.
PROFILES = ["bac_kan_portal_2018", "binh_phuoc_2020", "quang_tri_2024"]


@pytest.fixture(params=PROFILES)
def codes(request: Any, settings: Any, portal: Any) -> Iterator[dict[str, str]]:
    """The portal under another regulation: its code for each kind of the pages that are there."""
    settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, "PROFILE": request.param}
    found: dict[str, str] = {}
    for one in get_regulation().categories.values():
        found.setdefault(str(one.kind), one.code)
    for page in portal.category_pages():
        rows = type(page).objects.filter(pk=page.pk)
        known = page.category in found
        # Nobody would make a page of what the regulation does not name.
        rows.update(**({"category": found[page.category]} if known else {"live": False}))
    process_cache.forget()
    yield found
    # The figures are kept, and belong to this portal alone.
    cache.clear()
    process_cache.forget()


def test_what_goes_out(codes: dict[str, str], index_of: Any, client: Client) -> None:
    code = codes["C7"]
    document = factory_for(pages.LegalDocumentPage)(
        parent=index_of(code),
        body=ARTICLES,
        document_number="17/2018/QĐ-UBND",
        document_abstract="Về quy chế của Cổng",
        document_type=DocumentTypeFactory(),
        issuing_body=IssuingBodyFactory(),
        issued_on=datetime.date(2018, 7, 20),
        effective_on=datetime.date(2018, 8, 1),
        files=[attachment(DocumentFactory())],
    )
    log.settle_all()

    def ask(address: str) -> Any:
        return client.get(f"{BASE}{address}").json()

    (told,) = ask(f"items/?category={code}")["items"]
    assert (told["id"], told["kind"], told["category"]) == (identifier(document), "document", code)
    assert ask("documents/")["items"][0]["category"] == code
    assert PublicObject.objects.get(kind="document").category == code
    categories = {one["code"]: one for one in ask("categories/")["items"]}
    assert categories.keys() <= get_regulation().categories.keys()
    assert categories[code]["figures"]["items"] == 1
    assert categories[code]["clause"] == get_regulation().categories[code].clause
    assert ask(f"categories/{code}.vi/")["id"] == f"{code}.vi"
    changed = {one["id"] for one in ask("changes/?limit=200")["items"]}
    assert {identifier(document), f"{code}.vi"} <= changed
    assert ask("answers/")["items"] == []

    shown = client.get(f"/pbgdpl/nhung/moi-nhat/{code}/").content.decode()
    assert document.title in shown
    assert "Phạm vi" in client.get(f"/pbgdpl/nhung/van-ban/{document.pk}/dieu-1/").content.decode()
    assert f"/pbgdpl/nhung/moi-nhat/{code}/" in client.get("/pbgdpl/nhung/").content.decode()
    for word, kind in (("hoi-dap", "C6"), ("lay-y-kien", "C12")):
        status = client.get(f"/pbgdpl/nhung/{word}/").status_code
        assert status == (200 if kind in codes else 404), word
