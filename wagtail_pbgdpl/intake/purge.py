"""What of sendings is of no use any more goes by itself."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from ..conf import settings
from .models import HeldUpload, Sending


def purge(now: datetime.datetime | None = None) -> int:
    """Delete uploads whose form never came, and sendings whose form cannot be sent again.

    Returns how many uploads went. A form that takes one over at the same moment has it.
    """
    now = now or timezone.now()
    gone = 0
    before = now - datetime.timedelta(hours=settings.INTAKE_HELD_HOURS)
    with transaction.atomic():
        old = HeldUpload.objects.select_for_update(skip_locked=True).filter(at__lt=before)
        for upload in old:
            upload.delete()
            gone += 1
    # A day more: the limits count the last hour, and a form is shown again when it expired.
    kept_for = datetime.timedelta(hours=settings.INTAKE_FORM_HOURS + 24)
    Sending.objects.filter(at__lt=now - kept_for).delete()
    return gone
