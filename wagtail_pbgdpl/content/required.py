"""What the regulation asks of an item before it may be published (S3, D1, D3, D4)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError

from ..regulations.active import get_regulation


def required_fields(category_code: str) -> frozenset[str]:
    """Return the names of the fields that the regulation requires in a category.

    Those that it requires of every item are among them. A page type may lack some.
    """
    regulation = get_regulation()
    required = {str(name) for name in regulation.attribution.required}
    if category := regulation.categories.get(category_code):
        required.update(str(name) for name in category.requires)
    return frozenset(required)


def required_of(page: Any) -> frozenset[str]:
    """Return the names of the fields that an editor of ``page`` has to fill in."""
    editable = {field.name for field in page._meta.concrete_fields if field.editable}
    return required_fields(page.category) & editable


def missing_fields(page: Any, exclude: Collection[str]) -> dict[str, ValidationError]:
    """Return an error for each required field of ``page`` that is empty, without ``exclude``."""
    fields = (page._meta.get_field(name) for name in sorted(required_of(page) - set(exclude)))
    return {
        field.name: ValidationError(field.error_messages["blank"], code="blank")
        for field in fields
        if not getattr(page, field.attname)
    }
