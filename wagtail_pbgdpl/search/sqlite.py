"""Tokens on SQLite: a full-text index (FTS5) over a table of tokens, apart by spaces.

Its row is the key, so that the newest come first without sorting. What entries are counted by
stands in a narrow table of its own: a wide one costs three times as much.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from .expressions import Expression, for_sqlite
from .store import TOKENS, WORDS, Store, Tokens
from .tokens import vocabulary

INDEX = "wagtail_pbgdpl_search_index"
FACETS = "wagtail_pbgdpl_search_facets"
VOCABULARY = "temp.pbgdpl_search_vocabulary"


class Sqlite(Store):
    written = staticmethod(for_sqlite)

    def _newest(
        self, asked: Sequence[Expression], most: int, enough: int
    ) -> tuple[str, Sequence[Any]]:
        one = (
            f"SELECT * FROM (SELECT %s AS tier, rowid AS key FROM {INDEX} "  # noqa: S608
            f"WHERE {INDEX} MATCH %s ORDER BY rowid DESC LIMIT %s)"
        )
        values = [
            value
            for tier, expression in enumerate(asked, start=1)
            for value in (tier, self.written(expression), most)
        ]
        return f"({' UNION ALL '.join([one] * len(asked))})", values

    def counts(self, expression: Expression, most: int) -> list[tuple[str, int]]:
        return self._all(
            f"SELECT own.facets, COUNT(*) FROM (SELECT rowid AS key FROM {INDEX} "  # noqa: S608
            f"WHERE {INDEX} MATCH %s LIMIT %s) AS found "
            f"JOIN {FACETS} AS own ON own.key = found.key GROUP BY own.facets",
            [self.written(expression), most],
        )

    def put(self, rows: Collection[Tokens]) -> None:
        written = [(row.key, " ".join(row.tokens)) for row in rows]
        with self.connection.cursor() as cursor:
            for statement, values in (
                (f"INSERT INTO {TOKENS} (key, tokens) VALUES (%s, %s)", written),  # noqa: S608
                (f"INSERT INTO {INDEX} (rowid, tokens) VALUES (%s, %s)", written),  # noqa: S608
                (
                    f"INSERT INTO {FACETS} (key, facets) VALUES (%s, %s)",  # noqa: S608
                    [(row.key, row.facets) for row in rows],
                ),
            ):
                cursor.executemany(statement, values)

    def drop(self, keys: Collection[int]) -> None:
        listed = [json.dumps(list(keys))]
        # The index forgets what it is told to have had.
        self._do(
            f"INSERT INTO {INDEX} ({INDEX}, rowid, tokens) SELECT 'delete', key, tokens "  # noqa: S608
            f"FROM {TOKENS} WHERE key IN (SELECT value FROM json_each(%s))",
            listed,
        )
        for table in (TOKENS, FACETS):
            self._do(
                f"DELETE FROM {table} WHERE key IN (SELECT value FROM json_each(%s))",  # noqa: S608
                listed,
            )

    def add_words(self, terms: Collection[str]) -> None:
        self._do(
            f"INSERT INTO {WORDS} (term, documents) SELECT asked.value, 1 "  # noqa: S608
            "FROM json_each(%s) AS asked WHERE NOT EXISTS "
            f"(SELECT 1 FROM {WORDS} AS known WHERE known.term = asked.value)",
            [json.dumps(vocabulary(terms))],
        )

    def count_words(self) -> None:
        # The virtual table that FTS5 has for it is read once: each of its rows is sought anew.
        self._do(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {VOCABULARY} USING fts5vocab(main, {INDEX}, row)"
        )
        counted = dict(
            self._all(
                f"SELECT term, doc FROM {VOCABULARY} WHERE instr(term, '.') = 0"  # noqa: S608
            )
        )
        known = dict[str, int]()
        gone = []
        for key, term, documents in self._all(
            f"SELECT id, term, documents FROM {WORDS} ORDER BY id"  # noqa: S608
        ):
            if term in known or term not in counted:
                gone.append((key,))
            else:
                known[term] = documents
        other = [(counted[term], term) for term, n in known.items() if counted[term] != n]
        new = [(term, n) for term, n in counted.items() if term not in known]
        with self.connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {WORDS} WHERE id = %s", gone)  # noqa: S608
            cursor.executemany(f"UPDATE {WORDS} SET documents = %s WHERE term = %s", other)  # noqa: S608
            cursor.executemany(f"INSERT INTO {WORDS} (term, documents) VALUES (%s, %s)", new)  # noqa: S608

    def tidy(self) -> None:
        self._do(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('optimize')")  # noqa: S608
