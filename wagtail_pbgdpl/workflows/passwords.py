"""The password of a member of the board is set by that member alone, by a link sent to them (R8).

Whoever keeps the accounts could else sign in as the board. A superuser is no exception.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth import get_permission_codename, get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from ..changes.accounts import chose_password
from ..changes.letters import sits_on_the_board
from ..changes.models import Change
from ..changes.record import enter
from ..core.accounts import AdminRequest, User, users
from ..core.history import name_of
from ..notices.letters import absolute, register
from ..notices.telling import tell
from .superusers import guard_change

PASSWORD = register(
    "password",
    gettext_lazy("link for a new password"),
    gettext_lazy("Set your password for the portal"),
    "username: of the account; link: that sets its password; hours: for how many it is valid; "
    "asked: whether somebody asked for it at the log-in page",
)
# What the letters are about that somebody asked for at the log-in page.
ASKED = "asked"
FIELDS = ("password1", "password2")


def guard_password(request: AdminRequest, user: User) -> HttpResponse | None:
    """Show Wagtail's form again where somebody else would set the password of one of the board.

    A receiver of Wagtail's hook before a user is edited. What else was typed stays.
    """
    sets_it = request.method == "POST" and any(request.POST.get(name) for name in FIELDS)
    if not sets_it or request.user == user or not sits_on_the_board(user):
        return None
    text = _(
        "Nobody else sets the password of a member of the editorial board. Leave it blank, and "
        "have a link sent to the person: %(label)s, in the list of users."
    ) % {"label": _link_label()}
    return _form_again(request, user, text)


def _form_again(request: AdminRequest, user: User, text: str) -> HttpResponse:
    shown = request.resolver_match.func
    made = getattr(shown, "view_class", None)
    if made is None:
        # A view of the site's own, which nobody can ask for its form.
        messages.error(request, text)
        return redirect("wagtailusers_users:edit", user.pk)
    # Where ``as_view`` left the one, it left the other.
    view = made(**shown.view_initkwargs)  # type: ignore[attr-defined]
    view.setup(request, *request.resolver_match.args, **request.resolver_match.kwargs)
    form = view.get_form()
    form.is_valid()
    form.add_error(FIELDS[0], text)
    # It has the message that ``form_invalid`` shows.
    view.is_valid(form)
    return view.form_invalid(form)


def _link_label() -> str:
    return _("Send a link to set the password")


def may_send_link(user: User) -> bool:
    """Whether somebody may have a link sent to people: whoever may change accounts."""
    meta = get_user_model()._meta
    return bool(user.has_perm(f"{meta.app_label}.{get_permission_codename('change', meta)}"))


def listing_buttons(user: User, request_user: User) -> Iterator[Button]:
    """Offer the link in Wagtail's list of users."""
    if may_send_link(request_user) and user.is_active:
        address = reverse("pbgdpl_send_password_link", args=[user.pk])
        yield Button(_link_label(), url=address, icon_name="mail", priority=60)


def send_link_view(request: AdminRequest, pk: int) -> HttpResponse:
    """Ask, then send the link to the address of the account, and to nobody else."""
    if not may_send_link(request.user):
        raise PermissionDenied
    user = get_object_or_404(users(), pk=pk)
    guard_change(request, user)
    if request.method == "POST":
        if user.is_active and user.email:
            send_link(user)
            text = _("The link was sent to %(name)s.") % {"name": name_of(user)}
            messages.success(request, text)
        else:
            messages.error(request, _("The account is switched off, or has no e-mail address."))
        return redirect("wagtailusers_users:edit", user.pk)
    return TemplateResponse(
        request,
        "wagtail_pbgdpl/admin/send_password_link.html",
        {"person": user, "title": _link_label(), "name": name_of(user)},
    )


@transaction.atomic
def send_link(user: User) -> None:
    """Send a link that sets the password, as one who keeps the accounts; the journal has it."""
    with translation.override(settings.LANGUAGE_CODE):
        line = _("link to set the password"), "", _("sent")
        change = enter(Change.Kind.ACCOUNT, user, [line], person=user)
    put_link(user, about=change)


def put_link(user: User, *, about: object, stage: object = "") -> None:
    """Put a link that sets the password into the outbox, once ``about`` the same, and ``stage``.

    It goes to the account's address and is shown to nobody else. It is valid for
    ``PASSWORD_RESET_TIMEOUT`` seconds, and once. About ``ASKED``: by somebody at the log-in page,
    who need not be the person.
    """
    tell(PASSWORD, [user], lambda: _variables(user, asked=about == ASKED), about=about, stage=stage)


def _variables(user: User, *, asked: bool) -> dict[str, object]:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse(
        "wagtailadmin_password_reset_confirm",
        kwargs={"uidb64": uid, "token": default_token_generator.make_token(user)},
    )
    return {
        "username": user.get_username(),
        "link": absolute(path),
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        "asked": asked,
    }


def replace_if_not_own(user: User) -> None:
    """Where somebody else set the password of who now sits on the board, let it open nothing."""
    if chose_password(user):
        return
    user.set_unusable_password()
    user.save(update_fields=["password"])
    send_link(user)
