"""The systems that the package knows; they are entered switched off, and then the operator's."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from .models import ExternalSource

DATA = Path(__file__).with_name("shipped.toml")


def rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(DATA.read_text(encoding="utf-8"))["source"]
    return rows


def enter() -> list[ExternalSource]:
    """Enter what is missing, by its code; return it. What is there is left as it is."""
    entered = []
    for position, row in enumerate(rows(), start=1):
        values = {"order": position * 10, **row}
        source, is_new = ExternalSource.objects.get_or_create(
            code=values.pop("code"), defaults=values
        )
        if is_new:
            entered.append(source)
    return entered
