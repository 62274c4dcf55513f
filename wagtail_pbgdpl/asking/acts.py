"""What people come for, where the editors of a home page have chosen nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from ..regulations import QuestionKind
from .entry import address_of


class Act(NamedTuple):
    """A tile: the name of its icon, a verb, and an address; what has none is left out."""

    icon: str
    verb: str
    href: str


def acts_of(index_pages: Sequence[Any]) -> list[Act]:
    """Return the tiles of a portal with these index pages; no query of its own."""
    search = reverse("wagtail_pbgdpl:search")
    aid = urlencode({"q": _("free legal aid")})
    found = [
        Act("ask", _("Ask a question"), address_of(QuestionKind.QUESTION)),
        Act("aid", _("Free legal aid"), f"{search}?{aid}"),
        Act("find", _("Find a document"), _listing(index_pages, "C7") or search),
        Act("comment", _("Comment on drafts"), _listing(index_pages, "C12")),
    ]
    return [act for act in found if act.href]


def _listing(index_pages: Sequence[Any], kind: str) -> str:
    for page in index_pages:
        category = page.regulated_category
        if category is not None and category.kind == kind:
            return page.url or ""
    return ""
