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
from types import CodeType, FunctionType
from typing import Any, TypeVar
from zlib import crc32

import pytest
from django.db import IntegrityError, connection, connections, transaction

#: «0» or «1», for each of two runs.
SHARE = "PBGDPL_SHARE"
#: How many commits there are: what is tried by one of several in turn goes on with each.
TURN = "PBGDPL_TURN"
#: A table of so many rows is in both halves, whatever their names are.
LONG = 3
#: What is different on another database: threads, the search index.
ASKS_THE_DATABASE = frozenset({"committed", "searched"})
#: A test that names one of these does so too, itself or in a function of its module.
OF_THE_DATABASE = (connection, connections, transaction, IntegrityError)
#: A connection whose queries are counted: the number is the same on each.
COUNTS = frozenset({"CaptureQueriesContext"})
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


def turn() -> int:
    return int(os.environ.get(TURN) or 0)


def one_of_each(groups: Iterable[Sequence[Any]], own: int | None = -1) -> list[Any]:
    """Return of each group one row, in one of two runs; the other rows after the next commits.

    For tables so long that no group need be met by everybody each time. One run alone has all.
    """
    own = share() if own == -1 else own
    return [
        pytest.param(*(row if isinstance(row, tuple) else (row,)), marks=pytest.mark.shared_out)
        for number, rows in enumerate(map(list, groups))
        for place, row in enumerate(rows)
        if own is None or (number % 2, place) == (own, (number + turn()) // 2 % len(rows))
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
    function = getattr(item, "function", None)
    return any(
        named is one
        for tried in _functions(function, set())
        if COUNTS.isdisjoint(tried.__code__.co_names)
        for named in _named(tried)
        for one in OF_THE_DATABASE
    )


def _functions(function: Any, seen: set[int]) -> Iterator[Any]:
    """Yield a test, and the functions of its module that it calls, each once."""
    if not isinstance(function, FunctionType) or id(function) in seen:
        return
    seen.add(id(function))
    yield function
    for named in _named(function):
        if getattr(named, "__module__", "") == function.__module__:
            yield from _functions(named, seen)


def _named(function: Any) -> list[Any]:
    """Return what the names in a function stand for, in what is defined inside it too."""
    codes, names = [function.__code__], list[str]()
    while codes:
        code = codes.pop()
        names += code.co_names
        codes += (one for one in code.co_consts if isinstance(one, CodeType))
    return [function.__globals__[name] for name in names if name in function.__globals__]
