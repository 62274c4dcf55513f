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
"""


def page(docs: Path) -> Path:
    return docs / "reference" / "lifecycles.md"


def document() -> str:
    """Return the page in Markdown."""
    from wagtail_pbgdpl.matters.publications import LIFECYCLE

    with translation.override("vi"):
        return "\n".join([HEAD, *_section("Publications, and pages that are no items", LIFECYCLE)])


def _section(title: str, table: Lifecycle) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| State | | As the rules of authority take it |\n| --- | --- | --- |"
    for state in table.states.values():
        begins = ", begins" if state.code in table.begins else ""
        yield f"| `{state.code}` | {state.label}{begins} | {state.standing} |"
    yield "\n| Move | | From | To | Asked of |\n| --- | --- | --- | --- | --- |"
    for move in table.moves.values():
        yield _row(move)
    yield ""


def _row(move: Move) -> str:
    start = ", ".join(move.start) or "–"
    ends = [*move.end, *(["the same"] if move.start and (move.may_stay or not move.end) else [])]
    return (
        f"| `{move.code}` | {move.label} | {start} | {', '.join(ends) or '–'} | {move.act or ''} |"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.test")
    django.setup()
    page(Path(__file__).parent.parent.parent / "docs").write_text(document())
