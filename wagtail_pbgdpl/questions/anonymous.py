"""A text without what tells who asked: for what an official goes on to write (Q7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..intake.finders import identifiers
from .models import Question

LEFT_OUT = "[…]"
# Of which a shorter name would be found in any text.
SHORTEST = 4


def named_in(question: Question, text: str) -> list[str]:
    """Return what of name, address, telephone and e-mail of the asker stands in ``text`` (NFC).

    The name is none where it may be published.
    """
    return [match[0] for pattern in _patterns(question) if (match := pattern.search(text))]


def without_persons(question: Question, text: str) -> str:
    """Return ``text`` (NFC) without the asker, whether named or not, and without identifiers.

    It knows no other names, nor a person that is told of in words.
    """
    for pattern in _patterns(question, public=False):
        text = pattern.sub(LEFT_OUT, text)
    for found in reversed(identifiers(text)):
        text = text[: found.start] + LEFT_OUT + text[found.end :]
    return text


def _patterns(question: Question, *, public: bool = True) -> Iterator[re.Pattern[str]]:
    name = "" if public and question.name_may_be_shown else question.full_name
    for value in (name, question.email, question.phone, question.postal_address):
        words = (value or "").split()
        if len("".join(words)) >= SHORTEST:
            yield re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
