"""C1: what a category has to hold, on one page or another, and what is wanting of it.

BP20 Điều 5.1 and QT24 Điều 5.1đ ask for the contacts of officials in «Giới thiệu»: of the category,
not of each of its pages. So nothing is refused for want of them; the board is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import reverse
from wagtail.admin.ui.components import Component

from ..blocks.contacts import ContactListBlock
from ..core.discovery import concrete_models
from ..regulations import Category, ContentField
from ..regulations.active import get_regulation, is_usable
from ..serving.listing import public
from .base import ContentMixin
from .obligations import index_page_of


class Wanting(NamedTuple):
    """A field that no public page of ``category`` has; ``label`` as editors read it."""

    category: Category
    label: str


def wanting() -> list[Wanting]:
    """Return what the regulation's categories have to hold (``holds``) and do not, in its order."""
    return [
        Wanting(category, _label(name))
        for category in get_regulation().categories.values()
        for name in category.holds
        if not any(_has(page, name) for page in _public_pages(category.code, name))
    ]


def _models(name: str) -> list[type[Any]]:
    models = concrete_models(ContentMixin)
    return [one for one in models if any(name == field.name for field in one._meta.get_fields())]


def _label(name: str) -> str:
    models = _models(name)
    return str(models[0]._meta.get_field(name).verbose_name) if models else name


def _public_pages(category: str, name: str) -> Iterator[Any]:
    for model in _models(name):
        yield from public(model._default_manager.filter(category=category)).iterator()


def _has(page: Any, name: str) -> bool:
    if getattr(page, name):
        return True
    # Contacts may stand among the other blocks of the page as well.
    body = getattr(page, "body", ()) if name == ContentField.CONTACTS else ()
    return any(isinstance(child.block, ContactListBlock) for child in body)


class WantingPanel(Component):
    """On the overview of the admin: what the categories lack, with the clause."""

    name = "pbgdpl_wanting"
    template_name = "wagtail_pbgdpl/admin/wanting_panel.html"
    order = 91

    def __init__(self, lines: list[Wanting]) -> None:
        self.lines = lines

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"lines": [(one, _address(one.category.code)) for one in self.lines]}


def _address(category: str) -> str:
    index = index_page_of(category)
    return reverse("wagtailadmin_explore", args=[index.pk]) if index else ""


def add_panel(request: Any, panels: list[Any]) -> None:
    """Show the panel to the board while something is wanting."""
    if not is_usable() or not request.user.has_perm("wagtail_pbgdpl.view_trafficday"):
        return
    if lines := wanting():
        panels.append(WantingPanel(lines))
