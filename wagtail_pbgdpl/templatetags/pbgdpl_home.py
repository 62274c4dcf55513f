"""What the home page and the menu show, beyond the context of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from ..asking.acts import Act, acts_of
from ..content import document_list
from ..content.indexes import DOCUMENTS_ON_HOME
from ..serving.listing import Shown
from ..site import menu as _menu

register = template.Library()
Sections = Sequence[tuple[Any, Sequence[Any]]]


@register.simple_tag(takes_context=True)
def acts(context: template.Context, value: Any) -> tuple[Act, ...]:
    """The tiles that the editor chose; else what people come for, as far as the portal has it."""
    chosen = (
        Act(one["icon"], one["verb"], one.href) for one in value.get("acts") or () if one.href
    )
    usual = acts_of([index for index, _items in context.get("sections") or ()])
    return tuple(chosen) or tuple(usual)


@register.simple_tag
def next_steps(menu: Sequence[Any] | None) -> list[Any]:
    """What a reader may do who has read an item: ask, and find a document."""
    return [act for act in acts_of(menu or ()) if act.icon in ("ask", "find")]


@register.simple_tag
def examples(value: Any) -> tuple[str, ...]:
    """The examples of searches that the editor gave; else the portal's own."""
    given = tuple(one for one in value.get("examples") or () if one)
    return given or (_("free legal aid"), _("land"), _("birth registration"))


@register.simple_tag(takes_context=True)
def newest_documents(
    context: template.Context, sections: Sections, count: int = DOCUMENTS_ON_HOME
) -> document_list.Newest:
    """The documents that were issued last; nothing where no category has any."""
    shown = context.get("shown") or Shown()
    return document_list.newest([index for index, _items in sections or ()], count, shown)


@register.simple_tag
def comment_address(page: Any) -> str:
    """Where the public comments on a whole draft."""
    return reverse("wagtail_pbgdpl:comment", args=[page.alias_of_id or page.pk])


@register.filter
def by_regulation(sections: Sections) -> list[tuple[Any, Sequence[Any]]]:
    """The sections in the order in which the regulation lists their categories."""
    return sorted(sections or (), key=lambda section: _menu.place_of(section[0]))


@register.filter
def entries_by_regulation(menu: Sequence[Any]) -> list[Any]:
    """The entries of the menu in the order in which the regulation lists their categories."""
    return sorted(menu or (), key=_menu.place_of)


@register.filter
def first_row(menu: Sequence[Any]) -> list[Any]:
    """The entries that stand beside the menu itself."""
    return _menu.first_row(menu or ())
