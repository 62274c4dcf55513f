"""What waits for somebody: steps they may pass, and their own items that came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q

from ..authority.facts import person
from ..authority.rules import OF_A_UNIT, Act, Item, Person, State, Step, decide
from ..core.accounts import Visitor
from ..worktime.active import today
from .kinds import kind_of, states_that_stand
from .models import Matter


class Light(NamedTuple):
    """Of a row what counting needs: there may be thousands, and a page shows a few."""

    pk: int
    subject: int
    returned: bool
    step: str


def waiting_for(user: Visitor) -> list[Light]:
    """Return the matters that wait for the user, those to correct and the longest waiting first.

    Five queries. ``in_full`` reads the rows that are shown.
    """
    facts = person(user)
    roles = {one.role for one in facts.mandates}.union(*(post.steps_of for post in facts.posts))
    mine = Q(state__in=states_that_stand(State.RETURNED)) | Q(role__in=roles)
    rows = Matter.objects.filter(mine).exclude(action="").order_by("since", "pk")
    answers: dict[tuple[object, ...], bool] = {}
    found = []
    for pk, subject, step, writers, sender, *about in rows.values_list(
        "pk", "subject", "step", "writers", "sender_id", "kind", "state", "action", "role",
        "category", "unit_id", "holder_id",
    ).iterator():  # fmt: skip
        # Of the writers the rules ask one thing alone: whether the person is among them.
        key = (*about, facts.pk in (writers or ()), facts.pk == sender)
        if key not in answers:
            answers[key] = _waits(facts, *key)
        if answers[key]:
            found.append(Light(pk, subject, not about[-4], step))
    return sorted(found, key=lambda row: not row.returned)


def in_full(rows: Sequence[Light]) -> list[Matter]:
    """Return the rows in their order, with their units; one query for all."""
    known = Matter.objects.waiting().select_related("unit").in_bulk([row.pk for row in rows])
    # What was decided since is left out.
    return [known[row.pk] for row in rows if row.pk in known]


def where(row: Matter) -> tuple[State | None, Step | None]:
    """Return where the version on its way is; ``None`` where there is none."""
    standing, step = kind_of(row).standing_of(row)
    return (standing, step) if standing in (State.SUBMITTED, State.RETURNED) else (None, None)


def item_at(row: Matter) -> Item:
    """Return the facts about what waits, from its row alone."""
    return kind_of(row).item_of(row)


def _waits(
    facts: Person,
    kind: str,
    state: str,
    action: str,
    role: str,
    category: str,
    unit: int | None,
    holder: int | None,
    wrote: bool,
    sent: bool,
) -> bool:
    """Whether a matter waits for the person: to be passed on; or to be sent again, where it is of
    their unit or their own."""
    item = item_at(
        Matter(
            kind=kind,
            state=state,
            action=action,
            role=role,
            category=category,
            unit_id=unit,
            holder_id=holder,
            writers=[facts.pk] if wrote else [],
        )
    )
    if item.state is State.SUBMITTED:
        return bool(decide(facts, Act.APPROVE, item, today()))
    answer = decide(facts, Act.SUBMIT, item, today())
    return bool(answer) and (wrote or sent or answer.role in OF_A_UNIT)
