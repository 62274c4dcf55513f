"""What the exchange remembers of each record: by which identifier every portal knows it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..core.personal import Personal


class Exchanged(models.Model):
    """``row`` is the primary key of the record in its own table.

    ``taken``: the digest of the record as it came in a package last; ``made``: of the record as
    this portal would have written it then, so that what was changed here since is seen. Both are
    empty for what never came from elsewhere.
    """

    kind = models.CharField(max_length=40)
    uid = models.CharField(max_length=255)
    row = models.PositiveBigIntegerField()
    taken = models.CharField(max_length=64, blank=True)
    made = models.CharField(max_length=64, blank=True)

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "uid"], name="pbgdpl_exchanged_uid"),
            models.UniqueConstraint(fields=["kind", "row"], name="pbgdpl_exchanged_row"),
        ]
        verbose_name = _("record of the exchange")
        verbose_name_plural = _("records of the exchange")

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"
