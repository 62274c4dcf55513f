"""Pages of lists of content: the newest first, at the same cost wherever the reader stands.

Each section is asked for one page's worth by the index of listings, and what they have is put
together: so nothing is read that is on another site or below something that is not public.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Site

from ..core.discovery import root_model
from ..core.listed import ListedMixin
from ..serving.listing import NEWEST_FIRST, together
from ..worktime import VIETNAM
from . import cursors
from .problems import Problem
from .published import Section, items, sections_of
from .schemas import ContentFilters, Paged
from .sources import kind_of_type

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)
Narrow = Callable[[Any], Any]


def site_of(request: HttpRequest) -> Any:
    """Return the site that is asked. Raises ``Problem`` where there is none."""
    site = Site.find_for_request(request)
    if site is None:
        raise Problem("not-found")
    return site


def check_names(request: HttpRequest, filters: Any) -> None:
    """Raises ``Problem`` for a parameter that the list does not know: it would narrow nothing."""
    for name in request.GET:
        if name not in type(filters).model_fields:
            raise Problem("unknown-parameter", name[:60])


def scope(request: HttpRequest, site: Any, filters: Any) -> str:
    """Return by what the cursors of a list are bound to it."""
    narrowing = filters.model_dump(exclude={"cursor", "limit"}, mode="json")
    return cursors.scope_of(request.path, site.pk, sorted(narrowing.items()))


def address_with(request: HttpRequest, cursor: str) -> str:
    """Return the address of the request with another cursor."""
    query = request.GET.copy()
    query.pop("start", None)
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def page(
    request: HttpRequest,
    filters: ContentFilters,
    narrow: Narrow = lambda rows: rows,
    holds: Callable[[str], bool] = lambda category: True,
) -> tuple[list[Any], str]:
    """Return the rows of one page of a list, and the cursor of the next; empty behind the last.

    ``narrow``: takes and returns rows of all content; ``holds``: whether a category, by its code,
    has any such. Raises ``Problem``.
    """
    check_names(request, filters)
    site = site_of(request)
    bound = scope(request, site, filters)
    after = cursors.read(filters.cursor, bound, (int, int)) if filters.cursor else None
    wanted = [filters.category] if filters.category else None
    known = sections_of(site.pk, filters.language, wanted)
    # Else all of a category would be read to find none.
    chosen = [section for section in known if holds(section.category)]
    keys = _keys(chosen, lambda rows: narrow(_narrowed(rows, filters)), after, filters.limit + 1)
    shown = keys[: filters.limit]
    if len(keys) <= filters.limit:
        return _read(shown), ""
    at, pk = shown[-1]
    return _read(shown), cursors.write(bound, (at - EPOCH) // MICROSECOND, pk)


def _narrowed(rows: Any, filters: ContentFilters) -> Any:
    if filters.unit:
        rows = rows.filter(unit__code=filters.unit)
    if (start := _midnight(filters.published_from)) is not None:
        rows = rows.filter(published_at__gte=start)
    if (end := _midnight(filters.published_to, 1)) is not None:
        rows = rows.filter(published_at__lt=end)
    return rows


def _midnight(day: datetime.date | None, later: int = 0) -> datetime.datetime | None:
    if day is None:
        return None
    try:
        day += datetime.timedelta(days=later)
        return datetime.datetime.combine(day, datetime.time.min, VIETNAM).astimezone(datetime.UTC)
    except OverflowError:
        # Before all, or after all.
        return None


def _keys(
    chosen: Sequence[Section], narrow: Narrow, after: Any, limit: int
) -> list[tuple[datetime.datetime, int]]:
    if not chosen:
        return []
    slices = []
    for section in chosen:
        rows = narrow(items([section.pk]))
        if after is not None:
            rows = rows.filter(_behind(*after))
        slices.append(rows.order_by(*NEWEST_FIRST)[:limit])
    found = together(slices, ["pk", "published_at"])
    return sorted(((row.published_at, row.pk) for row in found), reverse=True)[:limit]


def _behind(microseconds: int, pk: int) -> Q:
    try:
        at = EPOCH + microseconds * MICROSECOND
    except OverflowError:
        raise Problem("bad-cursor") from None
    # The first condition is the one that the index can be entered by.
    return Q(published_at__lte=at) & (Q(published_at__lt=at) | Q(pk__lt=pk))


def _read(keys: Sequence[tuple[datetime.datetime, int]]) -> list[Any]:
    rows = root_model(ListedMixin)._default_manager.select_related("locale", "unit")
    found = rows.in_bulk([pk for _at, pk in keys])
    # One that was deleted this moment is told of by the log.
    return [found[pk] for _at, pk in keys if pk in found]


def paged(filters: Paged, request: HttpRequest, cursor: str, rows: list[Any]) -> dict[str, Any]:
    return {
        "items": rows,
        "cursor": cursor,
        "next": address_with(request, cursor) if cursor else None,
    }


def one(request: HttpRequest, identifier: str, kind: str = "") -> Any:
    """Return the row of one public object by its identifier.

    Raises ``Problem`` alike for what is not there, not public, on another site, or of another kind.
    """
    check_no_names(request)
    key, _dot, language = identifier.partition(".")
    found = items([section.pk for section in sections_of(site_of(request).pk)])
    found = found.filter(translation_key=_uuid(key), locale__language_code=language)
    row = found.select_related("locale", "unit").first()
    if row is None or (kind and kind_of_type(row.content_type_id) != kind):
        raise Problem("not-found")
    return row


def check_no_names(request: HttpRequest) -> None:
    for name in request.GET:
        raise Problem("unknown-parameter", name[:60])


def _uuid(text: str) -> uuid.UUID:
    try:
        found = uuid.UUID(text)
    except ValueError:
        raise Problem("not-found") from None
    if str(found) != text:
        raise Problem("not-found")
    return found
