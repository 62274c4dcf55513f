"""The one form in which a record is written, so that equal records have equal bytes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

Record = dict[str, Any]


def line(record: Any) -> bytes:
    """Return JSON in UTF-8 with sorted names and no needless space."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(record: Any) -> str:
    return hashlib.sha256(line(record)).hexdigest()
