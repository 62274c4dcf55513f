"""What all editor forms of the portal's pages have in common."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from ..ledger.clock import rules_of
from ..organisation.models import Seat
from ..text import address_part
from ..worktime.active import today
from .base_page import free_slug
from .required import required_of


class RegulatedPageForm(WagtailAdminPageForm):
    """The editor's script makes an address of the title, accents and all; this drops them.

    Where the script was too slow, the page makes an address of its own.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        return slug if slug.isascii() else address_part(slug)


class ContentPageForm(RegulatedPageForm):
    """Ask for exactly what the regulation asks for (S3, D1); drafts may still lack it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.category:
            self.instance.category = getattr(self.parent_page, "category", "")
        self._offer_units()
        self._offer_rules()
        self.asked_for = required_of(self.instance)
        for name in {"author", "source", *self.asked_for} & self.fields.keys():
            self.fields[name].required = name in self.asked_for

    def _offer_units(self) -> None:
        """People of a unit supply for their own; the board enters for any (R11)."""
        self.own_units: list[Any] = []
        if "unit" not in self.fields:
            return
        seats = Seat.objects.filter(user=self.for_user).on(today()).select_related("unit")
        own = [seat.unit for seat in seats if seat.unit is not None]
        field = self.fields["unit"]
        if own and len(own) == len(seats):
            self.own_units = own
            keys = {unit.pk for unit in own} | {self.instance.unit_id}
            field.queryset = field.queryset.filter(pk__in=keys)
        if not self.instance.pk and len(own) == 1:
            field.initial = own[0]

    def clean_unit(self) -> Any:
        """What people of a unit write is of their unit from the first draft on."""
        unit = self.cleaned_data["unit"]
        if unit is not None or not self.own_units:
            return unit
        if len(self.own_units) > 1:
            raise forms.ValidationError(_("Choose the unit that supplies the item."))
        return self.own_units[0]

    def _offer_rules(self) -> None:
        """Ask which time limit holds only where the category has several."""
        if "deadline_rule" not in self.fields:
            return
        rules = rules_of(self.instance.category)
        label = self.fields["deadline_rule"].label
        if len(rules) < 2:
            del self.fields["deadline_rule"]
            return
        choices = [(rule.code, f"{rule.condition or rule.name} ({rule.clause})") for rule in rules]
        self.fields["deadline_rule"] = forms.ChoiceField(
            label=label, choices=[("", "–"), *choices], required=False
        )

    def _get_validation_exclusions(self) -> set[str]:
        exclude: set[str] = super()._get_validation_exclusions()
        if self.is_deferred_validation:
            exclude.update(name for name in self.asked_for if not self.cleaned_data.get(name))
        return exclude

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("title") and cleaned.get("slug") == "":
            wanted = address_part(cleaned["title"]) or "trang"
            cleaned["slug"] = free_slug(self.parent_page, wanted, self.instance)
        return cleaned
