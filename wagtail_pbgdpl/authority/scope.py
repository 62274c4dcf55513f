"""Which rows somebody sees, as conditions on queries (R11: BK18 Điều 6.1b).

A unit's people see what is of their unit in the categories given to it, and no more; the board sees
all; another role what is at its step. The same as ``rules.decide`` says to ``Act.READ`` of one:
who has to pass something on must see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q

from ..core.accounts import Visitor
from ..worktime.active import today
from .facts import person
from .rules import sights
from .terms import Sight

NOTHING = Q(pk__in=())
# The condition that a row is at a step of one of these roles.
AtStep = Callable[[Iterable[str]], Q]
# The condition that it is in the hands of a person.
HeldBy = Callable[[int], Q]


def in_nobodys_hands(holder: int) -> Q:
    """Of what is never given to a person."""
    return NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What somebody sees: ``everything``, or what lies in one of ``sights``."""

    everything: bool = False
    sights: tuple[Sight, ...] = ()

    @property
    def units(self) -> frozenset[int]:
        """Of whose people the person is one."""
        return frozenset().union(*(one.units for one in self.sights if one.units is not None))

    @property
    def is_of_a_unit(self) -> bool:
        return any(one.units is not None for one in self.sights)

    def matters(self) -> Q:
        """Return the condition on matters."""
        return self.rows(lambda roles: Q(role__in=roles), lambda holder: Q(holder=holder))

    def events(self) -> Q:
        """Return the condition on events of matters."""
        return self.rows(
            lambda roles: Q(matter__role__in=roles), lambda holder: Q(matter__holder=holder)
        )

    def rows(self, at_step: AtStep, held_by: HeldBy = in_nobodys_hands) -> Q:
        """Return the condition on any table with ``unit`` and ``category``."""
        if self.everything:
            return Q()
        found = NOTHING
        for sight in self.sights:
            found |= _in_sight(sight, at_step, held_by)
        return found


def _in_sight(sight: Sight, at_step: AtStep, held_by: HeldBy) -> Q:
    """Say of a query what ``Sight.why_not`` says of one item."""
    found = Q()
    if sight.holder is not None:
        found &= held_by(sight.holder)
    if sight.units is not None:
        found &= Q(unit__in=sight.units)
    if sight.categories is not None:
        found &= Q(category__in=sight.categories)
    if sight.at_steps_of is not None:
        found &= at_step(sight.at_steps_of)
    return found


def scope_of(user: Visitor) -> Scope:
    """Return how far ``user`` sees today; three queries, none for a superuser."""
    if user.is_superuser and user.is_active:
        return Scope(everything=True)
    found = sights(person(user), today())
    if any(sight.is_everything for sight in found):
        return Scope(everything=True)
    return Scope(sights=tuple(found))
