"""What the search of the portal knows of: rooms register what they have, and who may read it.

Only what everybody may read is entered. Whether it may be shown is asked again each time.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field
from typing import NamedTuple, Protocol, runtime_checkable

from ..core.text import LazyText


class Section(NamedTuple):
    """A part of a text with an address of its own: it begins at ``offset`` and ends where the next
    of its ``depth`` or less begins. ``article`` is the number of an article (Điều), or empty."""

    offset: int
    depth: int
    anchor: str
    label: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is entered of an object.

    ``object_id``: its number within its source; ``kind``: of ``kinds()``; ``lead``: what says in
    short what it is about; ``text``: the whole, as it is shown, lines apart; ``number``: of a
    document; ``date``: since when it is public; ``day``: of a document, when it was issued.
    ``fields``, ``office`` and ``validity`` are codes by which results are narrowed. ``other``: what
    it is found by besides, such as the text of its files: never read from them here.
    """

    object_id: int
    kind: str
    title: str
    date: datetime.datetime
    language: str
    lead: str = ""
    text: str = ""
    sections: Sequence[Section] = ()
    number: str = ""
    day: datetime.date | None = None
    fields: Sequence[str] = ()
    office: str = ""
    validity: str = ""
    other: str = field(default="", repr=False)

    @property
    def year(self) -> str:
        return f"{(self.day or self.date).year}"

    def digest(self) -> str:
        """Return what is another for another content."""
        return hashlib.blake2b(repr(asdict(self)).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is said of a hit that is a file: its ``kind`` («PDF»), ``size`` in bytes, 0 where it is
    not known, and the page that shows it."""

    kind: str
    size: int
    page: str
    address: str


class Source(Protocol):
    """Objects of one sort, known by their numbers."""

    def marks(self) -> Iterable[tuple[int, str]]:
        """Return what everybody may read now, each with a mark (at most 32 signs) that is another
        once its row says something else; cheap."""

    def entries(self, keys: Collection[int]) -> Iterator[Entry]:
        """Return the entries of what everybody may read now, of ``keys``."""

    def addresses(self, keys: Collection[int]) -> Mapping[int, str]:
        """Return where they are shown, of those that everybody may read now."""


@runtime_checkable
class SourceOfFiles(Source, Protocol):
    """A source whose objects are files."""

    def files(self, keys: Collection[int]) -> Mapping[int, FileFacts]:
        """Return what is said of those that everybody may read now."""


_sources: dict[str, Source] = {}
_kinds: dict[str, LazyText] = {}
_asides: set[str] = set()


def register(name: str, source: Source) -> None:
    """Let the search look through a source; one of the same name (at most 20 signs) is replaced."""
    _sources[name] = source


def register_kind(name: str, label: LazyText, *, is_aside: bool = False) -> None:
    """Name a kind of results. ``name``: at most 20 small letters; it stands in addresses.

    ``is_aside``: of results that are as good, those of other kinds come first.
    """
    _kinds[name] = label
    if is_aside:
        _asides.add(name)


def sources() -> Mapping[str, Source]:
    return _sources


def asides() -> Set[str]:
    """Return the kinds that stand behind others."""
    return _asides


def kinds() -> Mapping[str, LazyText]:
    """Return the kinds of results with their names, in the order in which they are offered."""
    return _kinds
