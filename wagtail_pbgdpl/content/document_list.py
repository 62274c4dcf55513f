"""The public list of documents as a table, by day of issue, for the screen and as CSV (D1)."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _

from ..core.base_page import base_page_model
from ..core.text import fold
from ..corpus.models import DocumentRecord
from ..legal.validity import VALIDITY
from ..reporting.fields import plain_text
from ..search.engine import Query, engine
from ..serving.listing import Shown, published
from ..serving.process_cache import of_version, remembered
from ..site.menu import by_kind
from ..worktime.active import today
from .attached import attached
from .facets import Facet
from .filters import ListingFilter
from .search_results import content_language

FORMAT, CSV = "dinh-dang", "csv"
#: Lines in a file; a list of more is narrowed first.
MOST_LINES = 10_000
# What the search calls documents, and of so many that it finds the list is made.
DOCUMENT = "document"
# The kind of the category of legal documents (BK21 Điều 9.7).
LEGAL = "C7"
MOST_MEANT = 500


@dataclass(frozen=True, slots=True)
class DocumentFilter(ListingFilter):
    """Words are looked for in number, title, abstract and signer, with accents or without.

    The search of the portal adds what it takes for a number in another spelling, and for an
    abbreviation in a title.
    """

    takes_words: ClassVar[bool] = True

    def apply(self, pages: Any, *, but: Facet | None = None) -> Any:
        pages = ListingFilter.apply(self, pages, but=but)
        if self.words:
            records = DocumentRecord.objects.all()
            for word in fold(self.words).lower().split():
                records = records.filter(folded__contains=word)
            pages = pages.filter(Q(pk__in=records.values("pk")) | Q(pk__in=_meant(self.words)))
        return pages


def _meant(words: str) -> list[int]:
    """Return the documents that the search finds; each facet counts among the same."""
    query = Query(words, content_language(), {"kind": DOCUMENT})
    return remembered(
        ("documents meant", query.language, words), lambda: engine.titled(query, MOST_MEANT)
    )


class Line(NamedTuple):
    """A document in the list; ``original`` is the file that somebody called the signed original."""

    record: DocumentRecord
    page: Any
    validity: str
    original: Any
    more_files: int

    @property
    def validity_label(self) -> Any:
        return VALIDITY.get(self.validity, "")


def records_in(pages: Any) -> Any:
    """Return the records of the documents in ``pages``, the last issued first."""
    records = DocumentRecord.objects.filter(page__in=pages.order_by().values("pk"))
    return records.order_by(F("issued_on").desc(nulls_last=True), "-page")


class DocumentPaginator(Paginator):
    """Pages of lines: four queries each, however many documents there are."""

    def page(self, number: Any) -> Any:
        found = super().page(number)
        found.object_list = lines_of(list(found.object_list))
        return found


def lines_of(records: Sequence[DocumentRecord], *, with_files: bool = True) -> list[Line]:
    day = today()
    pages = base_page_model()._default_manager.in_bulk([one.page for one in records])
    files = _files(pages.values()) if with_files else {}
    return [
        Line(one, pages[one.page], one.standing.on(day), *files.get(one.page, (None, 0)))
        for one in records
        if one.page in pages
    ]


class Newest(NamedTuple):
    """The documents that were issued last, and the index page that leads to more of them."""

    index: Any
    lines: tuple[Line, ...]


def newest(index_pages: Sequence[Any], count: int, shown: Shown) -> Newest:
    """Return the ``count`` documents below index pages that were issued last, without their files.

    More are led to where legal documents stand (C7), else where the newest of those found stands.
    """
    listing = [page for page in index_pages if page.document_models()]
    lines = chosen(index_pages, count)
    public = frozenset(page.pk for page in shown.of(line.page for line in lines))
    lines = tuple(line for line in lines if line.page.pk in public)
    return Newest(_leading(listing, lines), lines)


def chosen(index_pages: Sequence[Any], count: int) -> tuple[Line, ...]:
    """Return their lines, at most a second old; one query asks all categories."""
    listing = [page for page in index_pages if page.document_models()]
    keys = tuple(page.pk for page in listing)
    if not listing:
        return ()
    return of_version(("newest documents", keys, count), lambda: tuple(_newest(listing, count)))


def _newest(listing: Sequence[Any], count: int) -> list[Line]:
    models = {model for page in listing for model in page.document_models()}
    types = ContentType.objects.get_for_models(*models).values()
    documents = published().filter(
        listed_in__in=[page.pk for page in listing], content_type__in=[one.pk for one in types]
    )
    return lines_of(list(records_in(documents)[:count]), with_files=False)


def _leading(listing: Sequence[Any], lines: Sequence[Line]) -> Any:
    if legal := by_kind(listing).get(LEGAL):
        return legal
    first = lines[0].page.listed_in if lines else None
    return next((page for page in listing if page.pk == first), None)


def as_csv(records: Any, request: HttpRequest, name: str) -> StreamingHttpResponse:
    """Return the list as a file that Excel opens, in UTF-8 with its mark."""
    rows = _rows(records[:MOST_LINES], request)
    writer = csv.writer(_Echo())
    lines = ("\ufeff" + writer.writerow(row) if not n else writer.writerow(row) for n, row in rows)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Echo:
    def write(self, text: str) -> str:
        return text


def _rows(records: Iterable[DocumentRecord], request: HttpRequest) -> Iterator[tuple[int, Any]]:
    yield (
        0,
        [
            _("Number and symbol"),
            _("Abstract of the document"),
            _("Issued on"),
            _("In force from"),
            _("Validity"),
            _("Address"),
        ],
    )
    for number, line in enumerate(lines_of(list(records), with_files=False), start=1):
        one = line.record
        yield (
            number,
            [
                plain_text(one.number),
                plain_text(one.abstract),
                _day(one.issued_on),
                _day(one.effective_on),
                str(line.validity_label),
                line.page.get_full_url(request) or "",
            ],
        )


def _day(day: datetime.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _files(pages: Iterable[Any]) -> dict[int, tuple[Any, int]]:
    """Return the signed original of each page, and how many other files it has; no text is read."""
    rows = [
        page
        for model, keys in _by_type(pages).items()
        for page in model._default_manager.filter(pk__in=keys).only("pk", "files")
    ]
    found = {}
    for pk, there in attached(rows, "files").items():
        original = next((one for one, kind in there if kind == "original"), None)
        found[pk] = (original, len(there) - (original is not None))
    return found


def _by_type(pages: Iterable[Any]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for page in pages:
        found.setdefault(page.specific_class, []).append(page.pk)
    return found
