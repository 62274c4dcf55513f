"""The facts about an item that the rules of authority need, read from its matter."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.models import Task

from ..authority.rules import Item, State, Step
from ..matters import ledger
from ..matters.models import Event, Matter
from ..matters.publications import Move
from ..matters.worklist import where
from ..regulations import Action, RoleCode
from .pages import ModeratedPage
from .steps import StepMixin


def item_of(page: ModeratedPage, *, public: bool = False) -> Item:
    """Return the facts about a page of the portal; one query.

    ``public``: about what the public sees of it, whatever is on its way beside that.
    """
    return item_from(page, ledger.of_page(page) if page.pk else None, public=public)


def item_from(page: ModeratedPage, matter: Matter | None, *, public: bool = False) -> Item:
    """Return the same where the matter of the page is known."""
    emergency = matter.to_review if matter else None
    state, step = where(matter) if matter and not public else (None, None)
    if state is None and page.live:
        state = State.EMERGENCY if emergency else State.PUBLISHED
    return Item(
        category=getattr(page, "category", "") or "",
        unit=getattr(page, "unit_id", None),
        state=state or State.DRAFT,
        step=step,
        writers=writers_from(page, matter),
        publisher=emergency.by_id if emergency else None,
        was_public=page.first_published_at is not None,
    )


def writers_from(page: ModeratedPage, matter: Matter | None) -> frozenset[int]:
    """Return those who wrote what stands now as the matter has them; counted where it does not."""
    if matter is None:
        return writers_of(page, None)
    if matter.writers is None:
        return writers_of(page, matter.to_review)
    return frozenset(matter.writers)


def step_of(task: Task) -> Step | None:
    """Return the step that a task stands for, or ``None`` for a task of the site's own."""
    task = task.specific
    if not isinstance(task, StepMixin):
        return None
    return Step(action=Action(task.action), role=RoleCode(task.role))


def writers_of(page: ModeratedPage, emergency: Event | None) -> frozenset[int]:
    """Return who wrote, changed or sent what stands now, since it was last published.

    The head of a unit who passes its content on answers for it, and so is one of them (R6). An
    emergency publication is judged afterwards: its writers count until the review. Two queries.
    """
    if not page.pk:
        return frozenset({page.owner_id} if page.owner_id else ())
    if emergency is None and page.live_revision_id == page.latest_revision_id is not None:
        # What stands now is public.
        return frozenset()
    events = list(Event.objects.of_page(page.pk).defer("text", "detail", "grounds"))
    before = page.live_revision_id or 0
    if emergency is not None and emergency.revision:
        before = public_before(events, emergency)
    revisions = page.revisions.filter(pk__gt=before)
    found: set[int | None] = set(revisions.values_list("user_id", flat=True).distinct())
    if page.live_revision_id is None or emergency is not None:
        found.add(page.owner_id)
    found |= senders(events, before)
    return frozenset(key for key in found if key is not None)


def senders(events: Iterable[Event], before: int) -> set[int | None]:
    """Return who sent a version after the one numbered ``before``, or passed it for its unit."""
    return {
        event.by_id
        for event in events
        if event.move in (Move.SUBMITTED, Move.PASSED)
        and event.action in ("", Action.SUBMIT, Action.UNIT_APPROVE)
        and (event.revision or 0) > before
    }


def public_before(events: Iterable[Event], emergency: Event) -> int:
    """Return the revision that was cleared last before the emergency, or 0."""
    numbers = [event.revision or 0 for event in events if event.clears and event.pk < emergency.pk]
    return max(numbers, default=0)
