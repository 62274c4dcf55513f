"""How receivers of changes are entered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Site

from ..api.content import PLURALS

KINDS: dict[str, Any] = {
    "item": pgettext_lazy("content", "items"),
    "document": pgettext_lazy("law", "documents"),
    "answer": _("answers"),
    "category": _("categories"),
    "unit": _("units"),
}


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds that the log knows, those of other apps by their own word."""
    return [(kind, str(KINDS.get(kind, kind))) for kind in PLURALS]


class ReceiverForm(WagtailAdminModelForm):
    kinds = forms.MultipleChoiceField(
        label=_("Kinds"),
        choices=kind_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Of these alone; none ticked: of all."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["site"].initial = Site.objects.filter(is_default_site=True).first()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("categories") and data.get("kinds") == ["unit"]:
            said = gettext("Units stand in no category: nothing would ever be told.")
            self.add_error("categories", said)
        return data
