"""May this person do this to this item now, by which authority, and if not, why not?

Pure: facts in, answer out; no clock, no database. The admin, the guard of publication, the
notifications and the tests all ask ``decide``.

Days are those of Asia/Ho_Chi_Minh; a period holds on both of its ends. Clauses: BK21 Điều 10.4,
11.2, 14.2, 15.2, 16.2, 20.1, 21.2; BP20 Điều 14, 15, 19.2; BK18 Điều 6.1b (R2–R8, R11).
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ..regulations import BOARD, Action, RoleCode
from .terms import Answer, Item, Mandate, Person, Post, Sight, State, Step, Why

__all__ = [
    "BOARD",
    "Act",
    "Answer",
    "Item",
    "Mandate",
    "Person",
    "Post",
    "Sight",
    "State",
    "Step",
    "Why",
    "decide",
    "sights",
]


class Act(enum.StrEnum):
    """What somebody wants to do to an item."""

    READ = "read"
    ADD = "add"
    EDIT = "edit"
    DELETE = "delete"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    """Pass the present step."""
    RETURN = "return"
    """Refuse it at the present step and send it back (R9)."""
    EMERGENCY = "emergency"
    """Publish without the steps, for a reason that is written down."""
    REVIEW = "review"
    """Close an emergency publication."""
    UNPUBLISH = "unpublish"


OF_A_UNIT = frozenset({RoleCode.CONTACT_OFFICER, RoleCode.UNIT_HEAD})
# See and do what was given to the person alone.
OF_A_PERSON = frozenset({RoleCode.EXPERT})
WITH_THE_UNIT = frozenset({State.DRAFT, State.RETURNED})
PUBLIC = frozenset({State.PUBLISHED, State.EMERGENCY})
# Steps that judge what others wrote. Who passes on what they edited, or puts up what was
# approved, judges nothing.
JUDGING = frozenset({Action.VERIFY, Action.APPROVE})
# Steps and acts that make public or bring close to it. Not for who may be somebody else; returning
# and taking down do no harm that cannot be mended.
PUBLISHING = JUDGING | {Action.PUBLISH}
PUBLISHING_ACTS = frozenset({Act.EMERGENCY, Act.REVIEW})
# Steps at which the text may still change; later ones judge what they were given.
EDITING = frozenset({Action.UNIT_APPROVE, Action.COLLECT_EDIT})

# Who does what of their own right, apart from the steps of the workflow.
RIGHTS: dict[Act, frozenset[RoleCode]] = {
    Act.READ: OF_A_UNIT | BOARD,
    Act.ADD: OF_A_UNIT | BOARD,
    Act.EDIT: OF_A_UNIT | BOARD,
    Act.DELETE: OF_A_UNIT | BOARD,
    Act.SUBMIT: OF_A_UNIT | BOARD,
    Act.WITHDRAW: OF_A_UNIT | BOARD,
    Act.EMERGENCY: frozenset({RoleCode.CHIEF}),
    Act.REVIEW: BOARD,
    Act.UNPUBLISH: frozenset({RoleCode.CHIEF}),
}
# What the board does to what is with a unit only where it wrote that itself.
OWN_ALONE = frozenset({Act.EDIT, Act.DELETE, Act.SUBMIT})
STATES: dict[Act, frozenset[State]] = {
    Act.ADD: frozenset({State.DRAFT}),
    Act.DELETE: WITH_THE_UNIT,
    Act.SUBMIT: WITH_THE_UNIT | PUBLIC,
    Act.WITHDRAW: frozenset({State.SUBMITTED}),
    Act.APPROVE: frozenset({State.SUBMITTED}),
    Act.RETURN: frozenset({State.SUBMITTED}),
    Act.REVIEW: frozenset({State.EMERGENCY}),
    Act.UNPUBLISH: PUBLIC,
}


def decide(person: Person, act: Act, item: Item, on: date) -> Answer:
    """Say whether ``person`` may do ``act`` to ``item`` on the day ``on``."""
    refusals = []
    for answer in _by_each_seat(person, act, item, on):
        if answer:
            return answer
        refusals.append(answer)
    # The reason that came nearest to a yes tells most.
    return max(refusals, key=_nearness, default=Answer(why=Why.NO_SEAT))


_ORDER = (
    Why.NO_SEAT,
    Why.WRONG_ROLE,
    Why.NOT_THIS_STEP,
    Why.GIVEN_TO_ANOTHER,
    Why.OTHER_UNIT,
    Why.CATEGORY_NOT_GIVEN,
    Why.NOT_FOLLOWED,
    Why.NOT_DELEGATED,
    Why.WITH_ITS_UNIT,
    Why.NOT_THE_SENDER,
    Why.WRONG_STATE,
    Why.OWN_WORK,
    Why.LOGIN_CHANGED,
)


def _nearness(answer: Answer) -> int:
    return _ORDER.index(answer.why) if answer.why else len(_ORDER)


def sights(person: Person, on: date) -> list[Sight]:
    """Return what each seat and delegation lets the person read on the day ``on``.

    The same as ``decide`` says to ``Act.READ``, for all items at once.
    """
    return [_sight(post, mandate) for post, mandate in _capacities(person, on)]


def _capacities(person: Person, on: date) -> Iterator[tuple[Post, Mandate | None]]:
    """Every seat of the day, and every delegation as the seat that its holder acts in."""
    posts = [post for post in person.posts if post.holds(on)]
    for post in posts:
        yield post, None
    for mandate in person.mandates:
        for post in posts:
            if mandate.is_in_force(on) and mandate.was_given_to(post):
                yield replace(post, role=mandate.role, passes_steps_of=frozenset()), mandate


def _by_each_seat(person: Person, act: Act, item: Item, on: date) -> Iterator[Answer]:
    for post, mandate in _capacities(person, on):
        if mandate is None or mandate.holds(on, item.category):
            yield _answer(person, post, act, item, on, mandate)
    deputies = any(post.role is RoleCode.DEPUTY_CHIEF and post.holds(on) for post in person.posts)
    if deputies and _needs_the_chief(act, item):
        yield Answer(why=Why.NOT_DELEGATED)


def _needs_the_chief(act: Act, item: Item) -> bool:
    if act in (Act.APPROVE, Act.RETURN):
        return item.step is not None and item.step.role is RoleCode.CHIEF
    return RIGHTS[act] == {RoleCode.CHIEF} if act in RIGHTS else False


def _answer(
    person: Person, post: Post, act: Act, item: Item, on: date, mandate: Mandate | None = None
) -> Answer:
    if why := _why_not(person, post, act, item, mandate):
        return Answer(why=why)
    if person.is_quiet(on) and _publishes(act, item):
        return Answer(why=Why.LOGIN_CHANGED, until=person.quiet_until)
    return Answer(role=post.role, mandate=mandate)


def _publishes(act: Act, item: Item) -> bool:
    if act is Act.APPROVE:
        return item.step is not None and item.step.action in PUBLISHING
    return act in PUBLISHING_ACTS


def _why_not(
    person: Person, post: Post, act: Act, item: Item, mandate: Mandate | None
) -> Why | None:
    if act in (Act.APPROVE, Act.RETURN):
        return _why_not_at_step(person, post, item, judging=act is Act.APPROVE)
    if act is Act.EDIT and item.state is State.SUBMITTED:
        return _why_not_edit_at_step(post, item)
    if act is Act.READ:
        return _sight(post, mandate).why_not(item)
    if post.role not in RIGHTS[act]:
        return Why.WRONG_ROLE
    if mandate is not None and act is Act.EMERGENCY:
        # An emergency is the Trưởng Ban's own to answer for.
        return Why.NOT_DELEGATED
    if reach := _why_out_of_reach(post, item):
        return reach
    if act in STATES and item.state not in STATES[act]:
        return Why.WRONG_STATE
    own = person.pk in item.writers
    if act in OWN_ALONE and post.role in BOARD and item.state in WITH_THE_UNIT and not own:
        return Why.WITH_ITS_UNIT
    if act is Act.DELETE and item.was_public:
        return Why.WRONG_STATE
    if act is Act.WITHDRAW and not own and post.role is not RoleCode.UNIT_HEAD:
        return Why.NOT_THE_SENDER
    if act is Act.REVIEW and (own or person.pk == item.publisher):
        return Why.OWN_WORK
    return None


def _sight(post: Post, mandate: Mandate | None) -> Sight:
    """Whoever has no right of their own to read sees what is at their step, while it is there; an
    expert, of that, what was given to them (Q9)."""
    if post.role in OF_A_PERSON:
        return Sight(holder=post.holder, at_steps_of=post.steps_of)
    if post.role in OF_A_UNIT:
        units, categories = post.units, post.categories
        if mandate is not None and mandate.categories:
            categories &= mandate.categories
        return Sight(units=units, categories=categories)
    delegated = mandate.categories if mandate is not None and mandate.categories else None
    reads = post.role in RIGHTS[Act.READ]
    return Sight(categories=delegated, at_steps_of=None if reads else post.steps_of)


def _why_out_of_reach(post: Post, item: Item) -> Why | None:
    """Whether the item lies outside what the seat is for; of a member, also what is only read."""
    if post.role is RoleCode.MEMBER and item.category not in post.categories:
        return Why.NOT_FOLLOWED
    return _sight(post, None).why_not(item) if post.role in OF_A_UNIT | OF_A_PERSON else None


def _why_not_at_step(person: Person, post: Post, item: Item, *, judging: bool) -> Why | None:
    if item.state is not State.SUBMITTED or item.step is None:
        return Why.WRONG_STATE
    if item.step.role not in post.steps_of:
        return Why.NOT_THIS_STEP
    if reach := _why_out_of_reach(post, item):
        return reach
    if judging and item.step.action in JUDGING and person.pk in item.writers:
        return Why.OWN_WORK
    return None


def _why_not_edit_at_step(post: Post, item: Item) -> Why | None:
    if item.step is None or item.step.action not in EDITING:
        return Why.WRONG_STATE
    if item.step.role not in post.steps_of:
        return Why.NOT_THIS_STEP
    return _why_out_of_reach(post, item)
