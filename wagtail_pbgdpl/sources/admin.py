"""Linked systems in the Wagtail admin: entered, switched off, tried out; none is deleted."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from ..core.accounts import AdminRequest
from ..organisation.admin import KeptViewSet
from ..organisation.kept_views import InspectView
from ..worktime import moment
from . import syncing
from .adapters.registry import choices
from .forms import SourceForm, TryForm
from .models import ExternalSource, SourceRun
from .reasons import SourceError, words

SHOWN = 20
RUNS = 10


def _kind(source: ExternalSource) -> str:
    return str(dict(choices()).get(source.kind, source.kind))


def _moment_of(name: str) -> Callable[[ExternalSource], str]:
    return lambda source: moment(getattr(source, name)) or "–"


class SourceEditView(generic.EditView):
    @property
    def header_buttons(self) -> list[Any]:
        address = reverse("pbgdpl_source_try", args=[self.object.pk])
        button = HeaderButton(gettext("Try out, and attempts"), url=address, icon_name="view")
        return [*super().header_buttons, button]


class SourceInspectView(InspectView):
    def get_kind_display_value(self) -> str:
        return _kind(self.object)

    def get_mapping_display_value(self) -> str:
        return json.dumps(self.object.mapping, ensure_ascii=False) if self.object.mapping else ""


class SourceViewSet(KeptViewSet):
    model = ExternalSource
    icon = "link-external"
    name = "pbgdpl_sources"
    url_prefix = "pbgdpl/sources"
    menu_label = _("Linked systems")
    menu_order = 620
    add_to_admin_menu = True
    edit_view_class = SourceEditView
    inspect_view_class = SourceInspectView
    list_display = [
        "name",
        "code",
        Column("kind", label=_("Kind"), accessor=_kind),
        BooleanColumn("is_on", label=_("Switched on"), sort_key="is_on"),
        Column("checked_at", label=_("Last checked"), accessor=_moment_of("checked_at")),
        Column("succeeded_at", label=_("Last success"), accessor=_moment_of("succeeded_at")),
    ]
    list_filter = ["is_on"]
    search_fields = ["name__folded", "code", "address"]
    search_backend_name = None
    # What the next request says to the other system tells an operator nothing.
    inspect_view_fields_exclude = ["etag", "last_modified", "read_as", "running_key"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("code"),
            FieldPanel("kind"),
            FieldPanel("address"),
            FieldPanel("home"),
            FieldPanel("allowed_hosts"),
            FieldPanel("mapping"),
            FieldPanel("documents"),
            MultiFieldPanel(
                [
                    FieldPanel("search_address"),
                    FieldPanel("search_feed"),
                    FieldPanel("logo"),
                    FieldPanel("logo_alt"),
                ],
                heading=_("What the public is shown"),
            ),
            FieldRowPanel([FieldPanel("interval_minutes"), FieldPanel("down_after_minutes")]),
            FieldRowPanel([FieldPanel("order"), FieldPanel("is_on")]),
        ],
        base_form_class=SourceForm,
    )


def try_out(request: AdminRequest, pk: int) -> HttpResponse:
    """Show what a mapping would bring, and the latest attempts; read a source at once.

    The source is asked here, in a request of the admin; no public request ever does.
    """
    if not request.user.has_perm("wagtail_pbgdpl.change_externalsource"):
        raise PermissionDenied
    source = get_object_or_404(ExternalSource, pk=pk)
    do = request.POST.get("do", "")
    if request.method == "POST" and do in ("sync", "loss"):
        return _sync(request, source, takes_loss=do == "loss")
    form = TryForm(request.POST or None, instance=source)
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        if do == "keep":
            form.save()
            log(source, "wagtail.edit", user=request.user)
            messages.success(request, gettext("The values are kept."))
            return redirect("pbgdpl_source_try", pk)
        context = _tried(form.instance)
    runs = list(source.runs.all()[:RUNS])
    losses = (SourceRun.Result.REFUSED,)
    return TemplateResponse(
        request,
        "wagtail_pbgdpl/admin/source_try.html",
        {
            "page_title": gettext("Try out, and attempts"),
            "page_subtitle": source.name,
            "header_icon": "link-external",
            "source": source,
            "form": form,
            "runs": runs,
            "has_loss": bool(runs) and runs[0].result in losses,
            **context,
        },
    )


def _tried(source: ExternalSource) -> dict[str, Any]:
    # As if for the first time: an answer «nothing new» would show nothing.
    source.etag = source.last_modified = ""
    try:
        read = syncing.ask(source)
    except SourceError as error:
        return {"error": words(error.reason), "details": error.details}
    return {"read": read, "shown": read.records[:SHOWN]}


def _sync(request: AdminRequest, source: ExternalSource, *, takes_loss: bool) -> HttpResponse:
    if takes_loss:
        syncing.take_loss(source)
        log(source, "wagtail.edit", user=request.user)
    run = syncing.sync(source)
    if run is None:
        messages.warning(request, gettext("It has no list, or is being read already."))
    elif run.result in (SourceRun.Result.NEW, SourceRun.Result.SAME):
        messages.success(request, gettext("It was read."))
    else:
        messages.error(request, run.why)
    return redirect("pbgdpl_source_try", source.pk)


def urls() -> list[URLPattern]:
    return [path("pbgdpl/sources/<int:pk>/try/", try_out, name="pbgdpl_source_try")]
