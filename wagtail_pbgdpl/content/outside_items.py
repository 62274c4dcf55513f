"""What linked systems list of documents today, from the copies that are kept (D2, I1)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ..legal.numbers import is_local, key_of
from ..sources.models import ExternalSource, SourceItem

Documents = ExternalSource.Documents


def listed() -> QuerySet[SourceItem]:
    """Return what sources say of documents today: what they still list, the newest first."""
    rows = SourceItem.objects.filter(gone_at=None, source__is_on=True)
    found: QuerySet[SourceItem] = rows.exclude(source__documents="").select_related("source")
    return found.order_by("source", "-listed_at", "position")


def items_about(number: str, address: str) -> list[SourceItem]:
    """Return what is listed of the document with a number, or at its address there; one query."""
    key = key_of(number)
    wanted = Q(link=address) if address else Q(pk=None)
    if key:
        wanted |= Q(number_key=key)
    return [
        item for item in listed().filter(wanted) if item.link == address or counts_by_number(item)
    ]


def counts_by_number(item: SourceItem) -> bool:
    """Whether the number of an item tells which document it is.

    One that bodies of several places count does so in the gazette of the province alone.
    """
    if not item.number_key:
        return False
    return item.source.documents == Documents.OWN_GAZETTE or not is_local(item.number)
