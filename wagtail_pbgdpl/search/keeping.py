"""Keeps the terms of answers as the answers are, in the transaction that changes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from django.db import transaction

from .models import AlikeTerm
from .sources import Document, sources
from .words import sentences, terms

# Syllables of the text that count; who asks says in the first of them what it is about.
LEAD = 60
#: The term of every answer, by which they are counted.
EVERY = "*"
ROWS = 2000
BATCH = 500


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


def _insert(rows: Iterator[tuple[str, int]]) -> None:
    while part := list(islice(rows, ROWS)):
        AlikeTerm.objects.bulk_create(
            [AlikeTerm(term=term, page=page) for term, page in part], ignore_conflicts=True
        )
