"""Pages move with a portal, with their tags and the versions that somebody decided on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..core.base_page import base_page_model
from ..core.portable import Ids, Portable, Same, register, register_number
from .answers import AnswerMixin
from .tags import ContentTag


def register_all() -> None:
    register(
        Portable(kind="page", model=base_page_model, identify=_by_translation),
        Portable(
            kind="tag", model=lambda: ContentTag, key=("name",), same=Same.SERVES, used_only=True
        ),
    )
    register_number(AnswerMixin, "question_number", "question")


def _by_translation(ids: Ids) -> Iterable[tuple[Any, str]]:
    """Return pages as the read API calls them: the same in a copy of the portal elsewhere."""
    rows = base_page_model()._base_manager.order_by("pk")
    for pk, key, language in rows.values_list("pk", "translation_key", "locale__language_code"):
        yield pk, f"{key}.{language}"
