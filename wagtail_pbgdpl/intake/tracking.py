"""Tracking codes: what somebody without an account keeps, to ask how their case stands.

Sixteen symbols of Crockford's base 32, which has no I, L, O and U: fifteen at random, 75 bits, and
one that tells a mistake. The check is a sum over the field of 32 elements, in which each place has
a weight of its own: every single wrong symbol is told, and every two symbols that changed places,
neighbours or not.
"""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM = 15
LENGTH = RANDOM + 1
GROUP = 4

_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
# What people take for another symbol when they read.
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
# x⁵ + x² + 1: of each element x makes another one, and comes back after 31 steps.
_MODULUS = 0b100101


def new_code() -> str:
    """Return a code that nobody can guess, 16 symbols without dashes, as it is to be stored."""
    start = "".join(secrets.choice(ALPHABET) for _place in range(RANDOM))
    return start + _check_of(start)


def grouped(code: str) -> str:
    """Return a code as it is shown and read aloud: «7K3M-0QXA-…», groups of four."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def plain(code: str) -> str:
    """Return what somebody typed as it would be stored; whether it is a code, ``is_sound`` says.

    Small letters, spaces and dashes of any sort are heeded no more; O is read as 0, I and L as 1.
    """
    letters = unicodedata.normalize("NFKC", code).upper()
    return "".join(char for char in letters if char.isalnum()).translate(_READ_AS)


def is_sound(code: str) -> bool:
    """Whether what somebody typed can be a code at all; for others nothing need be looked up."""
    typed = plain(code)
    return (
        len(typed) == LENGTH
        and _VALUES.keys() >= set(typed)
        and _check_of(typed[:RANDOM]) == typed[RANDOM]
    )


def _check_of(start: str) -> str:
    total = 0
    for symbol in start:
        total = _times_x(total ^ _VALUES[symbol])
    return ALPHABET[total]


def _times_x(element: int) -> int:
    doubled = element << 1
    return doubled ^ _MODULUS if doubled > 31 else doubled
