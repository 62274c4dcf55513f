"""Categories with their clocks and figures, units, the feed of changes, and the way to all."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router

from ..organisation.models import Unit
from ..questions import figures
from ..regulations import Category
from ..regulations.active import get_regulation
from ..serving import site_version
from ..site.portal import PortalSettings
from ..worktime import VIETNAM
from . import cursors, listing, log, schemas
from .answering import ERRORS
from .content import PLURALS, link
from .problems import Problem
from .published import Section, items, languages, sections_of
from .schemas import CategoryFilters, ChangeFilters, UnitFilters
from .sources import shown

router = Router(tags=["others"])
Request = HttpRequest
SECONDS = 600
logger = logging.getLogger(__name__)
NONE = {"items": 0, "this_year": 0, "newest_at": None}


@router.get("/", response={200: schemas.Index, **ERRORS}, operation_id="index")
def index(request: Request) -> Any:
    listing.check_no_names(request)
    site = listing.site_of(request)
    regulation = get_regulation()
    here = request.build_absolute_uri(reverse("wagtail_pbgdpl:api:index"))
    portal = PortalSettings.for_site(site)
    return {
        "name": portal.name or regulation.portal.name,
        "regulation": regulation.document.title,
        "citation": portal.citation_rule or regulation.citation.text,
        "languages": languages(site.pk),
        "lists": {name: f"{here}{name}/" for name in (*PLURALS.values(), "changes")},
        "openapi": f"{here}openapi.json",
        "docs": f"{here}docs/",
    }


# Categories


@router.get("/categories/", response={200: schemas.Categories, **ERRORS}, operation_id="categories")
def categories(request: Request, filters: Query[CategoryFilters]) -> Any:
    listing.check_names(request, filters)
    site = listing.site_of(request)
    language = filters.language or next(iter(languages(site.pk)), "")
    return {"items": [_category(request, *one) for one in _known(site.pk, language)]}


@router.get(
    "/categories/{id}/", response={200: schemas.Category, **ERRORS}, operation_id="category"
)
def one_category(request: Request, id: str) -> Any:
    listing.check_no_names(request)
    code, _dot, language = id.rpartition(".")
    for section, category in _known(listing.site_of(request).pk, language):
        if category.code == code:
            return _category(request, section, category)
    raise Problem("not-found")


def _known(site: int, language: str) -> list[tuple[Section, Category]]:
    """Return the sections of categories that the regulation has, one for each."""
    known = get_regulation().categories
    found: dict[str, tuple[Section, Category]] = {}
    for section in sections_of(site, language):
        if language and section.category in known:
            found.setdefault(section.category, (section, known[section.category]))
    return list(found.values())


def _category(request: Request, section: Section, category: Category) -> dict[str, Any]:
    identifier = f"{category.code}.{section.language}"
    rules = get_regulation().deadlines
    clocks = [rules[code] for code in category.deadlines if code in rules]
    return {
        "id": identifier,
        "code": category.code,
        "kind": str(category.kind),
        "language": section.language,
        "name": category.name,
        "title": section.title,
        "description": category.description,
        "clause": category.clause,
        "address": section.page().get_full_url(request) or "",
        "link": link(request, "category", identifier),
        "clocks": [
            {
                "code": rule.code,
                "name": rule.name,
                "amount": rule.limit.amount,
                "unit": str(rule.limit.unit),
                "starts": str(rule.starts),
                "condition": rule.condition,
                "clause": rule.clause,
            }
            for rule in clocks
        ],
        "figures": {
            **_figures(section.site).get(section.pk, NONE),
            "questions": _questions() if category.kind == "C6" else None,
        },
    }


def _figures(site: int) -> dict[int, dict[str, Any]]:
    """Return the figures of each section of a site; counted anew when something is published."""
    return _kept(f"wagtail_pbgdpl.api.figures.{site}", lambda: _counted(site))


def _kept(key: str, make: Callable[[], Any]) -> Any:
    try:
        return cache.get_or_set(f"{key}.{site_version.read()}", make, SECONDS)
    except DatabaseError:
        raise
    except Exception:
        # Without the cache the portal is slower, not down.
        logger.exception("The cache does not answer.")
        return make()


def _counted(site: int) -> dict[int, dict[str, Any]]:
    year = datetime.datetime(timezone.now().astimezone(VIETNAM).year, 1, 1, tzinfo=VIETNAM)
    rows = items([section.pk for section in sections_of(site)]).values("listed_in")
    counted = rows.annotate(
        items=Count("pk"),
        this_year=Count("pk", filter=Q(published_at__gte=year)),
        newest_at=Max("published_at"),
    )
    return {row.pop("listed_in"): row for row in counted}


def _questions() -> dict[str, Any]:
    def make() -> dict[str, Any]:
        months = figures.of(figures.EVERYBODY, figures.MONTH)
        found = figures.sum_of(month for month in months if not month.is_sum)
        return {
            "received": found.received,
            "answered": found.answered,
            "in_time": found.in_time,
            "median_days": found.median,
        }

    found: dict[str, Any] = _kept("wagtail_pbgdpl.api.questions", make)
    return found


# Units


@router.get("/units/", response={200: schemas.Units, **ERRORS}, operation_id="units")
def units(request: Request, filters: Query[UnitFilters]) -> Any:
    listing.check_names(request, filters)
    bound = listing.scope(request, listing.site_of(request), filters)
    rows = _units()
    if filters.cursor:
        (code,) = cursors.read(filters.cursor, bound, (str,))
        rows = rows.filter(code__gt=code)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.on:
        rows = rows.filter(
            Q(starts_on=None) | Q(starts_on__lte=filters.on),
            Q(ends_on=None) | Q(ends_on__gte=filters.on),
        )
    found = list(rows[: filters.limit + 1])
    page = found[: filters.limit]
    cursor = cursors.write(bound, page[-1].code) if len(found) > len(page) else ""
    return listing.paged(filters, request, cursor, [_unit(request, one) for one in page])


@router.get("/units/{id}/", response={200: schemas.Unit, **ERRORS}, operation_id="unit")
def one_unit(request: Request, id: str) -> Any:
    listing.check_no_names(request)
    listing.site_of(request)
    unit = _units().filter(code=id).first() if "\x00" not in id else None
    if unit is None:
        raise Problem("not-found")
    return _unit(request, unit)


def _units() -> QuerySet[Unit]:
    rows = Unit.objects.select_related("parent").prefetch_related("successions__successor")
    return rows.order_by("code")


def _unit(request: Request, unit: Unit) -> dict[str, Any]:
    return {**shown(unit), "link": link(request, "unit", unit.code)}


# Changes


@router.get("/changes/", response={200: schemas.Changes, **ERRORS}, operation_id="changes")
def changes(request: Request, filters: Query[ChangeFilters]) -> Any:
    listing.check_names(request, filters)
    site = listing.site_of(request)
    kinds = [kind for kind in filters.kind.split(",") if kind]
    if unknown := set(kinds) - PLURALS.keys():
        raise Problem("bad-parameter", f"kind: {', '.join(sorted(unknown))}")
    bound = cursors.scope_of(request.path, site.pk, sorted(kinds))
    if filters.cursor:
        place = log.Position(*cursors.read(filters.cursor, bound, (str, int, str)))  # type: ignore[arg-type]
    else:
        place = log.end(site.pk) if filters.start == "now" else log.start()
    try:
        found, place = log.read(site.pk, place, filters.limit + 1, kinds)
    except log.Unknown:
        raise Problem("cursor-expired") from None
    more = len(found) > filters.limit
    if more:
        found = found[: filters.limit]
        place = log.at(found[-1])
    cursor = cursors.write(bound, *place)
    return {
        "items": [_change(request, one) for one in found],
        "cursor": cursor,
        "next": listing.address_with(request, cursor),
        "more": more,
    }


def _change(request: Request, change: Any) -> dict[str, Any]:
    is_gone = change.change == log.Change.WITHDRAWN
    return {
        "sequence": change.sequence,
        "kind": change.kind,
        "id": change.identifier,
        "change": change.change,
        "at": change.at,
        "link": None if is_gone else link(request, change.kind, change.identifier),
    }
