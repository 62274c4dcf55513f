"""The settings of the portal move with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Site

from ..core.portable import Ids, Portable, Same, register
from .portal import PortalSettings


def register_all() -> None:
    register(
        Portable(
            kind="portal_settings",
            model=lambda: PortalSettings,
            identify=_the_one,
            same=Same.SERVES,
            without=frozenset({"site"}),
            rows=_rows,
            made=lambda _row: {"site": Site.objects.get(is_default_site=True)},
        )
    )


def _rows() -> QuerySet[PortalSettings]:
    return PortalSettings.objects.filter(site__is_default_site=True)


def _the_one(ids: Ids) -> Iterable[tuple[Any, str]]:
    return ((pk, "portal") for pk in _rows().values_list("pk", flat=True))
