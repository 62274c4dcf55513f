"""Listings of mixed content: one table, no page read again in its specific form.

The index ``(listed_in, -published_at, -page)`` serves the newest of an index page, its listing
from either end, and the neighbours of an item. Whether an item is live is asked of Wagtail's own
column each time, for there is no way to change a page that would leave that behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db import connections
from django.db.models import Prefetch, Q
from django.utils.functional import cached_property
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction

from .discovery import root_model
from .memory import remembered

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

# The rendition that ``includes/item.html`` shows of a cover.
COVER = "fill-240x160"
NEWEST_FIRST = ("-published_at", "-pk")
OLDEST_FIRST = ("published_at", "pk")


def private_paths() -> tuple[str, ...]:
    """Return the tree paths of the sections that are not for everybody; at most a second old."""
    return remembered(
        "private_paths",
        lambda: tuple(PageViewRestriction.objects.values_list("page__path", flat=True).distinct()),
    )


def public(pages: PageQuerySet) -> PageQuerySet:
    """Return the pages of ``pages`` that everybody may read: live, outside private sections."""
    pages = pages.live()
    if paths := private_paths():
        private = Q()
        for path in paths:
            private |= Q(path__startswith=path)
        pages = pages.exclude(private)
    return pages


def published(category: str | None = None) -> PageQuerySet:
    """Return what the public may read, newest first; all categories or one."""
    from .base import ContentMixin

    pages = public(root_model(ContentMixin)._default_manager.all())
    if category is not None:
        pages = pages.filter(category=category)
    return pages.order_by(*NEWEST_FIRST)


def published_in(index_page: Any) -> PageQuerySet:
    """Return what the public may read below an index page, newest first."""
    # The condition is that of the partial index; what is live has a time of publication.
    return published().filter(listed_in=index_page.pk, published_at__isnull=False)


def with_covers(items: PageQuerySet) -> PageQuerySet:
    """Read the covers of ``items`` with them, and their renditions in one more query if any."""
    renditions = get_image_model().get_rendition_model()._default_manager.filter(filter_spec=COVER)
    return items.select_related("cover").prefetch_related(
        Prefetch("cover__renditions", queryset=renditions, to_attr="prefetched_renditions")
    )


def newest(category: str, count: int, page: Any = None) -> list[Any]:
    """Return the ``count`` newest items of a category in the language of ``page``."""
    items = published()
    if page is not None and page.locale_id:
        items = items.filter(locale_id=page.locale_id)
    return list(with_covers(items)[:count])


def one_query(slices: Sequence[PageQuerySet], fields: Sequence[str]) -> list[Any]:
    """Return what sliced querysets of content have, each with ``fields`` only, in no order."""
    from .base import ContentMixin

    every = root_model(ContentMixin)._default_manager.order_by()
    if connections[every.db].features.supports_slicing_ordering_in_compound:
        parts = [part.only(*fields) for part in slices]
    else:
        # SQLite takes no LIMIT in a part of a UNION, but in a subquery of that part.
        parts = [every.filter(pk__in=part.values("pk")).only(*fields) for part in slices]
    return list(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])


def newest_of_each(index_pages: Sequence[Any], count: int) -> dict[Any, list[Any]]:
    """Return the ``count`` newest items below each index page, by its primary key; one query.

    Which they are is at most a second old; whether they may be shown is asked each time.
    """
    from .base import ContentMixin

    found: dict[Any, list[Any]] = {page.pk: [] for page in index_pages}
    if found:
        chosen = remembered(("newest", count, *found), lambda: _keys_of_newest(index_pages, count))
        items = public(root_model(ContentMixin)._default_manager.filter(pk__in=chosen))
        for item in with_covers(items).order_by(*NEWEST_FIRST):
            if item.listed_in in found:
                found[item.listed_in].append(item)
    return found


def _keys_of_newest(index_pages: Sequence[Any], count: int) -> list[Any]:
    slices = [published_in(page)[:count] for page in index_pages]
    return [item.pk for item in one_query(slices, ["pk"])]


class ListingPaginator(Paginator):
    """Pages of a listing that cost the same at both ends.

    ``OFFSET`` reads all that it skips, so the second half is read from the oldest item on. The
    number of items may be given where it is known already; it may be a second old.
    """

    def __init__(self, items: PageQuerySet, per_page: int, *, count: int | None = None) -> None:
        super().__init__(items, per_page)
        self._known_count = count

    @cached_property
    def count(self) -> int:
        return super().count if self._known_count is None else self._known_count

    def page(self, number: Any) -> Page:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        stop = min(start + self.per_page, self.count)
        if start <= self.count // 2:
            items = list(self.object_list[start:stop])
        else:
            oldest_first = self.object_list.order_by(*OLDEST_FIRST)
            items = list(oldest_first[self.count - stop : self.count - start])[::-1]
        return self._get_page(items, number, self)
