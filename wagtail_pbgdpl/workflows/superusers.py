"""Superusers are made and changed by superusers alone.

In Wagtail, who may change users may also make anyone a superuser, or set a superuser's password.
The operator, who grants, suspends and revokes access (R10: QT24 Điều 7.2), could so publish
without the board (R8: BK21 Điều 10.4). These are receivers of Wagtail's hooks.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.users.views import users

from ..changes import accounts
from ..core.accounts import AdminRequest, Request, User, user_model


def guard_creation(request: AdminRequest) -> None:
    """Raise ``PermissionDenied`` where anybody else would make a superuser."""
    if not request.user.is_superuser and "is_superuser" in request.POST:
        raise PermissionDenied


def guard_change(request: AdminRequest, user: User) -> None:
    """Raise ``PermissionDenied`` where anybody else would change or make a superuser."""
    guard_creation(request)
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied


def refuse_copy(request: Request, kwargs: dict[str, object]) -> HttpResponse | None:
    """Answer in place of Wagtail's view that «copies» an account: it writes over the account that
    it shows, and asks none of the hooks."""
    match = request.resolver_match
    if match.url_name != "copy" or "wagtailusers_users" not in match.namespaces:
        return None
    return permission_denied(request)


def offer_no_copy() -> None:
    """Leave the button out that leads there."""
    for view in (users.IndexView, users.EditView):
        view.get_copy_url = lambda self, *args: None


def enter_bulk_action(
    request: AdminRequest, action_type: str, objects: Iterable[Model], action: BulkAction
) -> None:
    """Enter whose accounts are switched on or off together: by an update, without a signal."""
    if action_type == "set_active_state":
        accounts.activity_changed(objects, action.cleaned_form.cleaned_data["mark_as_active"])


def guard_bulk_action(
    request: AdminRequest, action_type: str, objects: Iterable[Model], action: BulkAction
) -> None:
    """Raise ``PermissionDenied`` where a superuser is among many users that are changed."""
    for user in objects:
        if isinstance(user, user_model()):
            guard_change(request, user)
