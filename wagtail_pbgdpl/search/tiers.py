"""In which order results come: by tiers, each a set of tokens, instead of a function of rank.

Where words stand tells what an entry is about: in its title, in its lead, again and again in its
text, somewhere in it. Within a tier: titles that begin so, then those with little else, then the
newest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .citations import DocumentNumber
from .expressions import All, Expression, Has, every, some
from .reading import Closeness, Unit, Wish
from .tokens import LEAD, NUMBERED, TITLE, heading
from .words import joined

# Of longer questions what lacks a word is looked for by the rarest only.
MOST_LACKING = 6


@dataclass(frozen=True, slots=True)
class Tier:
    """``is_whole``: everything that was looked for is there."""

    expression: Expression
    is_whole: bool = True


def matching(wish: Wish) -> Expression:
    """Return what has all that is looked for, wherever."""
    return every(unit.expression() for unit in wish.units)


def climb(wish: Wish, closeness: Closeness) -> list[list[Tier]]:
    """Return the tiers of words in groups: one that fills a page spares the next."""
    units = wish.units
    titled = [
        Tier(wish.run(TITLE, closeness)),
        Tier(every(unit.expression(TITLE, closeness) for unit in units)),
    ]
    below = [
        Tier(wish.run(LEAD, closeness)),
        Tier(every(unit.expression(LEAD, closeness) for unit in units)),
        *(Tier(one, is_whole=False) for one in _lacking(units, TITLE, closeness)),
    ]
    whole = [unit.expression("", closeness) for unit in units]
    below += [
        Tier(every([*whole, *(unit.dense() for unit in units)])),
        Tier(wish.run("", closeness)),
        Tier(every(whole)),
        *(Tier(one, is_whole=False) for one in _lacking(units, LEAD, closeness)),
    ]
    return [titled, below]


def with_article(wish: Wish, tiers: Sequence[Tier], number: str) -> Iterator[list[Tier]]:
    """Return the same for those that have an article, then for those that speak of it.

    Before all others those whose article says so in its heading. Where a document is called so and
    has no text, it comes before others that happen to have such an article.
    """
    own = Has(f"a.dieu.{number}")
    if wish.units:
        scope = heading(number)
        yield [
            Tier(every([own, *(unit.expression(scope) for unit in wish.units)])),
            *(
                Tier(
                    every(
                        [
                            own,
                            *(
                                some((unit.expression(scope), unit.expression(other)))
                                for unit in wish.units
                            ),
                        ]
                    )
                )
                for other in (TITLE, LEAD)
            ),
        ]
    if len(wish.units) > 1:
        yield [Tier(_document_called(wish))]
    cited = Has(joined("dieu", number))
    for condition in (own, cited):
        yield [
            Tier(every([condition, *_parts(one.expression)]), one.is_whole)
            for one in tiers
            if one.is_whole
        ]


def about_article(wish: Wish, number: str, otherwise: Expression) -> Expression:
    """Return what has an article, or speaks of it, and all else that is looked for; ``otherwise``
    where that is nothing. Besides a document that is called so."""
    article = some((Has(f"a.dieu.{number}"), Has(joined("dieu", number))))
    found = every([article, *_parts(matching(wish) if wish.units else otherwise)])
    return some([found, _document_called(wish)]) if len(wish.units) > 1 else found


def _document_called(wish: Wish) -> Expression:
    return every([Has(NUMBERED), *(unit.expression(TITLE) for unit in wish.units)])


def of_numbers(wish: Wish) -> list[Tier]:
    """Return the tiers of documents with a number, then of those that cite it."""
    own = bearing(wish.numbers)
    cited = some(Has(f"n.{path}", is_beginning=True) for path in _paths(wish.numbers))
    rest = [unit.expression() for unit in wish.units]
    article = [Has(f"a.dieu.{one.article}") for one in wish.articles[:1]]
    found = [Tier(every([own, *article, *rest])), Tier(every([own, *rest]))]
    if not all(number.is_weak for number in wish.numbers):
        found += [Tier(every([own, *article])), Tier(own)]
        found += [Tier(every([cited, *rest])), Tier(cited)]
    return list({one.expression: one for one in found}.values())


def bearing(numbers: Sequence[DocumentNumber]) -> Expression:
    """Return what bears one of ``numbers`` itself."""
    return some(Has(f"o.{path}", is_beginning=True) for path in _paths(numbers))


class Order:
    """By what titles of one tier are put in order, for one question."""

    def __init__(self, wish: Wish) -> None:
        self._ways = [
            sorted(unit.ways(Closeness.EXACT), key=len, reverse=True) for unit in wish.units
        ]
        self._looked_for = {one for ways in self._ways for way in ways for one in way}

    def of(self, words: str, *, is_aside: bool) -> tuple[bool, bool, float]:
        """Return the order of a title, the highest first. ``words``: its own; ``is_aside``: what
        stands behind others that are as good."""
        title = words.split()
        looked_for = self._looked_for
        said = len([one for one in title if one in looked_for])
        share = round(said / len(title), 2) if said else 0.0
        return self._begins(title), not is_aside, share

    def _begins(self, title: Sequence[str]) -> bool:
        """Whether a title begins with what was typed, or what is taken for it."""
        place = 0
        for ways in self._ways:
            for way in ways:
                if tuple(title[place : place + len(way)]) == way:
                    place += len(way)
                    break
            else:
                return False
        return place > 0


def _paths(numbers: Sequence[DocumentNumber]) -> list[str]:
    return list(dict.fromkeys(number.path() for number in numbers))


def _lacking(units: Sequence[Unit], scope: str, closeness: Closeness) -> Iterator[Expression]:
    """Yield what has all units of three or more but one."""
    if 3 <= len(units) <= MOST_LACKING:
        parts = [unit.expression(scope, closeness) for unit in units]
        yield some(every(parts[:place] + parts[place + 1 :]) for place in range(len(parts)))


def _parts(expression: Expression) -> tuple[Expression, ...]:
    return expression.parts if isinstance(expression, All) else (expression,)
