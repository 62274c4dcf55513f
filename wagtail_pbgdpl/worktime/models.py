"""Days off and working days that an administrator enters: what no release could know."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..core.fields import NFCCharField
from .calendar import FIRST_DAY, LAST_DAY
from .seed import shipped_calendar


class CalendarException(models.Model):
    """A day on which the shipped calendar is wrong, or was overtaken by a notice.

    It stands in for whatever the shipped calendar says of its date.
    """

    class Kind(models.TextChoices):
        OFF = "off", _("day off")
        WORKED = "worked", _("worked")

    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.OFF)
    name = NFCCharField(
        _("name"),
        max_length=200,
        help_text=_("Shown wherever a deadline is explained, for example “Lunar New Year”."),
    )
    notice = NFCCharField(
        _("notice"),
        max_length=100,
        blank=True,
        help_text=_("Number of the notice that announced it."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        app_label = "wagtail_pbgdpl"
        ordering = ["-date"]
        verbose_name = _("calendar exception")
        verbose_name_plural = _("calendar exceptions")

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y}: {self.name}"

    def clean(self) -> None:
        super().clean()
        if self.date is None:
            return
        if not FIRST_DAY <= self.date <= LAST_DAY:
            raise ValidationError(
                {
                    "date": ValidationError(
                        _("The calendar covers the years %(first)s to %(last)s."),
                        code="out_of_range",
                        params={"first": FIRST_DAY.year, "last": LAST_DAY.year},
                    )
                }
            )
        # Such a row would change nothing; most often the date has a typing error.
        works = shipped_calendar().day(self.date).works
        if works == (self.kind == self.Kind.WORKED):
            message = (
                _("%(date)s is a working day already.")
                if works
                else _("%(date)s is a day off already.")
            )
            raise ValidationError(
                {
                    "date": ValidationError(
                        message, code="no_change", params={"date": f"{self.date:%d/%m/%Y}"}
                    )
                }
            )
