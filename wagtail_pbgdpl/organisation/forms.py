"""How seats, units and delegations are entered."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from ..core.alphabet import alphabetically
from ..regulations import RoleCode
from ..regulations.active import get_regulation
from ..worktime import moment
from ..worktime.active import today
from .models import Seat, delegation_choices, role_choices


class SeatForm(WagtailAdminModelForm):
    """Who, as what and where stand once a seat is made; its days and categories may change.

    A seat on the board, and more of one, waits for another member of the board (R10).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = copy(self.instance)
        self.fields["role"] = forms.ChoiceField(
            label=self.fields["role"].label, choices=role_choices
        )
        users = self.fields["user"]
        active = users.queryset.filter(is_active=True)
        users.queryset = alphabetically(active.order_by("first_name", "username"))
        users.label_from_instance = _person
        if self.instance.pk:
            for name in ("role", "user", "unit"):
                self.fields[name].disabled = True
        else:
            self.fields["starts_on"].initial = today

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        holder = data.get("user") or (self.instance.user if self.instance.user_id else None)
        if self.for_user is not None and holder == self.for_user:
            # Else who keeps the seats could take any of them.
            raise ValidationError(_("Nobody gives or changes a seat of their own."))
        return data

    def save(self, commit: bool = True) -> Any:
        if self.instance.is_of_the_board and self._gives_more():
            self.instance.awaits_confirmation = True
            self.instance.confirmed_by = self.instance.confirmed_at = None
        return super().save(commit)

    def _gives_more(self) -> bool:
        """Whether the seat is new, or wider than it was; less of it needs nobody's leave."""
        before, after = self.before, self.instance
        return before.pk is None or not (
            before.covers(after) and set(after.categories) <= set(before.categories)
        )


class DelegationForm(WagtailAdminModelForm):
    """A Trưởng Ban delegates for themselves; others record what was decided.

    Offers the seats of today that can delegate and be delegated to by the regulation in force, and
    fills in who is meant where there is one.
    """

    overlaps = forms.BooleanField(
        label=_("Enter it beside that one"),
        required=False,
        help_text=_("Otherwise change the days or the categories, or revoke the other one first."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked once something overlaps.
        self._asked = self.fields.pop("overlaps")
        self.fields["code"] = forms.ChoiceField(
            label=self.fields["code"].label, choices=delegation_choices
        )
        known = get_regulation().delegations.values()
        self._offer("delegator", {one.delegator for one in known})
        self._offer("delegate", {one.delegate for one in known})
        self.fields["starts_on"].required = self.fields["ends_on"].required = True
        self.fields["starts_on"].initial = today

    def _offer(self, name: str, roles: set[RoleCode]) -> None:
        field: Any = self.fields[name]
        seats = Seat.objects.on(today()).filter(role__in=roles).select_related("user", "unit")
        field.error_messages["invalid_choice"] = _(
            "This seat does not hold today, or the regulation knows no such delegation."
        )
        field.queryset = seats
        if name == "delegate" and self.for_user is not None:
            field.queryset = seats.exclude(user=self.for_user)
            field.error_messages["invalid_choice"] = _(
                "Nobody records a delegation to themselves, nor to a seat that does not hold today."
            )
        offered = list(field.queryset[:2])
        own = seats.filter(user=self.for_user).first() if name == "delegator" else None
        if own is not None or len(offered) == 1:
            field.initial = own or offered[0]
        elif not offered:
            field.help_text = _("Nobody holds such a seat today; enter the seat first.")

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or self._asked.widget.value_from_datadict(
            self.data, self.files, self.add_prefix("overlaps")
        ):
            return
        if beside := self.instance.overlapping():
            self.fields["overlaps"] = self._asked
            self.add_error(
                "overlaps",
                [
                    ValidationError(
                        _("On some of these days there is already: %(other)s, %(days)s."),
                        params={
                            "other": other,
                            "days": f"{moment(other.starts_on)} – {moment(other.ends_on)}",
                        },
                    )
                    for other in beside
                ],
            )


class RevocationForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


def _person(user: Any) -> str:
    return f"{user.get_full_name() or user.get_username()} ({user.get_username()})"
