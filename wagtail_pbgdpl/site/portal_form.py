"""The form of the portal settings: what it names is public at once, with no decision (R8, R11)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..media.access import is_only_in_drafts
from ..media.pointing import PointingForm
from .laid_down import LaidDownForm


class PortalSettingsForm(PointingForm, LaidDownForm):
    """Refuses an emblem that the person may not see, and one that only drafts show.

    The second for everybody, the board too: an image of a draft becomes public by the decision on
    that draft and in no other way.
    """

    def clean_emblem(self) -> Any:
        emblem = self.cleaned_data["emblem"]
        if emblem is None or emblem.pk == self.initial.get("emblem"):
            return emblem
        # Of an image that is not theirs, the person learns no more than that.
        if self.may_name(emblem) and is_only_in_drafts(emblem):
            raise forms.ValidationError(
                _(
                    "A draft uses this image, and would have it public before it is decided on. "
                    "Upload the emblem as an image of its own."
                )
            )
        return emblem
