"""What somebody typed when a save was refused: kept in their browser until it is saved.

The session ends while a form is open, the network fails, or somebody else signs in beside it. The
editor's script then keeps the fields under the address of the page and the number of the person,
and offers them to nobody else. This module tells the script who is signed in.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.widgets import Script
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin.staticfiles import versioned_static

from ..core.accounts import AdminRequest

NAME = "pbgdpl_still_here"


@never_cache
def still_here(request: AdminRequest) -> HttpResponse:
    """Return who is signed in and the token that their next form is to carry."""
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})


def media_for(user: Any) -> forms.Media:
    """Return the script of an editor's form, with what it says and whose the form is."""
    if user is None or not user.pk:
        return forms.Media()
    said = {
        "user": user.pk,
        "session": reverse(NAME),
        # It leads to the log-in, whichever the site has.
        "login": reverse("wagtailadmin_home"),
        "log-in": _("Log in in a new window"),
        "gone": _(
            "Your session has ended, so nothing more is saved. What you typed is kept in this "
            "browser: log in again, come back to this page and save once more."
        ),
        "another": _(
            "Somebody else has logged in with this browser, so nothing more is saved. What you "
            "typed is kept for you: log in with your own account, come back to this page and save "
            "once more."
        ),
        "offline": _(
            "The server cannot be reached, so nothing more is saved. What you typed is kept in "
            "this browser: save once more in a while."
        ),
        "unkept": _("The browser has no room to keep it: do not close this page."),
        "offer": _("What you typed at %(moment)s was not saved."),
        "since": _("The page has been saved since; that version stays in its history."),
        "restore": _("Restore what was typed"),
        "discard": _("Discard"),
    }
    script = Script(
        versioned_static("wagtail_pbgdpl/content/typed.js"),
        **{f"data-{name}": value for name, value in said.items()},
    )
    names = versioned_static("wagtail_pbgdpl/content/named_editors.js")
    style = versioned_static("wagtail_pbgdpl/content/typed.css")
    return forms.Media(
        js=[script, names],  # type: ignore[list-item]
        css={"all": [style]},
    )


def urls() -> list[URLPattern]:
    return [path("pbgdpl/still-here/", still_here, name=NAME)]
