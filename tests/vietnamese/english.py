"""English that somebody meets who reads Vietnamese: looked up in vain, or visible on a page.

What was looked up in the Vietnamese catalogue and not found is exact and costs nothing; it misses
what nobody marked for translation. For that a page is searched for English words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import trans_real
from lxml import html

#: Looked up, and never read by anybody.
NOT_READ = {
    'Method "{method}" not allowed.': "answer of the admin's API to a program",
    "exact": "django-filter names the comparison, and shows an empty text for it",
}
#: Visible, and right so.
RIGHT = {
    "English": "a language in its own language",
    # Wagtail's templates do not mark them.
    "Search": "a button that screen readers alone meet",
    "Actions": "the name of a part of the page that screen readers alone meet",
    "Site name": "a heading that Wagtail makes of a field's name, in the list of sites",
    "Root page": "likewise",
    "Page": "the name of its base page type, in the form of workflows",
}
#: What a value is in Python, and nobody should read.
PYTHON = frozenset({"None", "True", "False", "[]", "{}"})
#: A number of messages that a script sets, hidden until then.
COUNTER = "data-side-panel-toggle-counter"
#: Django's pictures of a tick and a cross, in lists of modeladmin: what screen readers say of them.
TICK = re.compile(r".*/admin/img/icon-(?:yes|no|unknown)\..*")

#: Titles of what Wagtail's first migration makes; names of permissions, which Django writes into
#: the database, and a form of groups has for screen readers; types of the app of the tests.
DATA = re.compile(
    r"root|welcome to your new wagtail site!|(?:branch|ordinary|targeted) pages?"
    r"|can (?:add|change|choose|delete|view) .*|.+ \| .+ \| .+"
    # A field of Wagtail's comments that was given no name.
    r"|.+ → user",
    re.IGNORECASE,
)
#: Frequent words of an English interface that are no syllable of Vietnamese without accents.
WORDS = frozenset(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split())
WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
#: Addresses, keys of a keyboard, what Word calls its own, and names of models, files and data as
#: they stand in code.
TECHNICAL = re.compile(r"phím enter|«(?:heading|track changes)»|\{'.*\}|\S*(?:://|@|/|_|\w\.\w)\S*")
#: What is no text of the page, or a text that somebody wrote.
NO_TEXT = frozenset({"script", "style", "svg", "code", "kbd", "pre", "template", "textarea"})
SPOKEN = ("title", "alt", "placeholder", "aria-label", "aria-description")
VALUES = re.compile(r"data-[\w-]+-(?:content|label|message|text|title|status|confirmation)-value")


class Listening:
    """The Vietnamese catalogue of Django, which notes what it was asked in vain."""

    def __init__(self, catalogue: Any) -> None:
        self._catalogue = catalogue
        self.missed: set[str] = set()

    def get(self, key: Any, default: Any = None) -> Any:
        found = self._catalogue.get(key, self)
        if found is self:
            self._note(key)
            return default
        return found

    def plural(self, text: str, number: int) -> Any:
        try:
            return self._catalogue.plural(text, number)
        except KeyError:
            self._note(text)
            raise

    def _note(self, key: Any) -> None:
        text = key[0] if isinstance(key, tuple) else key
        # Of a text with a context that alone is looked up, and the text itself shown.
        text = text.partition("\x04")[2] or text
        if text not in NOT_READ:
            self.missed.add(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def __getitem__(self, key: Any) -> Any:
        return self._catalogue[key]

    def __contains__(self, key: Any) -> bool:
        return key in self._catalogue


def listen() -> set[str]:
    """Return what is looked up in vain from now on; the set fills by itself."""
    translation = trans_real.translation("vi")
    if not isinstance(translation._catalog, Listening):
        translation._catalog = Listening(translation._catalog)
    missed: set[str] = translation._catalog.missed
    missed.clear()
    return missed


def english_in(page: bytes) -> set[str]:
    """Return the texts of a page, and what is said of its pictures and buttons, with English."""
    if not page.strip():
        return set()
    return {text for text in _texts(html.fromstring(page.decode())) if _is_english(text)}


def _is_english(text: str) -> bool:
    if text in PYTHON:
        return True
    bare = TECHNICAL.sub(" ", DATA.sub(" ", text.lower()))
    return text not in RIGHT and not WORDS.isdisjoint(WORD.findall(bare))


def _texts(root: Any) -> Iterator[str]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element.tag, str) and not _is_set_aside(element):
            yield from _tidied(element.text)
            for name, value in element.attrib.items():
                if name in SPOKEN or VALUES.fullmatch(name) or _is_label(element, name):
                    yield from _tidied(value)
            waiting += element
        # Beside the picture of nobody Wagtail writes the name of nobody.
        if not ((element.get("class") or "").startswith("avatar") and _is_nobody(element.tail)):
            yield from _tidied(element.tail)


def _is_nobody(text: str | None) -> bool:
    return (text or "").strip() == "None"


def _is_set_aside(element: Any) -> bool:
    tick = TICK.fullmatch(element.get("src") or "")
    return element.tag in NO_TEXT or COUNTER in element.attrib or tick is not None


def _is_label(element: Any, name: str) -> bool:
    """Whether an attribute is what stands on a button."""
    return (
        name == "value" and element.tag == "input" and element.get("type") in ("submit", "button")
    )


def _tidied(text: str | None) -> Iterator[str]:
    if text and (tidy := " ".join(text.split())):
        yield tidy
