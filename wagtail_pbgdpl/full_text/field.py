"""The field that holds the full text of a page, and who may put something into it."""

from __future__ import annotations

from typing import Any

from ..blocks.field import BlocksField

FIELD = "body"
#: What the blocks of a legal text are called in the field.
NEEDED = frozenset({"legal_heading", "legal_article", "heading", "rich_text", "table"})


def offers_full_text(model: type[Any]) -> bool:
    """Whether the body of a page type takes the blocks that a legal text becomes."""
    fields = {field.name: field for field in model._meta.get_fields()}
    field = fields.get(FIELD)
    return isinstance(field, BlocksField) and set(field.offered_block(model).child_blocks) >= NEEDED


def is_locked_for(user: Any, page: Any) -> bool:
    lock = page.get_lock()
    return lock is not None and bool(lock.for_user(user))


def latest(page: Any) -> Any:
    """Return a page as its latest version has it."""
    return page.get_latest_revision_as_object()
