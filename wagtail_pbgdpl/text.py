"""Vietnamese text in its one stored form."""

from __future__ import annotations

import unicodedata
from typing import Any


def nfc(value: Any) -> Any:
    """Return ``value`` with every string in it precomposed (NFC).

    Walks lists, tuples and dictionaries (values only); anything else is returned as it is.
    Clause: BK21 Điều 8.2, BK18 Điều 4.1 (TCVN 6909:2001).
    """
    if isinstance(value, str):
        # str() strips SafeString: what was marked safe before is not vouched for after.
        return value if unicodedata.is_normalized("NFC", value) else unicodedata.normalize(
            "NFC", str(value)
        )
    if isinstance(value, list):
        return [nfc(item) for item in value]
    if isinstance(value, tuple):
        return tuple(nfc(item) for item in value)
    if isinstance(value, dict):
        return {key: nfc(item) for key, item in value.items()}
    return value
