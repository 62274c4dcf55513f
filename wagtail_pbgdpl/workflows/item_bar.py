"""What is one press away from an item, in its editor and in lists of pages: the journal of its
decisions, and for who may the ways past its steps (taking down, emergency publication)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.widgets.button import Button
from wagtail.models import AbstractPage

from ..authority.rules import Act
from ..core.accounts import User
from ..core.text import LazyText
from ..matters.publications import LIFECYCLE, Move
from .guard import ModeratedMixin
from .pages import ModeratedPage
from .rights import may

#: Past the steps, by the name of its form on the page of the item.
PRESSES = {"take-down": Move.TAKEN_DOWN, "emergency": Move.EMERGENCY}
ICONS = {"take-down": "download", "emergency": "warning"}


class Press(NamedTuple):
    """One link of the bar; ``way`` is the name of its form, empty for the journal."""

    way: str
    label: LazyText
    address: str
    icon: str


def has_something_for(page: ModeratedPage, act: Act) -> bool:
    """Whether there is anything to publish in an emergency, or to take down; others may be."""
    if act is Act.EMERGENCY:
        return not page.live or page.has_unpublished_changes
    return act is not Act.UNPUBLISH or page.live


def presses(user: User, page: ModeratedPage) -> Iterator[Press]:
    """Yield what the user may begin at an item that is stored."""
    address = reverse("pbgdpl_item", args=[page.pk])
    for name, code in PRESSES.items():
        move = LIFECYCLE.moves[code]
        if move.act and has_something_for(page, move.act) and may(user, move.act, page):
            # Without a fragment: browsers would not go to the field that is to be written first.
            yield Press(name, move.heading or move.button, f"{address}?way={name}", ICONS[name])
    yield Press("", _("What was decided"), f"{address}#pbgdpl-history-section", "history")


class ItemBar(Panel):
    """At the top of the editor: the presses, and whether a public item is read or edited.

    A form that would turn a public item into a draft is only read until somebody says that they
    edit it: the editor saves by itself. Without a script the form is simply there.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_pbgdpl/admin/item_bar.html"

        def get_context_data(self, parent_context: object = None) -> dict[str, object]:
            context: dict[str, object] = super().get_context_data(parent_context)
            if self.instance.pk:
                context["presses"] = list(presses(self.request.user, self.instance))
                context["is_read_first"] = self._is_read_first()
            return context

        def _is_read_first(self) -> bool:
            page = self.instance
            if not page.live or page.has_unpublished_changes or self.form.is_bound:
                return False
            lock = page.get_lock()
            return lock is None or not lock.for_user(self.request.user)

        @property
        def media(self) -> forms.Media:
            script = versioned_static("wagtail_pbgdpl/workflows/item_bar.js")
            style = versioned_static("wagtail_pbgdpl/workflows/item_bar.css")
            return super().media + forms.Media(js=[script], css={"all": [style]})


def listing_buttons(
    page: AbstractPage, user: User, next_url: str | None = None
) -> Iterator[Button]:
    """Offer the same beside an item in a list of pages."""
    page = page.specific_deferred
    if not isinstance(page, ModeratedMixin):
        return
    for number, press in enumerate(presses(user, page)):
        yield Button(press.label, press.address, priority=10 + number)
