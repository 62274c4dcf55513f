"""The columns that listings show: one narrow table for content of whatever category."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string

from .fields import NFCTextField


class ListedMixin(models.Model):
    """What listings ask of an item; they find its table by this class, and know no page type.

    ``published_at`` is a copy of Wagtail's time of first publication, ``listed_in`` the primary
    key of the index page above: one index cannot span two tables.
    """

    category = models.CharField(_("category"), max_length=40, blank=True, editable=False)
    listed_in = models.PositiveBigIntegerField(
        _("listed in"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The index page above, kept here so that one index serves listings."),
    )
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The time of first publication, kept here so that one index serves listings."),
    )
    summary = NFCTextField(
        _("summary"),
        max_length=600,
        blank=True,
        help_text=_("Two or three sentences that stand in listings and at the top of the page."),
    )
    cover = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("cover image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    #: What a list says of the state of a draft that is put out for comment.
    consultation_label = ""

    class Meta:
        abstract = True
