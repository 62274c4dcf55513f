"""The regulation that the settings name."""

from __future__ import annotations

import functools
from typing import Any

from django.core.signals import setting_changed
from django.dispatch import receiver

from ..conf import SETTING, settings
from .loader import load
from .problems import RegulationError
from .schema import Regulation


@functools.cache
def get_regulation() -> Regulation:
    """Return the regulation of ``WAGTAIL_PBGDPL["PROFILE"]``.

    It is read once for each process: a changed profile takes effect when the server restarts.
    Raises ``RegulationError`` if the profile cannot be used; the system checks explain why.
    """
    return load(settings.PROFILE)


def is_usable() -> bool:
    """Whether there is a regulation to go by. What also stands on pages of the host asks first."""
    try:
        get_regulation()
    except RegulationError:
        return False
    return True


def category_name(code: str) -> str:
    """Return the category as the effective regulation calls it, or its code if it has none such."""
    category = get_regulation().categories.get(code)
    return category.name if category else code


# Its sender is whatever holds the settings of a test: all are heard.
@receiver(setting_changed)
def _forget(*, setting: str, **kwargs: Any) -> None:
    if setting == SETTING:
        get_regulation.cache_clear()
