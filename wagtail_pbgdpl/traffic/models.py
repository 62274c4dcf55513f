"""What is kept of visits: sums. No row stands for a person, a device or an address.

Page and category are plain values, not foreign keys: what was read stays read when a page is
deleted or a category is no longer in the regulation.
Clauses: BK21 Điều 9.14 (C14), BP20 Điều 18.5 (P3).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..core.fields import NFCCharField

# The empty code: pages outside the categories, such as the home page.
CATEGORY_LENGTH = 40
LONGEST_WORDS = 100


class TrafficDay(models.Model):
    """Views of one category on one day (Asia/Ho_Chi_Minh). Kept for ever: a few rows a day."""

    date = models.DateField(_("date"))
    category = models.CharField(_("category"), max_length=CATEGORY_LENGTH, blank=True)
    views = models.PositiveBigIntegerField(_("views"))

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["date", "category"], name="pbgdpl_traffic_day")
        ]
        verbose_name = _("views of a day")
        verbose_name_plural = _("views by day")

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.category}: {self.views}"


class TrafficPage(models.Model):
    """Views of one page in one month, by the category that it had then.

    ``month`` is the first day of the month (Asia/Ho_Chi_Minh). Kept for ever.
    """

    month = models.DateField(_("month"))
    page_id = models.PositiveBigIntegerField(_("page"))
    category = models.CharField(_("category"), max_length=CATEGORY_LENGTH, blank=True)
    views = models.PositiveBigIntegerField(_("views"))

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["month", "page_id", "category"], name="pbgdpl_traffic_page"
            )
        ]
        indexes = [models.Index(fields=["month", "-views"], name="pbgdpl_traffic_most_read")]
        verbose_name = _("views of a page")
        verbose_name_plural = _("views by page")

    def __str__(self) -> str:
        return f"{self.month:%m/%Y} {self.page_id}: {self.views}"


class TrafficMinute(models.Model):
    """Signs of life in one minute, for «online now»; dropped after an hour."""

    minute = models.DateTimeField(_("minute"), unique=True)
    beats = models.PositiveBigIntegerField(_("signs of life"))

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("signs of life in a minute")
        verbose_name_plural = _("signs of life by minute")

    def __str__(self) -> str:
        return f"{self.minute:%d/%m/%Y %H:%M}: {self.beats}"


class TrafficHelpful(models.Model):
    """How often readers pressed «helpful» or «not helpful» below an answer on one day.

    Asia/Ho_Chi_Minh. Kept for ever. Clauses: BK21 Điều 9.6 (C6), Điều 20.2c (Q8).
    """

    date = models.DateField(_("date"))
    page_id = models.PositiveBigIntegerField(_("page"))
    is_helpful = models.BooleanField(_("helpful"))
    presses = models.PositiveBigIntegerField(_("presses"))

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["date", "page_id", "is_helpful"], name="pbgdpl_traffic_helpful"
            )
        ]
        verbose_name = _("opinions on an answer")
        verbose_name_plural = _("opinions on answers")

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.page_id} {self.is_helpful}: {self.presses}"


class TrafficSearch(models.Model):
    """How often something was searched in one month, with or without a result.

    ``month`` is the first day of the month (Asia/Ho_Chi_Minh). ``words`` as people typed them, in
    small letters; texts with numbers that identify a person have no row. Kept for some 13 months.
    """

    month = models.DateField(_("month"))
    words = NFCCharField(_("searched words"), max_length=LONGEST_WORDS)
    is_empty = models.BooleanField(_("without result"))
    searches = models.PositiveBigIntegerField(_("searches"))

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["month", "words", "is_empty"], name="pbgdpl_traffic_search"
            )
        ]
        verbose_name = _("searches for words")
        verbose_name_plural = _("searches for words")

    def __str__(self) -> str:
        return f"{self.month:%m/%Y} {self.words}: {self.searches}"
