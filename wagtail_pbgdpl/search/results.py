"""What was found as it is shown: titles and passages with marks, and where they lead.

What everybody may read is asked again here; what no longer is, is left out.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ..core.text import LazyText
from ..legal.validity import VALIDITY
from ..serving.prepared import PreparedQuery, in_parts, places
from . import entries
from .engine import Found
from .entries import FileFacts, Section, SourceOfFiles
from .index import Facets
from .index_models import SearchEntry
from .marks import Marker, section_of, span_of
from .reading import Wish

# No row has this key.
NONE = -1


@dataclass(frozen=True, slots=True)
class Result:
    """A line of results. ``label``: of the article or part that it leads to, or empty."""

    kind: str
    title: SafeString
    passage: SafeString
    address: str
    label: str
    number: str
    date: datetime.datetime
    day: datetime.date | None
    validity: str
    is_pinned: bool
    object_id: int
    file: FileFacts | None = None

    @property
    def validity_name(self) -> LazyText:
        return VALIDITY.get(self.validity, "")


def results(found: Found) -> list[Result]:
    """Return what is shown of what was found, in its order. Two queries and one for each source."""
    rows = {row.key: row for row in _rows(found.keys)}
    addresses = _addresses(rows.values())
    marker = Marker(found.wish)
    shown = [
        _result(rows[key], addresses[key], marker, found.wish, is_pinned=key in found.pinned)
        for key in found.keys
        if key in addresses
    ]
    files = _files(rows.values())
    return [
        dataclasses.replace(one, file=files[key]) if key in files else one
        for key, one in zip((key for key in found.keys if key in addresses), shown, strict=True)
    ]


def meant(found: Found) -> str:
    """Return the words that were looked for, as the first of what was found writes them."""
    row = next(iter(_rows(found.keys[:1])), None)
    units = [dataclasses.replace(unit, others=(), looser=()) for unit in found.wish.units]
    marker = Marker(dataclasses.replace(found.wish, units=tuple(units)))
    written = marker.written(f"{row.title}\n{row.lead}\n{row.text}") if row else {}
    words = [word.syllable for word in found.wish.words]
    for place, unit in reversed(list(enumerate(found.wish.units))):
        if place in written:
            words[unit.start : unit.end] = [written[place]]
    return " ".join(words)


def _rows(keys: Sequence[int]) -> list[SearchEntry]:
    return [row for part in in_parts(keys) for row in _rows_of_a_page(**part)]


_rows_of_a_page = PreparedQuery(
    lambda: SearchEntry.objects.filter(key__in=places(SearchEntry._meta.get_field("key")))
)


def _files(rows: Iterable[SearchEntry]) -> Mapping[int, FileFacts]:
    """Return what is said of the files among what was found, by their keys in the index."""
    found: dict[int, FileFacts] = {}
    for name, own in _by_source(rows).items():
        source = entries.sources().get(name)
        if isinstance(source, SourceOfFiles):
            found |= {own[key]: facts for key, facts in source.files(own).items()}
    return found


def _by_source(rows: Iterable[SearchEntry]) -> Mapping[str, dict[int, int]]:
    keys: dict[str, dict[int, int]] = defaultdict(dict)
    for row in rows:
        keys[row.source][row.object_id] = row.key
    return keys


def _addresses(rows: Iterable[SearchEntry]) -> Mapping[int, str]:
    return {
        own[object_id]: address
        for name, own in _by_source(rows).items()
        if name in entries.sources()
        for object_id, address in entries.sources()[name].addresses(own).items()
    }


def _result(
    row: SearchEntry, address: str, marker: Marker, wish: Wish, *, is_pinned: bool
) -> Result:
    sections = [Section(*one) for one in row.sections]
    above = marker.has(f"{row.title}\n{row.lead}")
    label = anchor = ""
    number = _article(sections, row.text, wish, marker)
    if number is not None:
        start, end = span_of(sections, number, len(row.text))
        passage = marker.passage(row.text, start, end)
        label, anchor = sections[number].label, sections[number].anchor
    elif len(above) == marker.units and row.lead:
        passage = marker.passage(row.lead)
    else:
        passage = marker.passage(row.text)
        inside = section_of(sections, passage.start)
        if passage.units > len(above) and inside is not None:
            label, anchor = inside.label, inside.anchor
        elif not passage.units and row.lead:
            passage = marker.passage(row.lead)
    return Result(
        kind=row.kind,
        title=marker.mark(row.title),
        passage=passage.html,
        address=f"{address}#{anchor}" if anchor else address,
        label=label,
        number=row.number,
        date=row.date,
        day=row.day,
        validity=Facets.read(row.facets).validity,
        is_pinned=is_pinned,
        object_id=row.object_id,
    )


def _article(sections: list[Section], text: str, wish: Wish, marker: Marker) -> int | None:
    """Return the place of the section that was asked for: of several that which says most."""
    if not wish.articles:
        return None
    asked = wish.articles[0]
    found = [number for number, one in enumerate(sections) if one.article.lower() == asked.article]
    if not found:
        return None

    def units(number: int) -> int:
        start, end = span_of(sections, number, len(text))
        return len({unit for _start, _end, unit in marker.found(text, start, end)})

    article = max(found, key=lambda number: (units(number), -number))
    return _part(sections, article, asked.clause, asked.point)


def _part(sections: list[Section], article: int, clause: str, point: str) -> int:
    """Return the clause or point of an article, or the article where it has no such."""
    if not clause:
        return article
    wanted = f"{sections[article].anchor}-khoan-{clause}"
    places = {section.anchor: number for number, section in enumerate(sections)}
    found = places.get(f"{wanted}-diem-{point}") if point else None
    return found if found is not None else places.get(wanted, article)
