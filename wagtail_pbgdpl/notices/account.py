"""Where somebody chooses how to be told: a panel of their own account in the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from .models import MailChoice

AT_ONCE, DAILY = "at_once", "daily"
CHOICES = (
    (AT_ONCE, _("Each at once")),
    (DAILY, _("One letter a day, on working days, of all that can wait so long")),
)


class MailForm(forms.ModelForm):
    when = forms.ChoiceField(
        label=_("Letters about what waits for me, and what was decided"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        help_text=_("Emergencies, time limits, and letters about access come at once in any case."),
    )

    class Meta:
        model = MailChoice
        fields = ("follows",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["when"] = DAILY if self.instance.daily else AT_ONCE

    field_order = ("when", "follows")

    def save(self, commit: bool = True) -> MailChoice:
        self.instance.daily = self.cleaned_data["when"] == DAILY
        return super().save(commit)


class MailPanel(BaseSettingsPanel):
    name = "pbgdpl_mail"
    title = _("E-mails of the portal")
    tab = notifications_tab
    # Before Wagtail's own, which are about other pages of the site.
    order = 50
    form_class = MailForm

    def get_form(self) -> MailForm:
        choice = MailChoice.objects.filter(user=self.user).first() or MailChoice(user=self.user)
        # What was sent without the panel changes nothing of it.
        data = self.request.POST if f"{self.name}-when" in self.request.POST else None
        return MailForm(data, instance=choice, prefix=self.name)


def panel(request: Any, user: Any, profile: Any) -> MailPanel:
    return MailPanel(request, user, profile)
