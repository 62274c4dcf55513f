"""The records of public documents: what they say, and their validity on any day as a condition."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from ..legal.relations import changes_part, ends
from ..legal.validity import LASTING, Standing, Validity
from ..serving.prepared import Given, PreparedQuery
from .models import DocumentRecord, DocumentRelation

PARTLY = Validity.PARTLY_EXPIRED


def validity_at(day: datetime.date, *, parts: bool = True) -> Case:
    """Return an expression for the validity of records on a day: what ``Standing.on`` returns.

    Without ``parts``, what others did to parts of them is left out.
    """
    partly = Q(stated=PARTLY) | Q(partly_on__lte=day) if parts else Q(stated=PARTLY)
    has_ended = Q(expired_on__lte=day) | Q(ended_on__lte=day)
    lasting = Q(stated__in=[one for one in LASTING if one != PARTLY])
    return Case(
        When(has_ended, then=Value(Validity.EXPIRED.value)),
        When(lasting, then=F("stated")),
        When(effective_on__gt=day, then=Value(Validity.NOT_YET.value)),
        When(partly, then=Value(PARTLY.value)),
        When(effective_on__isnull=False, then=Value(Validity.IN_FORCE.value)),
        default=F("stated"),
        output_field=CharField(),
    )


def with_validity(day: datetime.date) -> QuerySet[DocumentRecord]:
    """Return all records, each with its ``validity`` on a day."""
    rows: QuerySet[DocumentRecord] = DocumentRecord.objects.annotate(validity=validity_at(day))
    return rows


def record_of(page: int | None) -> DocumentRecord | None:
    """Return the record of a public document; ``None`` for a page that is none. One query."""
    if page is None:
        return None
    return next(iter(_record(page=page)), None)


def _by_page() -> Any:
    key = Given("page", DocumentRecord._meta.pk)
    return DocumentRecord.objects.filter(pk=key)


_record = PreparedQuery(_by_page)


def standings_of(pages: Iterable[Any]) -> dict[int, Standing]:
    """Return from what the validity of each public document follows, by its page; one query."""
    keys = [page.pk for page in pages]
    return {one.pk: one.standing for one in DocumentRecord.objects.filter(pk__in=keys)}


def put(record: DocumentRecord, stated: Sequence[DocumentRelation]) -> None:
    """Enter a public document anew, with the relations that it states.

    One that was there before stays, with who was told of it. Within a transaction.
    """
    record.save()
    touched = {record.original}
    if record.page == record.original:
        touched |= _state(record, stated)
        touched |= _find(record)
    settle(touched)


def drop(page: int) -> None:
    """The page is no longer public: nor is what it states. Within a transaction."""
    DocumentRecord.objects.filter(pk=page).delete()
    stated = DocumentRelation.objects.filter(stated_by=page)
    touched = {key for one in stated for key in (one.source, one.target)}
    stated.delete()
    settle(touched)


def settle(originals: Iterable[int | None]) -> None:
    """Note anew at documents what others do to them, and whether anybody does or they do."""
    for original in {one for one in originals if one is not None}:
        onto = list(DocumentRelation.objects.filter(target=original))
        acts = DocumentRelation.objects.filter(source=original).exists()
        DocumentRecord.objects.filter(original=original).update(
            ended_on=_first(one for one in onto if ends(one.relation, one.provisions)),
            partly_on=_first(one for one in onto if changes_part(one.relation, one.provisions)),
            has_relations=bool(onto) or acts,
        )


def original_with(number_key: str) -> int | None:
    """Return the public document with a number; ``None`` for none, or where several have it."""
    if not number_key:
        return None
    found = DocumentRecord.objects.filter(number_key=number_key)
    originals = set(found.values_list("original", flat=True)[:3])
    return originals.pop() if len(originals) == 1 else None


def _state(record: DocumentRecord, stated: Sequence[DocumentRelation]) -> set[int | None]:
    before = list(DocumentRelation.objects.filter(stated_by=record.page))
    left = {_mark(one): one for one in before}
    for one in stated:
        known = left.pop(_mark(one), None)
        if known is None:
            one.save()
        elif (known.since, known.is_dated) != (one.since, one.is_dated) and one.is_dated:
            known.since, known.is_dated = one.since, True
            known.save()
    DocumentRelation.objects.filter(pk__in=[one.pk for one in left.values()]).delete()
    return {key for one in (*before, *stated) for key in (one.source, one.target)}


def _mark(one: DocumentRelation) -> tuple[Any, ...]:
    ends = one.source or one.source_key or one.source_name
    return (one.relation, ends, one.target or one.target_key or one.target_name, one.provisions)


def _find(record: DocumentRecord) -> set[int | None]:
    """Tell relations that named the document by number which page it is, and since when it acts."""
    rows = DocumentRelation.objects
    if record.number_key and original_with(record.number_key) == record.original:
        rows.filter(source=None, source_key=record.number_key).update(source=record.original)
        rows.filter(target=None, target_key=record.number_key).update(target=record.original)
    mine = rows.filter(source=record.original)
    if since := record.effective_on or record.issued_on:
        mine.filter(is_dated=False).update(since=since)
    touched = mine.values_list("target", flat=True)
    return {record.original, *touched}


def _first(relations: Iterable[DocumentRelation]) -> datetime.date | None:
    return min((one.since for one in relations), default=None)
