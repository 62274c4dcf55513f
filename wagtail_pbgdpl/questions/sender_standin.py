"""Stands in for ``intake.sender.Sender`` and ``intake.tracking`` until these are there."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..core.fields import NFCCharField, NFCTextField

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Sender(models.Model):
    """A person behind something that was sent in. Nothing of it stands in a matter or an event."""

    full_name = NFCCharField(_("full name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    postal_address = NFCTextField(_("postal address"), max_length=300, blank=True)
    name_may_be_shown = models.BooleanField(_("the name may be published"), default=False)
    consent_version = models.CharField(_("version of the consent text"), max_length=40, blank=True)
    consented_at = models.DateTimeField(_("consented at"), null=True, blank=True)

    class Meta:
        abstract = True


def new_code() -> str:
    """Return a tracking code that nobody can guess, of 16 symbols."""
    return "".join(secrets.choice(ALPHABET) for _place in range(16))


def grouped(code: str) -> str:
    """Return a code as it is shown and read aloud, in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
