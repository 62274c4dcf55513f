"""The permanent address of a document: who issued it, what it is, the year and the number.

It is made as the European Legislation Identifier is, of what stands on the paper, so that it holds
where a page is moved or renamed. Below it stand articles, clauses and points:
``/pbgdpl/eli/vn/ubnd-tinh/quyet-dinh/2018/17-2018-qd-ubnd/dieu-5/khoan-2/diem-a``.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Site

from ..content.consultations import ConsultationMixin
from ..content.documents import DocumentMixin
from ..content.legal_metadata import LegalMetadataMixin
from ..core.discovery import concrete_models
from ..core.text import address_part
from ..serving.listing import public
from ..site.languages import in_active_language

FIRST_YEAR = 1945


def is_passed(page: Any) -> bool:
    """Whether a page is of a document that somebody has passed: no draft (dự thảo)."""
    return (
        isinstance(page, LegalMetadataMixin)
        and page.is_passed
        and bool(page.document_number or page.issued_on)
    )


def parts_of(page: Any) -> dict[str, Any] | None:
    """Return what the address of a document is made of; ``None`` where something is missing."""
    if not (isinstance(page, DocumentMixin) and is_passed(page)):
        return None
    number = spelled(page.document_number)
    if not (page.issuing_body and page.document_type and page.issued_on and number):
        return None
    return {
        "issuer": page.issuing_body.code,
        "kind": page.document_type.code,
        "year": page.issued_on.year,
        "number": number,
    }


def spelled(number: str) -> str:
    """Return a document number as an address spells it: ``17-2018-qd-ubnd``."""
    return address_part(re.sub(r"[^\w-]+", "-", number)).strip("-")


def address_of(page: Any) -> str:
    """Return the permanent address of a document, without a host; empty where it has none."""
    parts = parts_of(page)
    return reverse("wagtail_pbgdpl:law", kwargs=parts) if parts else ""


def find(request: HttpRequest, issuer: str, kind: str, year: int, number: str) -> Any:
    """Return the public page of the document with an address, or ``None``.

    Of two pages of one document the one that was public first. One query for each page type.
    """
    site = Site.find_for_request(request)
    if site is None or not FIRST_YEAR <= year <= datetime.MAXYEAR:
        return None
    found = []
    for model in concrete_models(DocumentMixin):
        if issubclass(model, ConsultationMixin):
            continue
        pages = public(model._default_manager.descendant_of(site.root_page.localized))
        pages = in_active_language(pages).filter(
            issuing_body__code=issuer, document_type__code=kind, issued_on__year=year, alias_of=None
        )
        # Numbers are free text; how they are spelled in an address the database cannot know.
        rows = pages.order_by().values_list("published_at", "pk", "document_number")
        found += [(*row[:2], model) for row in rows if spelled(row[2]) == number]
    if not found:
        return None
    _since, key, model = min(found, key=lambda row: row[:2])
    return model.read(key)
