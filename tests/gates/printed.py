"""The table as the documentation has it.

``python -m tests.gates.printed`` writes it into ``docs/concept/moderation.md``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.gates.table import Table

BEGIN, END = "<!-- gates: begin -->", "<!-- gates: end -->"
HEAD = """\
## What was tried

Each row is a test by address (`tests/gates/`), by each of the people named, with a proof that the
right person gets the right thing done. This part is made from the tests. Where the package has no
guards, most of the ways lead round the board: that is tested too. Beside it a test walks every
address of Wagtail's admin with the numbers of what belongs to others.
"""


def page(docs: Path) -> Path:
    return docs / "concept" / "moderation.md"


def section() -> str:
    """Return the part of the page between the marks, in Markdown."""
    from tests.gates.everything import LOOKUPS, WAYS

    parts = [
        HEAD,
        f"### Ways round the board ({len(WAYS.attempts())})\n",
        table(WAYS),
        f"### Look-ups of what belongs to others ({len(LOOKUPS.attempts())})\n",
        table(LOOKUPS),
    ]
    return "\n".join(parts)


def table(rows: Table) -> str:
    from tests.gates.world import PEOPLE

    lines = ["| | what somebody tries | who | what stops it | |", "|---|---|---|---|---|"]
    for number, attempt in enumerate(rows.attempts(), 1):
        first = attempt[0]
        who = ", ".join(PEOPLE[row.who] for row in attempt)
        requirements = " ".join(first.requirements)
        lines.append(f"| {number} | {first.what} | {who} | {first.stopped_by} | {requirements} |")
    return "\n".join(lines) + "\n"


def with_section(text: str) -> str:
    """Return the page with the part between the marks made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{section()}{END}{after}"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.test")
    django.setup()
    path = page(Path(__file__).parents[2] / "docs")
    path.write_text(with_section(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
