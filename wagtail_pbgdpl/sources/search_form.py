"""A form that searches in a linked system: a plain one, that leads there and works without scripts.

The browser makes the address, so the words stand where a form puts them: as the value of a
parameter. Browsers let forms lead to the hosts of the setting ``SEARCH_HOSTS`` alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from urllib.parse import parse_qsl, urlsplit

from django.utils.translation import gettext as _

from ..conf import settings

QUERY = "{query}"


@dataclass(frozen=True, slots=True)
class SearchForm:
    """Where a form leads, the name of its field of words, and what else it says."""

    action: str
    name: str
    others: tuple[tuple[str, str], ...] = ()


def form_of(address: str) -> SearchForm | None:
    """Return the form for an address with ``{query}``; ``None`` for none, and where it may not."""
    if not address or wrong_in(address):
        return None
    parts = urlsplit(address)
    said = parse_qsl(parts.query, keep_blank_values=True)
    name = next(name for name, value in said if value == QUERY)
    return SearchForm(
        action=f"{parts.scheme}://{parts.netloc}{parts.path or '/'}",
        name=name,
        others=tuple((key, value) for key, value in said if value != QUERY),
    )


def wrong_in(address: str) -> str:
    """Say why no form can lead to an address; empty where there is none, or nothing is wrong."""
    if not address:
        return ""
    parts = urlsplit(address)
    values = [value for _name, value in parse_qsl(parts.query, keep_blank_values=True)]
    if address.count(QUERY) != 1 or QUERY not in values:
        return _("Write {query} once, as the value of a parameter: …?q={query}.")
    if parts.fragment or parts.username or parts.password or not _is_allowed(address):
        return _("Not one of the hosts to which forms may lead: %(hosts)s.") % {
            "hosts": ", ".join(settings.SEARCH_HOSTS) or "–"
        }
    return ""


def _is_allowed(address: str) -> bool:
    parts = urlsplit(address)
    origin = f"{parts.scheme}://{parts.netloc.lower()}"
    return any(fnmatchcase(origin, host.replace("*", "?*")) for host in settings.SEARCH_HOSTS)
