"""The way from a provision of a draft to its comments."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("wagtail_pbgdpl/includes/comment_here.html")
def comment_here(
    commenting: Any, anchor: str, label: str = "", small: bool = False
) -> dict[str, Any]:
    """A link to the comments on what stands at ``anchor``; nothing where none can be made."""
    place = commenting.at(anchor) if commenting and anchor and commenting.has(anchor) else None
    return {
        "place": place,
        "label": label,
        "small": small,
        "words": commenting and commenting.words,
    }
