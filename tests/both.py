"""Which rows of a long table are tried on which database.

The run on SQLite tries every row. That on PostgreSQL, which is also the one with the lowest
versions, tries every attempt, each by one person. What differs between databases and versions is
what the attempt leads to; who is refused is decided before that, by the same code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection


def rows_here(attempts: Iterable[Sequence[Any]]) -> list[Any]:
    """Return all rows on SQLite, and one of each attempt elsewhere, by each person in turn."""
    if connection.vendor == "sqlite":
        return [row for rows in attempts for row in rows]
    return [rows[number % len(rows)] for number, rows in enumerate(attempts)]
