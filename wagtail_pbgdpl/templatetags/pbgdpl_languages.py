from __future__ import annotations

from typing import Any

from django import template

from ..site import languages

register = template.Library()


@register.filter(expects_localtime=True)
def written(day: Any) -> str:
    """Write a date as the active language does: 02/03/2026, 2 March 2026."""
    return languages.written(day) if day else ""
