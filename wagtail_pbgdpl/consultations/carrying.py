"""Where comments on one version of a draft stand in the next: none vanishes (C12)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.core.cache import cache
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ..comparing.changes import as_html, changes
from ..comparing.passages import Passage, Rank
from ..comparing.versions import Bound, carry
from .counting import CLAUSE, POINT, above
from .models import Comment, Consultation, DraftVersion
from .provisions import Provision, is_question

#: «2. », «2a. », «đ) »: what a clause or a point begins with, and what changes when it moves.
_NUMBER = re.compile(r"(?:\d+[a-zđ]?\.|[a-zđ]{1,2}\))\s+")

#: How long the comparison of two versions is remembered, in seconds.
KEPT = 24 * 60 * 60


class Standing(NamedTuple):
    """``is_homeless``: the provision is gone; ``place`` is what it stood in, or the whole draft."""

    place: str
    is_homeless: bool


def carry_over(consultation: Consultation, old: DraftVersion, new: DraftVersion) -> None:
    """Let each comment stand where its provision stands in the new version.

    What it was made on, and the words of that, stay as they were.
    """
    rows = consultation.comments.order_by("pk")
    bounds = [
        Bound(pk, place, "" if is_homeless else quoted)
        for pk, place, is_homeless, quoted in rows.values_list(
            "pk", "place", "is_homeless", "quoted"
        )
        if place
    ]
    moved: dict[Standing, list[int]] = defaultdict(list)
    for key, standing in standings(old.provisions, new.provisions, bounds).items():
        moved[standing].append(int(key))
    for standing, keys in moved.items():
        gone = {"is_homeless": True} if standing.is_homeless else {}
        Comment.objects.filter(pk__in=keys).update(place=standing.place, **gone)


def standing_of(version: DraftVersion, latest: DraftVersion, anchor: str, quoted: str) -> Standing:
    """Return where a comment on an older version stands in the latest."""
    if version == latest or not anchor:
        return Standing(anchor, False)
    bound = [Bound(0, anchor, quoted)]
    return standings(version.provisions, latest.provisions, bound)[0]


def changes_of(version: DraftVersion) -> SafeString:
    """Return what a version changes of the one before, for a page; empty for the first.

    To compare two long drafts takes the better part of a second: it is done once.
    """
    before = version.consultation.versions.filter(number__lt=version.number).last()
    if before is None:
        return SafeString()
    key = f"pbgdpl-changes-{version.pk}-{version.made_at.timestamp()}-{get_language()}"
    return SafeString(
        cache.get_or_set(
            key,
            lambda: as_html(
                changes(passages_of(before.provisions), passages_of(version.provisions))
            ),
            KEPT,
        )
    )


def standings(
    old: Sequence[Provision], new: Sequence[Provision], bounds: Iterable[Bound]
) -> dict[int | str, Standing]:
    """Return where each stands, by its key; pure."""
    bounds = list(bounds)
    asked = {text: anchor for anchor, _label, text in new if is_question(anchor)}
    texts = {anchor: text for anchor, _label, text in old}
    found: dict[int | str, Standing] = {}
    for one in bounds:
        if is_question(one.anchor):
            place = asked.get(texts.get(one.anchor, ""), "")
            found[one.key] = Standing(place, not place)
    rest = [one for one in bounds if one.key not in found]
    carried = carry(rest, passages_of(old), passages_of(new))
    found |= {key: Standing(place, False) for key, place in carried.places.items()}
    return found | {one.key: Standing(one.near, True) for one in carried.homeless}


def passages_of(provisions: Sequence[Provision]) -> list[Passage]:
    """Return the articles, clauses and points as the comparison reads them, without numbers."""
    articles = [one for one in provisions if not is_question(one[0])]
    below: dict[str, list[str]] = defaultdict(list)
    for anchor, _label, text in articles:
        below[above(anchor)] += text.splitlines()
    return [_passage(one, below[one[0]]) for one in articles]


def _passage(provision: Provision, below: Sequence[str]) -> Passage:
    anchor, label, text = provision
    lines, parts = text.splitlines(), set(below)
    own = [line for line in lines if line not in parts]
    return Passage(
        anchor, _rank(anchor), label, _said(own, label), _said(lines, label), above(anchor)
    )


def _said(lines: Sequence[str], label: str) -> str:
    """Return lines without the numbers that they begin with."""
    told = [line.removeprefix(f"{label}. ") for line in lines]
    return "\n".join(_NUMBER.sub("", line, count=1) for line in told)


def _rank(anchor: str) -> Rank:
    if POINT in anchor:
        return "point"
    return "clause" if CLAUSE in anchor else "article"
