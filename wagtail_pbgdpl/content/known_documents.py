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


class Known(NamedTuple):
    """A document that is there, as a page or as the draft of one; ``page`` is its number."""

    page: int
    number: str
    address: str


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
    for one in _rows(live_only):
        if key := key_of(one.number):
            by_number[key].append(one.page)
        if one.address:
            by_address[one.address].append(one.page)
    return KnownDocuments(by_number, by_address)


def _rows(live_only: bool) -> Iterator[Known]:
    for model in document_models():
        rows = model._default_manager.filter(alias_of=None).order_by("pk")
        public = rows.filter(live=True).values_list("pk", *_FIELDS)
        yield from map(Known._make, public)
        if live_only:
            continue
        # Of a draft the row holds what it began with.
        latest = (f"latest_revision__content__{name}" for name in _FIELDS)
        drafts = rows.filter(has_unpublished_changes=True).values_list("pk", *latest)
        for page, number, address in drafts:
            yield Known(page, number or "", address or "")


_FIELDS = ("document_number", "national_database_url")
