"""Who hears of what changes in public is written down: entered, changed, switched on and off."""

from __future__ import annotations

from ..changes.models import Change
from ..changes.watch import watch
from .models import WebhookReceiver

FIELDS = ("name", "site", "address", "kinds", "categories", "is_on", "secret_made_at")


def connect() -> None:
    watch(WebhookReceiver, Change.Kind.SETTINGS, FIELDS)
