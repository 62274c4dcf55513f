"""What waits for somebody: steps they may pass, and their own items that came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Q

from ..authority.facts import person
from ..authority.rules import OF_A_UNIT, Act, Item, Person, State, Step, decide
from ..regulations import Action, RoleCode
from ..worktime.active import today
from .models import Matter

RETURNED = Matter.State.RETURNED


class Light(NamedTuple):
    """Of a row what counting needs: there may be thousands, and a page shows a few."""

    pk: int
    subject: int
    returned: bool
    step: str


def waiting_for(user: Any) -> list[Light]:
    """Return the items that wait for the user, those to correct and the longest waiting first.

    Five queries. ``in_full`` reads the rows that are shown.
    """
    facts = person(user)
    roles = {one.role for one in facts.mandates}.union(*(post.steps_of for post in facts.posts))
    mine = Q(state=RETURNED) | Q(state=Matter.State.SUBMITTED, role__in=roles)
    rows = Matter.objects.filter(mine).exclude(action="")
    # «returned» stands before «submitted».
    rows = rows.order_by("state", "since", "pk")
    answers: dict[Any, bool] = {}
    found = []
    for pk, subject, step, writers, sender, state, *about in rows.values_list(
        "pk", "subject", "step", "writers", "sender_id", "state", "action", "role",
        "category", "unit_id",
    ).iterator():  # fmt: skip
        # Of the writers the rules ask one thing alone: whether the person is among them.
        key = (state == RETURNED, *about, facts.pk in (writers or ()), facts.pk == sender)
        if key not in answers:
            answers[key] = _waits(facts, *key)
        if answers[key]:
            found.append(Light(pk, subject, state == RETURNED, step))
    return found


def in_full(rows: Sequence[Light]) -> list[Matter]:
    """Return the rows in their order, with their units; one query for all."""
    known = Matter.objects.waiting().select_related("unit").in_bulk([row.pk for row in rows])
    # What was decided since is left out.
    return [known[row.pk] for row in rows if row.pk in known]


def where(row: Matter) -> tuple[State | None, Step | None]:
    """Return where the version on its way is; ``None`` where there is none."""
    if row.state == RETURNED:
        return State.RETURNED, None
    if row.state != Matter.State.SUBMITTED:
        return None, None
    # A task of the site's own is no step of the regulation.
    known = Step(action=Action(row.action), role=RoleCode(row.role)) if row.action else None
    return State.SUBMITTED, known


def item_at(row: Matter) -> Item:
    """Return the facts about what waits, from its row alone."""
    state, step = where(row)
    return Item(
        category=row.category,
        unit=row.unit_id,
        state=state or State.DRAFT,
        step=step,
        writers=frozenset(row.writers or ()),
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
        Matter(
            state=RETURNED if returned else Matter.State.SUBMITTED,
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
