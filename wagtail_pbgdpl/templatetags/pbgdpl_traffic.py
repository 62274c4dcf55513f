from __future__ import annotations

from decimal import Decimal

from django import template

from ..blocks.chart_svg import format_number

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """Write a whole number as the active language does: ``12.345`` in Vietnamese."""
    return format_number(Decimal(number))
