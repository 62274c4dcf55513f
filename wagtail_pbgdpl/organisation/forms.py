"""How seats, units and delegations are entered."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

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
        users.queryset = users.queryset.filter(is_active=True).order_by("first_name", "username")
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
    """A Trưởng Ban delegates for themselves; others record what was decided."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.ChoiceField(
            label=self.fields["code"].label, choices=delegation_choices
        )
        for name in ("delegator", "delegate"):
            field = self.fields[name]
            field.queryset = Seat.objects.on(today()).select_related("user", "unit")
        self.fields["starts_on"].required = self.fields["ends_on"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        delegate = data.get("delegate")
        if delegate is not None and delegate.user == self.for_user:
            self.add_error("delegate", _("Nobody records a delegation to themselves."))
        return data


class RevocationForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


def _person(user: Any) -> str:
    return f"{user.get_full_name() or user.get_username()} ({user.get_username()})"
