"""How often each choice was taken; nothing of who took it, and no row for an answer."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..core.fields import NFCCharField

TITLE_LENGTH = 255
QUESTION_LENGTH = 300
CHOICE_LENGTH = 200
DIGEST_LENGTH = 64


class Survey(models.Model):
    """A survey that somebody answered. ``page``, ``block``: where it stands, by numbers.

    ``secret`` is the key of the marks of who answered; it is empty once the survey is closed, and
    so are the marks. What is closed stays closed.
    """

    page = models.BigIntegerField(_("page"))
    block = models.CharField(_("block"), max_length=36)
    title = NFCCharField(_("title"), max_length=TITLE_LENGTH)
    answers = models.PositiveIntegerField(_("answers"), default=0)
    #: The last day of it, whole, Asia/Ho_Chi_Minh, as the page said when it was answered last.
    closes_on = models.DateField(_("closes on"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    secret = models.CharField(_("key"), max_length=64, blank=True, default=secrets.token_hex)

    objects: Any = models.Manager()
    counts: Any
    marks: Any

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "block"], name="pbgdpl_survey_place"),
        ]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")

    def __str__(self) -> str:
        return self.title


class SurveyCount(models.Model):
    """How many took a choice, by the words that stood there."""

    survey = models.ForeignKey(
        Survey, verbose_name=_("survey"), on_delete=models.CASCADE, related_name="counts"
    )
    question = NFCCharField(_("question"), max_length=QUESTION_LENGTH)
    choice = NFCCharField(_("choice"), max_length=CHOICE_LENGTH)
    number = models.PositiveIntegerField(_("number"), default=0)

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["survey", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "question", "choice"], name="pbgdpl_survey_choice"
            ),
        ]
        verbose_name = _("count of a survey")
        verbose_name_plural = _("counts of surveys")

    def __str__(self) -> str:
        return f"{self.question}: {self.choice}"


class SurveyMark(models.Model):
    """That a browser answered a survey: a digest by the key of that survey, until it closes.

    It is the key of the row, so that no number tells who came when.
    """

    digest = models.CharField(_("mark"), max_length=DIGEST_LENGTH, primary_key=True)
    survey = models.ForeignKey(
        Survey, verbose_name=_("survey"), on_delete=models.CASCADE, related_name="marks"
    )

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("mark of an answer")
        verbose_name_plural = _("marks of answers")

    def __str__(self) -> str:
        return self.digest[:8]
