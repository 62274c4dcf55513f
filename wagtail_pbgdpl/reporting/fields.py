"""A field of a report: what it is called, how it is read, shown and written into files."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from typing import Any

from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.coreutils import multigetattr

from ..worktime import moment


class LabelledColumn(Column):
    """A column whose cells say what they are, for where a row stands as a card."""

    cell_template_name = "wagtail_pbgdpl/admin/report_cell.html"


class LabelledNumber(LabelledColumn, NumberColumn):
    """The same of numbers, with thousands set apart."""


def plain_text(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a report.

    ``value`` is what a row is asked for: the path of an attribute, the name itself unless given, or
    a function of the row. Days and instants are written as in Vietnam, numbers stay numbers, all
    else becomes text.
    """

    name: str
    label: Any
    value: str | Callable[[Any], Any] = ""
    _: KW_ONLY
    shown: Callable[[Any], Any] | None = None
    """What the screen has instead, of a row."""
    link: Callable[[Any], str | None] | None = None
    """Where the cell leads."""
    column: type[Column] = LabelledColumn
    """How the cell is drawn."""
    sort: str | None = None
    """The column of the database by which the list may be sorted."""
    in_files: bool = True

    def read(self, row: Any) -> Any:
        if callable(self.value):
            return self.value(row)
        return multigetattr(row, self.value or self.name)

    def on_screen(self, row: Any) -> Any:
        if self.shown is not None:
            return self.shown(row)
        value = self.read(row)
        return moment(value) if isinstance(value, datetime.date) else value

    def written(self, row: Any) -> str | int | float | Decimal:
        """Return what a file holds; a text may still look like a formula."""
        value = self.read(row)
        if isinstance(value, int | float | Decimal):
            return value
        if value is None or isinstance(value, datetime.date):
            return moment(value)
        return str(value)

    def as_column(self) -> Column:
        """Return the column of Wagtail's table."""
        drawn = {"label": self.label, "accessor": self.on_screen, "sort_key": self.sort}
        if self.link is not None:
            return TitleColumn(self.name, get_url=self.link, **drawn)
        return self.column(self.name, **drawn)
