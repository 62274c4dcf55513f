"""Documents that linked systems list, newest first: what became of each, and the press (C13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy

from ..core.accounts import AdminRequest
from ..core.base_page import page_of
from ..regulations.active import is_usable
from ..reporting.fields import Field
from ..reporting.report import Report
from ..sources.models import ExternalSource, SourceItem, TakenItem
from ..worktime import moment
from .known_documents import KnownDocuments, known_documents
from .outside_items import listed
from .taking_over import Taken, may_take_over, take_over

SHOWN = 5
LEFT, TAKEN = "left", "taken"
WHICH = ((LEFT, _("not yet taken over")), (TAKEN, _("taken over")))


class ItemPolicy(ModelPermissionPolicy):
    """Who may add documents sees them; nobody enters, changes or deletes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and is_usable() and may_take_over(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class ItemFilterSet(WagtailFilterSet):
    source = django_filters.ModelChoiceFilter(
        label=_("Source"), queryset=ExternalSource.objects.exclude(documents="")
    )
    which = django_filters.ChoiceFilter(label=_("State"), choices=WHICH, method="of_state")

    def of_state(self, rows: Any, name: str, state: str) -> QuerySet[SourceItem]:
        return rows.filter(is_taken=state == TAKEN)


class PressColumn(Column):
    """What became of the item, or the press that takes it over."""

    cell_template_name = "wagtail_pbgdpl/admin/take_over_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": parent_context.get("csrf_token", "")}


class ItemReport(Report):
    page_title = _("Documents of linked systems")
    header_icon = "download"
    menu_order = 1018
    index_url_name = "pbgdpl_items"
    permission_policy = ItemPolicy(SourceItem)
    filterset_class = ItemFilterSet
    default_ordering = ("-listed_at", "position")
    export_filename = "van-ban-he-thong-lien-ket"

    @cached_property
    def _known(self) -> KnownDocuments:
        return known_documents()

    def get_fields(self) -> Sequence[Field]:
        return (
            Field("title", _("Title"), link=lambda row: row.link),
            Field("number", _("Number and symbol")),
            Field("source", _("Source")),
            Field("published_at", _("Published at")),
            Field("state", _("State"), self._state, shown=self._press, column=PressColumn),
        )

    def get_base_queryset(self) -> QuerySet[SourceItem]:
        return left_or_taken()

    def _state(self, row: SourceItem) -> str:
        if (taken := _current(row)) is not None:
            return said_of(taken)
        return gettext("There is a page of it.") if self._known.same_as(row) else ""

    def _press(self, row: SourceItem) -> dict[str, Any]:
        taken = _current(row)
        keys = [taken.page] if taken else self._known.same_as(row)
        return {
            "item": row,
            "said": self._state(row),
            "address": _address(keys[0], self.request.user) if keys else "",
        }


class ItemsPanel(Component):
    """On the overview of the admin: the newest documents that nobody has taken over."""

    name = "pbgdpl_items"
    template_name = "wagtail_pbgdpl/admin/items_panel.html"
    order = 89

    def __init__(self, items: list[SourceItem]) -> None:
        self.items = items

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        token = parent_context.get("csrf_token", "")
        return {"items": self.items, "all": reverse("pbgdpl_items"), "csrf_token": token}


def add_panel(request: AdminRequest, panels: list[Any]) -> None:
    """Show the panel to those who may take over, once there is something."""
    if not ItemReport.is_offered_to(request.user):
        return
    rows = left_or_taken().filter(is_taken=False).order_by("-listed_at", "position")
    newest = list(rows[: SHOWN * 4])
    known = known_documents() if newest else None
    if items := [one for one in newest if known and not known.same_as(one)][:SHOWN]:
        panels.append(ItemsPanel(items))


@require_POST
def press(request: AdminRequest, pk: int) -> HttpResponse:
    """Take an item over and lead to its draft; of two who press at once the second is told."""
    try:
        taken = take_over(pk, request.user)
    except SourceItem.DoesNotExist:
        # To who may not, it is not there either.
        raise PermissionDenied from None
    if taken.is_new:
        messages.success(
            request,
            gettext(
                "The draft is made. Compare it with the document, complete it, and submit it for "
                "moderation."
            ),
        )
    else:
        messages.warning(request, refusal(taken))
    return redirect(_address(taken.page.pk, request.user) or reverse("pbgdpl_items"))


def refusal(taken: Taken) -> str:
    """Say why nothing was made."""
    if taken.row is None:
        return gettext("There is a page of this document already. Nothing was made.")
    return gettext("%(said)s Nothing was made.") % {"said": said_of(taken.row)}


def said_of(row: TakenItem) -> str:
    return gettext("Taken over by %(name)s at %(at)s.") % {
        "name": row.by_name,
        "at": moment(row.at),
    }


def left_or_taken() -> QuerySet[SourceItem]:
    """Return what is listed; ``is_taken`` says of each whether it became a page that is there."""
    current = TakenItem.objects.filter(is_current=True)
    return (
        listed()
        .annotate(is_taken=Exists(current.filter(item=OuterRef("pk"))))
        .prefetch_related(Prefetch("taken", queryset=current, to_attr="current"))
    )


def urls() -> list[URLPattern]:
    return [path("pbgdpl/items/<int:pk>/take-over/", press, name="pbgdpl_take_over")]


def _current(row: Any) -> TakenItem | None:
    return next(iter(row.current), None)


def _address(key: int, user: Any) -> str:
    """Return where a page is edited; empty for who may not see it."""
    page = page_of(key)
    if page is None or not page.permissions_for_user(user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
