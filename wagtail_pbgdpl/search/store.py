"""The index as tables of the site's database: the same on PostgreSQL and SQLite, order included.

What differs stands in ``postgres`` and ``sqlite``: how tokens are kept, and how they are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from .expressions import Expression
from .index_models import SearchEntry, SearchWord

ENTRIES = SearchEntry._meta.db_table
WORDS = SearchWord._meta.db_table
TOKENS = "wagtail_pbgdpl_search_tokens"
BATCH = 400


class Hit(NamedTuple):
    """An entry that a tier has, with what puts it in order and what it is counted by."""

    tier: int
    key: int
    words: str
    facets: str


class Tokens(NamedTuple):
    key: int
    facets: str
    tokens: Sequence[str]


class Store(Protocol):
    """The tokens of one database. All of it within the caller's transaction."""

    def hits(self, tiers: Sequence[tuple[int, Expression]], most: int) -> list[Hit]:
        """Return of each numbered tier the newest ``most``. One query."""

    def counts(self, expression: Expression, most: int) -> list[tuple[str, int]]:
        """Return how many of the newest ``most`` entries have which facets. One query."""

    def put(self, rows: Collection[Tokens]) -> None:
        """Enter tokens under keys that have none."""

    def drop(self, keys: Collection[int]) -> None:
        """Take the tokens of these keys away, where there are any."""

    def missing(self) -> list[int]:
        """Return the keys of entries that have no tokens."""

    def add_words(self, terms: Collection[str]) -> None:
        """Add the terms that are not there yet."""

    def count_words(self) -> None:
        """Count in how many entries each term stands; slow, for the timed command."""

    def tidy(self) -> None:
        """Put the index in good order after much has changed."""
