"""Linked systems show at once: who changed one is written down, and visitors see it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from ..changes.models import Change
from ..changes.watch import watch
from ..serving import process_cache, site_version
from . import logos
from .models import ExternalSource

FIELDS = (
    *("name", "code", "kind", "address", "home", "mapping", "allowed_hosts"),
    *("documents", "search_address", "search_feed", "logo", "logo_alt"),
    *("interval_minutes", "down_after_minutes", "order", "is_on"),
)


def _show_anew(*, instance: ExternalSource, **kwargs: Any) -> None:
    logos.draw(instance)
    process_cache.forget()
    site_version.renew()


def connect() -> None:
    watch(ExternalSource, Change.Kind.SETTINGS, FIELDS)
    post_save.connect(_show_anew, sender=ExternalSource, dispatch_uid="pbgdpl_sources_shown")
