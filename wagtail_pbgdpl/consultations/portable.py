"""What of consultations moves with a portal; who commented, with a wish alone (C12, Q7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..core.portable import Portable, register, register_subject
from ..intake.tracking import new_code
from .models import (
    COMMENT,
    CONSULTATION,
    Answer,
    BlackOut,
    Comment,
    CommentFile,
    Consultation,
    DraftVersion,
    Wording,
)


def register_all() -> None:
    register(
        Portable(kind="consultation", model=lambda: Consultation, numbers={"page": "page"}),
        # Versions of pages do not travel, so that their numbers say nothing elsewhere.
        Portable(kind="draft_version", model=lambda: DraftVersion, without=frozenset({"revision"})),
        Portable(kind="comment_answer", model=lambda: Answer),
        Portable(
            kind="draft_comment",
            model=lambda: Comment,
            # Whoever knows the code acts as the author.
            secret=frozenset({"code"}),
            without=frozenset({"tries", "locked_until"}),
            made=lambda _row: {"code": new_code()},
            reserve=_above_the_numbers,
        ),
        Portable(kind="comment_wording", model=lambda: Wording),
        Portable(kind="comment_blackout", model=lambda: BlackOut),
        Portable(kind="comment_file", model=lambda: CommentFile, of_persons=True),
    )
    register_subject(CONSULTATION, "consultation")
    register_subject(COMMENT, "draft_comment")


def _above_the_numbers(records: Iterable[Mapping[str, Any]]) -> int:
    """A new comment is called by its primary key: no later one may be called as one that comes."""
    found = (re.search(r"(\d{1,15})$", str(one.get("number") or "")) for one in records)
    return max((int(one[1]) for one in found if one), default=0)
