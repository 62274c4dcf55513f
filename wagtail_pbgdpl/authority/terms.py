"""The terms in which the rules of authority speak: seats, delegations, items, answers.

Pure, as ``authority`` is. Days are those of Asia/Ho_Chi_Minh; a period holds on both of its ends.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from ..regulations import Action, RoleCode


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
    GIVEN_TO_ANOTHER = "given_to_another"
    LOGIN_CHANGED = "login_changed"
    """How the person signs in was changed: perhaps it is somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A seat. ``units`` are its unit and those that the unit succeeded; ``categories`` those
    that its unit was given (roles of a unit) or that a member follows. ``passes_steps_of``: roles
    whose steps it passes beside its own. ``pk`` tells it from others of the person, whose number is
    ``holder`` where the seat is for what is given to the person alone."""

    role: RoleCode
    passes_steps_of: frozenset[RoleCode] = frozenset()
    pk: int = 0
    starts: date = date.min
    ends: date = date.max
    units: frozenset[int] = frozenset()
    categories: frozenset[str] = frozenset()
    holder: int = 0

    def holds(self, on: date) -> bool:
        return self.starts <= on <= self.ends

    @property
    def steps_of(self) -> frozenset[RoleCode]:
        """Roles whose steps it passes, its own among them."""
        return self.passes_steps_of | {self.role}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """A delegation to this person of what ``role`` does. No ``categories``: all.

    It was given to one seat, which has the role ``delegate`` and the number ``seat``, and works
    through no other. ``pk`` and ``by`` (the delegator's number) let the answer name it.
    """

    role: RoleCode
    delegate: RoleCode
    starts: date
    ends: date
    categories: frozenset[str] = frozenset()
    revoked: bool = False
    seat: int = 0
    pk: int = 0
    by: int = 0

    def is_in_force(self, on: date) -> bool:
        return not self.revoked and self.starts <= on <= self.ends

    def holds(self, on: date, category: str) -> bool:
        return self.is_in_force(on) and (not self.categories or category in self.categories)

    def was_given_to(self, post: Post) -> bool:
        return post.role is self.delegate and post.pk == self.seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """``quiet_until``: the last day on which somebody of the board publishes nothing, because how
    they sign in was changed; ``None`` where it was not, or another member confirmed it."""

    pk: int
    posts: tuple[Post, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    quiet_until: date | None = None

    def is_quiet(self, on: date) -> bool:
        return self.quiet_until is not None and on <= self.quiet_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The step that an item is at."""

    action: Action
    role: RoleCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """``writers`` wrote, changed or submitted what stands now; ``publisher`` published it in an
    emergency. ``was_public``: it was published at least once. ``holder``: in whose hands it is,
    where it was given to a person and not to a role."""

    category: str
    unit: int | None = None
    state: State = State.DRAFT
    step: Step | None = None
    writers: frozenset[int] = frozenset()
    publisher: int | None = None
    was_public: bool = False
    holder: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one seat lets its holder read: items of these units, in these categories, and at a step
    of these roles, in the hands of this person. ``None``: of any, and at any step or none."""

    holder: int | None = None
    units: frozenset[int] | None = None
    categories: frozenset[str] | None = None
    at_steps_of: frozenset[RoleCode] | None = None

    @property
    def is_everything(self) -> bool:
        return self == Sight()

    def why_not(self, item: Item) -> Why | None:
        """Return why the item lies outside it, or ``None``."""
        if self.at_steps_of is not None and (
            item.step is None or item.step.role not in self.at_steps_of
        ):
            return Why.WRONG_ROLE
        if self.holder is not None and item.holder != self.holder:
            return Why.GIVEN_TO_ANOTHER
        if self.units is not None and item.unit not in self.units:
            return Why.OTHER_UNIT
        if self.categories is not None and item.category not in self.categories:
            return Why.CATEGORY_NOT_GIVEN
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Allowed by the authority of ``role``, under ``mandate`` if not by one's own; or ``why``.

    ``until``: the last day of a refusal that passes by itself.
    """

    role: RoleCode | None = None
    mandate: Mandate | None = None
    why: Why | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return self.why is None
