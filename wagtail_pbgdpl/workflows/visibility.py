"""Which items somebody may see before they are public (R11: BK18 Điều 6.1b).

A unit's people see the items of their unit in the categories given to it, and no others; the board
sees all; another role an item while that is at its step. What is no item, such as index pages and
the pages of the site around the portal, is left to Wagtail.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import AbstractPage, PageViewRestriction
from wagtail.query import PageQuerySet

from ..authority.scope import NOTHING, Scope, scope_of
from ..core.accounts import Visitor
from ..matters.models import Matter
from ..organisation.models import Unit


def in_scope(scope: Scope, user: Visitor) -> Q:
    """Return the condition on items of which the person does not see everything."""
    found = scope.rows(_at_step)
    if scope.is_of_a_unit:
        # What one began oneself stays in sight until it has a unit and a category.
        found |= Q(owner=user.pk) & (Q(unit=None) | Q(unit__in=scope.units))
    return found


def _at_step(roles: Iterable[str]) -> Q:
    at_step = Matter.objects.of_pages().at_a_step().filter(role__in=roles)
    return Q(pk__in=at_step.values("subject"))


def visible_to(user: Visitor, pages: PageQuerySet) -> PageQuerySet:
    """Return the query ``pages`` without the items that ``user`` may not see (R11).

    Three queries for the seats, whatever ``pages`` holds; the rest is part of its own.
    """
    return _without(pages, scope_of(user), user)


def choosable_by(user: Visitor, pages: PageQuerySet) -> PageQuerySet:
    """Return the same with the public items of others: links may lead to what everybody reads.

    Where a draft of a live item bears another title than visitors read, the item is left out: the
    admin would show that title.
    """
    as_read = Q(draft_title=F("title")) | Q(draft_title="")
    public = for_everybody(_base_pages()).filter(as_read)
    return _without(pages, scope_of(user), user, apart_from=Q(pk__in=public.values("pk")))


def for_everybody(pages: PageQuerySet) -> PageQuerySet:
    """Return the live pages among ``pages`` that no restriction closes, of their own or from above.

    An alias is as private as its source. Part of the query: files are asked for at each request.
    """
    return pages.filter(~_closed("path"), ~_closed("alias_of__path"), live=True)


def _closed(path: str) -> Exists:
    way = ExpressionWrapper(OuterRef(path), output_field=CharField())
    restrictions = PageViewRestriction.objects.alias(way=way)
    return Exists(restrictions.filter(way__startswith=F("page__path")))


def may_see(user: Visitor, page: AbstractPage) -> bool:
    """Whether ``user`` may see the stored ``page`` in the admin; by the row, not by its draft."""
    return sees_all(user, [page.pk])


def sees_all(user: Visitor, pks: Iterable[int]) -> bool:
    """Whether ``user`` may see each of the pages with these keys; keys of no page count as seen."""
    return not hidden_from(user).filter(pk__in=list(pks)).exists()


def chooses_all(user: Visitor, pks: Iterable[int]) -> bool:
    """Whether ``user`` may be offered each of the pages with these keys."""
    ours = _base_pages().filter(pk__in=list(pks))
    return ours.count() == choosable_by(user, ours).count()


def hidden_from(user: Visitor) -> PageQuerySet:
    """Return a query of the pages that ``user`` may not see."""
    pages = _base_pages()
    scope = scope_of(user)
    if scope.everything:
        return pages.none()
    hidden = NOTHING
    for model in item_models():
        hidden |= Q(pk__in=_hidden(model, scope, user))
    return pages.filter(hidden)


def _base_pages() -> PageQuerySet:
    return base_page()._base_manager.all()


def _without(
    pages: PageQuerySet, scope: Scope, user: Visitor, *, apart_from: Q = NOTHING
) -> PageQuerySet:
    if scope.everything:
        return pages
    for model in item_models():
        pages = pages.exclude(pk__in=_hidden(model, scope, user).exclude(apart_from))
    return pages


def _hidden(model: type[AbstractPage], scope: Scope, user: Visitor) -> PageQuerySet:
    return model._base_manager.exclude(in_scope(scope, user)).values("pk")


@cache
def item_models() -> tuple[type[AbstractPage], ...]:
    """Return the tables of the site that hold items: pages with a unit and a category."""
    return tuple(model for model in apps.get_models() if _holds_items(model))


@cache
def base_page() -> type[AbstractPage]:
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


def _holds_items(model: type[AbstractPage]) -> bool:
    if not issubclass(model, AbstractPage):
        return False
    try:
        unit, category = model._meta.get_field("unit"), model._meta.get_field("category")
    except FieldDoesNotExist:
        return False
    # Tables that extend another one have the columns of that one.
    return unit.model is model and category.model is model and unit.related_model is Unit
