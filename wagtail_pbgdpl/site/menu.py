"""The portal's page and its menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wagtail.models import Locale

from ..core.discovery import concrete_models
from ..serving.listing import public
from ..serving.process_cache import remembered


def portal_on(page: Any, way: Sequence[Any]) -> Any:
    """Return the nearest portal page on the way from the root to ``page``, or ``None``."""
    from ..content.indexes import PortalMixin

    portals = concrete_models(PortalMixin)
    for row in reversed(way):
        if row.specific_class in portals:
            return page if row.pk == page.pk else row.specific
    return None


def locale_of(page: Any) -> Locale:
    """Return the locale of a page, at most a second old."""
    return remembered(("locale", page.locale_id), lambda: page.locale)


def menu_of(portal: Any) -> list[Any]:
    """Return the pages below the portal that everybody may read, specific, in tree order.

    The list is shared and at most a second old.
    """
    return remembered(("menu", portal.pk), lambda: list(public(portal.get_children()).specific()))
