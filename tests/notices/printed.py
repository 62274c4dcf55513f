"""Every letter that is registered, as the documentation has it.

``python -m tests.notices.printed`` writes ``docs/reference/letters.md``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from wagtail_pbgdpl.notices.letters import Letter

HEAD = """\
# Letters

This page is made from the letters that are registered (`python -m tests.notices.printed`). The
report *Notices by e-mail* shows the sort of each, which stands first here, and never its subject.
Subject and text come in the portal's language (`LANGUAGE_CODE`).

The text is a template. A site replaces it by one of its own with the same name: the whole, or a
block of it where its own extends that name. Letters with a greeting extend
`wagtail_pbgdpl/mail/base.txt`, which has the blocks `greeting`, `content` and `closing`.
"""


class _Names(dict[str, object]):
    """Shows a variable by its name, in an example of a subject."""

    def __missing__(self, name: str) -> str:
        return f"‹{name}›"


def page(docs: Path) -> Path:
    return docs / "reference" / "letters.md"


def document() -> str:
    """Return the page in Markdown."""
    from wagtail_pbgdpl.notices.letters import COMMON, LETTERS

    sections = ("\n".join(_section(LETTERS[name])) for name in sorted(LETTERS))
    return "\n".join([HEAD, "Every letter knows these:\n", *_table(COMMON), *sections])


def _section(letter: Letter) -> Iterator[str]:
    yield f"## `{letter.name}`\n"
    for language in ("vi", "en"):
        yield f"- {language}: *{_in(language, letter)}*"
    yield f"- template: `{letter.path}`"
    yield f"- keys begin with `{letter.begins()}`"
    if letter.regardless:
        yield "- goes out even where the account is switched off or gone"
    yield ""
    yield from _table(letter.variables)


def _in(language: str, letter: Letter) -> str:
    from django.utils import translation

    with translation.override(language):
        return f"{letter.label}*, subject *{letter.subject % _Names(count=2, late=1, soon=1)}"


def _table(variables: str) -> Iterator[str]:
    from wagtail_pbgdpl.notices.letters import documented

    yield "| variable | |"
    yield "|---|---|"
    yield from (f"| `{name}` | {words} |" for name, words in documented(variables).items())
    yield ""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.test")
    django.setup()
    page(Path(__file__).parents[2] / "docs").write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
