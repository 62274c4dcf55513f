"""Points out a «signed original» that carries no digital signature (D4: BP20 Điều 9.1c).

A signature of a PDF says in plain bytes which bytes of the file it covers: what has no such list
is not signed. Who signed, and whether the signature holds, is not looked at; a scan of the signed
paper is an original too. So this is a hint beside the files, and never a refusal.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.cache import cache
from wagtail.admin.panels import Panel

from ..blocks.documents import AttachmentBlock

COVERED = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s")
# Between two chunks, no more than this of the list is looked for.
OVERLAP = 128  # bytes
# A file never changes under its digest.
KNOWN_SECONDS = 24 * 60 * 60


def is_signed(file: Any) -> bool:
    """Whether a PDF that is open for reading carries a digital signature, valid or not."""
    before = b""
    for chunk in file.chunks():
        read = before + chunk
        if COVERED.search(read):
            return True
        before = read[-OVERLAP:]
    return False


def unsigned_originals(blocks: Any) -> list[str]:
    """Return the names of the PDF files that are called signed originals and carry no signature."""
    return [
        value["document"].filename
        for block in blocks
        if isinstance(block.block, AttachmentBlock)
        and (value := block.value)["kind"] == "original"
        and value["document"]
        and value["document"].file_extension.lower() == "pdf"
        and not _is_signed(value["document"])
    ]


def _is_signed(document: Any) -> bool:
    try:
        key = f"wagtail_pbgdpl.signed.{document.get_file_hash()}"
        if (known := cache.get(key)) is None:
            with document.file.open("rb") as file:
                known = is_signed(file)
            cache.set(key, known, KNOWN_SECONDS)
    except OSError:
        # Nothing can be said of a file that is gone.
        return True
    return bool(known)


class SignedPanel(Panel):
    """Stands below the attachments, and only where there is something to point out."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_pbgdpl/admin/signed_panel.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.names = unsigned_originals(self.instance.files) if self.instance.pk else []

        def is_shown(self) -> bool:
            return bool(self.names) and super().is_shown()
