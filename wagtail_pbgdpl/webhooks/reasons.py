"""Why a message was not taken: codes, and their words; beside those of linked systems."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..sources import reasons

REASONS: dict[str, Any] = {
    "gone": _("The receiver says that it takes nothing more (410)."),
    "moved": _("The address leads on to another one, which is not followed."),
    "secret": _("The secret cannot be decrypted with any key of the settings. Make a new one."),
}


def words(reason: str) -> str:
    return str(REASONS.get(reason) or reasons.words(reason))
