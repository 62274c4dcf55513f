"""Keeps the terms of answers as the answers are, in the transaction that changes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import Count

from .models import AlikeCount, AlikeTerm
from .sources import Document, sources
from .words import sentences, terms

# Syllables of the text that count; who asks says in the first of them what it is about.
LEAD = 60
#: The term of every answer, by which they are counted.
EVERY = "*"
ROWS = 2000
BATCH = 500
#: A term that so many answers have is counted beforehand; others are counted when they are typed.
FREQUENT = 200


def terms_of(document: Document) -> set[str]:
    """Return the terms that an answer is found by."""
    found = {EVERY}
    for run in sentences(document.title):
        found.update(terms(run))
    left = LEAD
    for run in sentences(document.text):
        found.update(terms(run[:left]))
        left -= len(run)
        if left <= 0:
            break
    return found


def follow(keys: Collection[int]) -> None:
    """Enter what the answers with these keys say now; those that are not live are left out.

    Two at once write the same, or each their own: none waits for the other.
    """
    found = {document.key: document for source in sources() for document in source.live(keys)}
    with transaction.atomic():
        for key in keys:
            document = found.get(key)
            put(document) if document else drop([key])


def put(document: Document) -> None:
    wanted = terms_of(document)
    rows = AlikeTerm.objects.filter(page=document.key)
    there = set(rows.values_list("term", flat=True))
    if gone := there - wanted:
        rows.filter(term__in=gone).delete()
    _insert((term, document.key) for term in sorted(wanted - there))


def drop(keys: Collection[int]) -> None:
    AlikeTerm.objects.filter(page__in=keys).delete()


def mend() -> int:
    """Enter what was published or taken down by ways that tell nobody; return how many.

    ``QuerySet.update``, ``bulk_create`` and a copied database send no signal. What changed in an
    answer that is here is not seen: ``follow`` does that.
    """
    live = {document.key for source in sources() for document in source.live()}
    known = set(AlikeTerm.objects.filter(term=EVERY).values_list("page", flat=True))
    drop(known - live)
    missing = sorted(live - known)
    for start in range(0, len(missing), BATCH):
        part = missing[start : start + BATCH]
        found = [document for source in sources() for document in source.live(part)]
        _insert((term, document.key) for document in found for term in sorted(terms_of(document)))
    return len(known ^ live)


@transaction.atomic
def count() -> int:
    """Count anew the terms that ``FREQUENT`` answers or more have; return how many these are.

    What is published until the next time is not counted: it tells nearly as much.
    """
    counted = AlikeTerm.objects.order_by().values("term").annotate(answers=Count("page"))
    found = dict(counted.filter(answers__gte=FREQUENT).values_list("term", "answers"))
    AlikeCount.objects.exclude(term__in=found).delete()
    AlikeCount.objects.bulk_create(
        [AlikeCount(term=term, answers=answers) for term, answers in sorted(found.items())],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["term"],
        update_fields=["answers"],
    )
    return len(found)


def _insert(rows: Iterator[tuple[str, int]]) -> None:
    while part := list(islice(rows, ROWS)):
        AlikeTerm.objects.bulk_create(
            [AlikeTerm(term=term, page=page) for term, page in part], ignore_conflicts=True
        )
