"""What the log knows of: items of content, categories, units."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType

from ..consultations.models import Consultation
from ..content.answers import AnswerMixin
from ..content.consultations import ConsultationMixin
from ..content.documents import DocumentMixin
from ..core.base_page import base_page_model
from ..core.discovery import concrete_models, root_model
from ..core.listed import ListedMixin
from ..organisation.models import Unit
from ..regulations.active import get_regulation
from ..regulations.data import as_data
from .log import Identity, Seen, mark_of, register
from .models import EVERY_SITE
from .published import items, sections

ITEM = "item"
# Kinds of pages by the class that they have, the last that fits; any other is an item. A draft
# that is put out for comment is no document yet.
_page_kinds: dict[type, str] = {
    DocumentMixin: "document",
    ConsultationMixin: ITEM,
    AnswerMixin: "answer",
}
PAGES, CATEGORIES, UNITS = "pages", "categories", "units"


def register_page_kind(name: str, mixin: type) -> None:
    """Give pages that have ``mixin`` a kind of their own, whatever they had before.

    In ``ready``, before anything is entered. Raises ``ValueError`` where there is such a kind.
    """
    if name in page_kinds():
        raise ValueError(f"There is a kind {name} already.")
    _page_kinds.pop(mixin, None)
    _page_kinds[mixin] = name
    kind_of_type.cache_clear()


def page_kinds() -> frozenset[str]:
    return frozenset((*_page_kinds.values(), ITEM))


def models_of(kind: str) -> tuple[type[Any], ...]:
    """Return the concrete page types of a kind."""
    return tuple(one for one in concrete_models(ListedMixin) if _kind_of(one) == kind)


@cache
def kind_of_type(content_type: int) -> str:
    """Return the kind of a page by the primary key of its content type."""
    return _kind_of(ContentType.objects.get_for_id(content_type).model_class() or object)


def _kind_of(model: type[Any]) -> str:
    fitting = (name for mixin, name in reversed(_page_kinds.items()) if issubclass(model, mixin))
    return next(fitting, ITEM)


class Below(NamedTuple):
    """A hint: a page, by its primary key, and all content below it."""

    page: int


class Pages:
    """Content, of whatever kind."""

    @property
    def kinds(self) -> Collection[str]:
        return page_kinds()

    def rows(self, hint: Hashable) -> Iterable[int]:
        if not isinstance(hint, Below):
            return [hint]  # type: ignore[list-item]
        path = base_page_model()._base_manager.filter(pk=hint.page).values_list("path", flat=True)
        content = root_model(ListedMixin)._base_manager
        below = content.filter(path__startswith=path[0]) if path else content.none()
        return below.values_list("pk", flat=True).iterator()

    def current(self, rows: Collection[int] | None) -> Iterator[Seen]:
        site_of = {one.pk: one.site for one in sections()}
        found = items(site_of)
        if rows is not None:
            found = found.filter(pk__in=rows)
        outcomes = _outcomes(rows)
        for pk, model, key, language, section, *shown in found.values_list(
            "pk",
            "content_type",
            "translation_key",
            "locale__language_code",
            "listed_in",
            "category",
            "url_path",
            "last_published_at",
        ):
            identity = Identity(site_of[section], kind_of_type(model), str(key), language)
            yield Seen(identity, pk, mark_of(*shown, *outcomes.get(pk, ())), shown[0])


def _outcomes(rows: Collection[int] | None) -> dict[int, list[object]]:
    """Return by page what became of consultations; those of which nothing did are left out."""
    found = Consultation.objects.exclude(summarised_on=None).order_by()
    if rows is not None:
        found = found.filter(page__in=rows)
    days = found.values_list("page", "summarised_on", "issued_on", "issued_as")
    return {page: told for page, *told in days}


class Categories:
    """The categories of the regulation that have a page on a site; there are few."""

    kinds = ("category",)

    def rows(self, hint: Hashable) -> None:
        # Another page may stand for a category now.
        return None

    def current(self, rows: Collection[int] | None) -> Iterator[Seen]:
        regulation = get_regulation()
        found: dict[Identity, Seen] = {}
        for one in sections():
            category = regulation.categories.get(one.category)
            if category is not None:
                identity = Identity(one.site, "category", category.code, one.language)
                rules = [as_data(regulation.deadlines.get(code)) for code in category.deadlines]
                mark = mark_of(*one[5:], as_data(category), rules)
                found.setdefault(identity, Seen(identity, one.pk, mark, category.code))
        yield from found.values()


class Units:
    kinds = ("unit",)

    def rows(self, hint: Hashable) -> Iterable[int]:
        return [hint]  # type: ignore[list-item]

    def current(self, rows: Collection[int] | None) -> Iterator[Seen]:
        units = Unit.objects.order_by() if rows is None else Unit.objects.filter(pk__in=rows)
        for unit in units.select_related("parent").prefetch_related("successions__successor"):
            yield Seen(Identity(EVERY_SITE, "unit", unit.code, ""), unit.pk, mark_of(shown(unit)))


def shown(unit: Any) -> dict[str, Any]:
    """Return what everybody may know of a unit: of the office, and of nobody in it."""
    return {
        "id": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": str(unit.kind),
        "parent": unit.parent.code if unit.parent else None,
        "starts_on": unit.starts_on,
        "ends_on": unit.ends_on,
        "phone": unit.phone,
        "email": unit.email,
        "categories": list(unit.categories),
        "successors": sorted(one.successor.code for one in unit.successions.all()),
    }


def register_all() -> None:
    register(PAGES, Pages())
    register(CATEGORIES, Categories())
    register(UNITS, Units())
