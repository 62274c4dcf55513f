"""Who may see how a case stands: whoever has its code, and knows who sent it in.

An unknown code, a wrong answer and a case that is locked are told in the same words, after the
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

from ..core.discovery import concrete_models
from ..core.text import fold
from .tracked import Tracked
from .tracking import is_sound, plain

#: So many wrong answers lock a case …
TRIES = 10
#: … for so long, whatever is answered meanwhile.
LOCKED = datetime.timedelta(hours=1)

SEEN = ("full_name", "email", "phone")
LOOKED_AT = ("code", "tries", "locked_until", "erased_at")


def opened(code: str, fact: str, now: datetime.datetime) -> Tracked | None:
    """Return what was sent in under the tracking code, if ``fact`` is true of who sent it.

    ``fact``: the e-mail address or the telephone number that was given, or the full name where
    neither was. ``now``: aware. ``None`` for an unknown code, a wrong fact, and while it is locked.
    """
    # No case has an empty code: what cannot be a code costs the same queries.
    typed = plain(code) if is_sound(code) else ""
    found = [_opened(model, typed, fact, now) for model in concrete_models(Tracked)]
    return next((one for one in found if one is not None), None)


@transaction.atomic
def _opened(model: Any, typed: str, fact: str, now: datetime.datetime) -> Tracked | None:
    rows = model.objects.select_for_update().only(*LOOKED_AT, *SEEN)
    row: Tracked | None = rows.filter(code=typed).first()
    is_true = _is_true(fact, row, model)
    is_locked = row is not None and _is_locked(row, now)
    tries, until = 0, None
    if row is not None:
        tries, until = row.tries, row.locked_until
    if not is_locked:
        tries = 0 if is_true else tries + 1
        until = None
    if tries >= TRIES:
        tries, until = 0, now + LOCKED
    model.objects.filter(pk=row.pk if row else 0).update(tries=tries, locked_until=until)
    return row if row is not None and is_true and not is_locked else None


def asked_for(row: Tracked) -> tuple[str, ...]:
    """Return the names of the fields one of which has to be known; none: the code will do."""
    given = tuple(name for name in ("email", "phone") if getattr(row, name))
    if not given and row.is_open_to_its_code and not row.full_name and row.erased_at is None:
        return ()
    return given or ("full_name",)


def _is_locked(row: Tracked, now: datetime.datetime) -> bool:
    return row.locked_until is not None and row.locked_until > now


def _is_true(fact: str, row: Tracked | None, model: Any) -> bool:
    known = asked_for(row) if row is not None else ()
    found = row is not None and not known
    for name, form in _FORMS.items():
        said = form(fact)
        true = form(_value(row, name, model))
        # Every comparison is made, whatever came of the one before.
        found |= _same(said, true) & bool(said) & (name in known)
    return found


def _value(row: Tracked | None, name: str, model: Any) -> str:
    if row is not None:
        return str(getattr(row, name))
    # As much work as reading the field of a row that is there.
    field: Any = model._meta.get_field(name)
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
