"""Who is reminded of an entry of the ledger: seats decide, on the day itself (R4–R6, R10)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from itertools import product

from ..core.accounts import User
from ..organisation.models import Seat
from ..organisation.succession import predecessors
from ..regulations import BOARD, RoleCode, Scope
from ..regulations.active import get_regulation
from .models import Matter
from .publications import PUBLICATION

People = dict[int, User]


@dataclass(slots=True)
class Readers:
    """People who hold a seat and can be reached, by their keys.

    ``of_unit``: by unit and category, since a unit's people read what it was given alone (R11).
    ``of_role``: by role of the whole portal; ``of_category``: members, by what they follow.
    """

    of_unit: dict[tuple[int, str], People] = field(default_factory=dict)
    of_category: dict[str, People] = field(default_factory=dict)
    of_role: dict[str, People] = field(default_factory=dict)

    def of(self, row: Matter, *, escalated: bool) -> list[User]:
        """Return the users who are told of ``row``.

        In whose hands it is, where that is one person. Of what is no publication and at a step of
        the board, those of that role. Otherwise the unit's officers and head (R5, R6), or of the
        units that succeeded it. For want of them the Thư ký. If ``escalated``, also the roles that
        the profile names, of members those who follow the category (R4).
        """
        own = self._own(row) or self.of_role.get(RoleCode.SECRETARY, {})
        if escalated:
            for role in get_regulation().reminders.long_late_roles:
                own = own | self._with(role, row.category)
        return list(own.values())

    def _own(self, row: Matter) -> People:
        holder = row.holder
        if holder is not None:
            return {holder.pk: holder} if holder.is_active and holder.email else {}
        if row.kind != PUBLICATION and row.role in BOARD:
            return self._with(row.role, row.category)
        return self.of_unit.get((row.unit_id or 0, row.category), {})

    def _with(self, role: str, category: str) -> People:
        if role == RoleCode.MEMBER:
            return self.of_category.get(category, {})
        return self.of_role.get(role, {})


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
        elif seat.role == RoleCode.MEMBER:
            for code in seat.categories:
                found.of_category.setdefault(code, {}).update(one)
        else:
            found.of_role.setdefault(seat.role, {}).update(one)
    return found
