"""The lives of matters as the documentation has them.

``python -m tests.matters.printed`` writes ``docs/reference/lifecycles.md``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.utils import translation

if TYPE_CHECKING:
    from wagtail_pbgdpl.matters.lifecycle import Lifecycle, Move

HEAD = """\
# The lives of matters

This page is made from the tables of the package (`python -m tests.matters.printed`). Nothing else
can happen to a matter: a row that would go another way is not saved. *Asked of* is the act by
which the [rules of authority](authority.md) answer; where nothing stands, no person decides it.
*At the step of*: of whom the state is the step; of a move, where others make it than those.
"""


def page(docs: Path) -> Path:
    return docs / "reference" / "lifecycles.md"


def document() -> str:
    """Return the page in Markdown."""
    from wagtail_pbgdpl.consultations.lifecycle import COMMENT, CONSULTATION
    from wagtail_pbgdpl.differences.lifecycle import DIFFERENCE
    from wagtail_pbgdpl.matters.publications import LIFECYCLE
    from wagtail_pbgdpl.own_data.life import DATA_REQUEST
    from wagtail_pbgdpl.questions.lifecycle import EXPERT_DRAFT, PART, QUESTION
    from wagtail_pbgdpl.reviews.lifecycle import REVIEW

    sections = (
        ("Publications, and pages that are no items", LIFECYCLE),
        ("Questions, feedback and petitions", QUESTION),
        ("Parts of an answer, by co-ordinating units", PART),
        ("Requests about one's own data", DATA_REQUEST),
        ("Drafts of outside experts", EXPERT_DRAFT),
        ("Reviews of answers whose legal basis changed", REVIEW),
        ("Differences from linked systems", DIFFERENCE),
        ("Consultations on drafts", CONSULTATION),
        ("Comments on drafts", COMMENT),
    )
    with translation.override("vi"):
        return "\n".join([HEAD, *(line for one in sections for line in _section(*one))])


def _section(title: str, table: Lifecycle) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| State | | As the rules of authority take it | At the step of |"
    yield "| --- | --- | --- | --- |"
    for state in table.states.values():
        begins = ", begins" if state.code in table.begins else ""
        stops = ", stops the clock" if state.stops_the_clock else ""
        role = state.step.role if state.step else ""
        yield f"| `{state.code}` | {state.label}{begins}{stops} | {state.standing} | {role} |"
    yield "\n| Move | | From | To | Asked of | At the step of |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for move in table.moves.values():
        yield _row(move)
    yield ""


def _row(move: Move) -> str:
    start = ", ".join(move.start) or "–"
    ends = [*move.end, *(["the same"] if move.start and (move.may_stay or not move.end) else [])]
    roles = ", ".join(step.role for step in move.at)
    return (
        f"| `{move.code}` | {move.label} | {start} | {', '.join(ends) or '–'} | {move.act or ''} "
        f"| {roles} |"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.test")
    django.setup()
    page(Path(__file__).parent.parent.parent / "docs").write_text(document())
