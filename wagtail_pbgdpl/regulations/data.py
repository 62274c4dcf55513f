"""Regulations as plain data, for other programs."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any


def as_data(value: Any) -> Any:
    """Return a regulation, or a part of one, as what JSON holds; keys are those of the schema."""
    if is_dataclass(value):
        return {
            item.name: as_data(getattr(value, item.name))
            for item in fields(value)
            # Where the file lies differs from one computer to the next.
            if not isinstance(getattr(value, item.name), Path)
        }
    if isinstance(value, Mapping):
        return {str(key): as_data(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [as_data(item) for item in value]
    return value.value if isinstance(value, enum.Enum) else value
