"""Which kinds of sources there are: the shipped ones, and those of the setting."""

from __future__ import annotations

import logging
from typing import Any

from django.utils.module_loading import import_string

from ...conf import settings
from .base import Adapter

logger = logging.getLogger(__name__)

_HERE = __name__.rpartition(".")[0]
SHIPPED = {
    "feed": f"{_HERE}.feed.FeedAdapter",
    "json": f"{_HERE}.json.JsonAdapter",
    "html": f"{_HERE}.html.HtmlAdapter",
    "sitemap": f"{_HERE}.sitemap.SitemapAdapter",
    "link": f"{_HERE}.link.LinkAdapter",
}


class UnknownKind(LookupError):
    """A source is of a kind that nothing reads."""


def paths() -> dict[str, str]:
    """Return the dotted path of the adapter of each kind."""
    return {**SHIPPED, **settings.SOURCE_ADAPTERS}


def adapter_of(kind: str) -> Adapter:
    """Return the adapter of a kind. Raises ``UnknownKind``, ``ImportError``."""
    path = paths().get(kind)
    if path is None:
        raise UnknownKind(kind)
    adapter: Adapter = import_string(path)()
    return adapter


def choices() -> list[tuple[str, Any]]:
    """Return the kinds with their labels."""
    return [(kind, adapter_of(kind).label) for kind in paths()]


def has_list(kind: str) -> bool:
    """Whether sources of a kind have records: no plain link has, and none of an unknown kind."""
    try:
        return adapter_of(kind).lists
    except (UnknownKind, ImportError):
        logger.exception("A linked system is of the unknown kind %r.", kind)
        return False
