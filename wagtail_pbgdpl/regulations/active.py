"""The regulation that the settings name."""

from __future__ import annotations

import functools
from typing import Any

from django.core.signals import setting_changed
from django.dispatch import receiver

from ..conf import SETTING, settings
from .loader import load
from .schema import Regulation


@functools.cache
def get_regulation() -> Regulation:
    """Return the regulation of ``WAGTAIL_PBGDPL["PROFILE"]``.

    It is read once for each process: a changed profile takes effect when the server restarts.
    Raises ``RegulationError`` if the profile cannot be used; the system checks explain why.
    """
    return load(settings.PROFILE)


@receiver(setting_changed)
def _forget(*, setting: str, **kwargs: Any) -> None:
    if setting == SETTING:
        get_regulation.cache_clear()
