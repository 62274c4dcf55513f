"""For which units and categories somebody may enter, take up and close what is owed.

The board's Thư ký, Phó and Trưởng Ban for all, a member for the categories followed, a unit's
people for their own unit and what it was given (R2–R6, R11: BK21 Điều 14.2, 16.2, 20.1, 21.2;
BK18 Điều 6.1b).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..core.accounts import User
from ..organisation.models import Seat
from ..organisation.succession import predecessors
from ..regulations import RoleCode, Scope
from ..worktime.active import today

PERMISSION = "wagtail_pbgdpl.add_matter"


@dataclass(frozen=True, slots=True)
class Reach:
    """``followed``: categories of a member, for any unit. ``units``: keys of one's own units and
    of those before them, each with the categories given."""

    everything: bool = False
    followed: frozenset[str] = frozenset()
    units: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.everything or bool(self.followed) or any(self.units.values())

    def as_board(self, category: str) -> bool:
        """Whether the board's word counts for the category."""
        return self.everything or category in self.followed

    def covers(self, category: str, unit_id: int | None) -> bool:
        return self.as_board(category) or (
            unit_id is not None and category in self.units.get(unit_id, ())
        )

    def has(self, category: str) -> bool:
        """Whether it covers the category for some unit."""
        return self.as_board(category) or any(category in given for given in self.units.values())

    @property
    def any_unit(self) -> bool:
        return self.everything or bool(self.followed)


def reach_of(user: User) -> Reach:
    """Return the reach by the seats of today; none without the permission. Two queries."""
    if not user.has_perm(PERMISSION):
        return Reach()
    if user.is_superuser:
        return Reach(everything=True)
    before = predecessors()
    everything = False
    followed: set[str] = set()
    units: dict[int, frozenset[str]] = {}
    for seat in Seat.objects.filter(user=user).on(today()).select_related("unit"):
        if seat.unit is not None:
            for unit_id in before.get(seat.unit.pk, {seat.unit.pk}):
                units[unit_id] = units.get(unit_id, frozenset()) | set(seat.unit.categories)
        elif is_of_the_board(seat):
            everything = everything or seat.scope is Scope.PORTAL
            followed.update(seat.categories)
    return Reach(everything, frozenset(followed), units)


def is_of_the_board(seat: Seat) -> bool:
    """Whether the seat decides on content; the operator's, for the whole portal too, does not."""
    return seat.scope in (Scope.PORTAL, Scope.CATEGORIES) and seat.role != RoleCode.OPERATOR
