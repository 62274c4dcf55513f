"""From where somebody asks, as far as a server behind other servers can know it."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest

from ..conf import settings

#: For an address that is not known. No row without one: a database takes several such.
UNKNOWN = "0.0.0.0"  # noqa: S104
# What one subscriber has.
PREFIX = 64


def address_of(request: HttpRequest) -> str:
    """Return from where somebody asks.

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
