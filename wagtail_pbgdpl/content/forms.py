"""What all editor forms of the portal's pages have in common."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from ..core.base_page import free_slug
from ..core.history import name_of
from ..core.text import address_part
from ..matters import clock
from ..media.pointing import PointingForm
from ..organisation.models import Seat
from ..worktime.active import today
from . import typed
from .required import is_asked_for_its_text, lack_of, required_of

# An item has a handful; each is a row to look up, and to write.
MOST_TAGS = 50
#: The block with which a body begins.
PARAGRAPH = "rich_text"


class RegulatedPageForm(PointingForm, WagtailAdminPageForm):
    """The editor's script makes an address of the title, accents and all; this drops them.

    Where the script was too slow, the page makes an address of its own. A page that is not public
    and whose address is taken gets the next free one.
    """

    class Media:
        js = ("wagtail_pbgdpl/content/saved_once.js",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    @property
    def media(self) -> forms.Media:
        return super().media + typed.media_for(self.for_user)

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        return slug if slug.isascii() else address_part(slug)

    def clean(self) -> dict[str, Any]:
        # Which address is free is known when the place of the page is locked: as it is saved.
        public = self.instance.pk and self.instance.live
        wanted = None if public else self.cleaned_data.pop("slug", None)
        cleaned: dict[str, Any] = super().clean()
        if wanted is not None:
            cleaned["slug"] = wanted
        return cleaned

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Tell the editor that goes on the address that the page got."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        if "slug" in self.fields and self.instance.slug != self.data.get(self.add_prefix("slug")):
            updates.append((self.add_prefix("slug"), self.instance.slug))
        return updates


class ContentPageForm(RegulatedPageForm):
    """Ask for exactly what the regulation asks for (S3, D1); drafts may still lack it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.category:
            self.instance.category = getattr(self.parent_page, "category", "")
        self._offer_units()
        self._offer_rules()
        if self.instance.live and "information_on" in self.fields:
            self.fields["information_on"].help_text = _(
                "For a change of what is public: the day on which the change was decided. The time "
                "until it is published is measured from it."
            )
        self.asked_for = required_of(self.instance)
        for name in {"author", "source", *self.asked_for} & self.fields.keys():
            self.fields[name].required = name in self.asked_for
        if not self.instance.pk:
            self._begin()

    def _begin(self) -> None:
        """Put into the form of a new page what is known of who writes, and a paragraph to begin."""
        known = {"author": name_of(self.for_user)}
        if len(self.own_units) == 1:
            known |= {"source": self.own_units[0].name, "unit": self.own_units[0].pk}
        for name in known.keys() & self.fields.keys():
            self.initial[name] = self.initial.get(name) or known[name]
        # The full text of a document is pasted, or comes from Word.
        if "body" in self.fields and not is_asked_for_its_text(self.instance):
            block = self.fields["body"].db_field.offered_block(type(self.instance))
            if PARAGRAPH in block.child_blocks and not self.initial.get("body"):
                self.initial["body"] = block.to_python([{"type": PARAGRAPH, "value": ""}])

    def clean_tags(self) -> Any:
        tags = self.cleaned_data["tags"]
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError(
                _("An item has up to %(limit)d tags; here are %(count)d."),
                code="too_many_tags",
                params={"limit": MOST_TAGS, "count": len(tags)},
            )
        return tags

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

    def clean_unit(self) -> Any:
        """What people of a unit write is of their unit from the first draft on."""
        unit = self.cleaned_data["unit"]
        if unit is not None or not self.own_units:
            return unit
        if len(self.own_units) > 1:
            raise forms.ValidationError(_("Choose the unit that supplies the item."))
        return self.own_units[0]

    def _offer_rules(self) -> None:
        """Ask which time limit holds only where the category does not say it."""
        if "deadline_rule" not in self.fields:
            return
        rules = clock.rules_of(self.instance.category)
        label = self.fields["deadline_rule"].label
        if not clock.is_asked(rules):
            del self.fields["deadline_rule"]
            return
        self.fields["deadline_rule"] = forms.ChoiceField(
            label=label, choices=[("", "–"), *clock.choices(rules)], required=False
        )

    def _get_validation_exclusions(self) -> set[str]:
        exclude: set[str] = super()._get_validation_exclusions()
        if self.is_deferred_validation:
            given = {name: self.cleaned_data.get(name) for name in self.asked_for}
            exclude.update(name for name in given if lack_of(self.instance, name, given[name]))
        return exclude

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("title") and cleaned.get("slug") == "":
            wanted = address_part(cleaned["title"]) or "trang"
            cleaned["slug"] = free_slug(self.parent_page, wanted, self.instance)
        return cleaned
