"""The numbers of a chart, read from a pasted table. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from .pasted import Table, parse_number

__all__ = ["BadNumber", "ChartData", "Series", "read_chart"]


@dataclass(frozen=True)
class Series:
    """One column of numbers; ``None`` where a cell is empty."""

    name: str
    values: list[Decimal | None]


@dataclass(frozen=True)
class BadNumber:
    """A cell that holds no number; ``row`` counts from 1, the heading row."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class ChartData:
    labels: list[str] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    bad: list[BadNumber] = field(default_factory=list)

    @property
    def numbers(self) -> list[Decimal]:
        """All numbers that there are."""
        return [value for one in self.series for value in one.values if value is not None]


def read_chart(table: Table) -> ChartData:
    """Take the first column as labels and each further column as a series."""
    bad: list[BadNumber] = []
    series = []
    for column, name in list(enumerate(table.header))[1:]:
        values: list[Decimal | None] = []
        for number, row in enumerate(table.rows, 2):
            try:
                values.append(parse_number(row[column]))
            except ValueError:
                values.append(None)
                bad.append(BadNumber(number, name, row[column]))
        series.append(Series(name, values))
    return ChartData([row[0] for row in table.rows], series, bad)
