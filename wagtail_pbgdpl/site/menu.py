"""The menu of a portal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wagtail.models import Locale

from ..regulations.active import get_regulation
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


#: What citizens come for most, by the kind of the category; see ``first_row``.
OF_CITIZENS = ("C6", "C7", "C12", "C5", "C2")


def first_row(menu: Sequence[Any]) -> list[Any]:
    """Return the entries that stand beside the menu itself.

    Those that editors marked, in the order of the tree; where none is marked, the categories that
    citizens come for.
    """
    marked = [page for page in menu if getattr(page, "in_first_row", False)]
    if marked:
        return marked
    found = by_kind(menu)
    return [found[kind] for kind in OF_CITIZENS if kind in found]


def by_kind(pages: Sequence[Any]) -> dict[str, Any]:
    """Return the first of ``pages`` for each kind of category."""
    return {_kind_of(page): page for page in reversed(pages)}


def place_of(page: Any) -> int:
    """Return the place of a page's category in the regulation; behind all, where it has none."""
    codes = list(get_regulation().categories)
    code = getattr(page, "category", "")
    return codes.index(code) if code in codes else len(codes)


def _kind_of(page: Any) -> str:
    category = get_regulation().categories.get(getattr(page, "category", ""))
    return category.kind if category is not None else ""
