"""Reads the text of a Vietnamese legal document into its parts, articles, clauses and points.

Nothing is thrown away: what the reader cannot place stays as prose, in its place.
"""

from __future__ import annotations

from .assembly import assemble
from .lines import rows_of
from .recognition import recognise
from .structure import LegalText


def parse(source: str) -> LegalText:
    """Return the structure of a legal document.

    ``source`` is plain text or simple markdown, its lines perhaps broken by pages. Every word
    of it but struck-out readings that are written again is in ``LegalText.lines()``.
    """
    return assemble(recognise(rows_of(source)))
