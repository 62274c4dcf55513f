"""The log of what changed in public, in the order in which it became true.

Only what everybody may read has rows here: kinds, keys and times, no text. A tombstone says what
is no longer public, and nothing else of it.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.history import AppendOnly
from ..core.personal import Personal

#: Of every site: units.
EVERY_SITE = 0


class PublicIdentity(models.Model):
    """Which object: ``key`` and ``language`` stay the same in a copy of the portal elsewhere.

    ``site``: the primary key of the site on which it is public, or ``EVERY_SITE``; ``language``:
    a code of language, empty for what has none.
    """

    site = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    language = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.identifier}"

    @property
    def identifier(self) -> str:
        """The key with the language, as other systems keep it."""
        return f"{self.key}.{self.language}" if self.language else self.key


class PublicObject(PublicIdentity):
    """What is public, as far as the log has said it. Written by ``log.settle`` alone.

    ``row``: the primary key of the object in its own table; ``mark``: differs once the object has
    changed; ``category``: the code of that in which it stands, empty for what stands in none.
    """

    row = models.PositiveBigIntegerField()
    mark = models.CharField(max_length=32)
    category = models.CharField(max_length=40, blank=True)

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "language", "site"], name="pbgdpl_public_object"
            )
        ]
        indexes = [models.Index(fields=["kind", "row"], name="pbgdpl_public_row")]
        verbose_name = _("public object")
        verbose_name_plural = _("public objects")


class PublicChange(PublicIdentity, AppendOnly):
    """That something became public, changed, or is public no more. Never changed, never deleted.

    ``category``: in which it stands, or stood last; ``former_category``: in which it stood before,
    where that is another one.
    """

    class Change(models.TextChoices):
        CREATED = "created", pgettext_lazy("object", "created")
        CHANGED = "changed", _("changed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    sequence = models.PositiveBigIntegerField(primary_key=True)
    change = models.CharField(max_length=10, choices=Change.choices)
    at = models.DateTimeField(default=timezone.now)
    category = models.CharField(max_length=40, blank=True)
    former_category = models.CharField(max_length=40, blank=True)

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["sequence"]
        indexes = [models.Index(fields=["kind", "sequence"], name="pbgdpl_change_of_kind")]
        verbose_name = _("change in public")
        verbose_name_plural = _("changes in public")


class PublicLog(models.Model):
    """The one row whose lock orders the log: ``last`` is the highest number that was given.

    ``key`` tells this log from that of another portal; ``compared_at``: when all that is public was
    last compared with it.
    """

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    last = models.PositiveBigIntegerField(default=0)
    compared_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("log of what changed in public")
        verbose_name_plural = _("log of what changed in public")

    def __str__(self) -> str:
        return f"{self.key}: {self.last}"
