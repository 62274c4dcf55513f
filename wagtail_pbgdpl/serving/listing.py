"""Listings of mixed content: one table, no page read again in its specific form.

The index ``(listed_in, -published_at, -page)`` serves the newest of an index page, its listing
from either end, and the neighbours of an item. Whether an item is live is asked of Wagtail's own
column each time, for there is no way to change a page that would leave that behind.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db import connections
from django.db.models import Prefetch, Q
from django.utils.functional import cached_property
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction

from ..core.discovery import root_model
from ..core.listed import ListedMixin
from .prepared import Given, PreparedQuery
from .process_cache import of_version

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

# The rendition that ``includes/item.html`` shows of a cover.
COVER = "fill-240x160"
NEWEST_FIRST = ("-published_at", "-pk")
OLDEST_FIRST = ("published_at", "pk")
# What listings show of an item; a theme that shows more asks the database for it.
SHOWN = (
    "title",
    "url_path",
    "locale",
    "content_type",
    "category",
    "listed_in",
    "published_at",
    "summary",
    "cover",
)


def private_paths() -> tuple[str, ...]:
    """Return the tree paths of the sections that are not for everybody; at most a second old."""
    return of_version(
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


def is_public(page: Any) -> bool:
    """Say the same of one page that was read; no query of its own."""
    return bool(page.live) and not any(page.path.startswith(path) for path in private_paths())


def published(category: str | None = None) -> PageQuerySet:
    """Return what the public may read, newest first; all categories or one."""
    pages = public(root_model(ListedMixin)._default_manager.all())
    if category is not None:
        pages = pages.filter(category=category)
    return pages.order_by(*NEWEST_FIRST)


def published_in(index_page: Any) -> PageQuerySet:
    """Return what the public may read below an index page, newest first."""
    return _listed_in(index_page.pk)


def _listed_in(key: Any) -> PageQuerySet:
    # The condition is that of the partial index; what is live has a time of publication.
    return published().filter(listed_in=key, published_at__isnull=False)


def prepared(
    key: Hashable, build: Callable[..., Any], *given: str, model: Any = None
) -> PreparedQuery:
    """Return a query for a second: that long the private sections, which it leaves out, are known.

    ``given``: the fields whose values ``build`` takes and the query is asked with; ``model``:
    where they are, by default that of all content.
    """
    field = (model or root_model(ListedMixin))._meta.get_field
    places = [Given(name, field(name)) for name in given]
    return of_version(("query", key), lambda: PreparedQuery(lambda: build(*places)))


def with_covers(items: PageQuerySet, *related: str) -> PageQuerySet:
    """Read the covers of ``items`` with them, and their renditions in one more query if any.

    ``related``: other foreign keys that are read with them.
    """
    renditions = get_image_model().get_rendition_model()._default_manager.filter(filter_spec=COVER)
    return items.select_related("cover", *related).prefetch_related(
        Prefetch("cover__renditions", queryset=renditions, to_attr="prefetched_renditions")
    )


def newest(category: str, count: int, page: Any = None) -> list[Any]:
    """Return the ``count`` newest items of a category in the language of ``page``."""
    items = published(category)
    if page is not None and page.locale_id:
        items = items.filter(locale_id=page.locale_id)
    return list(with_covers(items)[:count])


def together(slices: Sequence[PageQuerySet], fields: Sequence[str]) -> Any:
    """Return a queryset of what sliced querysets of content have, ``fields`` only, in no order."""
    every = root_model(ListedMixin)._default_manager.order_by()
    if connections[every.db].features.supports_slicing_ordering_in_compound:
        parts = [part.only(*fields) for part in slices]
    else:
        # SQLite takes no LIMIT in a part of a UNION, but in a subquery of that part.
        parts = [every.filter(pk__in=part.values("pk")).only(*fields) for part in slices]
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def newest_of_each(index_pages: Sequence[Any], count: int) -> dict[Any, list[Any]]:
    """Return the ``count`` newest items below each index page, by its primary key.

    What lines of one of the lists show beside the cover (``listed_with``) is read with all. Which
    they are is at most a second old; whether they may be shown is for ``Shown`` to ask.
    """
    keys = tuple(page.pk for page in index_pages)
    return of_version(("newest", count, keys), lambda: _newest_of_each(index_pages, count))


def _newest_of_each(index_pages: Sequence[Any], count: int) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {page.pk: [] for page in index_pages}
    if found:
        slices = [published_in(page)[:count] for page in index_pages]
        chosen = [item.pk for item in together(slices, ["pk"])]
        items = root_model(ListedMixin)._default_manager.filter(pk__in=chosen)
        related: dict[str, Any] = {}
        for page in index_pages:
            related |= page.listed_with
        columns = [f"{key}__{one}" for key, shown in related.items() for one in shown]
        items = items.only(*SHOWN, *related, *columns)
        for item in with_covers(items, *related).order_by(*NEWEST_FIRST):
            if item.listed_in in found:
                found[item.listed_in].append(item)
    return found


def still_public(items: Iterable[Any]) -> frozenset[Any]:
    """Return the keys of those of ``items``, content read before, that everybody may read now."""
    keys = tuple(item.pk for item in items)
    if not keys:
        return frozenset()
    pages = root_model(ListedMixin)._default_manager.order_by()
    query = prepared(
        ("still public", keys),
        lambda: public(pages.filter(pk__in=keys)).values_list("pk", flat=True),
    )
    return frozenset(query())


class Shown:
    """Which content, chosen before, everybody may read now: one query for all that is given."""

    def __init__(self, items: Iterable[Any] = ()) -> None:
        given = {item.pk: item for item in items}
        public = still_public(given.values())
        self._known = {key: key in public for key in given}

    def of(self, items: Iterable[Any]) -> tuple[Any, ...]:
        """Return those of ``items`` that may be shown; what was not given is asked for now."""
        by_key = {item.pk: item for item in items}
        if new := [item for key, item in by_key.items() if key not in self._known]:
            self._known |= Shown(new)._known
        return tuple(item for key, item in by_key.items() if self._known[key])


class Rows(Sequence[Any]):
    """The items of a page of a list: which they are is known, what they say is read once asked."""

    def __init__(self, keys: Sequence[int], read: Callable[[Sequence[int]], Iterable[Any]]) -> None:
        self.keys = tuple(keys)
        self._read = read
        self._notes: list[Callable[[Sequence[Any]], None]] = []

    def note(self, *notes: Callable[[Sequence[Any]], None]) -> None:
        """Have the items given to ``notes`` once they are read."""
        self._notes += notes

    @cached_property
    def _items(self) -> list[Any]:
        items = list(self._read(self.keys))
        for note in self._notes:
            note(items)
        return items

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, str):
            # A template looks for each name among the items first.
            raise TypeError(place)
        return self._items[place]

    def __iter__(self) -> Iterator[Any]:
        # One that was deleted this moment is left out.
        return iter(self._items)


class ListedPage(Page):
    """A page of a list with the keys of its items, which stay when a template has read these."""

    def __init__(self, object_list: Rows, number: int, paginator: Paginator) -> None:
        super().__init__(object_list, number, paginator)
        self.keys = object_list.keys


class ListingPaginator(Paginator):
    """Pages of a listing that cost the same at both ends.

    ``OFFSET`` reads all that it skips, so the second half is read from the oldest item on.
    """

    object_list: PageQuerySet

    def page(self, number: Any) -> Page:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        stop = min(start + self.per_page, self.count)
        if start <= self.count // 2:
            keys = self.keys(NEWEST_FIRST, start, stop)
        else:
            keys = self.keys(OLDEST_FIRST, self.count - stop, self.count - start)[::-1]
        return ListedPage(Rows(keys, self.read), number, self)

    def keys(self, order: tuple[str, ...], start: int, stop: int) -> list[int]:
        return list(self.object_list.order_by(*order).values_list("pk", flat=True)[start:stop])

    def read(self, keys: Sequence[int]) -> list[Any]:
        """Return the items with these keys, in their order."""
        found = self.object_list.order_by().in_bulk(keys)
        return [found[key] for key in keys if key in found]


class IndexPaginator(ListingPaginator):
    """Pages of all that is listed below an index page. The number of items may be a second old.

    ``related``: foreign keys that a line shows beside the cover, and the columns that it shows.
    """

    def __init__(
        self, index_page: Any, per_page: int, related: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        super().__init__(published_in(index_page), per_page)
        self.index_page = index_page
        self.related = tuple(related or ())
        self.shown = tuple(
            f"{key}__{column}" for key, columns in (related or {}).items() for column in columns
        )

    @cached_property
    def count(self) -> int:
        return of_version(("items", self.index_page.pk), self.object_list.count)

    def keys(self, order: tuple[str, ...], start: int, stop: int) -> list[int]:
        query = prepared(
            ("listing", order, start, stop),
            lambda key: _listed_in(key).order_by(*order).values_list("pk", flat=True)[start:stop],
            "listed_in",
        )
        return query(listed_in=self.index_page.pk)

    def read(self, keys: Sequence[int]) -> list[Any]:
        query = of_version(
            ("rows", len(keys), self.related, self.shown),
            lambda: PreparedQuery(lambda: self._rows(len(keys))),
        )
        rows = query(**{f"key{number}": key for number, key in enumerate(keys)}) if keys else []
        found = {row.pk: row for row in rows}
        return [found[key] for key in keys if key in found]

    def _rows(self, count: int) -> PageQuerySet:
        model = root_model(ListedMixin)
        pk = model._meta.get_field("id")
        keys = [Given(f"key{number}", pk) for number in range(count)]
        rows = model._default_manager.filter(id__in=keys).order_by()
        return with_covers(rows.only(*SHOWN, *self.related, *self.shown), *self.related)
