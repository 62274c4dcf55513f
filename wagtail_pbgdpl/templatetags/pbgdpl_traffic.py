from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..blocks.chart_data import ChartData, Series
from ..blocks.chart_svg import HALF, draw_both, format_number
from ..traffic import statistics

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """Write a whole number as the active language does: ``12.345`` in Vietnamese."""
    return format_number(Decimal(number))


@register.simple_tag
def drawn_months(numbers: Iterable[tuple[date, int]], title: str) -> SafeString:
    """A curve of pairs of a month and a number; nothing for fewer than two."""
    labels = [(f"{month:%m/%Y}", number) for month, number in numbers]
    return _drawn("line", labels, title) if len(labels) > 1 else SafeString("")


@register.simple_tag
def drawn_bars(rows: Iterable[Sequence[Any]], title: str, place: int = 1) -> SafeString:
    """Bars of rows: the first cell names the row, that at ``place`` is the number."""
    return _drawn(
        "bar", [(str(getattr(row[0], "name", row[0])), row[place]) for row in rows], title
    )


@register.simple_tag
def drawn_questions(months: Sequence[Any], title: str) -> SafeString:
    """Curves of what was received, answered and in time, the oldest month first."""
    rows = list(reversed(months))
    names = ((_("Received"), "received"), (_("Answered"), "answered"), (_("In time"), "in_time"))
    series = [
        Series(str(name), [Decimal(getattr(row, one)) for row in rows]) for name, one in names
    ]
    data = ChartData([f"{row.key:%m/%Y}" for row in rows], series)
    told = gettext("The numbers are in the table below.")
    kind = "line" if len(rows) > 1 else "column"
    return draw_both(kind, data, title=title, description=told, wide=HALF)


def _drawn(kind: str, numbers: Sequence[tuple[str, int]], title: str) -> SafeString:
    series = Series(title, [Decimal(number) for _label, number in numbers])
    data = ChartData([label for label, _number in numbers], [series])
    told = gettext("The numbers are in the table below.")
    return draw_both(kind, data, title=title, description=told, wide=HALF)


@register.simple_tag
def most_read_in(category: str) -> list[tuple[Any, int]]:
    """The items of a category that were read most this month, each with its views."""
    return statistics.most_read_in(category)


@register.inclusion_tag("wagtail_pbgdpl/traffic/statistics.html", takes_context=True)
def access_statistics(context: template.Context) -> dict[str, Any]:
    """The tables of the statistics page; no query for a minute, but for the pages read most."""
    found = statistics.access_statistics(context.get("menu") or ())
    return {**found, "request": context.get("request")}
