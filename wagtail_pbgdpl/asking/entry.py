"""Where the public may send what: only what the regulation in force has a category for."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..core.text import LazyText
from ..questions import rules
from ..regulations import QuestionKind


class Entry(NamedTuple):
    """``url``: the name of its address. ``label``: of the text that is sent."""

    url: str
    title: LazyText
    introduction: LazyText
    label: LazyText


ENTRIES: dict[str, Entry] = {
    QuestionKind.QUESTION: Entry(
        "ask",
        _("Ask a question"),
        _("Ask about the law. The competent unit answers you, free of charge."),
        _("Your question"),
    ),
    QuestionKind.FEEDBACK: Entry(
        "ask_feedback",
        _("Comment on the portal"),
        _("Tell us what is wrong or missing on this portal, or how it could be better."),
        _("Your comment"),
    ),
    QuestionKind.PETITION: Entry(
        "ask_petition",
        _("Report or petition"),
        _("Write about administrative rules that are wrong, unclear or hard to follow."),
        _("Your report or petition"),
    ),
}


def is_taken(kind: str) -> bool:
    """Whether there is a form for ``kind`` under the regulation in force (C6, C20)."""
    return kind in ENTRIES and rules.is_taken(kind)


def address_of(kind: str) -> str:
    """Return the path of the form for a kind; empty where the regulation takes none."""
    return reverse(f"wagtail_pbgdpl:{ENTRIES[QuestionKind(kind)].url}") if is_taken(kind) else ""
