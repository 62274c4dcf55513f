"""What else the monthly report counts by category: a registry for rooms and sites.

BP20 Điều 18.5 asks for monthly figures of feedback beside those of access (P3). The package does
not take feedback yet. What does registers a column in its ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

OWN = frozenset({"month", "category", "total"})


@dataclass(frozen=True, slots=True)
class MonthlyColumn:
    """A column of the monthly report, on the screen and in the exports.

    ``counts`` returns numbers by (first day of the month in Asia/Ho_Chi_Minh, code of a category);
    the empty code stands for what belongs to none. It is asked each time the report is drawn.
    """

    name: str
    label: Any
    counts: Callable[[], Mapping[tuple[date, str], int]]


_columns: dict[str, MonthlyColumn] = {}


def register(column: MonthlyColumn) -> None:
    """Add a column; one of the same name replaces it. Raises ``ValueError`` for a taken name."""
    if column.name in OWN:
        raise ValueError(f"The report has a column {column.name!r} of its own.")
    _columns[column.name] = column


def unregister(name: str) -> None:
    _columns.pop(name, None)


def columns() -> list[MonthlyColumn]:
    return list(_columns.values())
