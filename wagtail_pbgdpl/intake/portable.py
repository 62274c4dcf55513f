"""What of the intake moves with a portal: the words to which somebody agreed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..core.portable import Ids, Portable, Same, register, stays
from .consent import ConsentText
from .models import HeldUpload, Sending


def register_all() -> None:
    register(
        Portable(
            kind="consent_text",
            model=lambda: ConsentText,
            identify=_by_words,
            same=Same.SERVES,
        )
    )
    stays(_("kept for some days, against abuse of forms"), HeldUpload, Sending)


def _by_words(ids: Ids) -> Iterable[tuple[Any, str]]:
    """A version with other words is another text: somebody agreed to those."""
    for pk, version, text in ConsentText.objects.values_list("pk", "version", "text"):
        yield pk, f"{version} {hashlib.sha256(text.encode()).hexdigest()[:12]}"
