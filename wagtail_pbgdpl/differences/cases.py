"""How differences begin, change and end with what sources say, and with what becomes of pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import translation

from ..authority.refusals import Refused
from ..matters import letters, record
from ..matters.deeds import Happening, act
from ..matters.models import Matter
from ..organisation.models import Unit
from .kinds import DocumentDifference, facts_of
from .models import DOCUMENT_DIFFERENCE, FIELD, Difference


class Document(NamedTuple):
    """A public document as its differences know it; ``page`` is its number."""

    page: int
    title: str
    category: str
    unit: Unit | None


class Said(NamedTuple):
    """What a source says of a field otherwise than we do.

    Days are ISO dates, validity is its code. ``is_in_hand``: our latest version has it already.
    """

    source: int
    field: str
    theirs: str
    ours: str
    link: str
    is_in_hand: bool = False


def known(pages: Iterable[int] | None = None) -> QuerySet[Difference]:
    """Return the differences that are open, and those in which ours was found right.

    ``pages``: numbers of documents; all of them unless given.
    """
    rows = Difference.objects.filter(Q(is_open=True) | Q(is_disputed=True))
    found: QuerySet[Difference] = rows if pages is None else rows.filter(page__in=list(pages))
    return found.order_by("pk")


def follow(document: Document, said: Sequence[Said], before: Iterable[Difference]) -> int:
    """Let the differences of a document be those that are ``said``; return how many moved.

    ``before``: those of the document that are ``known``.
    """
    # The last of a field counts; an open one is the last.
    rows = {(row.source_id, row.field): row for row in before}
    moved = 0
    for one in said:
        moved += _follow(document, one, rows.pop((one.source, one.field), None))
    return moved + sum(gone(row) for row in rows.values() if row.is_open)


def gone(row: Difference) -> bool:
    """Close an open difference that there is no more; return whether that was still to do."""
    return _happens(row, "agrees")


def _follow(document: Document, said: Said, row: Difference | None) -> bool:
    if row is None or (not row.is_open and row.theirs != said.theirs):
        # A version that has it already needs nobody to look.
        return not said.is_in_hand and _begun(document, said)
    if not row.is_open:
        return False
    if row.theirs != said.theirs:
        values = {"theirs": said.theirs, "ours": said.ours, "link": said.link}
        return _happens(row, "says_otherwise", values)
    if row.ours != said.ours:
        Difference.objects.filter(pk=row.pk).update(ours=said.ours)
    if not said.is_in_hand and _matter_of(row).state == "adopting":
        return _happens(row, "not_adopted")
    return False


def _begun(document: Document, said: Said) -> bool:
    try:
        with transaction.atomic():
            row = Difference.objects.create(
                page=document.page,
                source_id=said.source,
                field=said.field,
                theirs=said.theirs,
                ours=said.ours,
                link=said.link,
            )
            matter = record.begin(
                DocumentDifference,
                row,
                title=_title(document, said.field),
                category=document.category,
                unit=document.unit,
            )
            event = record.enter(
                matter, "says_otherwise", detail=facts_of(row, row.theirs, row.ours)
            )
            letters.turn_begins(matter, event, apart_from=None)
    except IntegrityError:
        # Begun by another in this very moment.
        return False
    return True


def _title(document: Document, field: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return f"{FIELD[field]}: {document.title}"


def _happens(row: Difference, move: str, values: dict[str, Any] | None = None) -> bool:
    try:
        act(Happening(_matter_of(row), move, values=values or {}))
    except Refused:
        # Somebody has decided in this very moment.
        return False
    return True


def _matter_of(row: Difference) -> Matter:
    return Matter.objects.get(kind=DOCUMENT_DIFFERENCE, subject=row.pk)
