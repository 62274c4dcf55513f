"""The sections of the portal that other sites may show, each registered under its word.

A section says in which ways it can be had (``choices``) and what it shows (``show``). It shows what
everybody may read and asks nothing of who looks: no session, no cookie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest

# In the order in which they are offered.
_sections: dict[str, Section] = {}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to have a section.

    ``key`` is the rest of its address, such as ``C2/``; ``address`` is where the portal has the
    whole of it, and where a reader without JavaScript is led to.
    """

    key: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a section shows.

    ``title`` names the frame and is the heading in it; ``address`` is as in :class:`Choice`;
    ``language`` is that of the content, empty for the language of the address.
    ``is_text``: whether it is the text of a document, which needs the styles of blocks.
    """

    title: str
    address: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    language: str = ""
    is_text: bool = False

    @property
    def path(self) -> str:
        """The address without its host: a policy takes no other host for the base of links."""
        return urlsplit(self.address).path


@dataclass(frozen=True, slots=True)
class Section:
    """``name``: as the helper calls it, translated lazily. ``choices`` takes the request of the
    helper and the portal's page; ``show`` the rest of the address besides, and returns ``None``
    where there is no such thing. ``hint``: how one chooses where the helper has no choices yet.
    """

    word: str
    name: Any
    choices: Callable[[HttpRequest, Any], Iterable[Choice]]
    show: Callable[[HttpRequest, Any, str], Shown | None]
    hint: Any = ""


def register(section: Section) -> None:
    """Offer a section under its word. Raises ``ValueError`` where another has the word."""
    if section.word in _sections:
        raise ValueError(f"There is a section «{section.word}» already.")
    _sections[section.word] = section


def all_sections() -> tuple[Section, ...]:
    return tuple(_sections.values())


def section_of(word: str) -> Section | None:
    return _sections.get(word)
