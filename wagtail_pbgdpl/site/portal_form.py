"""The form of the portal settings: what it names is public at once, with no decision (R8, R11)."""

from __future__ import annotations

from typing import Any

from ..media.pointing import PointingForm
from .laid_down import LaidDownForm


class PortalSettingsForm(PointingForm, LaidDownForm):
    """Refuses an emblem that the person may not see, and one that only drafts show."""

    def clean_emblem(self) -> Any:
        return self.public_at_once("emblem")
