"""Figures of months that were counted once and are kept (P3, T3)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tally(models.Model):
    """What was counted of the closed questions that were received in a month.

    ``month`` is its first day in Asia/Ho_Chi_Minh, ``by`` what it was counted by. ``counted``: by
    kind and key, numbers in the order of ``tallies.COUNTED``, and last how many answers took how
    many working days.
    """

    month = models.DateField(_("month"))
    by = models.CharField(_("counted by"), max_length=10)
    counted = models.JSONField(_("counted"), default=dict)
    made_at = models.DateTimeField(_("counted at"), auto_now=True)

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["by", "month"], name="pbgdpl_tally"),
        ]
        verbose_name = _("kept figures of a month")
        verbose_name_plural = _("kept figures of months")

    def __str__(self) -> str:
        return f"{self.month:%m/%Y} {self.by}"


class Recount(models.Model):
    """A mark that something changed of which the tallies of a month tell: they count no more.

    It is only added, in the transaction of the change, so that no change waits for another.
    """

    month = models.DateField(_("month"), db_index=True)

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("month to be counted anew")
        verbose_name_plural = _("months to be counted anew")

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}"
