from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from ..blocks.chart_svg import format_number
from ..traffic import statistics

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """Write a whole number as the active language does: ``12.345`` in Vietnamese."""
    return format_number(Decimal(number))


@register.simple_tag
def most_read_in(category: str) -> list[tuple[Any, int]]:
    """The items of a category that were read most this month, each with its views."""
    return statistics.most_read_in(category)


@register.inclusion_tag("wagtail_pbgdpl/traffic/statistics.html", takes_context=True)
def access_statistics(context: template.Context) -> dict[str, Any]:
    """The tables of the statistics page; no query for a minute, but for the pages read most."""
    found = statistics.access_statistics(context.get("menu") or ())
    return {**found, "request": context.get("request")}
