"""What somebody sees who typed too many wrong passwords (X1)."""

from __future__ import annotations

import math
from typing import Any

from axes.helpers import get_cool_off
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from wagtail.admin.views.account import get_user_login_form, password_reset_enabled

from .limits import typed_name

TEMPLATE = "wagtail_pbgdpl/admin/login_locked.html"


def refuse(
    request: HttpRequest,
    response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer 429 with Wagtail's log-in page and the reason, for ``AXES_LOCKOUT_CALLABLE``.

    It is the same for user names that nobody has.
    """
    pause = get_cool_off(request)
    seconds = math.ceil(pause.total_seconds()) if pause else 0
    model: Any = get_user_model()
    context = {
        "form": get_user_login_form()(request, initial={"username": typed_name(request)}),
        "next": request.POST.get("next", ""),
        "show_password_reset": password_reset_enabled(),
        "username_field": model._meta.get_field(model.USERNAME_FIELD).verbose_name,
        "minutes": math.ceil(seconds / 60),
    }
    answer = render(request, TEMPLATE, context, status=429)
    if seconds:
        answer["Retry-After"] = str(seconds)
    add_never_cache_headers(answer)
    return answer
