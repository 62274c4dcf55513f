"""Writes the log of what changed in public, and reads it.

Whoever changes something only *hints* at it, within its transaction. Once that is committed,
``settle`` takes the lock of the log, looks at what is public now, compares it with what the log
said last, and appends the difference in a short transaction of its own. So

- numbers are given under the lock and become visible in their order: a reader who has seen number
  n never misses a lower one, however long the transaction took that caused it;
- no publication waits for another one's transaction, and none fails for want of the log;
- a change is entered once, whoever hints at it and how often; two of one object between two
  looks are one;
- a hint that is lost with its process is made up for by ``settle_due``, which the timed command
  calls: what is public decides, not the hint.

It works alike on PostgreSQL and SQLite: the lock is one row that the transaction updates first.
"""

from __future__ import annotations

import datetime
import hashlib
import threading
from collections.abc import Collection, Hashable, Iterable, Iterator
from typing import Any, NamedTuple, Protocol

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from ..serving import process_cache
from .models import EVERY_SITE, PublicChange, PublicLog, PublicObject

Change = PublicChange.Change
LOG = 1
BATCH = 1_000
EVERY = datetime.timedelta(hours=1)
#: What is compared, in the order of ``Seen``.
SHOWN = ("row", "mark", "category")
#: Above so many rows all are compared: SQLite takes no more keys in a query.
MOST_ROWS = 1_000


class Identity(NamedTuple):
    site: int
    kind: str
    key: str
    language: str


class Seen(NamedTuple):
    """Something that is public now. ``mark``: at most 32 characters, another after each change.

    ``category``: the code of that in which it stands; whoever moves it there changes the mark.
    """

    identity: Identity
    row: int
    mark: str
    category: str = ""


class Source(Protocol):
    """A table of objects that may be public. ``kinds``: what its objects are called in the log."""

    @property
    def kinds(self) -> Collection[str]: ...

    def rows(self, hint: Hashable) -> Iterable[int] | None:
        """Return the primary keys of what a hint is about; ``None``: of everything."""
        ...

    def current(self, rows: Collection[int] | None) -> Iterator[Seen]:
        """Return what is public now of these rows, or of all."""
        ...


_sources: dict[str, Source] = {}
# What this thread has hinted at and not yet settled. What a rollback leaves is a harmless hint.
_pending = threading.local()


def register(name: str, source: Source) -> None:
    """Let the log know a source. Raises ``ValueError`` where another has its name or a kind."""
    taken = {kind for other, one in _sources.items() if other != name for kind in one.kinds}
    if name in _sources or taken & set(source.kinds):
        raise ValueError(f"The source {name} or one of its kinds is there already.")
    _sources[name] = source


def mark_of(*values: object) -> str:
    """Return a mark of whatever a reader would notice of an object."""
    return hashlib.blake2b(repr(values).encode(), digest_size=16).hexdigest()


def hint(name: str, *hints: Hashable) -> None:
    """Say that something of a source may have changed: settled once the transaction is committed.

    ``hints``: primary keys, or what else the source knows the rows of.
    """
    _hinted().setdefault(name, set()).update(hints)
    # The first to be called settles all; a publication must not fail for want of the log.
    transaction.on_commit(_settle_hinted, robust=True)


def _hinted() -> dict[str, set[Hashable]]:
    if not hasattr(_pending, "hints"):
        _pending.hints = {}
    hints: dict[str, set[Hashable]] = _pending.hints
    return hints


def _settle_hinted() -> None:
    hinted, _pending.hints = _hinted(), {}
    for name, hints in hinted.items():
        settle(_sources[name], _rows(_sources[name], hints))


def _rows(source: Source, hints: Iterable[Hashable]) -> set[int] | None:
    found: set[int] = set()
    for one in hints:
        rows = source.rows(one)
        if rows is None:
            return None
        found.update(rows)
        if len(found) > MOST_ROWS:
            return None
    return found


def settle_all() -> int:
    """Compare all that is public with the log; return how many changes were entered."""
    _log()
    PublicLog.objects.filter(pk=LOG).update(compared_at=timezone.now())
    return sum(settle(source) for source in _sources.values())


def settle_due() -> int:
    """Do so once an hour: it reads a row of each public object."""
    compared_at = _log().compared_at
    if compared_at is not None and timezone.now() - compared_at < EVERY:
        return 0
    return settle_all()


