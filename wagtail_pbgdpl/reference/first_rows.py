"""The rows with which the reference tables begin; after that they are the operator's."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .models import Audience, DocumentType, IssuingBody, LegalField, ReferenceItem

DATA = Path(__file__).with_name("first_rows.toml")

TABLES: dict[str, type[ReferenceItem]] = {
    "legal_fields": LegalField,
    "audiences": Audience,
    "issuing_bodies": IssuingBody,
    "document_types": DocumentType,
}


def rows() -> Iterator[tuple[type[ReferenceItem], dict[str, Any]]]:
    """Yield each model with the values of one row, in the order of the file."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    for table, model in TABLES.items():
        for position, row in enumerate(data[table], start=1):
            yield model, {"order": position * 10, **row}
