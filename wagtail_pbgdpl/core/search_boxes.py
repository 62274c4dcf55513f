"""Search boxes of short tables in the admin: where nothing is found, what is one letter away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from wagtail.admin.views import generic
from wagtail_modeladmin.helpers import DjangoORMSearchHandler

from .folding import plain

# In letters: shorter ones are near to all, longer ones nobody types.
SHORTEST, LONGEST = 3, 60
_FOLDED = "__folded"


def slipped(text: str) -> str:
    """Return the pattern of what is one letter away from a text: one wrong, too many, left out, or
    two in the other's place. Empty for texts that are too short or too long to tell.

    Both databases take it for columns that are compared ``folded``; they read every row for it.
    """
    letters = plain(" ".join(text.split()))
    if not SHORTEST <= len(letters) <= LONGEST:
        return ""
    ways: dict[str, None] = {}
    for place in range(len(letters) + 1):
        head, tail = letters[:place], letters[place:]
        for parts in ((head, tail), (head, tail[1:])):
            ways[".".join(map(re.escape, parts))] = None
        ways[re.escape(head + tail[1:])] = None
        if len(tail) > 1:
            ways[re.escape(head + tail[1] + tail[0] + tail[2:])] = None
    return "|".join(ways)


def near(rows: Any, fields: Iterable[str] | None, text: str) -> Any:
    """Return the rows of which a folded field has what is one letter away from ``text``."""
    names = [name for name in fields or () if name.endswith(_FOLDED)]
    pattern = slipped(text)
    if not names or not pattern:
        return rows.none()
    return rows.filter(reduce(or_, (Q(**{f"{name}__iregex": pattern}) for name in names)))


class ForgivingIndexView(generic.IndexView):
    """The list of a ``ModelViewSet`` that compares columns."""

    def search_queryset(self, queryset: Any) -> Any:
        found = super().search_queryset(queryset)
        if not self.is_searching or found.exists():
            return found
        return near(queryset, self.search_fields, self.search_query)


class ForgivingSearchHandler(DjangoORMSearchHandler):
    """The same of a ``ModelAdmin``."""

    def search_queryset(self, queryset: Any, search_term: str, **more: Any) -> Any:
        found = super().search_queryset(queryset, search_term, **more)
        if not search_term or found.exists():
            return found
        return near(queryset, self.search_fields, search_term)
