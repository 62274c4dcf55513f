"""The code blocks of a page of the documents, as somebody who follows it copies them."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
# A block that is a file names it in its first line, as a comment of its language.
FILE = re.compile(r"^(?:#|\{#|/\*|<!--) (\S*/\S+\.\w+)(, continued)?(?: #\}| \*/| -->)?$")


@dataclass(frozen=True)
class Code:
    language: str
    text: str

    @property
    def first_line(self) -> str:
        return self.text.partition("\n")[0]


def codes(page: Path) -> list[Code]:
    return [
        Code(language, textwrap.dedent(text))
        for _indent, language, text in FENCE.findall(page.read_text(encoding="utf-8"))
    ]


def code(page: Path, language: str, holding: str) -> str:
    """The one block of a language that holds a text."""
    found = [c.text for c in codes(page) if c.language == language and holding in c.text]
    assert len(found) == 1, f"{len(found)} {language} blocks of {page.name} hold {holding!r}"
    return found[0]


def write_files(page: Path, root: Path) -> list[str]:
    """Write every block that names its file, in the order of the page; return the names."""
    written = []
    for block in codes(page):
        if named := FILE.match(block.first_line):
            name, continued = named.groups()
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("a" if continued else "w", encoding="utf-8") as out:
                out.write(block.text)
            written.append(name)
    return written


def shell(text: str) -> list[list[str]]:
    """The commands of ``manage.py`` in a block, without the prompt's own words."""
    return [
        line.split("manage.py ", 1)[1].split() for line in text.splitlines() if "manage.py " in line
    ]


def last_line(said: str) -> str:
    """What a program said last; before it the project may have said something of its own."""
    return said.strip().splitlines()[-1]
