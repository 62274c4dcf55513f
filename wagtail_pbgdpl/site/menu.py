"""The menu of a portal."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from ..serving.listing import public
from ..serving.process_cache import remembered


def locale_of(page: Any) -> Locale:
    """Return the locale of a page, at most a second old."""
    return remembered(("locale", page.locale_id), lambda: page.locale)


def menu_of(portal: Any) -> list[Any]:
    """Return the pages below the portal that everybody may read, specific, in tree order.

    The list is shared and at most a second old.
    """
    return remembered(("menu", portal.pk), lambda: list(public(portal.get_children()).specific()))
