"""The copy of what a source publishes: entered, followed, marked when it is gone, never deleted."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence

from ..legal.numbers import key_of
from .adapters.base import Record
from .facts import read, with_number
from .models import ExternalSource, SourceItem
from .reasons import SourceError

#: A list shorter than this may lose any of its records.
FEW = 5
_KEPT = (
    *("title", "link", "summary", "published_at", "listed_at", "position"),
    *("number", "number_key", "facts"),
)


def keep(source: ExternalSource, records: Sequence[Record], now: datetime.datetime) -> bool:
    """Take the records over as the list of the source; return whether visitors see a change.

    What the list no longer has is marked. Raises ``SourceError`` and changes nothing where it is
    empty and was not, or has less than four fifths of the records that it had; unless the operator
    said that it may (``takes_loss``). To be called in a transaction that holds the source.
    """
    kept = {item.guid: item for item in source.items.all()}
    present = sum(1 for item in kept.values() if item.gone_at is None)
    _refuse_loss(source, present, len(records))
    new, changed, seen = [], [], set()
    for position, record in enumerate(records):
        guid = _guid(record)
        if guid in seen:
            continue
        seen.add(guid)
        item = kept.get(guid)
        # Of an adapter of a site's own, too, only what makes sense.
        facts = with_number(read(record.facts.get), record.title)
        number = facts.get("number", "")
        values = {
            "title": record.title,
            "link": record.link,
            "summary": record.summary,
            "published_at": record.published_at,
            "listed_at": record.published_at or (item.first_seen_at if item else now),
            "position": position,
            "number": number,
            "number_key": key_of(number),
            "facts": facts,
        }
        if item is None:
            new.append(
                SourceItem(source=source, guid=guid, first_seen_at=now, last_seen_at=now, **values)
            )
        elif item.gone_at is not None or any(getattr(item, n) != values[n] for n in _KEPT):
            for name, value in values.items():
                setattr(item, name, value)
            item.gone_at = None
            changed.append(item)
    gone = [one.pk for guid, one in kept.items() if guid not in seen and one.gone_at is None]
    SourceItem.objects.bulk_create(new)
    SourceItem.objects.bulk_update(changed, [*_KEPT, "gone_at"])
    source.items.filter(pk__in=gone).update(gone_at=now)
    source.items.filter(gone_at=None).update(last_seen_at=now)
    return bool(new or changed or gone)


def _refuse_loss(source: ExternalSource, before: int, after: int) -> None:
    if source.takes_loss:
        return
    if before and not after:
        raise SourceError("empty", f"{before} → 0")
    if before >= FEW and after * 5 < before * 4:
        raise SourceError("loss", f"{before} → {after}")


def _guid(record: Record) -> str:
    return hashlib.sha256((record.key or record.link).encode(errors="backslashreplace")).hexdigest()
