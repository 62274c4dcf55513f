"""Keeps the index as what is public is, in the transaction that changes it.

Who changes one thing from two places at once waits for its row, and for no other. What is read is
read behind that lock, so that the later of two has the last word.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from django.db import router, transaction
from django.utils import timezone

from . import entries, keeping
from .entries import Entry
from .index_models import SearchEntry, SearchState
from .store import Tokens
from .stores import store
from .tokens import folded, tokens

STATE = 1
BATCH = 100
#: How often all that is public is compared with the index.
EVERY = datetime.timedelta(hours=24)
# A key: minutes since then, so that the newest are the highest, and a number within the minute.
_BEGINNING = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_BITS = 24
_STRIDE = 1 << 20


class Facets(NamedTuple):
    """By what results are counted. ``fields`` may be several, or none."""

    kind: str
    year: str
    office: str
    validity: str
    fields: tuple[str, ...]

    @staticmethod
    def read(written: str) -> Facets:
        return _read_facets(written)

    def write(self) -> str:
        kept = " ".join(self.fields)
        while len(kept) > 200:
            kept = kept.rpartition(" ")[0]
        return "|".join((self.kind, self.year, self.office, self.validity, kept))


@lru_cache(4096)
def _read_facets(written: str) -> Facets:
    # Thousands of entries have the same.
    kind, year, office, validity, fields = written.split("|")
    return Facets(kind, year, office, validity, tuple(fields.split()))


def follow(name: str, keys: Collection[int], marks: Mapping[int, str] | None = None) -> int:
    """Enter what of a source everybody may read now, of these keys; the rest is taken out.

    ``marks``: what their rows are known by. Returns how many entries are others than before.
    """
    changed = 0
    for part in _parts(keys):
        with transaction.atomic(using=_alias()):
            changed += _follow(name, part, marks or {})
    return changed


def drop(name: str, keys: Collection[int]) -> None:
    """Take out what is gone, or no longer for everybody."""
    for part in _parts(keys):
        _drop(list(SearchEntry.objects.filter(source=name, object_id__in=part)))


def drop_all_but(name: str, keys: Iterable[int]) -> int:
    known = SearchEntry.objects.filter(source=name).values_list("object_id", flat=True)
    gone = set(known) - set(keys)
    drop(name, sorted(gone))
    return len(gone)


def compare() -> int:
    """Enter what was changed by ways that tell nobody; return how many entries that were.

    ``QuerySet.update``, ``bulk_create`` and a copied database send no signal.
    """
    SearchState.objects.update_or_create(pk=STATE, defaults={"compared_at": timezone.now()})
    changed = sum(follow(name, keys, marks) for name, keys, marks in list(differing()))
    untold = store(write=True).missing()
    for part in _parts(untold):
        with transaction.atomic(using=_alias()):
            rows = list(SearchEntry.objects.filter(key__in=part))
            for name in {row.source for row in rows}:
                own = [row for row in rows if row.source == name]
                _drop(own)
                changed += _follow(name, [row.object_id for row in own], {})
    # What was published told the index, and raised no count.
    count_words()
    return changed


def compare_source(name: str) -> int:
    """Enter what is another than the index was told of one source; return how many that were."""
    keys, marks = differing_in(name)
    return follow(name, keys, marks)


def compare_due() -> int:
    """Do so once a day."""
    state = SearchState.objects.filter(pk=STATE).first()
    if state and state.compared_at and timezone.now() - state.compared_at < EVERY:
        return 0
    return compare()


def differing() -> Iterator[tuple[str, list[int], dict[int, str]]]:
    """Yield of each source the keys whose rows say something else than the index was told, and the
    marks of all."""
    for name in entries.sources():
        yield name, *differing_in(name)


def differing_in(name: str) -> tuple[list[int], dict[int, str]]:
    """Return the same of one source."""
    known = dict(SearchEntry.objects.filter(source=name).values_list("object_id", "mark"))
    there = dict(entries.sources()[name].marks())
    changed = [key for key, mark in there.items() if known.get(key) != mark]
    return [*changed, *sorted(known.keys() - there.keys())], there


def rebuild() -> Iterator[int]:
    """Enter everything anew, beside what is searched meanwhile; yield after each batch how many.

    A batch is one transaction: what is published meanwhile waits for a hundred entries at most.
    """
    for name, source in entries.sources().items():
        marks = dict(source.marks())
        drop_all_but(name, marks)
        for part in _parts(sorted(marks)):
            with transaction.atomic(using=_alias()):
                SearchEntry.objects.filter(source=name, object_id__in=part).update(digest="")
                _follow(name, part, marks)
            yield len(part)
    count_words()
    store(write=True).tidy()
    SearchState.objects.update_or_create(pk=STATE, defaults={"compared_at": timezone.now()})


def size() -> int:
    """Return how many entries a rebuild will make."""
    return sum(1 for source in entries.sources().values() for _mark in source.marks())


def count_words() -> None:
    """Count in how much each word stands, here and in the answers that look-alikes are among."""
    keeping.count()
    with transaction.atomic(using=_alias()):
        store(write=True).count_words()


def _follow(name: str, keys: Sequence[int], marks: Mapping[int, str]) -> int:
    source = entries.sources()[name]
    rows = SearchEntry.objects.filter(source=name, object_id__in=keys)
    # To write first is the lock, on SQLite too, where a lock after a look would be refused.
    rows.update(source=name)
    known = {row.object_id: row for row in rows.defer("text", "sections", "lead")}
    found = {entry.object_id: entry for entry in source.entries(keys)}
    gone = [row for key, row in known.items() if key not in found]
    fresh = [
        entry
        for key, entry in found.items()
        if key not in known or known[key].digest != entry.digest()
    ]
    told = [
        row
        for key, row in known.items()
        if key in found and key in marks and row.mark != marks[key]
    ]
    for row in told:
        row.mark = marks[row.object_id]
    SearchEntry.objects.bulk_update(told, ["mark"])
    _drop([*gone, *(known[entry.object_id] for entry in fresh if entry.object_id in known)])
    _put(name, fresh, marks)
    return len(gone) + len(fresh)


def _put(name: str, fresh: Sequence[Entry], marks: Mapping[int, str]) -> None:
    if not fresh:
        return
    written = [_row(name, entry, marks.get(entry.object_id, "")) for entry in fresh]
    _give_keys(written)
    SearchEntry.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["source", "object_id"],
        update_fields=[
            field.name
            for field in SearchEntry._meta.concrete_fields
            if field.name not in ("id", "source", "object_id")
        ],
    )
    own = [
        Tokens(row.key, row.facets, tokens(entry))
        for row, entry in zip(written, fresh, strict=True)
    ]
    used = store(write=True)
    used.put(own)
    used.add_words({token for one in own for token in one.tokens})


def _row(name: str, entry: Entry, mark: str) -> SearchEntry:
    facets = Facets(entry.kind, entry.year, entry.office, entry.validity, tuple(entry.fields))
    return SearchEntry(
        source=name,
        object_id=entry.object_id,
        kind=entry.kind,
        facets=facets.write(),
        digest=entry.digest(),
        mark=mark,
        words=folded(entry.title),
        title=entry.title,
        number=entry.number[:100],
        day=entry.day,
        date=entry.date,
        lead=entry.lead,
        sections=[list(section) for section in entry.sections],
        text=entry.text,
    )


def _give_keys(rows: Sequence[SearchEntry]) -> None:
    """Let the newest have the highest key, whichever database it is, and no two the same."""
    for row in rows:
        minutes = max(0, int((row.date - _BEGINNING).total_seconds() // 60))
        row.key = (minutes << _BITS) + (row.object_id & ((1 << _BITS) - 1))
    mine = {(row.source, row.object_id) for row in rows}
    waiting = list(rows)
    given: set[int] = set()
    while waiting:
        there = SearchEntry.objects.filter(key__in=[row.key for row in waiting])
        taken = given | {
            key
            for key, *owner in there.values_list("key", "source", "object_id")
            if tuple(owner) not in mine
        }
        again = []
        for row in waiting:
            if row.key in taken:
                # Another source has an object of this number and minute, and of the next as well.
                row.key += _STRIDE
                again.append(row)
            else:
                taken.add(row.key)
                given.add(row.key)
        waiting = again


def _drop(rows: Iterable[SearchEntry]) -> None:
    found = list(rows)
    if found:
        store(write=True).drop([row.key for row in found])
        SearchEntry.objects.filter(pk__in=[row.pk for row in found]).delete()


def _parts(keys: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(keys)
    while part := list(islice(rest, BATCH)):
        yield part


def _alias() -> str:
    return str(router.db_for_write(SearchEntry))
