"""The page at which a portal begins, found by what it has mixed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest

from ..core.discovery import concrete_models
from .routing import route_below

if TYPE_CHECKING:
    from wagtail.models import Page as MixinBase
else:
    MixinBase = models.Model


class HomeMixin(MixinBase):
    """Leads from the portal to the pages below it, with one query for all on the way."""

    class Meta:
        abstract = True

    def take_way(self, portal: Any, way: list[Any]) -> None:
        # One portal may stand below another.
        super().take_way(self, way)  # type: ignore[misc]

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        if not path_components:
            return super().route(request, path_components)
        return route_below(self, request, path_components)


def portal_on(page: Any, way: Sequence[Any]) -> Any:
    """Return the nearest portal page on the way from the root to ``page``, or ``None``."""
    portals = concrete_models(HomeMixin)
    for row in reversed(way):
        if row.specific_class in portals:
            return page if row.pk == page.pk else row.specific
    return None
