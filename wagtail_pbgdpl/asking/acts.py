"""What people come for, where the editors of a home page have chosen nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..regulations import QuestionKind
from ..serving.process_cache import of_version
from ..site.menu import by_kind
from .entry import address_of


class Act(NamedTuple):
    """A tile: the name of its icon, a verb, and an address; what has none is left out."""

    icon: str
    verb: str
    href: str


def acts_of(index_pages: Sequence[Any]) -> list[Act]:
    """Return the tiles of a portal with these index pages; no query of its own."""
    key = ("acts", get_language(), tuple(page.pk for page in index_pages))
    return of_version(key, lambda: _acts_of(index_pages))


def _acts_of(index_pages: Sequence[Any]) -> list[Act]:
    search = reverse("wagtail_pbgdpl:search")
    aid = urlencode({"q": _("free legal aid")})
    listings = {kind: page.url or "" for kind, page in by_kind(index_pages).items()}
    found = [
        Act("ask", _("Ask a question"), address_of(QuestionKind.QUESTION)),
        Act("aid", _("Free legal aid"), f"{search}?{aid}"),
        Act("find", _("Find a document"), listings.get("C7") or search),
        Act("comment", _("Comment on drafts"), listings.get("C12", "")),
    ]
    return [act for act in found if act.href]
