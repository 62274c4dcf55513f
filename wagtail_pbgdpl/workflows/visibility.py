"""Which items somebody may see before they are public (R11: BK18 Điều 6.1b).

A unit's people see the items of their unit in the categories given to it, and no others; the board
sees all. What is no item, such as index pages and the pages of the site around the portal, is left
to Wagtail.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Q
from wagtail.models import AbstractPage

from ..organisation.models import Unit
from ..worktime.active import today
from .authority import BOARD, OF_A_UNIT
from .facts import person

NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What somebody sees: ``everything``; or ``sections``, pairs of units and the categories that
    these units were given, and ``categories`` of any unit."""

    everything: bool = False
    sections: tuple[tuple[frozenset[int], frozenset[str]], ...] = ()
    categories: frozenset[str] = frozenset()

    @property
    def units(self) -> frozenset[int]:
        return frozenset().union(*(units for units, _ in self.sections))

    def items(self, user: Any) -> Q:
        """Return the condition on items that the person sees some of."""
        found = NOTHING
        if self.categories:
            found |= Q(category__in=self.categories)
        for units, categories in self.sections:
            found |= Q(unit__in=units, category__in=categories)
        if self.sections:
            # What one began oneself stays in sight until it has a unit and a category.
            found |= Q(owner=user.pk) & (Q(unit=None) | Q(unit__in=self.units))
        return found


def reach_of(user: Any) -> Reach:
    """Return how far ``user`` sees today; three queries, none for a superuser."""
    if user.is_superuser and user.is_active:
        return Reach(everything=True)
    day = today()
    who = person(user)
    posts = [post for post in who.posts if post.holds(day)]
    if any(post.role in BOARD for post in posts):
        return Reach(everything=True)
    roles = {post.role for post in posts}
    # Whoever acts for one of the board sees what that one sees, in what was delegated.
    acting = [
        one
        for one in who.mandates
        if one.role in BOARD
        and one.delegate in roles
        and not one.revoked
        and one.starts <= day <= one.ends
    ]
    return Reach(
        everything=any(not one.categories for one in acting),
        sections=tuple((post.units, post.categories) for post in posts if post.role in OF_A_UNIT),
        categories=frozenset().union(*(one.categories for one in acting)),
    )


def visible_to(user: Any, pages: Any) -> Any:
    """Return the query ``pages`` without the items that ``user`` may not see (R11).

    Three queries for the seats, whatever ``pages`` holds; the rest is part of its own.
    """
    return _without(pages, reach_of(user), user)


def choosable_by(user: Any, pages: Any) -> Any:
    """Return the same with the live items of others: links may lead to what is public.

    Where a draft of a live item bears another title than visitors read, the item is left out: the
    admin would show that title.
    """
    as_read = Q(live=True) & (Q(draft_title=F("title")) | Q(draft_title=""))
    return _without(pages, reach_of(user), user, apart_from=as_read)


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
