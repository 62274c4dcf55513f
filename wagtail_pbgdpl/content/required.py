"""What the regulation asks of an item before it may be published (S3, D1, D3, D4)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..blocks.documents import AttachmentBlock
from ..regulations import ContentField
from ..regulations.active import get_regulation
from .full_text import ARTICLE_WORDS, RUNNING_WORDS, is_full_text
from .legal_metadata import LegalMetadataMixin


def required_fields(category_code: str) -> frozenset[str]:
    """Return what the regulation requires in a category: ``ContentField`` values.

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
    required = required_fields(page.category)
    if is_asked_for_its_text(page):
        required |= {"body"}
    if _is_asked_for_its_original(page):
        required |= {"files"}
    return required & editable


def lack_of(page: Any, name: str, value: Any) -> ValidationError | None:
    """Return the error of ``value`` in the required field ``name`` of ``page``, or ``None``."""
    if not value:
        return ValidationError(page._meta.get_field(name).error_messages["blank"], code="blank")
    if name == "body" and is_asked_for_its_text(page) and not is_full_text(value):
        return ValidationError(
            _(
                "The regulation requires the full text of this document: enter its articles "
                "(Điều), at least %(article)d words of them, or its text in paragraphs, at least "
                "%(running)d words. A picture, a file or a short summary is not the full text."
            ),
            code="full_text",
            params={"article": ARTICLE_WORDS, "running": RUNNING_WORDS},
        )
    if name == "files" and _is_asked_for_its_original(page) and original_of(value) is None:
        return ValidationError(
            _(
                "The regulation requires the signed original of this document: attach it, and say "
                "of that file that it is the signed original (scanned or digitally signed)."
            ),
            code="signed_original",
        )
    return None


def missing_fields(page: Any, exclude: Collection[str]) -> dict[str, ValidationError]:
    """Return an error for each required field that ``page`` lacks, without ``exclude``."""
    names = sorted(required_of(page) - set(exclude))
    values = {name: getattr(page, page._meta.get_field(name).attname) for name in names}
    errors = {name: lack_of(page, name, value) for name, value in values.items()}
    return {name: error for name, error in errors.items() if error}


def original_of(files: Any) -> Any:
    """Return the first file that somebody called the signed original (D4); ``None`` for none."""
    found = (one.value for one in files if isinstance(one.block, AttachmentBlock))
    return next((one["document"] for one in found if one.get("kind") == "original"), None)


def _is_asked_for_its_original(page: Any) -> bool:
    asked = ContentField.SIGNED_ORIGINAL in required_fields(page.category)
    return asked and isinstance(page, LegalMetadataMixin) and page.is_passed


def is_asked_for_its_text(page: Any) -> bool:
    """D3: documents alone have a full text; what introduces one has not."""
    asked = ContentField.FULL_TEXT in required_fields(page.category)
    return asked and isinstance(page, LegalMetadataMixin)
