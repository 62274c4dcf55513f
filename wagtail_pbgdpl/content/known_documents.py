"""Which documents the portal has, by their numbers and addresses (D1, D2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..core.discovery import concrete_models
from ..legal.numbers import key_of
from ..sources.models import SourceItem
from .consultations import ConsultationMixin
from .documents import DocumentMixin
from .outside_items import counts_by_number


class KnownDocuments(NamedTuple):
    """Pages by the keys of their numbers, and by their addresses in the national database."""

    by_number: Mapping[str, list[int]]
    by_address: Mapping[str, list[int]]

    def same_as(self, item: SourceItem) -> list[int]:
        """Return the numbers of the pages of the document that an item is."""
        found = list(self.by_address.get(item.link, ()))
        if counts_by_number(item):
            found += self.by_number.get(item.number_key, ())
        return list(dict.fromkeys(found))


def document_models() -> list[type[Any]]:
    """Return the page types that hold documents; drafts for comment are none."""
    return [
        model
        for model in concrete_models(DocumentMixin)
        if not issubclass(model, ConsultationMixin)
    ]


def known_documents(*, live_only: bool = False) -> KnownDocuments:
    """Return all documents; of each draft what its latest version says. Two queries a page type.

    ``live_only``: what is public alone, as it is public.
    """
    by_number: dict[str, list[int]] = defaultdict(list)
    by_address: dict[str, list[int]] = defaultdict(list)
    fields = ("document_number", "national_database_url")
    for page, number, address in rows_of(*fields, live_only=live_only):
        if key := key_of(number or ""):
            by_number[key].append(page)
        if address:
            by_address[address].append(page)
    return KnownDocuments(by_number, by_address)


def rows_of(*fields: str, live_only: bool = False) -> Iterator[tuple[Any, ...]]:
    """Yield the number of each page of a document and its values of ``fields``.

    What is public as it is; of each draft besides what its latest version says, as a version holds
    it: days are texts, and what is empty may be ``None``.
    """
    for model in document_models():
        rows = model._default_manager.filter(alias_of=None).order_by("pk")
        yield from rows.filter(live=True).values_list("pk", *fields)
        if live_only:
            continue
        # Of a draft the row holds what it began with.
        latest = (f"latest_revision__content__{name}" for name in fields)
        yield from rows.filter(has_unpublished_changes=True).values_list("pk", *latest)
