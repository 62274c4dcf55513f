"""What somebody who is not signed in left at the door, until the timed command sees to it (X1)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..core.fields import NFCCharField
from ..core.personal import Personal

LENGTH = 254


class LoginNote(models.Model):
    """One text that was typed at the log-in page, in one copy however often it was typed.

    The request does no more than write it down, whether or not an account is behind it: neither
    the answer nor its time tells which.
    """

    class Kind(models.TextChoices):
        FORGOTTEN = "forgotten", _("asks for a new password")
        LOCKED = "locked", _("locked after wrong passwords")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    # An e-mail address, or a user name.
    typed = NFCCharField(_("typed"), max_length=LENGTH)
    at = models.DateTimeField(_("at"), default=timezone.now)

    personal: ClassVar[dict[str, Personal]] = {
        "typed": Personal(_("to let somebody in again who forgot the password"), "X1", 1),
    }
    not_personal: ClassVar[tuple[str, ...]] = ("kind", "at")

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "typed"], name="pbgdpl_login_note"),
        ]
        verbose_name = _("note of the log-in page")
        verbose_name_plural = _("notes of the log-in page")

    def __str__(self) -> str:
        return f"{self.Kind(self.kind).label}: {self.typed}"
