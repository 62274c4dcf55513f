"""Receivers of changes in the Wagtail admin: entered, tried, switched on and off; none is deleted.

Who may see them reads what was sent to them; who may change them presses. A secret is shown in the
answer in which it was made, and never again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from ..core.accounts import AdminRequest
from ..organisation.admin import KeptViewSet
from ..organisation.kept_views import InspectView
from ..worktime import moment
from . import receivers, sending
from .forms import KINDS, ReceiverForm
from .models import WebhookDelivery, WebhookReceiver
from .reasons import words

PER_PAGE = 20


def state_of(receiver: WebhookReceiver) -> str:
    """Return in a word or two how a receiver does."""
    if receiver.stopped_at is not None and not receiver.is_on:
        return gettext("given up on %(moment)s") % {"moment": moment(receiver.stopped_at)}
    if not receiver.is_on:
        return gettext("switched off")
    if receiver.failing_since is not None:
        since = moment(receiver.failing_since)
        return gettext("takes nothing since %(moment)s") % {"moment": since}
    return gettext("well") if receiver.succeeded_at else gettext("nothing sent yet")


class _ToMessages:
    """Leads from a receiver to what was sent to it."""

    object: WebhookReceiver

    @property
    def header_buttons(self) -> list[Any]:
        address = reverse("pbgdpl_receiver", args=[self.object.pk])
        button = HeaderButton(gettext("Secret, trial and messages"), url=address, icon_name="view")
        return [*super().header_buttons, button]  # type: ignore[misc]


class ReceiverEditView(_ToMessages, generic.EditView):
    pass


class ReceiverInspectView(_ToMessages, InspectView):
    def get_kinds_display_value(self) -> str:
        return ", ".join(str(KINDS.get(kind, kind)) for kind in self.object.kinds)


class ReceiverCreateView(generic.CreateView):
    def get_success_url(self) -> str:
        # What is still missing is there.
        return reverse("pbgdpl_receiver", args=[self.object.pk])


def _moment_of(name: str) -> Callable[[WebhookReceiver], str]:
    return lambda receiver: moment(getattr(receiver, name)) or "–"


class ReceiverViewSet(KeptViewSet):
    model = WebhookReceiver
    icon = "resubmit"
    name = "pbgdpl_receivers"
    url_prefix = "pbgdpl/receivers"
    menu_label = _("Receivers of changes")
    menu_order = 621
    add_to_admin_menu = True
    add_view_class = ReceiverCreateView
    edit_view_class = ReceiverEditView
    inspect_view_class = ReceiverInspectView
    inspect_view_fields = ["name", "site", "address", "kinds", "categories", "is_on"]
    list_display = [
        "name",
        "address",
        BooleanColumn("is_on", label=_("Switched on"), sort_key="is_on"),
        Column("state", label=_("State"), accessor=state_of),
        Column("succeeded_at", label=_("Last success"), accessor=_moment_of("succeeded_at")),
    ]
    search_fields = ["name__folded", "address"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("address"),
            FieldPanel("site"),
            FieldPanel("kinds"),
            FieldPanel("categories"),
        ],
        base_form_class=ReceiverForm,
    )


def receiver_page(request: AdminRequest, pk: int) -> HttpResponse:
    """Show what was sent to a receiver; make a secret, send a trial, switch on and off."""
    receiver = _seen(request, pk)
    if request.method == "POST":
        _may_change(request)
        do = request.POST.get("do", "")
        if do == "secret":
            return _with_new_secret(request, receiver)
        if do in PRESSES:
            PRESSES[do](request, receiver)
        return redirect("pbgdpl_receiver", receiver.pk)
    return _receiver_page(request, receiver)


def delivery_page(request: AdminRequest, pk: int, number: int) -> HttpResponse:
    """Show one message with its attempts; send it again, or leave it out."""
    receiver = _seen(request, pk)
    rows = receiver.deliveries.prefetch_related("attempts")
    delivery: WebhookDelivery = get_object_or_404(rows, pk=number)
    delivery.receiver = receiver
    if request.method == "POST":
        _may_change(request)
        do = request.POST.get("do", "")
        if do == "send":
            _send_again(request, delivery)
        elif do == "leave_out" and receivers.leave_out(delivery):
            log(receiver, "wagtail.edit", user=request.user)
            said = gettext("It is left out; the messages behind it go on.")
            messages.success(request, said)
        return redirect("pbgdpl_delivery", receiver.pk, delivery.pk)
    return TemplateResponse(
        request,
        "wagtail_pbgdpl/admin/webhook_delivery.html",
        {
            "page_title": gettext("Message"),
            "page_subtitle": receiver.name,
            "header_icon": "resubmit",
            "receiver": receiver,
            "delivery": delivery,
            "may_change": _changes(request),
        },
    )


def _receiver_page(
    request: AdminRequest, receiver: WebhookReceiver, secret: str = ""
) -> HttpResponse:
    rows = receiver.deliveries.prefetch_related("attempts")
    return TemplateResponse(
        request,
        "wagtail_pbgdpl/admin/webhook_receiver.html",
        {
            "page_title": gettext("Secret, trial and messages"),
            "page_subtitle": receiver.name,
            "header_icon": "resubmit",
            "receiver": receiver,
            "state": state_of(receiver),
            "secret": secret,
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("p")),
            "may_change": _changes(request),
            "now": timezone.now(),
        },
    )


def _seen(request: AdminRequest, pk: int) -> WebhookReceiver:
    may = ReceiverViewSet.policy(WebhookReceiver).user_has_any_permission
    if not may(request.user, ["view", "change"]):
        raise PermissionDenied
    found: WebhookReceiver = get_object_or_404(
        WebhookReceiver.objects.select_related("site"), pk=pk
    )
    return found


def _changes(request: AdminRequest) -> bool:
    return bool(request.user.has_perm("wagtail_pbgdpl.change_webhookreceiver"))


def _may_change(request: AdminRequest) -> None:
    if not _changes(request):
        raise PermissionDenied


def _with_new_secret(request: AdminRequest, receiver: WebhookReceiver) -> HttpResponse:
    secret = receiver.renew_secret(timezone.now())
    log(receiver, "wagtail.edit", user=request.user)
    response = _receiver_page(request, receiver, secret)
    add_never_cache_headers(response)
    return response


def _send_trial(request: AdminRequest, receiver: WebhookReceiver) -> None:
    if receiver.secret_made_at is None:
        messages.error(request, gettext("Make a secret first."))
    else:
        _say(request, sending.send_trial(receiver))


def _switch_on(request: AdminRequest, receiver: WebhookReceiver) -> None:
    try:
        receivers.switch_on(receiver)
    except receivers.Refused as error:
        messages.error(request, str(error))
        return
    log(receiver, "wagtail.edit", user=request.user)
    messages.success(
        request, gettext("It is switched on and hears everything from where it was left.")
    )


def _switch_off(request: AdminRequest, receiver: WebhookReceiver) -> None:
    receivers.switch_off(receiver)
    log(receiver, "wagtail.edit", user=request.user)
    said = gettext("It is switched off. What changes in the meantime it hears later.")
    messages.success(request, said)


PRESSES: dict[str, Callable[[AdminRequest, WebhookReceiver], None]] = {
    "trial": _send_trial,
    "on": _switch_on,
    "off": _switch_off,
}


def _send_again(request: AdminRequest, delivery: WebhookDelivery) -> None:
    receiver, waited = delivery.receiver, delivery.is_open
    outcome = sending.send_by_hand(delivery)
    _say(request, outcome)
    if waited and not outcome.reason and receiver.stopped_at is not None:
        receivers.switch_on(receiver)
        log(receiver, "wagtail.edit", user=request.user)
        messages.success(request, gettext("The receiver is switched on again."))


def _say(request: AdminRequest, outcome: sending.Outcome) -> None:
    if not outcome.reason:
        said = gettext("The receiver took it (%(status)s).") % {"status": outcome.status}
        messages.success(request, said)
    else:
        details = f" {outcome.details}" if outcome.details else ""
        messages.error(request, f"{words(outcome.reason)}{details}")


def urls() -> list[URLPattern]:
    return [
        path("pbgdpl/receivers/<int:pk>/messages/", receiver_page, name="pbgdpl_receiver"),
        path(
            "pbgdpl/receivers/<int:pk>/messages/<int:number>/",
            delivery_page,
            name="pbgdpl_delivery",
        ),
    ]
