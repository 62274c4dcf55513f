"""Who may see how a question stands: whoever has its code, and knows who asked.

An unknown code, a wrong answer and a question that is locked are told in the same words, after the
same queries and comparisons.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django.db import transaction

from ..core.text import fold
from ..intake.tracking import is_sound, plain
from ..questions.models import Question

#: So many wrong answers lock a question …
TRIES = 10
#: … for so long, whatever is answered meanwhile.
LOCKED = datetime.timedelta(hours=1)

SEEN = ("full_name", "email", "phone")


def opened(code: str, fact: str, now: datetime.datetime) -> int | None:
    """Return the key of the question with the tracking code, if ``fact`` is true of who asked.

    ``fact``: the e-mail address or the telephone number that was given, or the full name where
    neither was. ``now``: aware. ``None`` for an unknown code, a wrong fact, and while it is locked.
    """
    # No question has an empty code: what cannot be a code costs the same query.
    typed = plain(code) if is_sound(code) else ""
    with transaction.atomic():
        rows = Question.objects.select_for_update().only("code", "tries", "locked_until", *SEEN)
        question: Question | None = rows.filter(code=typed).first()
        is_true = _is_true(fact, question)
        is_locked = question is not None and _is_locked(question, now)
        tries, until = 0, None
        if question is not None:
            tries, until = question.tries, question.locked_until
        if not is_locked:
            tries = 0 if is_true else tries + 1
            until = None
        if tries >= TRIES:
            tries, until = 0, now + LOCKED
        Question.objects.filter(pk=question.pk if question else 0).update(
            tries=tries, locked_until=until
        )
    return question.pk if question is not None and is_true and not is_locked else None


def asked_for(question: Question) -> tuple[str, ...]:
    """Return the names of the fields one of which has to be known."""
    given = tuple(name for name in ("email", "phone") if getattr(question, name))
    return given or ("full_name",)


def _is_locked(question: Question, now: datetime.datetime) -> bool:
    return question.locked_until is not None and question.locked_until > now


def _is_true(fact: str, question: Question | None) -> bool:
    known = asked_for(question) if question is not None else ()
    found = False
    for name, form in _FORMS.items():
        said = form(fact)
        true = form(_value(question, name))
        # Every comparison is made, whatever came of the one before.
        found |= _same(said, true) & bool(said) & (name in known)
    return found


def _value(question: Question | None, name: str) -> str:
    if question is not None:
        return str(getattr(question, name))
    # As much work as reading the field of a row that is there.
    field: Any = Question._meta.get_field(name)
    return str(field.get_prep_value(name))


def _same(one: str, other: str) -> bool:
    digests = (hashlib.sha256(text.encode()).digest() for text in (one, other))
    return hmac.compare_digest(*digests)


def _as_address(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _as_number(text: str) -> str:
    """Return the digits that tell one telephone from the other: 0912… and +84 912… are the same."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text)).lstrip("0")
    if digits.startswith("84") and len(digits) > 10:
        digits = digits.removeprefix("84").lstrip("0")
    return digits


def _as_name(text: str) -> str:
    """Return a name without accents, however it was typed: «Hoàng Thị  Hòa» → «hoang thi hoa»."""
    return " ".join(fold(text).casefold().split())


_FORMS: dict[str, Callable[[str], str]] = {
    "email": _as_address,
    "phone": _as_number,
    "full_name": _as_name,
}
