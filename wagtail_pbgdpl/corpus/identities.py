"""One page for each document: number, issuing body and day of issue are given once (D1).

Drafts count. Of two who store the same at one moment the database lets one through.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from ..legal.numbers import key_of
from .models import DocumentIdentity


class Taken(Exception):
    """The document is there already; ``page`` is the number of its page."""

    def __init__(self, page: int) -> None:
        super().__init__(f"The document is on page {page}.")
        self.page = page


def identity(number: str, issuer: int | None, issued_on: datetime.date | None) -> str:
    """Return the key of a document; empty where something is missing, for then nobody can tell."""
    key = key_of(number)
    return f"{key}|{issuer}|{issued_on.isoformat()}" if key and issuer and issued_on else ""


def check(key: str, page: int | None) -> None:
    """Raise ``Taken`` where another page than ``page`` has the identity."""
    found = DocumentIdentity.objects.filter(key=key).first() if key else None
    if found is not None and found.page != page:
        raise Taken(found.page)


@transaction.atomic
def take(keys: Iterable[str], page: int) -> None:
    """Give a page its identities, and free all others of it. Raises ``Taken``."""
    wanted = sorted(set(filter(None, keys)))
    for key in wanted:
        _take(key, page)
    DocumentIdentity.objects.filter(page=page).exclude(key__in=wanted).delete()


def release(page: int) -> None:
    """The page is gone: another may be made of its document."""
    DocumentIdentity.objects.filter(page=page).delete()


def _take(key: str, page: int) -> None:
    # Looked for first: an error of the database costs the transaction around it a savepoint.
    check(key, page)
    if DocumentIdentity.objects.filter(key=key, page=page).exists():
        return
    try:
        with transaction.atomic():
            DocumentIdentity.objects.create(key=key, page=page)
    except IntegrityError:
        check(key, page)
