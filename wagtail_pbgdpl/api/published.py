"""What of the portal's pages goes out: live, for everybody, below nothing that is not.

Stricter than the pages themselves, which Wagtail still serves where only a page above was taken
down: who takes down or closes a category closes all of it to other systems. An alias is no item of
its own.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from typing import Any, NamedTuple

from wagtail.models import Site

from ..content.indexes import CategoryIndexMixin
from ..core.base_page import base_page_model
from ..core.discovery import concrete_models, root_model
from ..core.listed import ListedMixin
from ..serving.listing import private_paths, public
from ..serving.process_cache import remembered


class Section(NamedTuple):
    """The page of a category that everybody may read. ``site``: where, by its primary key."""

    pk: int
    site: int
    path: str
    category: str
    language: str
    title: str
    url_path: str

    def page(self) -> Any:
        """Return as much of its page as its address needs; no query."""
        return base_page_model()(pk=self.pk, path=self.path, url_path=self.url_path)


def sections() -> tuple[Section, ...]:
    """Return the sections of all sites in the order of the tree; at most a second old."""
    return remembered("api.sections", _sections)


def sections_of(
    site: int, language: str = "", categories: Iterable[str] | None = None
) -> list[Section]:
    """Return those of a site; in one language, of certain categories, where these are given."""
    wanted = None if categories is None else set(categories)
    return [
        one
        for one in sections()
        if one.site == site
        and (not language or one.language == language)
        and (wanted is None or one.category in wanted)
    ]


def items(listed_in: Iterable[int]) -> Any:
    """Return what everybody may read in sections, by their primary keys; as rows of all content."""
    rows = public(root_model(ListedMixin)._default_manager.order_by())
    return rows.filter(listed_in__in=listed_in, published_at__isnull=False, alias_of=None)


def languages(site: int) -> list[str]:
    """Return the languages in which a site has sections, that of its first section first."""
    return list(dict.fromkeys(one.language for one in sections_of(site)))


def _sections() -> tuple[Section, ...]:
    roots = _roots()
    found: list[Section] = []
    columns = ("pk", "path", "category", "locale__language_code", "title", "url_path")
    for model in concrete_models(CategoryIndexMixin):
        pages = model._default_manager.order_by().filter(live=True, alias_of=None)
        for pk, path, *rest in pages.values_list(*columns):
            site = _site_of(path, roots)
            if site is not None:
                found.append(Section(pk, site, path, *rest))
    closed = (*private_paths(), *_taken_down(one.path for one in found))
    return tuple(
        sorted((one for one in found if not one.path.startswith(closed)), key=lambda one: one.path)
    )


def _roots() -> list[tuple[str, int]]:
    """Return the paths of the roots of sites in all languages, in order, with the sites' keys."""
    sites = list(Site.objects.select_related("root_page"))
    keys = {one.root_page.translation_key: one.pk for one in sites}
    roots = base_page_model()._default_manager.filter(translation_key__in=keys)
    found = {path: keys[key] for path, key in roots.values_list("path", "translation_key")}
    return sorted(found.items())


def _site_of(path: str, roots: list[tuple[str, int]]) -> int | None:
    """Return the site of the deepest root at or above a path."""
    for root, site in reversed(roots[: bisect.bisect_right(roots, (path, 0x7FFFFFFFFFFFFFFF))]):
        if path.startswith(root):
            return site
    return None


def _taken_down(paths: Iterable[str]) -> list[str]:
    """Return which of the pages above the paths are not public themselves."""
    pages = base_page_model()._default_manager
    step = pages.model.steplen
    above = {path[:end] for path in paths for end in range(2 * step, len(path), step)}
    return list(pages.filter(live=False, path__in=above).values_list("path", flat=True))
