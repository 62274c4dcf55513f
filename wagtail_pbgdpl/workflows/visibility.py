"""Which items somebody may see before they are public (R11: BK18 Điều 6.1b).

A unit's people see the items of their unit in the categories given to it, and no others; the board
sees all; another role an item while that is at its step. What is no item, such as index pages and
the pages of the site around the portal, is left to Wagtail.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import AbstractPage, PageViewRestriction

from ..authority.facts import person
from ..authority.rules import Sight, sights
from ..matters.models import Matter
from ..organisation.models import Unit
from ..worktime.active import today

NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What somebody sees: ``everything``, or the items in one of ``sights``."""

    everything: bool = False
    sights: tuple[Sight, ...] = ()

    @property
    def units(self) -> frozenset[int]:
        """Of whose people the person is one."""
        return frozenset().union(*(one.units for one in self.sights if one.units is not None))

    @property
    def is_of_a_unit(self) -> bool:
        return any(one.units is not None for one in self.sights)

    def items(self, user: Any) -> Q:
        """Return the condition on items that the person sees some of."""
        found = NOTHING
        for sight in self.sights:
            found |= _in_sight(sight)
        if self.is_of_a_unit:
            # What one began oneself stays in sight until it has a unit and a category.
            found |= Q(owner=user.pk) & (Q(unit=None) | Q(unit__in=self.units))
        return found


def _in_sight(sight: Sight) -> Q:
    """Say of a query what ``Sight.why_not`` says of one item."""
    found = Q()
    if sight.units is not None:
        found &= Q(unit__in=sight.units)
    if sight.categories is not None:
        found &= Q(category__in=sight.categories)
    if sight.at_steps_of is not None:
        at_step = Matter.objects.at_a_step().filter(role__in=sight.at_steps_of)
        found &= Q(pk__in=at_step.values("subject"))
    return found


def reach_of(user: Any) -> Reach:
    """Return how far ``user`` sees today; three queries, none for a superuser.

    What may be read is what ``authority`` lets be read: who has to pass an item on must see it.
    """
    if user.is_superuser and user.is_active:
        return Reach(everything=True)
    found = sights(person(user), today())
    if any(sight.is_everything for sight in found):
        return Reach(everything=True)
    return Reach(sights=tuple(found))


def visible_to(user: Any, pages: Any) -> Any:
    """Return the query ``pages`` without the items that ``user`` may not see (R11).

    Three queries for the seats, whatever ``pages`` holds; the rest is part of its own.
    """
    return _without(pages, reach_of(user), user)


def choosable_by(user: Any, pages: Any) -> Any:
    """Return the same with the public items of others: links may lead to what everybody reads.

    Where a draft of a live item bears another title than visitors read, the item is left out: the
    admin would show that title.
    """
    as_read = Q(draft_title=F("title")) | Q(draft_title="")
    public = for_everybody(_base_pages()).filter(as_read)
    return _without(pages, reach_of(user), user, apart_from=Q(pk__in=public.values("pk")))


def for_everybody(pages: Any) -> Any:
    """Return the live pages among ``pages`` that no restriction closes, of their own or from above.

    An alias is as private as its source. Part of the query: files are asked for at each request.
    """
    return pages.filter(~_closed("path"), ~_closed("alias_of__path"), live=True)


def _closed(path: str) -> Exists:
    way = ExpressionWrapper(OuterRef(path), output_field=CharField())
    restrictions = PageViewRestriction.objects.alias(way=way)
    return Exists(restrictions.filter(way__startswith=F("page__path")))


def may_see(user: Any, page: Any) -> bool:
    """Whether ``user`` may see the stored ``page`` in the admin; by the row, not by its draft."""
    return sees_all(user, [page.pk])


def sees_all(user: Any, pks: Iterable[Any]) -> bool:
    """Whether ``user`` may see each of the pages with these keys; keys of no page count as seen."""
    return not hidden_from(user).filter(pk__in=list(pks)).exists()


def chooses_all(user: Any, pks: Iterable[Any]) -> bool:
    """Whether ``user`` may be offered each of the pages with these keys."""
    ours = _base_pages().filter(pk__in=list(pks))
    return ours.count() == choosable_by(user, ours).count()


def hidden_from(user: Any) -> Any:
    """Return a query of the pages that ``user`` may not see."""
    pages = _base_pages()
    reach = reach_of(user)
    if reach.everything:
        return pages.none()
    hidden = NOTHING
    for model in item_models():
        hidden |= Q(pk__in=_hidden(model, reach, user))
    return pages.filter(hidden)


def _base_pages() -> Any:
    return base_page()._base_manager.all()


def _without(pages: Any, reach: Reach, user: Any, *, apart_from: Q = NOTHING) -> Any:
    if reach.everything:
        return pages
    for model in item_models():
        pages = pages.exclude(pk__in=_hidden(model, reach, user).exclude(apart_from))
    return pages


def _hidden(model: type[Any], reach: Reach, user: Any) -> Any:
    return model._base_manager.exclude(reach.items(user)).values("pk")


@cache
def item_models() -> tuple[type[Any], ...]:
    """Return the tables of the site that hold items: pages with a unit and a category."""
    return tuple(model for model in apps.get_models() if _holds_items(model))


@cache
def base_page() -> type[Any]:
    """Return the page model that all items share: Wagtail's own or the site's."""
    for model in item_models():
        return next(
            (
                parent
                for parent in reversed(model._meta.get_parent_list())
                if issubclass(parent, AbstractPage)
            ),
            model,
        )
    return next(model for model in apps.get_models() if issubclass(model, AbstractPage))


def _holds_items(model: type[Any]) -> bool:
    if not issubclass(model, AbstractPage):
        return False
    try:
        unit, category = model._meta.get_field("unit"), model._meta.get_field("category")
    except FieldDoesNotExist:
        return False
    # Tables that extend another one have the columns of that one.
    return unit.model is model and category.model is model and unit.related_model is Unit
