"""What waits for somebody: steps they may pass, and their own items that came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Q

from ..authority.facts import person
from ..authority.rules import OF_A_UNIT, Act, Item, Person, State, Step, decide
from ..matters.models import Publication
from ..regulations import Action, RoleCode
from ..worktime.active import today
from .models import Pending


class Light(NamedTuple):
    """Of a row what counting needs: there may be thousands, and a page shows a few."""

    pk: int
    page_id: int
    returned: bool
    step: str


def waiting_for(user: Any) -> list[Light]:
    """Return the items that wait for the user, those to correct and the longest waiting first.

    Five queries. ``with_limits`` reads the rows that are shown.
    """
    facts = person(user)
    roles = {one.role for one in facts.mandates}.union(*(post.steps_of for post in facts.posts))
    mine = Q(returned=True) | Q(returned=False, role__in=roles)
    rows = Pending.objects.filter(mine).order_by("-returned", "since", "pk")
    answers: dict[Any, bool] = {}
    found = []
    for pk, page_id, step, writers, sender, *about in rows.values_list(
        "pk", "page_id", "step", "writers", "sender_id", "returned", "action", "role",
        "category", "unit_id",
    ).iterator():  # fmt: skip
        # Of the writers the rules ask one thing alone: whether the person is among them.
        key = (*about, facts.pk in writers, facts.pk == sender)
        if key not in answers:
            answers[key] = _waits(facts, *key)
        if answers[key]:
            found.append(Light(pk, page_id, about[0], step))
    return found


def with_limits(rows: Sequence[Light]) -> list[Pending]:
    """Return the rows in their order, with their units and time limits; two queries for all."""
    known = Pending.objects.select_related("unit").in_bulk([row.pk for row in rows])
    # What was decided since is left out.
    found = [known[row.pk] for row in rows if row.pk in known]
    limits = dict(
        Publication.objects.open()
        .filter(page_id__in=[row.page_id for row in found])
        .values_list("page_id", "due_at")
    )
    for row in found:
        row.due_at = limits.get(row.page_id)
    return found


def item_at(row: Pending) -> Item:
    return Item(
        category=row.category,
        unit=row.unit_id,
        state=State.RETURNED if row.returned else State.SUBMITTED,
        step=None if row.returned else Step(action=Action(row.action), role=RoleCode(row.role)),
        writers=frozenset(row.writers),
    )


def _waits(
    facts: Person,
    returned: bool,
    action: str,
    role: str,
    category: str,
    unit: int | None,
    wrote: bool,
    sent: bool,
) -> bool:
    """Whether an item waits for the person: to be passed on; or to be sent again, where it is of
    their unit or their own."""
    item = item_at(
        Pending(
            returned=returned,
            action=action,
            role=role,
            category=category,
            unit_id=unit,
            writers=[facts.pk] if wrote else [],
        )
    )
    if not returned:
        return bool(decide(facts, Act.APPROVE, item, today()))
    answer = decide(facts, Act.SUBMIT, item, today())
    return bool(answer) and (wrote or sent or answer.role in OF_A_UNIT)
