"""How a room gives a kind of its own to the log and the API; see ``docs/how-to/offer-the-api.md``.

All of it in ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import content
from .log import register
from .sources import register_page_kind

if TYPE_CHECKING:
    from ninja import Router

__all__ = ["offer", "register", "register_page_kind", "routers"]

_routers: list[Router] = []


def offer(kind: str, plural: str, router: Router) -> None:
    """Offer the list of a kind at ``<plural>/``, by a router of django-ninja.

    Raises ``ValueError`` where the kind or the list is there already.
    """
    if kind in content.PLURALS or plural in content.PLURALS.values():
        raise ValueError(f"There is a list of {kind} already.")
    content.PLURALS[kind] = plural
    _routers.append(router)


def routers() -> Sequence[Router]:
    return tuple(_routers)
