"""From what is owed to the page that is written for it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Locale

from ..authority.reach import reach_of
from ..core.accounts import AdminRequest
from ..core.base_page import page_of
from ..core.discovery import concrete_models
from ..desk.forms import TakeUpForm
from ..desk.views import visible_row
from ..matters import obligations
from ..matters.models import Matter
from .base import ContentMixin
from .indexes import CategoryIndexMixin


def write(request: AdminRequest, pk: int) -> HttpResponse:
    """Lead to where a page of the row's category is written."""
    row = _row_to_take_up(request, pk)
    if row.subject is not None or not row.is_open:
        messages.error(request, _("This entry of the ledger is no longer open."))
        return redirect("pbgdpl_ledger_entry", row.pk)
    address = form_below(index_page_of(row.category), request.user)
    if address is None:
        messages.error(request, _("You cannot add a page to this category."))
        return redirect("pbgdpl_ledger_entry", row.pk)
    messages.info(
        request,
        _("Save the draft, then choose it in the ledger at «%(title)s».") % {"title": row.title},
        buttons=[
            messages.button(
                reverse("pbgdpl_ledger_entry", args=[row.pk]), _("Open the entry"), False
            )
        ],
    )
    return redirect(address)


@require_POST
def take_up(request: AdminRequest, pk: int) -> HttpResponse:
    """Let the draft that was chosen be what is owed."""
    row = _row_to_take_up(request, pk)
    form = TakeUpForm(request.POST, row=row, user=request.user)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["draft"])))
        return redirect("pbgdpl_ledger_entry", row.pk)
    page = _page(form.cleaned_data["draft"].subject)
    if page is None:
        messages.error(request, _("This page no longer exists."))
        return redirect("pbgdpl_ledger_entry", row.pk)
    try:
        obligations.take_up(row, page, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The draft is now what was owed; its time limit goes on."))
    return redirect("pbgdpl_ledger_entry", row.pk)


def urls() -> list[URLPattern]:
    return [
        path("pbgdpl/ledger/<int:pk>/write/", write, name="pbgdpl_owed_write"),
        path("pbgdpl/ledger/<int:pk>/take-up/", take_up, name="pbgdpl_take_up"),
    ]


def index_page_of(category: str) -> Any:
    """Return the first index page of the category in the portal's own language, or ``None``."""
    for model in concrete_models(CategoryIndexMixin):
        pages = model._default_manager.filter(category=category, locale=Locale.get_default())
        if page := pages.order_by("path").first():
            return page
    return None


def _row_to_take_up(request: AdminRequest, pk: int) -> Matter:
    row = visible_row(request, pk)
    if not reach_of(request.user).covers(row.category, row.unit_id):
        raise PermissionDenied
    return row


def form_below(index_page: Any, user: Any, mixin: type[Any] = ContentMixin) -> str | None:
    """Return the address of the form of a new page that has ``mixin``, or of the choice among
    several types; ``None`` where the user adds none."""
    if index_page is None or not index_page.permissions_for_user(user).can_add_subpage():
        return None
    types = [
        model
        for model in index_page.creatable_subpage_models()
        if issubclass(model, mixin) and model.can_create_at(index_page)
    ]
    if not types:
        return None
    if len(types) > 1:
        return reverse("wagtailadmin_pages:add_subpage", args=[index_page.pk])
    meta = types[0]._meta
    return reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, index_page.pk])


def _page(page_id: int | None) -> Any:
    page = page_of(page_id) if page_id is not None else None
    return page if isinstance(page, ContentMixin) else None
