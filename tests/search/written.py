"""Questions as citizens write them, and the titles of 400 answers; what is found of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from wagtail_pbgdpl.search.alike import alike
from wagtail_pbgdpl.search.sources import Basis, Document

HERE = Path(__file__).parent


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pairs(name: str) -> list[tuple[str, str]]:
    """Return what somebody wrote, each with the title of the answer that is meant."""
    found = [line.split(" => ") for line in lines(name)]
    return [(text, title) for text, title in found]


#: By these the words and the weights were chosen.
TUNING = pairs("pairs.txt")
#: These were written afterwards, and only measure.
MEASURED = pairs("fresh.txt")
TITLES = [title for _text, title in TUNING] + lines("distractors.txt")


class Titles:
    """A source without pages: what is found depends on the words alone."""

    def __init__(self, titles: Sequence[str]) -> None:
        self.documents = {key: Document(key, title) for key, title in enumerate(titles, start=1)}

    def live(self, keys: Collection[int] | None = None) -> Iterable[Document]:
        return [one for key, one in self.documents.items() if keys is None or key in keys]

    def public(self, keys: Collection[int]) -> Iterable[Document]:
        return self.live(keys)

    def pages(self, keys: Collection[int]) -> Mapping[int, Any]:
        return {one.key: SimpleNamespace(pk=one.key, title=one.title) for one in self.live(keys)}

    def basis(self, page: Any) -> Sequence[Basis]:
        return ()


def places(pairs: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """Return at which place the right answer is found for each text; 0: not among the first 10."""
    found = {}
    for text, right in pairs:
        titles = [one.title for one in alike(text, limit=10)]
        found[text] = titles.index(right) + 1 if right in titles else 0
    return found


def share_of_first(count: int, found: Mapping[str, int]) -> float:
    return sum(1 for place in found.values() if 0 < place <= count) / len(found)
