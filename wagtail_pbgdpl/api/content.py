"""Items, documents and answers, as the API tells of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.models import ExpressionWrapper, F, IntegerField, Q
from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router

from ..consultations.counting import tally
from ..consultations.summing import by_provision
from ..content.consultations import ConsultationMixin
from ..content.consulting import consultation_of
from ..core.base_page import base_page_model
from ..corpus.records import standings_of, with_validity
from ..regulations.active import get_regulation
from ..reviews.shown import changes_shown
from ..serving.listing import public
from ..worktime.active import today
from . import listing, schemas, text
from .answering import ERRORS
from .schemas import AnswerFilters, ContentFilters, DocumentFilters
from .sources import kind_of_type, models_of

router = Router(tags=["content"])
Request = HttpRequest


def link(request: Request, kind: str, identifier: str) -> str:
    """Return the address of an object at the API."""
    here = reverse("wagtail_pbgdpl:api:index")
    return request.build_absolute_uri(f"{here}{PLURALS[kind]}/{identifier}/")


#: The list of each kind. A kind that is not here is registered with its list.
PLURALS = {
    "item": "items",
    "document": "documents",
    "answer": "answers",
    "category": "categories",
    "unit": "units",
}


def identifier_of(page: Any) -> str:
    """Return by what other systems keep content, of a page or a row of all content."""
    return f"{page.translation_key}.{page.locale.language_code}"


def named(row: Any) -> dict[str, str] | None:
    return {"code": row.code, "name": row.name} if row is not None else None


def content(request: Request, row: Any) -> dict[str, Any]:
    """Return what all content has, of a row of all content."""
    kind = kind_of_type(row.content_type_id)
    identifier = identifier_of(row)
    return {
        "id": identifier,
        "kind": kind,
        "language": row.locale.language_code,
        "title": row.title,
        "summary": row.summary,
        "category": row.category,
        "unit": named(row.unit),
        "address": row.get_full_url(request) or "",
        "link": link(request, kind, identifier),
        "published_at": row.published_at,
        "updated_at": row.last_published_at,
    }


def item(request: Request, row: Any) -> dict[str, Any]:
    found = content(request, row)
    return {
        **found,
        "author": "" if found["kind"] == "answer" else row.author,
        "source": row.source,
        "source_url": row.source_url,
    }


def document(request: Request, row: Any, page: Any, fields: Sequence[Any]) -> dict[str, Any]:
    return {
        **content(request, row),
        "number": page.document_number,
        "type": named(page.document_type),
        "issuer": named(page.issuing_body),
        "signer": page.signer,
        "signer_title": page.signer_title,
        "issued_on": page.issued_on,
        "effective_on": page.effective_on,
        "expired_on": page.expired_on,
        "validity": page.validity_now,
        "abstract": page.document_abstract,
        "scope": getattr(page, "scope", ""),
        "fields": [named(one) for one in fields],
        "national_database_url": page.national_database_url,
        "gazette_url": page.gazette_url,
    }


def answer(request: Request, row: Any, page: Any, fields: Sequence[Any]) -> dict[str, Any]:
    return {
        **content(request, row),
        "question": page.question_text,
        "answered_on": page.answered_on,
        "fields": [named(one) for one in fields],
    }


# Lists


@router.get("/items/", response={200: schemas.Items, **ERRORS}, operation_id="items")
def items(request: Request, filters: Query[ContentFilters]) -> Any:
    rows, cursor = listing.page(request, filters)
    return listing.paged(filters, request, cursor, [item(request, row) for row in rows])


@router.get("/documents/", response={200: schemas.Documents, **ERRORS}, operation_id="documents")
def documents(request: Request, filters: Query[DocumentFilters]) -> Any:
    conditions = {
        "document_number": filters.number.strip(),
        "document_type__code": filters.type,
        "issuing_body__code": filters.issuer,
        "legal_fields__code": filters.field,
        "pk__in": of_validity(filters.validity) if filters.validity else None,
        "issued_on__gte": filters.issued_from,
        "issued_on__lte": filters.issued_to,
    }
    return _list(
        request, filters, "document", conditions, document, ("document_type", "issuing_body")
    )


@router.get("/answers/", response={200: schemas.Answers, **ERRORS}, operation_id="answers")
def answers(request: Request, filters: Query[AnswerFilters]) -> Any:
    return _list(request, filters, "answer", {"legal_fields__code": filters.field}, answer)


def _list(
    request: Request,
    filters: ContentFilters,
    kind: str,
    conditions: dict[str, Any],
    shown: Any,
    related: Sequence[str] = (),
) -> dict[str, Any]:
    given = {name: value for name, value in conditions.items() if value not in (None, "")}
    rows, cursor = listing.page(
        request, filters, lambda rows: _of_kind(rows, kind, given), lambda code: _holds(code, kind)
    )
    pages = _pages(rows, kind, related)
    fields = _fields(pages.values())
    found = [shown(request, row, pages[row.pk], fields[row.pk]) for row in rows if row.pk in pages]
    return listing.paged(filters, request, cursor, found)


def _of_kind(rows: Any, kind: str, conditions: dict[str, Any]) -> Any:
    # Lists of one kind read the index of listings as well: other types are skipped on the way.
    of_type: Any = F("content_type_id")
    if connections[rows.db].vendor == "sqlite":
        # The sum keeps it from entering by the index of types, which reads all of the kind.
        # PostgreSQL would take a sum for rare, and read all pages for it.
        of_type = ExpressionWrapper(of_type + 0, output_field=IntegerField())
    rows = rows.alias(of_type=of_type).filter(of_type__in=_content_types(kind))
    if not conditions:
        return rows
    wanted = Q()
    for model in models_of(kind):
        wanted |= Q(pk__in=model._default_manager.filter(**conditions).order_by().values("pk"))
    return rows.filter(wanted)


def _holds(code: str, kind: str) -> bool:
    category = get_regulation().categories.get(code)
    kinds = [model.category_kinds for model in models_of(kind)]
    return any(one is None or (category is not None and category.kind in one) for one in kinds)


def _content_types(kind: str) -> list[int]:
    found = ContentType.objects.get_for_models(*models_of(kind))
    return [one.pk for one in found.values()]


def _pages(rows: Sequence[Any], kind: str, related: Sequence[str]) -> dict[int, Any]:
    """Return the pages of rows in their own form without their text, one query for each type."""
    keys: dict[Any, list[int]] = defaultdict(list)
    for row in rows:
        keys[row.cached_content_type.model_class()].append(row.pk)
    found: dict[int, Any] = {}
    for model in models_of(kind):
        if model in keys:
            pages = model._default_manager.select_related(*related).defer(*_streams(model))
            found |= pages.in_bulk(keys[model])
    if kind == "document":
        standings = standings_of(found.values())
        for page in found.values():
            page.take_standing(standings.get(page.pk))
    return found


def of_validity(code: str) -> Any:
    """Return the keys of the documents that have a validity today, as a query."""
    return with_validity(today()).filter(validity=code).values("pk")


def _streams(model: type[Any]) -> list[str]:
    names = {field.name for field in model._meta.concrete_fields}
    return sorted(names & {"body", "files", "legal_basis", "relations"})


def _fields(pages: Iterable[Any]) -> dict[int, list[Any]]:
    """Return the legal fields of pages by their keys, one query for each type."""
    found: dict[int, list[Any]] = defaultdict(list)
    keys: dict[type[Any], list[int]] = defaultdict(list)
    for page in pages:
        keys[type(page)].append(page.pk)
    for model, chosen in keys.items():
        field = model._meta.get_field("legal_fields")
        to, of = field.m2m_reverse_field_name(), field.m2m_field_name()
        through = field.remote_field.through._default_manager.select_related(to)
        for row in through.filter(**{f"{of}__in": chosen}).order_by(f"{to}__order", f"{to}__name"):
            found[getattr(row, f"{of}_id")].append(getattr(row, to))
    return found


# One of each


@router.get("/items/{id}/", response={200: schemas.WholeItem, **ERRORS}, operation_id="item")
def one_item(request: Request, id: str) -> Any:
    row = listing.one(request, id)
    page = row.specific
    return {
        **item(request, row),
        "text": text.nodes(getattr(page, "body", None)),
        "consultation": consultation(page) if isinstance(page, ConsultationMixin) else None,
    }


def consultation(page: Any) -> dict[str, Any] | None:
    """Return how the consultation of a page stands; nothing about who wrote."""
    row = consultation_of(page)
    if row is None:
        return None
    names = ("sort", "opens_on", "closes_on", "held_at", "summarised_on", "issued_on", "issued_as")
    return {
        **{name: getattr(row, name) for name in names},
        "state": row.state().value,
        "received": tally(row).all,
        "shown": row.comments.filter(is_shown=True).count(),
        "summary": by_provision(row),
    }


@router.get(
    "/documents/{id}/", response={200: schemas.WholeDocument, **ERRORS}, operation_id="document"
)
def one_document(request: Request, id: str) -> Any:
    row = listing.one(request, id, "document")
    page = row.specific
    return {
        **document(request, row, page, _fields([page])[page.pk]),
        "text": text.nodes(page.body),
        "files": text.files(page.files, request),
    }


@router.get("/answers/{id}/", response={200: schemas.WholeAnswer, **ERRORS}, operation_id="answer")
def one_answer(request: Request, id: str) -> Any:
    row = listing.one(request, id, "answer")
    page = row.specific
    return {
        **answer(request, row, page, _fields([page])[page.pk]),
        "text": text.nodes(page.body),
        "legal_basis": _basis(request, page),
        "under_review": bool(changes_shown(page)),
    }


def _basis(request: Request, page: Any) -> list[dict[str, str]]:
    values = [block.value for block in page.legal_basis if hasattr(block.value, "get")]
    keys = [value["page"].pk for value in values if value.get("page")]
    # Not even the identifier of a draft or a private page is for the public.
    named = base_page_model()._default_manager.filter(pk__in=keys).select_related("locale")
    open_ones = {one.pk: one for one in public(named)} if keys else {}
    found = []
    for value in values:
        target = open_ones.get(value["page"].pk) if value.get("page") else None
        address = (target.get_full_url(request) or "") if target else value.get("url") or ""
        found.append(
            {
                "name": value.get("name") or "",
                "articles": value.get("articles") or "",
                "document": identifier_of(target) if target else "",
                "address": address,
            }
        )
    return found
