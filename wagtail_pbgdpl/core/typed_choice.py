"""Choosing some of many: boxes to tick, narrowed by what is typed; nobody has to hold Ctrl."""

from __future__ import annotations

from django import forms
from wagtail.admin.staticfiles import versioned_static


class TypedChoices(forms.CheckboxSelectMultiple):
    """Boxes with a search field above; what is ticked stays in sight. Without script: the boxes."""

    template_name = "wagtail_pbgdpl/admin/widgets/typed_choices.html"

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[versioned_static("wagtail_pbgdpl/admin/typed_choices.js")],
            css={"all": [versioned_static("wagtail_pbgdpl/admin/typed_choices.css")]},
        )
