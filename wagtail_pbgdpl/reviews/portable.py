"""Reviews of answers move with a portal, and what it knew last of each document (R16)."""

from __future__ import annotations

from ..core.portable import Portable, register, register_subject
from .models import ANSWER_REVIEW, KnownValidity, LawChange, Review


def register_all() -> None:
    register(
        Portable(kind="review", model=lambda: Review, numbers={"page": "page"}),
        Portable(kind="law_change", model=lambda: LawChange, numbers={"document": "page"}),
        Portable(
            kind="known_validity",
            model=lambda: KnownValidity,
            key=("page",),
            numbers={"page": "page"},
        ),
    )
    register_subject(ANSWER_REVIEW, "review")
