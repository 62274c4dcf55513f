"""Who is reminded of an entry of the ledger: seats decide, on the day itself (R4–R6, R10)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from itertools import product

from ..core.accounts import User
from ..organisation.models import Seat
from ..organisation.succession import predecessors
from ..regulations import RoleCode, Scope
from ..regulations.active import get_regulation
from .models import Matter

People = dict[int, User]


@dataclass(slots=True)
class Readers:
    """People who hold a seat and can be reached, by their keys.

    ``of_unit``: by unit and category, since a unit's people read what it was given alone (R11).
    """

    of_unit: dict[tuple[int, str], People] = field(default_factory=dict)
    of_category: dict[str, People] = field(default_factory=dict)
    secretaries: People = field(default_factory=dict)
    chiefs: People = field(default_factory=dict)

    def of(self, row: Matter, *, escalated: bool) -> list[User]:
        """Return the users who are told of ``row``.

        The unit's officers and head (R5, R6), or of the units that succeeded it; for want of them
        the Thư ký. If ``escalated``, also the Thư ký, the Trưởng Ban and the members who follow the
        category (R4).
        """
        own = self.of_unit.get((row.unit_id or 0, row.category)) or self.secretaries
        if not escalated:
            return list(own.values())
        follow = self.of_category.get(row.category, {})
        return list((own | self.secretaries | self.chiefs | follow).values())


def readers_on(day: datetime.date) -> Readers:
    """Return who can be told on ``day``; two queries, whatever the number of people."""
    found = Readers()
    before = predecessors()
    roles = get_regulation().roles
    seats = Seat.objects.on(day).filter(user__is_active=True).exclude(user__email="")
    for seat in seats.select_related("user", "unit"):
        if seat.role not in roles:
            continue
        one = {seat.user_id: seat.user}
        if seat.scope is Scope.UNIT and seat.unit is not None:
            units = before.get(seat.unit.pk, {seat.unit.pk})
            for key in product(units, seat.unit.categories):
                found.of_unit.setdefault(key, {}).update(one)
        elif seat.role == RoleCode.SECRETARY:
            found.secretaries |= one
        elif seat.role == RoleCode.CHIEF:
            found.chiefs |= one
        elif seat.role == RoleCode.MEMBER:
            for code in seat.categories:
                found.of_category.setdefault(code, {}).update(one)
    return found
