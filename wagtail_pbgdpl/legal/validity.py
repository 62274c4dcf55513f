"""The codes of the national database of legal documents, as the public reads them (D2)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Validity(models.TextChoices):
    """Codes of the national database of legal documents (D2)."""

    IN_FORCE = "CHL", _("In force")
    EXPIRED = "HHL", _("No longer in force")
    PARTLY_EXPIRED = "HHL1P", _("Partly no longer in force")
    NOT_YET = "CCHL", _("Not yet in force")
    SUSPENDED = "TNHL", _("Suspended")
    PARTLY_SUSPENDED = "TNHL1P", _("Partly suspended")
    NOT_SUITABLE = "KCPH", _("No longer suitable")


#: Their names by code.
VALIDITY = dict(Validity.choices)