@transaction.atomic
def settle(source: Source, rows: Collection[int] | None = None) -> int:
    """Append what changed of these rows, or of all; return how many changes were entered."""
    log = _locked()
    # What this process remembers may be from before.
    process_cache.forget()
    seen = {one.identity: one for one in source.current(rows)}
    known = {one[1:5]: one for one in _known(source, rows, seen)}
    found = [(Identity(*one), Change.WITHDRAWN) for one in known if one not in seen]
    found += [(one, Change.CREATED) for one in seen if one not in known]
    both = [one for one in seen if one in known]
    found += [(one, Change.CHANGED) for one in both if seen[one][1:3] != known[one][5:7]]
    same = (one for one in both if seen[one][1:3] == known[one][5:7])
    # Entered before the log knew of categories: nothing that a reader would notice.
    _fill_in({known[one][0]: seen[one][3] for one in same if seen[one][3] != known[one][7]})
    if not found:
        return 0
    over = [known[one][0] for one, change in found if change != Change.CREATED]
    for start in range(0, len(over), BATCH):
        PublicObject.objects.filter(pk__in=over[start : start + BATCH]).delete()
    now = timezone.now()
    PublicObject.objects.bulk_create(
        (
            PublicObject(**one._asdict(), **dict(zip(SHOWN, seen[one][1:], strict=True)))
            for one, change in found
            if change != Change.WITHDRAWN
        ),
        batch_size=BATCH,
    )
    PublicChange.objects.bulk_create(
        (
            PublicChange(
                **one._asdict(),
                sequence=number,
                change=change,
                at=now,
                **_categories(seen.get(one), known.get(one)),
            )
            for number, (one, change) in enumerate(found, log.last + 1)
        ),
        batch_size=BATCH,
    )
    PublicLog.objects.filter(pk=LOG).update(last=log.last + len(found))
    return len(found)


def _categories(seen: Seen | None, known: Any) -> dict[str, str]:
    before = known[7] if known else ""
    after = seen.category if seen else before
    return {"category": after, "former_category": before if before != after else ""}


def _fill_in(categories: dict[int, str]) -> None:
    keys = list(categories)
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        for code in {categories[key] for key in some}:
            rows = [key for key in some if categories[key] == code]
            PublicObject.objects.filter(pk__in=rows).update(category=code)


def _locked() -> PublicLog:
    """Return the row of the log; nobody else has it until the transaction ends."""
    # To write first is the lock, on SQLite too, where a lock after a look would be refused.
    if not PublicLog.objects.filter(pk=LOG).update(last=F("last")):
        PublicLog.objects.get_or_create(pk=LOG)
        PublicLog.objects.filter(pk=LOG).update(last=F("last"))
    return PublicLog.objects.get(pk=LOG)


def _known(source: Source, rows: Collection[int] | None, seen: Iterable[Identity]) -> Any:
    known = PublicObject.objects.filter(kind__in=source.kinds)
    known = known.values_list("pk", "site", "kind", "key", "language", *SHOWN)
    if rows is None:
        return known
    # An object may have come back in another row. Each half is found by an index of its own.
    return known.filter(row__in=rows).union(known.filter(key__in={one.key for one in seen}))


# Reading


class Position(NamedTuple):
    """A place in the log: all up to ``sequence`` was read. ``proof``: what stood there."""

    log: str
    sequence: int
    proof: str


class Unknown(Exception):
    """A position that is not of this log, or of one that was since brought back from a copy."""


def start() -> Position:
    """Return the place before the first change."""
    return Position(_log().key.hex, 0, "")


def last_number() -> int:
    """Return the highest number that was given: all up to it can be read."""
    return _log().last


def of_site(site: int, after: int) -> QuerySet[PublicChange]:
    """Return the changes of a site behind a number, in their order."""
    return _of(site).filter(sequence__gt=after)


def end(site: int) -> Position:
    """Return the place behind the last change of a site."""
    last = _of(site).last()
    return at(last) if last else start()


def read(
    site: int, after: Position, limit: int, kinds: Collection[str] = ()
) -> tuple[list[PublicChange], Position]:
    """Return up to ``limit`` changes of a site in their order, and the place behind them.

    ``kinds``: of these alone. Raises ``Unknown`` for a position that is not of this log.
    """
    _verify(after)
    changes = of_site(site, after.sequence)
    if kinds:
        changes = changes.filter(kind__in=kinds)
    found = list(changes[:limit])
    return found, (at(found[-1]) if found else after)


def _of(site: int) -> QuerySet[PublicChange]:
    return PublicChange.objects.filter(site__in=(EVERY_SITE, site)).order_by("sequence")


def _log() -> PublicLog:
    return PublicLog.objects.get_or_create(pk=LOG)[0]


def _verify(position: Position) -> None:
    if position.log != _log().key.hex:
        raise Unknown
    if position.sequence:
        change = PublicChange.objects.filter(sequence=position.sequence).first()
        # After a backup was brought back, numbers are given again to other changes.
        if change is None or at(change) != position:
            raise Unknown


def at(change: PublicChange) -> Position:
    """Return the place behind a change."""
    proof = mark_of(change.kind, change.key, change.language, change.at.timestamp())[:8]
    return Position(_log().key.hex, change.sequence, proof)
