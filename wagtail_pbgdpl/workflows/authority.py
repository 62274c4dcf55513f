"""May this person do this to this item now, by which authority, and if not, why not?

Pure: facts in, answer out; no clock, no database. The admin, the guard of publication, the
notifications and the tests all ask ``decide``.

Days are those of Asia/Ho_Chi_Minh; a period holds on both of its ends. Clauses: BK21 Điều 10.4,
11.2, 14.2, 15.2, 16.2, 20.1, 21.2; BP20 Điều 14, 15, 19.2; BK18 Điều 6.1b (R2–R8, R11).
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..regulations import Action, RoleCode


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


class State(enum.StrEnum):
    """Where an item is."""

    DRAFT = "draft"
    """With its unit; never sent, or withdrawn."""
    RETURNED = "returned"
    """With its unit; refused, to be corrected."""
    SUBMITTED = "submitted"
    """At a step of its workflow."""
    PUBLISHED = "published"
    EMERGENCY = "emergency"
    """Published by the Trưởng Ban alone, not yet reviewed."""


class Why(enum.StrEnum):
    """Why not."""

    NO_SEAT = "no_seat"
    WRONG_ROLE = "wrong_role"
    OTHER_UNIT = "other_unit"
    CATEGORY_NOT_GIVEN = "category_not_given"
    NOT_FOLLOWED = "not_followed"
    NOT_DELEGATED = "not_delegated"
    OWN_WORK = "own_work"
    WRONG_STATE = "wrong_state"
    NOT_THIS_STEP = "not_this_step"
    WITH_ITS_UNIT = "with_its_unit"
    NOT_THE_SENDER = "not_the_sender"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A seat. ``units`` are its unit and those that the unit succeeded; ``categories`` those
    that its unit was given (roles of a unit) or that a member follows."""

    role: RoleCode
    starts: date = date.min
    ends: date = date.max
    units: frozenset[int] = frozenset()
    categories: frozenset[str] = frozenset()

    def holds(self, on: date) -> bool:
        return self.starts <= on <= self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """A delegation to this person of what ``role`` does. No ``categories``: all.

    ``pk`` and ``by`` (the delegator's number) let the answer name it.
    """

    role: RoleCode
    delegate: RoleCode
    starts: date
    ends: date
    categories: frozenset[str] = frozenset()
    revoked: bool = False
    pk: int = 0
    by: int = 0

    def holds(self, on: date, category: str) -> bool:
        return (
            not self.revoked
            and self.starts <= on <= self.ends
            and (not self.categories or category in self.categories)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    pk: int
    posts: tuple[Post, ...] = ()
    mandates: tuple[Mandate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The step that an item is at."""

    action: Action
    role: RoleCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """``writers`` wrote, changed or submitted what stands now; ``publisher`` published it in an
    emergency. ``was_public``: it was published at least once."""

    category: str
    unit: int | None = None
    state: State = State.DRAFT
    step: Step | None = None
    writers: frozenset[int] = frozenset()
    publisher: int | None = None
    was_public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Allowed by the authority of ``role``, under ``mandate`` if not by one's own; or ``why``."""

    role: RoleCode | None = None
    mandate: Mandate | None = None
    why: Why | None = None

    def __bool__(self) -> bool:
        return self.why is None


OF_A_UNIT = frozenset({RoleCode.CONTACT_OFFICER, RoleCode.UNIT_HEAD})
BOARD = frozenset({RoleCode.SECRETARY, RoleCode.MEMBER, RoleCode.DEPUTY_CHIEF, RoleCode.CHIEF})
WITH_THE_UNIT = frozenset({State.DRAFT, State.RETURNED})
PUBLIC = frozenset({State.PUBLISHED, State.EMERGENCY})
# Steps that judge what others wrote. Who passes on what they edited, or puts up what was
# approved, judges nothing.
JUDGING = frozenset({Action.VERIFY, Action.APPROVE})
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
    Act.READ: frozenset(State),
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
    Why.OTHER_UNIT,
    Why.CATEGORY_NOT_GIVEN,
    Why.NOT_FOLLOWED,
    Why.NOT_DELEGATED,
    Why.WITH_ITS_UNIT,
    Why.NOT_THE_SENDER,
    Why.WRONG_STATE,
    Why.OWN_WORK,
)


def _nearness(answer: Answer) -> int:
    return _ORDER.index(answer.why) if answer.why else len(_ORDER)


def _by_each_seat(person: Person, act: Act, item: Item, on: date) -> Iterator[Answer]:
    posts = [post for post in person.posts if post.holds(on)]
    for post in posts:
        yield _answer(person, post, act, item, None)
    for mandate in person.mandates:
        for post in posts:
            if post.role is mandate.delegate and mandate.holds(on, item.category):
                acting = Post(role=mandate.role, units=post.units, categories=post.categories)
                yield _answer(person, acting, act, item, mandate)
    deputies = {RoleCode.DEPUTY_CHIEF} & {post.role for post in posts}
    if deputies and _needs_the_chief(act, item):
        yield Answer(why=Why.NOT_DELEGATED)


def _needs_the_chief(act: Act, item: Item) -> bool:
    if act in (Act.APPROVE, Act.RETURN):
        return item.step is not None and item.step.role is RoleCode.CHIEF
    return RIGHTS[act] == {RoleCode.CHIEF} if act in RIGHTS else False


def _answer(person: Person, post: Post, act: Act, item: Item, mandate: Mandate | None) -> Answer:
    why = _why_not(person, post, act, item, mandate)
    return Answer(why=why) if why else Answer(role=post.role, mandate=mandate)


def _why_not(
    person: Person, post: Post, act: Act, item: Item, mandate: Mandate | None
) -> Why | None:
    if act in (Act.APPROVE, Act.RETURN):
        return _why_not_at_step(person, post, item, judging=act is Act.APPROVE)
    if act is Act.EDIT and item.state is State.SUBMITTED:
        return _why_not_edit_at_step(post, item)
    if act is Act.READ and item.step is not None and post.role is item.step.role:
        return _why_out_of_reach(post, act, item)
    if post.role not in RIGHTS[act]:
        return Why.WRONG_ROLE
    if mandate is not None and act is Act.EMERGENCY:
        # An emergency is the Trưởng Ban's own to answer for.
        return Why.NOT_DELEGATED
    if reach := _why_out_of_reach(post, act, item):
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


def _why_out_of_reach(post: Post, act: Act, item: Item) -> Why | None:
    """Whether the item lies outside what the seat is for."""
    if post.role in OF_A_UNIT:
        if item.unit not in post.units:
            return Why.OTHER_UNIT
        if item.category not in post.categories:
            return Why.CATEGORY_NOT_GIVEN
    reads = act is Act.READ
    if post.role is RoleCode.MEMBER and item.category not in post.categories and not reads:
        return Why.NOT_FOLLOWED
    return None


def _why_not_at_step(person: Person, post: Post, item: Item, *, judging: bool) -> Why | None:
    if item.state is not State.SUBMITTED or item.step is None:
        return Why.WRONG_STATE
    if post.role is not item.step.role:
        return Why.NOT_THIS_STEP
    if reach := _why_out_of_reach(post, Act.APPROVE, item):
        return reach
    if judging and item.step.action in JUDGING and person.pk in item.writers:
        return Why.OWN_WORK
    return None


def _why_not_edit_at_step(post: Post, item: Item) -> Why | None:
    if item.step is None or item.step.action not in EDITING:
        return Why.WRONG_STATE
    if post.role is not item.step.role:
        return Why.NOT_THIS_STEP
    return _why_out_of_reach(post, Act.EDIT, item)
