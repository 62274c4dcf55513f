"""Which documents are there already, by number, issuing body and day of issue."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any, NamedTuple

from ..content.known_documents import rows_of
from ..legal.numbers import key_of


class KnownDocument(NamedTuple):
    """``number`` is the key of a number; ``body`` the key of its row."""

    number: str
    body: int | None
    issued: datetime.date | None


class Known:
    """Documents by their number; each leads to its page, or to its row of the file."""

    def __init__(self) -> None:
        self.found: dict[str, list[tuple[KnownDocument, Any]]] = defaultdict(list)

    def add(self, document: KnownDocument, where: Any) -> None:
        if document.number:
            self.found[document.number].append((document, where))

    def same(self, document: KnownDocument) -> Any:
        """Return where a document with that number, body and day is; ``None`` for nowhere.

        What one of them does not say speaks for the same document.
        """
        for other, where in self.found.get(document.number, ()):
            if _agree(other.body, document.body) and _agree(other.issued, document.issued):
                return where
        return None

    def of_number(self, number: str) -> list[Any]:
        return [where for _document, where in self.found.get(number, ())]


def known() -> Known:
    """Return all documents: what is public, and of drafts what their latest version says."""
    found = Known()
    for page, number, body, issued in rows_of("document_number", "issuing_body", "issued_on"):
        found.add(KnownDocument(key_of(number or ""), body, _day(issued)), page)
    return found


def _agree(one: Any, other: Any) -> bool:
    return one is None or other is None or one == other


def _day(value: Any) -> datetime.date | None:
    if isinstance(value, str) and value:
        return datetime.date.fromisoformat(value)
    return value or None
