"""The relations of a document as its public page shows them, from both sides (D5)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Q

from ..core.base_page import base_page_model
from ..legal.mentions import anchors
from ..legal.relations import CHANGING, Relation, label
from ..serving.listing import public
from .models import DocumentRecord, DocumentRelation

#: In this order they are shown; what ends or changes the document comes first.
ORDER = (
    Relation.REPLACES,
    Relation.REPEALS,
    Relation.AMENDS,
    Relation.CORRECTS,
    Relation.CONSOLIDATES,
    Relation.BASED_ON,
    Relation.GUIDES,
    Relation.INTRODUCES,
)


class Shown(NamedTuple):
    """The other document of a relation; ``page`` is ``None`` where the portal does not have it.

    ``acts``: this document does it to the other. ``anchor`` is the place of the first of the
    ``provisions`` in the page that is acted on.
    """

    relation: str
    acts: bool
    words: Any
    name: str
    page: Any
    provisions: str
    anchor: str
    since: datetime.date

    @property
    def changes(self) -> bool:
        """Whether after it the document that is acted on is another."""
        return self.relation in CHANGING


class Group(NamedTuple):
    """What stands below one heading: «is amended by»."""

    words: Any
    relation: str
    acts: bool
    items: Sequence[Shown]


def relations_of(record: DocumentRecord | None, page: Any) -> list[Group]:
    """Return the relations of a document by kind, to and from it; none without a record.

    Two queries: the relations, and the pages of the others that everybody may read.
    """
    if record is None or not record.has_relations:
        return []
    mine = record.original
    rows = DocumentRelation.objects.filter(Q(source=mine) | Q(target=mine))
    shown = _shown(list(rows), mine, page)
    groups: dict[tuple[bool, str], list[Shown]] = {}
    for one in sorted(shown, key=_place):
        groups.setdefault((one.acts, one.relation), []).append(one)
    return [
        Group(items[0].words, relation, acts, items) for (acts, relation), items in groups.items()
    ]


def _shown(rows: Iterable[DocumentRelation], mine: int, page: Any) -> Iterable[Shown]:
    rows = list(rows)
    others = {one.target if one.source == mine else one.source for one in rows}
    pages = _pages(filter(None, others), page)
    seen = set()
    for one in rows:
        acts = one.source == mine
        key = one.target if acts else one.source
        name = one.target_name if acts else one.source_name
        other = pages.get(key)
        if other is None and not name:
            # A page of the portal that is not public (any more).
            continue
        # Both sides may have stated it.
        mark = (acts, one.relation, key or name, one.provisions)
        if mark in seen:
            continue
        seen.add(mark)
        yield Shown(
            one.relation,
            acts,
            label(one.relation, acts=acts),
            other.title if other is not None else name,
            other,
            one.provisions,
            next(iter(anchors(one.provisions)), ""),
            one.since,
        )


def _pages(keys: Iterable[int], page: Any) -> dict[int, Any]:
    """Return the public pages of documents by their originals, in the language of ``page``."""
    records = dict(
        DocumentRecord.objects.filter(original__in=list(keys)).values_list("page", "original")
    )
    if not records:
        return {}
    rows = base_page_model()._default_manager.filter(pk__in=records)
    found: dict[int, Any] = {}
    for one in public(rows).order_by("pk"):
        original = records[one.pk]
        is_better = one.locale_id == page.locale_id and one.alias_of_id is None
        if original not in found or is_better:
            found[original] = one
    return found


def _place(one: Shown) -> tuple[int, bool, datetime.date]:
    return (ORDER.index(Relation(one.relation)), one.acts, one.since)
