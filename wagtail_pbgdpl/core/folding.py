"""Columns of Vietnamese text compared without accents, by the database itself.

``title__folded__icontains="tro giup"`` finds «Trợ giúp». PostgreSQL replaces letter by letter
(``translate``, no extension), SQLite asks the function that it is taught.
Every row is read: for tables of thousands of rows, not for what visitors search.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from django.db import models
from django.db.models import lookups

from .sqlite import teach
from .text import fold, nfc

_FUNCTION = "pbgdpl_folded"
_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_QUALITIES = "\u0302\u0306\u031b"


def plain(text: str) -> str:
    """Return ``text`` as it is compared: without accents, in small letters, as long as it was."""
    return str(nfc(text)).translate(_table())


class FoldedField(models.TextField):
    """What a column says without accents. Only ever the output of ``Folded``."""


class Folded(models.Transform):
    lookup_name = "folded"
    output_field = FoldedField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, function=_FUNCTION, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        inner, values = compiler.compile(self.lhs)
        letters = _table()
        signs = "".join(map(chr, letters))
        return f"translate({inner}::text, %s, %s)", [*values, signs, "".join(letters.values())]


@FoldedField.register_lookup
class FoldedContains(lookups.IContains):
    def get_prep_lookup(self) -> Any:
        return plain(super().get_prep_lookup())


for _field in (models.CharField, models.TextField):
    _field.register_lookup(Folded)


teach(_FUNCTION, plain)


@cache
def _table() -> dict[int, str]:
    """Return each Vietnamese letter, and each capital, with the letter that it is compared as."""
    found = {ord(char): char.lower() for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    letters = [
        unicodedata.normalize("NFC", vowel + quality + mark)
        for vowel in "aeiouyAEIOUY"
        for quality in ("", *_QUALITIES)
        for mark in ("", *_MARKS)
    ]
    found |= {ord(one): fold(one).lower() for one in (*letters, "đ", "Đ") if len(one) == 1}
    return found
