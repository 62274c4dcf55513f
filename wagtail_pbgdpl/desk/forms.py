"""How what is owed is entered, given to a draft, and given up."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from ..authority.reach import Reach
from ..core.fields import SOON, check_year
from ..core.text import nfc
from ..matters import clock, obligations
from ..matters.models import Event, Matter
from ..matters.publications import Move
from ..matters.timeliness import visible_to
from ..organisation.fields import category_choices
from ..organisation.models import Unit
from ..worktime import VIETNAM
from ..worktime.active import today
from ..worktime.limits import Unit as LimitUnit

DRAFTS_OFFERED = 200
# A long name must not make a choice wider than a telephone.
FIT = {"class": "w-w-full"}


class OwedForm(forms.Form):
    """What must be published and is not written yet; for the units and categories of ``reach``.

    The rule is asked for only where the regulation has categories with several, the hour only
    where a rule counts office hours.
    """

    title = forms.CharField(label=_("Title"), max_length=255)
    category = forms.ChoiceField(label=_("Category"), widget=forms.Select(attrs=FIT))
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.Select(attrs=FIT),
    )
    rule = forms.ChoiceField(
        label=_("Time limit"),
        required=False,
        widget=forms.Select(attrs=FIT),
        help_text=_("Only for a category whose time limits have a condition."),
    )
    started_on = forms.DateField(
        label=_("Day of the event"),
        validators=[partial(check_year, years_ahead=SOON)],
        widget=AdminDateInput(),
        help_text=_("The day of issue, of the decision or of the event, as dd/mm/yyyy."),
    )
    started_time = forms.TimeField(
        label=_("Hour of the event"),
        required=False,
        widget=AdminTimeInput(),
        help_text=_("For a time limit in office hours, where the hour is known."),
    )
    remark = forms.CharField(
        label=_("Remark"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach
        categories = [choice for choice in category_choices() if reach.has(choice[0])]
        field: Any = self.fields["category"]
        field.choices = [("", "---------"), *categories]
        self._offer_units()
        self._offer_rules([code for code, _name in categories])

    def _offer_units(self) -> None:
        field: Any = self.fields["unit"]
        field.queryset = Unit.objects.on(today())
        if not self.reach.any_unit:
            field.queryset = field.queryset.filter(pk__in=self.reach.units)
            field.required = True
            own = list(field.queryset[:2])
            if len(own) == 1:
                field.initial = own[0]

    def _offer_rules(self, categories: list[str]) -> None:
        rules = {code: clock.rules_of(code) for code in categories}
        asked = {
            rule.code: rule for some in rules.values() if clock.is_asked(some) for rule in some
        }
        field: Any = self.fields["rule"]
        field.choices = [("", "---------"), *clock.choices(asked.values())]
        if not asked:
            del self.fields["rule"]
        if not any(
            rule.limit.unit is LimitUnit.OFFICE_HOUR for some in rules.values() for rule in some
        ):
            del self.fields["started_time"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        category, unit = data.get("category"), data.get("unit")
        if not category:
            return data
        if "unit" in data:
            self._refuse_what_is_not_given(category, unit)
        rules = clock.rules_of(category)
        chosen = data.get("rule", "")
        if chosen and clock.code_of(category, chosen) != chosen:
            self.add_error("rule", _("This rule does not govern the category."))
        elif len(rules) > 1 and not chosen:
            self.add_error(
                "rule", _("Several time limits govern this category; choose the one that holds.")
            )
        elif "started_on" in data and clock.counted_from(self.start) != self.start:
            self.add_error("started_on", _("The calendar of working days does not reach this day."))
        return data

    def _refuse_what_is_not_given(self, category: str, unit: Unit | None) -> None:
        if unit is not None and category not in unit.categories:
            self.add_error(
                "category",
                ValidationError(
                    _("This category was not given to «%(unit)s»."), params={"unit": unit}
                ),
            )
        elif not self.reach.covers(category, unit.pk if unit else None):
            self.add_error("unit", _("You enter nothing of this category for this unit."))

    @property
    def start(self) -> clock.Start:
        day: datetime.date = self.cleaned_data["started_on"]
        hour = self.cleaned_data.get("started_time")
        return datetime.datetime.combine(day, hour, VIETNAM) if hour else day

    def enter(self, by: Any) -> tuple[Matter, bool]:
        """Enter it; return the row and whether it is new.

        A form that was sent twice is entered once. Raises ``ValidationError`` as
        ``obligations.owe`` does.
        """
        data = self.cleaned_data
        with transaction.atomic():
            # Two requests of one person come one after the other.
            get_user_model()._default_manager.select_for_update().get(pk=by.pk)
            same = self._entered_before(by)
            if same is not None:
                return same, False
            row = obligations.owe(
                title=data["title"],
                category=data["category"],
                start=self.start,
                unit=data["unit"],
                rule=data.get("rule", ""),
                by=by,
                remark=data["remark"],
            )
            return row, True

    def _entered_before(self, by: Any) -> Matter | None:
        data = self.cleaned_data
        day, instant = clock.split(self.start)
        same: Matter | None = (
            Matter.objects.open()
            .filter(
                title=nfc(data["title"]),
                category=data["category"],
                unit=data["unit"],
                rule=clock.code_of(data["category"], data.get("rule", "")),
                started_on=day,
                started_at=instant,
                note=nfc(data["remark"]),
                events__move=Move.OWED,
                events__by=by,
            )
            .first()
        )
        return same


class TakeUpForm(forms.Form):
    """Which draft is what was owed: one of its unit and category that the person may see."""

    draft = forms.ModelChoiceField(
        label=_("Draft page"),
        queryset=Matter.objects.none(),
        widget=forms.Select(attrs=FIT),
    )

    def __init__(self, *args: Any, row: Matter, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["draft"]
        newest = drafts_for(row, user).order_by("-pk").values_list("pk", flat=True)
        # A choice is looked up in the queryset, which may not be a slice.
        keys = list(newest[:DRAFTS_OFFERED])
        field.queryset = Matter.objects.filter(pk__in=keys).order_by("-pk")


def drafts_for(row: Matter, user: Any) -> Any:
    """Return the open rows of drafts that could be what ``row`` owes."""
    owed = Event.objects.filter(move=Move.OWED)
    return (
        visible_to(user)
        .open()
        .filter(subject__isnull=False, category=row.category, unit=row.unit_id)
        .exclude(pk__in=owed.values("matter"))
    )


class GiveUpForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
