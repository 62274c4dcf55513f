"""Tokens on PostgreSQL: an inverted index (GIN) over sets of words, without any text configuration.

The planner thinks that to read the whole table costs little, as the sets stand apart from their
rows, and would unpack each of them. So index and question go through a function that does nothing
and is said to cost much.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from .expressions import Expression, for_postgres
from .store import ENTRIES, TOKENS, WORDS, Store, Tokens
from .tokens import vocabulary

FUNCTION = "wagtail_pbgdpl_search"


class Postgres(Store):
    written = staticmethod(for_postgres)

    def _newest(
        self, asked: Sequence[Expression], most: int, enough: int
    ) -> tuple[str, Sequence[Any]]:
        written = [self.written(one) for one in asked]
        return f"{FUNCTION}_newest(%s::text[]::tsquery[], %s, %s)", [written, most, enough]

    def counts(self, expression: Expression, most: int) -> list[tuple[str, int]]:
        return self._all(
            f"SELECT facets, documents FROM {FUNCTION}_counts(%s::tsquery, %s)",  # noqa: S608
            [self.written(expression), most],
        )

    def put(self, rows: Collection[Tokens]) -> None:
        with self.connection.cursor() as cursor:
            # Two who enter the same object at once write the same.
            cursor.executemany(
                f"INSERT INTO {TOKENS} (key, facets, tokens) "  # noqa: S608
                "VALUES (%s, %s, array_to_tsvector(%s::text[])) ON CONFLICT (key) "
                "DO UPDATE SET facets = EXCLUDED.facets, tokens = EXCLUDED.tokens",
                [(row.key, row.facets, list(row.tokens)) for row in rows],
            )

    def drop(self, keys: Collection[int]) -> None:
        self._do(f"DELETE FROM {TOKENS} WHERE key = ANY(%s)", [list(keys)])  # noqa: S608

    def add_words(self, terms: Collection[str]) -> None:
        self._do(
            f"INSERT INTO {WORDS} (term, documents) SELECT asked.term, 1 "  # noqa: S608
            "FROM unnest(%s::text[]) AS asked (term) WHERE NOT EXISTS "
            f"(SELECT 1 FROM {WORDS} AS known WHERE known.term = asked.term)",
            [vocabulary(terms)],
        )

    def count_words(self) -> None:
        self._do("DROP TABLE IF EXISTS pg_temp.pbgdpl_counted")
        self._do(
            "CREATE TEMPORARY TABLE pbgdpl_counted AS SELECT word AS term, ndoc AS documents "  # noqa: S608
            f"FROM ts_stat('SELECT tokens FROM {TOKENS}') WHERE strpos(word, '.') = 0"
        )
        self._do(
            f"DELETE FROM {WORDS} AS known WHERE NOT EXISTS "  # noqa: S608
            "(SELECT 1 FROM pbgdpl_counted AS counted WHERE counted.term = known.term) "
            f"OR EXISTS (SELECT 1 FROM {WORDS} AS other "
            "WHERE other.term = known.term AND other.id < known.id)"
        )
        self._do(
            f"UPDATE {WORDS} AS known SET documents = counted.documents "  # noqa: S608
            "FROM pbgdpl_counted AS counted "
            "WHERE counted.term = known.term AND counted.documents <> known.documents"
        )
        self._do(
            f"INSERT INTO {WORDS} (term, documents) "  # noqa: S608
            "SELECT counted.term, counted.documents FROM pbgdpl_counted AS counted "
            f"WHERE NOT EXISTS (SELECT 1 FROM {WORDS} AS known WHERE known.term = counted.term)"
        )
        self._do("DROP TABLE pbgdpl_counted")

    def tidy(self) -> None:
        for table in (TOKENS, WORDS, ENTRIES):
            self._do(f"ANALYZE {table}")
