"""The menu of a portal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wagtail.models import Locale

from ..core.base_page import base_page_model
from ..regulations.active import get_regulation
from ..serving.listing import public
from ..serving.process_cache import of_version


def locale_of(page: Any) -> Locale:
    """Return the locale of a page, at most a second old."""
    return of_version(("locale", page.locale_id), lambda: page.locale)


def menu_of(portal: Any) -> list[Any]:
    """Return the pages below the portal that everybody may read, specific, in tree order.

    The list is shared and at most a second old.
    """
    return of_version(("menu", portal.pk), lambda: list(public(_children(portal)).specific()))


def _children(page: Any) -> Any:
    """Return the pages right below a page.

    Treebeard finds them by their depth, among all pages below: those of the whole archive. Their
    paths are few and known, up to the last.
    """
    model = base_page_model()
    below = model._default_manager.filter(path__range=page._get_children_path_interval(page.path))
    last = below.order_by("-path").values_list("path", flat=True).first()
    if last is None:
        return below.none()
    depth, end = page.depth + 1, len(page.path) + page.steplen
    count = page._str2int(last[len(page.path) : end])
    if count > MOST_STEPS:
        return page.get_children()
    paths = [page._get_path(page.path, depth, step) for step in range(1, count + 1)]
    return model._default_manager.filter(path__in=paths).order_by("path")


#: Above so many, gone ones included, children are found as treebeard does.
MOST_STEPS = 500
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
