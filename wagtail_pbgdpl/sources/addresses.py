"""Which addresses of the Internet may be asked: public ones, and the networks of the setting."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from ..conf import settings
from .reasons import SourceError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: IPv6 networks whose addresses stand for one of IPv4, a private one too.
TRANSLATED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")))


def wrong_in(address: str) -> str:
    """Say why an address that somebody entered is none of the web; empty where it is one."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        return _("Only http and https are possible.")
    if parts.username or parts.password:
        return _("An address with a user name or a password is not taken.")
    return ""


def resolve(host: str, port: int, seconds: float) -> str:
    """Return the address of a host to connect to: the first, and all of them are allowed.

    Whoever connects uses it and asks no second time, for the name may lead elsewhere by then.
    Raises ``SourceError``.
    """
    found = _asked(host, port, seconds)
    for address in found:
        if not is_allowed(address):
            raise SourceError("private", f"{host}: {address}")
    return str(found[0])


def is_allowed(address: Address) -> bool:
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    if any(address in network for network in _own_networks() if network.version == address.version):
        return True
    return (
        address.is_global
        and not address.is_multicast
        and not any(address in network for network in TRANSLATED if address.version == 6)
    )


def _own_networks() -> Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return map(ipaddress.ip_network, settings.SOURCE_NETWORKS)


def _asked(host: str, port: int, seconds: float) -> list[Address]:
    # The system's own look-up takes no time limit.
    answers: queue.SimpleQueue[list[Address] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows])
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=max(seconds, 0.01))
    except queue.Empty:
        raise SourceError("time", host) from None
    if isinstance(found, OSError) or not found:
        raise SourceError("name", host)
    return found
