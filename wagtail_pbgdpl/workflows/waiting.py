"""What waits for somebody: steps they may pass, and their own items that came back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.models import Revision

from ..ledger.models import Publication
from ..organisation.models import Unit
from ..regulations import Action, RoleCode
from ..worktime.active import today
from .authority import OF_A_UNIT, Act, Item, Person, State, Step, decide
from .facts import person
from .models import Decision, Pending
from .visibility import base_page

Kind = Decision.Kind


def waiting_for(user: Any) -> list[Pending]:
    """Return the items that wait for the user, the longest waiting first; four queries.

    Rows are light: unit and time limit are read by ``with_limits`` for those that are shown.
    """
    facts = person(user)
    roles = {post.role for post in facts.posts} | {one.role for one in facts.mandates}
    rows = Pending.objects.filter(returned=False, role__in=roles).order_by("since", "pk")
    steps = [row for row in rows.iterator() if _may_pass(facts, row)]
    back = Pending.objects.filter(returned=True).order_by("since", "pk")
    returned = [row for row in back.iterator() if _is_to_correct(facts, row)]
    return [*returned, *steps]


def emergencies_for(user: Any) -> list[Decision]:
    """Return the emergency publications that the user may review; five queries."""
    facts = person(user)
    rows = list(open_emergencies())
    writers = _writers(rows)
    return [row for row in rows if _may_review(facts, row, writers[row.pk])]


def open_emergencies() -> Any:
    """Return the emergency publications that nobody has reviewed, the oldest first."""
    closed = Decision.objects.filter(
        page_id=OuterRef("page_id"),
        pk__gt=OuterRef("pk"),
        kind__in=(Kind.REVIEWED, Kind.TAKEN_DOWN),
    )
    return Decision.objects.filter(~Exists(closed), kind=Kind.EMERGENCY).order_by("pk")


def with_limits(rows: Sequence[Pending]) -> Sequence[Pending]:
    """Give each row its unit's name and its time limit, in two queries for all."""
    units = dict(Unit.objects.in_bulk({row.unit_id for row in rows if row.unit_id}))
    limits = dict(
        Publication.objects.open()
        .filter(page_id__in=[row.page_id for row in rows])
        .values_list("page_id", "due_at")
    )
    for row in rows:
        row.unit_shown = units.get(row.unit_id)
        row.due_at = limits.get(row.page_id)
    return rows


def item_at(row: Pending) -> Item:
    return Item(
        category=row.category,
        unit=row.unit_id,
        state=State.RETURNED if row.returned else State.SUBMITTED,
        step=None if row.returned else Step(action=Action(row.action), role=RoleCode(row.role)),
        writers=frozenset(row.writers),
    )


def _may_pass(facts: Person, row: Pending) -> bool:
    return bool(decide(facts, Act.APPROVE, item_at(row), today()))


def _is_to_correct(facts: Person, row: Pending) -> bool:
    """Of their unit's, or of those they wrote: who may send it again."""
    answer = decide(facts, Act.SUBMIT, item_at(row), today())
    own = facts.pk in row.writers or facts.pk == row.sender_id
    return bool(answer) and (own or answer.role in OF_A_UNIT)


def _writers(emergencies: Sequence[Decision]) -> dict[int, frozenset[int]]:
    """Return by its key who wrote what each made public, as the rules of authority count them."""
    pages = {row.page_id for row in emergencies}
    if not pages:
        return {}
    owners = dict(base_page()._base_manager.filter(pk__in=pages).values_list("pk", "owner_id"))
    cleared: dict[int, list[tuple[int, int]]] = defaultdict(list)
    decisions = Decision.objects.filter(page_id__in=pages, clears=True)
    for page, pk, number in decisions.values_list("page_id", "pk", "revision_number"):
        cleared[page].append((pk, number or 0))
    written: dict[int, list[tuple[int, int]]] = defaultdict(list)
    revisions = Revision.page_revisions.filter(object_id__in=[str(pk) for pk in pages])
    for page, number, user in revisions.values_list("object_id", "pk", "user_id"):
        written[int(page)].append((number, user))
    found: dict[int, frozenset[Any]] = {}
    for row in emergencies:
        before = max((one for pk, one in cleared[row.page_id] if pk < row.pk), default=0)
        users = {user for number, user in written[row.page_id] if number > before}
        found[row.pk] = frozenset((users | {owners.get(row.page_id)}) - {None})
    return found


def _may_review(facts: Person, row: Decision, writers: frozenset[int]) -> bool:
    item = Item(
        category=row.category,
        unit=row.unit_id,
        state=State.EMERGENCY,
        writers=writers,
        publisher=row.by_id,
        was_public=True,
    )
    return bool(decide(facts, Act.REVIEW, item, today()))
