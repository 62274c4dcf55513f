"""Which terms stand in which public answer; the database's own order is the index."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

#: As long as a pair of the longest syllables.
LONGEST_TERM = 41


class AlikeTerm(models.Model):
    """One term of one answer. ``page`` is the number of a page; what is gone is not found by it.

    Nothing is counted up here, so that nobody who publishes waits for another.
    """

    pk = models.CompositePrimaryKey("term", "page")
    term = models.CharField(_("term"), max_length=LONGEST_TERM)
    page = models.BigIntegerField(_("page"), db_index=True)

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("term of an answer")
        verbose_name_plural = _("terms of answers")

    def __str__(self) -> str:
        return f"{self.term} {self.page}"


class AlikeCount(models.Model):
    """How many answers have a term that many have, as counted last; the rest is counted live.

    Only the timed command writes here, so that nobody who publishes waits for another.
    """

    term = models.CharField(_("term"), max_length=LONGEST_TERM, primary_key=True)
    answers = models.PositiveIntegerField(_("answers"))

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("count of a term")
        verbose_name_plural = _("counts of terms")

    def __str__(self) -> str:
        return f"{self.term} {self.answers}"
