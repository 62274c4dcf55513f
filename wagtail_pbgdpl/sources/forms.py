"""Forms of linked systems."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from ..media.pointing import PointingForm
from .adapters.registry import choices
from .models import ExternalSource


class SourceForm(PointingForm, WagtailAdminModelForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=choices)

    def clean_logo(self) -> Any:
        return self.public_at_once("logo")


class TryForm(forms.ModelForm):
    """What the reading of a source depends on, to be tried before it is kept."""

    kind = forms.ChoiceField(label=_("Kind"), choices=choices)

    class Meta:
        model = ExternalSource
        fields = ["kind", "address", "allowed_hosts", "mapping"]
        widgets: dict[str, Any] = {
            "allowed_hosts": forms.Textarea(attrs={"rows": 2}),
            "mapping": forms.Textarea(attrs={"rows": 6}),
        }
