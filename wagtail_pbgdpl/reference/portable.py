"""Reference tables move with a portal; a row with the same code serves as well."""

from __future__ import annotations

from ..core.portable import Portable, Same, register
from .models import Audience, DocumentType, IssuingBody, LegalField


def register_all() -> None:
    for kind, model in (
        ("audience", Audience),
        ("document_type", DocumentType),
        ("issuing_body", IssuingBody),
        ("legal_field", LegalField),
    ):
        register(
            Portable(kind=kind, model=lambda model=model: model, key=("code",), same=Same.SERVES)  # type: ignore[misc]
        )
