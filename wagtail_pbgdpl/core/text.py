"""Vietnamese text in its one stored form."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.text import slugify

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Words of the interface, often translated only when they are shown.
LazyText: TypeAlias = "StrOrPromise"


def nfc(value: Any) -> Any:
    """Return ``value`` with every string in it precomposed (NFC).

    Walks lists, tuples and dictionaries (values only); anything else is returned as it is.
    Clause: BK21 Điều 8.2, BK18 Điều 4.1 (TCVN 6909:2001).
    """
    if isinstance(value, str):
        # str() strips SafeString: what was marked safe before is not vouched for after.
        return (
            value
            if unicodedata.is_normalized("NFC", value)
            else unicodedata.normalize("NFC", str(value))
        )
    if isinstance(value, list):
        return [nfc(item) for item in value]
    if isinstance(value, tuple):
        return tuple(nfc(item) for item in value)
    if isinstance(value, dict):
        return {key: nfc(item) for key, item in value.items()}
    return value


def number_in(text: str, most_digits: int = 18) -> int | None:
    """Return the number that somebody sent, ``None`` for whatever else; so many fit a column."""
    is_number = text.isascii() and text.isdigit() and len(text) <= most_digits
    return int(text) if is_number else None


def fold(text: str) -> str:
    """Return ``text`` without accents, in ASCII letters: «Tin hoạt động» → «Tin hoat dong»."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def address_part(text: str, max_length: int = 80) -> str:
    """Return an address part for a Vietnamese title, cut between words."""
    whole = slugify(fold(text))
    if len(whole) <= max_length:
        return whole
    return whole[: max_length + 1].rpartition("-")[0] or whole[:max_length]
