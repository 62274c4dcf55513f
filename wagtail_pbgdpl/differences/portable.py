"""Differences stay: they are between this portal and the systems that it is linked with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..core.portable import register_subject, stays
from .models import DOCUMENT_DIFFERENCE, Difference


def register_all() -> None:
    register_subject(DOCUMENT_DIFFERENCE, None)
    stays(_("of the systems that this portal is linked with"), Difference)
