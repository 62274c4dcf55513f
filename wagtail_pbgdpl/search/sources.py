"""What is looked through: rooms with page types register what they have, and who may read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class Document:
    """What is compared: ``key`` is the number of a page, ``title`` counts more than ``text``."""

    key: int
    title: str
    text: str = ""


class Basis(NamedTuple):
    """A document that an answer rests on, as it is cited; ``address`` may be empty."""

    label: str
    address: str


class Source(Protocol):
    def live(self, keys: Collection[int] | None = None) -> Iterable[Document]:
        """Return what is published, of ``keys`` or all, as the database has it now."""

    def public(self, keys: Collection[int]) -> Iterable[Document]:
        """Return what everybody may read now, of ``keys``."""

    def pages(self, keys: Collection[int]) -> Mapping[int, Any]:
        """Return the pages with their legal basis."""

    def basis(self, page: Any) -> Sequence[Basis]:
        """Return what a page of ``pages`` rests on."""


_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Let look-alikes be looked for in a source; one of the same name is replaced."""
    _sources[name] = source


def sources() -> list[Source]:
    return list(_sources.values())
