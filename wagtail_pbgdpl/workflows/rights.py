"""What a user may do to a page of the portal: the rules of authority, asked with facts.

The permission tester, the guard of publication and the decisions ask here. A superuser without a
seat reads and helps with drafts, but decides nothing and publishes nothing (R8).
"""

from __future__ import annotations

from collections.abc import Iterable

from ..authority.facts import people, person
from ..authority.rules import PUBLIC, WITH_THE_UNIT, Act, Answer, Item, Person, decide
from ..core.accounts import User, Visitor
from ..worktime.active import today
from .items import item_of
from .pages import ModeratedPage

__all__ = ["Act", "may", "may_add", "may_on", "those_who_may"]

# Acts that concern what the public sees, whatever is on its way beside it.
ON_THE_PUBLIC = frozenset({Act.UNPUBLISH, Act.REVIEW})


def may(user: Visitor, act: Act, page: ModeratedPage) -> Answer:
    """Say whether the user may do ``act`` to ``page`` today."""
    return may_on(user, act, item_of(page, public=act in ON_THE_PUBLIC))


def may_on(user: Visitor, act: Act, item: Item) -> Answer:
    """Say the same of an item whose facts are known."""
    return _answer(user, person(user), act, item)


def those_who_may(users: Iterable[User], act: Act, item: Item) -> list[User]:
    """Return those of the users who may do ``act`` to the item today; three queries for all."""
    listed = list(users)
    return [
        user
        for user, facts in zip(listed, people(listed), strict=True)
        if _answer(user, facts, act, item)
    ]


def _answer(user: Visitor, facts: Person, act: Act, item: Item) -> Answer:
    answer = decide(facts, act, item, today())
    if not answer and user.is_active and user.is_superuser and _technical(act, item):
        return Answer()
    return answer


def may_add(user: Visitor, index: object) -> bool:
    """Whether the user may add items below an index page: for one of their units, or as board."""
    facts = person(user)
    category = getattr(index, "category", "")
    return any(may_on(user, Act.ADD, Item(category=category, unit=unit)) for unit in _units(facts))


def _units(facts: Person) -> set[int | None]:
    return {None} | {unit for post in facts.posts for unit in post.units}


def _technical(act: Act, item: Item) -> bool:
    if act in (Act.READ, Act.ADD):
        return True
    if act is Act.DELETE:
        return item.state in WITH_THE_UNIT and not item.was_public
    return act in (Act.EDIT, Act.SUBMIT) and item.state in WITH_THE_UNIT | PUBLIC
