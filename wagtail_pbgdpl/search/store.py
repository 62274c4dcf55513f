"""The index as tables of the site's database: the same on PostgreSQL and SQLite, order included.

What differs stands in ``postgres`` and ``sqlite``: how tokens are kept, and how they are asked for.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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


@dataclass(frozen=True, slots=True)
class Store(ABC):
    """The tokens of one database. All of it within the caller's transaction."""

    connection: Any

    @staticmethod
    @abstractmethod
    def written(expression: Expression) -> str:
        """Return an expression as this database is asked."""

    def hits(self, asked: Sequence[Expression], most: int, enough: int | None = None) -> list[Hit]:
        """Return of each expression the newest ``most``, by its place from 0. One query.

        What comes behind those that have ``enough`` entries together may be left out.
        """
        found, values = self._newest(asked, most, len(asked) * most if enough is None else enough)
        rows = self._all(
            f"SELECT found.tier - 1, found.key, entry.words, entry.facets FROM {found} AS found "  # noqa: S608
            f"JOIN {ENTRIES} AS entry ON entry.key = found.key "
            "ORDER BY found.tier, found.key DESC",
            values,
        )
        return [Hit(*row) for row in rows]

    @abstractmethod
    def _newest(
        self, asked: Sequence[Expression], most: int, enough: int
    ) -> tuple[str, Sequence[Any]]:
        """Return what rows of ``tier``, from 1, and ``key`` are selected from, with its values."""

    @abstractmethod
    def counts(self, expression: Expression, most: int) -> list[tuple[str, int]]:
        """Return how many of the newest ``most`` entries have which facets. One query."""

    @abstractmethod
    def put(self, rows: Collection[Tokens]) -> None:
        """Enter tokens under keys that have none."""

    @abstractmethod
    def drop(self, keys: Collection[int]) -> None:
        """Take the tokens of these keys away, where there are any."""

    def documents(self, terms: Sequence[str]) -> list[tuple[str, int]]:
        """Return in how many entries each term stands; a new one may come twice. One query."""
        places = ", ".join(["%s"] * len(terms))
        return self._all(
            f"SELECT term, documents FROM {WORDS} WHERE term IN ({places})",  # noqa: S608
            terms,
        )

    def missing(self) -> list[int]:
        """Return the keys of entries that have no tokens."""
        rows = self._all(
            f"SELECT entry.key FROM {ENTRIES} AS entry WHERE NOT EXISTS "  # noqa: S608
            f"(SELECT 1 FROM {TOKENS} AS own WHERE own.key = entry.key)"
        )
        return [key for (key,) in rows]

    @abstractmethod
    def add_words(self, terms: Collection[str]) -> None:
        """Add the terms that are not there yet."""

    @abstractmethod
    def count_words(self) -> None:
        """Count in how many entries each term stands; slow, for the timed command."""

    @abstractmethod
    def tidy(self) -> None:
        """Put the index in good order after much has changed."""

    def _all(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            rows: list[Any] = cursor.fetchall()
            return rows

    def _do(self, statement: str, values: Sequence[Any] = ()) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values or None)
