"""By what wrong passwords are counted, for the settings of django-axes (X1).

Axes counts, in the database, and refuses. A place is a user name from one address; it takes
``AXES_FAILURE_LIMIT`` wrong passwords. So one stranger at one address locks themselves out, and
nobody else. Against many addresses the user name has a higher limit of its own.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest

from ..conf import settings
from .browsers import mark_of, plain

#: For an address that is not known. No row without one: a database takes several such.
UNKNOWN = "0.0.0.0"  # noqa: S104
# What one subscriber has.
PREFIX = 64


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the name that wrong passwords are counted under, for ``AXES_USERNAME_CALLABLE``.

    A browser that is known for the user name counts by itself.
    """
    name = plain(typed_name(request, credentials))
    return f"{name} {mark_of(request, name)}".rstrip()


def is_known(request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
    """Whether the browser is known for the user name that is typed in it."""
    return bool(mark_of(request, plain(typed_name(request, credentials))))


def typed_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    # Django's form calls it so whatever the field of the model.
    model: Any = get_user_model()
    for name in ("username", model.USERNAME_FIELD):
        if typed := (credentials or request.POST).get(name):
            return str(typed)
    return ""


def address_of(request: HttpRequest) -> str:
    """Return from where somebody asks, for ``AXES_CLIENT_IP_CALLABLE``.

    With ``LOGIN_PROXIES`` servers in front, what the outermost of them wrote into
    ``X-Forwarded-For``: what stands before it anybody may have invented. IPv6 by the network of a
    subscriber. ``UNKNOWN`` where a server in front hides it.
    """
    count = settings.LOGIN_PROXIES
    if count:
        written = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        text = written[-count].strip() if len(written) >= count else ""
    else:
        text = request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if not count and not address.is_global:
        # A server of one's own, behind which everybody looks alike.
        return UNKNOWN
    if address.version == 6:
        return str(ipaddress.ip_network((address, PREFIX), strict=False).network_address)
    return str(address)
