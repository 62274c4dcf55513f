"""Comments that say nearly the same, as campaigns send them (C12).

They are shown together, so that one answer is given to all; nothing of who sent them is compared.
"""

from __future__ import annotations

from django.core.cache import cache
from django.db.models import QuerySet

from ..comparing.copies import groups_of
from .models import Consultation, Wording

#: How long what was compared is remembered, in seconds; a new wording or version
#: makes it anew.
KEPT = 24 * 60 * 60


def of(consultation: Consultation) -> dict[int, list[int]]:
    """Return sets of two comments or more that say nearly the same of one provision.

    Keys of comments, by the first of each. Some 0.5 ms a comment, until the next comes in.
    """
    wordings = Wording.objects.filter(comment__consultation=consultation)
    last = wordings.order_by("-pk").values_list("pk", "comment__code").first()
    if last is None:
        return {}
    # Keys of rows come again in a database that was brought back from a copy; codes do not. A new
    # version of the draft lets comments stand elsewhere.
    key = "pbgdpl-alike-{}-{}-{}".format(*last, consultation.versions.count())
    return cache.get_or_set(key, lambda: _compared(wordings), KEPT) or {}


def _compared(wordings: QuerySet[Wording]) -> dict[int, list[int]]:
    rows = wordings.order_by("pk").values_list("comment", "comment__place", "text")
    # Of a comment that was corrected the last words hold; it keeps its place.
    texts: dict[int, tuple[str, str]] = {}
    for comment, anchor, text in rows.iterator():
        texts[comment] = (anchor, text)
    found: dict[int, list[int]] = {}
    for anchor in {anchor for anchor, _text in texts.values()}:
        said = ((key, text) for key, (at, text) in texts.items() if at == anchor)
        for first, keys in groups_of(said).items():
            if len(keys) > 1:
                found[int(first)] = [int(key) for key in keys]
    return found
