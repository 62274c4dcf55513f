"""Drafts of law made of real clauses, and later versions of them of which it is known what became
of each article, clause and point."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from wagtail_pbgdpl.comparing.passages import Passage, passages
from wagtail_pbgdpl.comparing.versions import Bound
from wagtail_pbgdpl.legal.parser import parse

DOCUMENTS = Path(__file__).parents[2] / "example_site" / "demo" / "documents"
LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass
class Part:
    """A clause or point; ``of``: which parts of the first version it is made of."""

    text: str
    of: set[int]
    points: list[Part] = field(default_factory=list)


@dataclass
class Draft:
    """``articles``: of each its title, its clauses, and what it is made of."""

    articles: list[Part]
    places: dict[int, set[str]] = field(default_factory=dict)

    def body(self) -> list[dict[str, Any]]:
        self.places = {}
        return [self._article(number, one) for number, one in enumerate(self.articles, start=1)]

    def _article(self, number: int, article: Part) -> dict[str, Any]:
        anchor = f"dieu-{number}"
        self._note(article, anchor)
        clauses = []
        for place, clause in enumerate(article.points, start=1):
            self._note(clause, f"{anchor}-khoan-{place}")
            lines = [clause.text]
            for letter, point in zip(LETTERS, clause.points, strict=False):
                telex = letter.replace("đ", "dd")
                self._note(point, f"{anchor}-khoan-{place}-diem-{telex}")
                lines.append(f"{letter}) {point.text}")
            clauses.append({"number": str(place), "text": "\n".join(lines)})
        value = {"number": str(number), "title": article.text, "clauses": clauses}
        return {"type": "legal_article", "value": value}

    def _note(self, part: Part, anchor: str) -> None:
        for one in part.of:
            self.places.setdefault(one, set()).add(anchor)

    def passages(self) -> list[Passage]:
        return passages(self.body())


@cache
def _real() -> tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
    found = []
    for path in sorted(DOCUMENTS.glob("*.txt")):
        for part in parse(path.read_text(encoding="utf-8")).parts:
            for article in part.articles:
                clauses = tuple(
                    (one.text, tuple(point.text for point in one.points))
                    for one in article.clauses
                    if one.text
                )
                lead = tuple((str(one), ()) for one in article.lead)
                found.append((article.title, clauses or lead))
    return tuple(one for one in found if one[1])


def first(seed: int, articles: int = 60) -> Draft:
    """Return a draft of real articles in any order."""
    numbers = count()
    chosen = random.Random(seed).sample(_real(), articles)  # noqa: S311
    return Draft(
        [
            Part(
                title,
                {next(numbers)},
                [
                    Part(text, {next(numbers)}, [Part(one, {next(numbers)}) for one in points])
                    for text, points in clauses
                ],
            )
            for title, clauses in chosen
        ]
    )


def second(draft: Draft, seed: int, touched: int = 12, edited: float = 0.25) -> Draft:
    """Return the next version: ``touched`` articles moved, split or renumbered within, a part of
    all passages ``edited`` in their wording, articles new and left out."""
    chance = random.Random(seed + 1000)  # noqa: S311
    articles = [_copy(one) for one in draft.articles]
    ways = (_move, _split_article, _swap, _split_clause, _join, _move_clause)
    for number, place in enumerate(chance.sample(range(len(articles)), touched)):
        ways[number % len(ways)](articles, articles[min(place, len(articles) - 1)], chance)
    articles.remove(chance.choice(articles))
    strange = [one for one in _real() if one[0] not in {two.text for two in draft.articles}]
    title, clauses = chance.choice(strange)
    fresh = Part(title, set(), [Part(text, set()) for text, _points in clauses])
    articles.insert(chance.randrange(len(articles)), fresh)
    for part in [part for article in articles for part in _all(article)]:
        if chance.random() < edited:
            part.text = reworded(part.text, chance)
    return Draft(articles)


def reworded(text: str, chance: random.Random) -> str:
    """Change about every eighth word: left out, another one, or one more."""
    found = text.split()
    for _time in range(max(1, len(found) // 8) if len(found) > 3 else 0):
        at = chance.randrange(len(found))
        way = chance.choice(("out", "other", "more"))
        new = chance.choice(("cơ quan", "bảo đảm", "theo quy định", "kịp thời", "tỉnh"))
        found[at : at + 1] = {"out": [], "other": [new], "more": [found[at], new]}[way]
    return " ".join(found)


def comments(draft: Draft, seed: int, number: int = 1000) -> list[tuple[Bound, int]]:
    """Return comments, each with the part that it is about; half of them quote some words."""
    chance = random.Random(seed + 2000)  # noqa: S311
    anchors = {one: next(iter(places)) for one, places in draft.places.items()}
    texts = {part: text for article in draft.articles for part, text in _texts(article)}
    made = []
    for key in range(number):
        part = chance.choice(sorted(anchors))
        said = texts[part].split()
        at = chance.randrange(len(said)) if said else 0
        quote = " ".join(said[at : at + 12]) if chance.random() < 0.5 else ""
        made.append((Bound(key, anchors[part], quote), part))
    return made


def _texts(part: Part) -> Iterator[tuple[int, str]]:
    yield from ((one, part.text) for one in part.of)
    for below in part.points:
        yield from _texts(below)


def _copy(part: Part) -> Part:
    return Part(part.text, set(part.of), [_copy(one) for one in part.points])


def _all(part: Part) -> Iterator[Part]:
    yield part
    for below in part.points:
        yield from _all(below)


def _move(articles: list[Part], one: Part, chance: random.Random) -> None:
    articles.remove(one)
    articles.insert(chance.randrange(len(articles)), one)


def _split_article(articles: list[Part], one: Part, chance: random.Random) -> None:
    half = len(one.points) // 2
    if half:
        other = Part(f"{one.text} (tiếp theo)", set(one.of), one.points[half:])
        one.points = one.points[:half]
        articles.insert(articles.index(one) + 1, other)


def _swap(articles: list[Part], one: Part, chance: random.Random) -> None:
    chance.shuffle(one.points)


def _split_clause(articles: list[Part], one: Part, chance: random.Random) -> None:
    longest = max(one.points, key=lambda clause: len(clause.text))
    said = longest.text.split()
    if len(said) >= 24:
        half = len(said) // 2
        longest.text = " ".join(said[:half])
        rest = Part(" ".join(said[half:]), set(longest.of), longest.points)
        longest.points = []
        one.points.insert(one.points.index(longest) + 1, rest)


def _join(articles: list[Part], one: Part, chance: random.Random) -> None:
    if len(one.points) >= 2:
        before, after = one.points[0], one.points.pop(1)
        before.text = f"{before.text} {after.text}"
        before.of |= after.of
        before.points += after.points


def _move_clause(articles: list[Part], one: Part, chance: random.Random) -> None:
    if len(one.points) >= 2:
        moved = one.points.pop(chance.randrange(len(one.points)))
        chance.choice(articles).points.append(moved)
