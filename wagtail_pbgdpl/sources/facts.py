"""What a record of a source says of a document: its number, issuer, dates and validity (D2).

Kept by name as text: days as ISO dates, validity as the code of the national database.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from django.utils import timezone

from ..core.text import fold
from ..legal.numbers import number_in
from ..legal.validity import VALIDITY
from .texts import instant, plain

Facts: TypeAlias = dict[str, str]

#: As mappings name them.
FACTS = ("number", "type", "issuer", "issued", "effective", "expired", "validity")
DAYS = frozenset({"issued", "effective", "expired"})
LONGEST = {"number": 100, "type": 100, "issuer": 255}


def read(of: Callable[[str], object]) -> Facts:
    """Return what ``of`` says to each name; what it cannot say, or makes no sense, is left out."""
    found = {}
    for name in FACTS:
        try:
            said = _read(name, of(name))
        except (ValueError, TypeError):
            continue
        if said:
            found[name] = said
    return found


def with_number(facts: Facts, title: str) -> Facts:
    """Return the facts with the number that the title names, where they have none themselves."""
    number = facts.get("number") or number_in(title)[: LONGEST["number"]]
    return {**facts, "number": number} if number else facts


def _read(name: str, said: object) -> str:
    if name in DAYS:
        at = instant(said)
        return timezone.localdate(at).isoformat() if at else ""
    words = plain(said, LONGEST.get(name, 100))
    if name == "number":
        return number_in(words) or words
    return _validity(words) if name == "validity" else words


def _validity(words: str) -> str:
    """Return the code, whether it or its name was said, in Vietnamese or with accents lost."""
    if words.upper() in VALIDITY:
        return words.upper()
    return _NAMED.get(fold(words).lower(), "")


#: The words of the national database for its codes.
_NAMED = {
    fold(words).lower(): code
    for code, words in (
        ("CHL", "Còn hiệu lực"),
        ("HHL", "Hết hiệu lực"),
        ("HHL", "Hết hiệu lực toàn bộ"),
        ("HHL1P", "Hết hiệu lực một phần"),
        ("CCHL", "Chưa có hiệu lực"),
        ("TNHL", "Ngưng hiệu lực"),
        ("TNHL", "Tạm ngưng hiệu lực"),
        ("TNHL1P", "Ngưng hiệu lực một phần"),
        ("TNHL1P", "Tạm ngưng hiệu lực một phần"),
        ("KCPH", "Không còn phù hợp"),
    )
}
