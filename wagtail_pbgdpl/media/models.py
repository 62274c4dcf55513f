"""What the database remembers of images and documents beyond Wagtail's own rows (R11).

A file belongs to a unit, and to the pages that use it; who uploaded it is not asked later on.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileOfUnit(models.Model):
    """The unit to which an image or document belongs: that of the uploader on that day.

    Without a row, it is the board's, or of somebody who had a seat in several units.
    """

    model = models.CharField(_("table"), max_length=100)
    object_id = models.PositiveBigIntegerField(_("key"))
    unit = models.ForeignKey(
        "wagtail_pbgdpl.Unit", verbose_name=_("unit"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["model", "object_id"], name="pbgdpl_file_of_unit")
        ]
        verbose_name = _("file of a unit")
        verbose_name_plural = _("files of units")

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}: {self.unit}"


class LatestReference(models.Model):
    """One image, document or page to which the latest version of a page refers.

    Wagtail's index of references follows the rows of pages; the editor keeps drafts as versions.
    """

    page_id = models.PositiveBigIntegerField(_("page"))
    model = models.CharField(_("table"), max_length=100)
    object_id = models.PositiveBigIntegerField(_("key"))

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["page_id", "model", "object_id"], name="pbgdpl_latest_reference"
            )
        ]
        indexes = [models.Index(fields=["model", "object_id"], name="pbgdpl_referred_to")]
        verbose_name = _("reference of a draft")
        verbose_name_plural = _("references of drafts")

    def __str__(self) -> str:
        return f"{self.page_id} → {self.model} {self.object_id}"
