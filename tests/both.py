"""Which tests are tried in which of the two runs of ``make test``.

The two runs differ in database and versions. Tests are shared out: each, and each row of a table,
is tried in one of them, and in the other after the next commit (``run.turn``). What differs is met
by half of them as well; what a test is about is decided by the same code. What asks the database
itself is tried in both. Where one run goes on alone, it tries everything.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar
from zlib import crc32

import pytest
from django.db import IntegrityError, connection, connections, transaction

#: «0» or «1», for each of two runs.
SHARE = "PBGDPL_SHARE"
#: A table of so many rows is in both halves, whatever their names are.
LONG = 3
#: What is different on another database: threads, the search index, the number of queries.
ASKS_THE_DATABASE = frozenset(
    {"committed", "searched", "django_assert_num_queries", "django_assert_max_num_queries"}
)
#: A module that imports one of these does so too.
OF_THE_DATABASE = (connection, connections, transaction, IntegrityError)
#: What the run on SQLite alone tries, by ``run.ELSEWHERE``.
ALONE = ("browser", "wheel", "processes")
LEFT = (*ALONE, "shared_out")

Row = TypeVar("Row")


def share() -> int | None:
    """Return which of two runs this is; ``None``: it is the only one."""
    text = os.environ.get(SHARE)
    return int(text) if text else None


def rows_here(groups: Iterable[Sequence[Any]], own: int | None = -1) -> list[Any]:
    """Return the parameters that this run tries: of each group every second row, in turn.

    A group of one row is tried in both: a group is an attempt with those who make it, or what is
    made anew for each of its rows at great cost. ``own``: another run than this.
    """
    own = share() if own == -1 else own
    return [
        pytest.param(*(row if isinstance(row, tuple) else (row,)), marks=pytest.mark.shared_out)
        for number, rows in enumerate(groups)
        for place, row in enumerate(rows)
        if own is None or len(rows) == 1 or (number + place) % 2 == own
    ]


def part(rows: Sequence[Row]) -> Sequence[Row]:
    """Return of the rows that one test goes through those that it goes through in this run."""
    own = share()
    return rows if own is None else rows[own::2]


def left_to_the_other(items: Iterable[pytest.Item], own: int) -> set[pytest.Item]:
    """Return the tests and the rows of tables that are not those of the run ``own``."""
    tables: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if not any(map(item.get_closest_marker, LEFT)):
            tables[item.nodeid.partition("[")[0]].append(item)
    return {row for table in tables.values() for row in _others(table, own)}


def _others(table: list[pytest.Item], own: int) -> Iterator[pytest.Item]:
    if len(table) >= LONG:
        # Mixed, so that of two languages or persons not one alone is met in a run.
        mixed = sorted(table, key=lambda item: (_mixed(item), item.nodeid))
        yield from mixed[1 - own :: 2]
    else:
        yield from (one for one in table if _mixed(one) % 2 != own and not _asks_the_database(one))


def _mixed(item: pytest.Item) -> int:
    return crc32(item.nodeid.encode())


def _asks_the_database(item: pytest.Item) -> bool:
    if not ASKS_THE_DATABASE.isdisjoint(getattr(item, "fixturenames", ())):
        return True
    named = map(id, vars(getattr(item, "module", None) or object).values())
    return not set(map(id, OF_THE_DATABASE)).isdisjoint(named)
