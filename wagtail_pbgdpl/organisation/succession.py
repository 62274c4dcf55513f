"""Units end and others succeed them; what was counted under the old name stays countable.

Nothing is rewritten: content, questions and figures keep the unit that they had. Whoever asks for a
unit with its past asks for ``lineage``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..regulations import RoleCode
from .models import Seat, Unit, UnitSuccession

DAY = datetime.timedelta(days=1)


@dataclass(slots=True)
class Outcome:
    """What a merger did: the seats that go on in the successor, and those that ended."""

    continued: list[Seat] = field(default_factory=list)
    ended: list[Seat] = field(default_factory=list)


def predecessors() -> dict[int, frozenset[int]]:
    """Return every unit's key with the keys of all units before it and its own; one query."""
    before: dict[int, set[int]] = {}
    for old, new in UnitSuccession.objects.values_list("predecessor_id", "successor_id"):
        before.setdefault(new, set()).add(old)
    return {unit: frozenset(_reach(unit, before)) for unit in before}


def lineage(unit_id: int) -> frozenset[int]:
    """Return the keys of a unit and of all units that it succeeded, directly or not."""
    return predecessors().get(unit_id, frozenset({unit_id}))


def _reach(unit: int, before: dict[int, set[int]]) -> set[int]:
    found, waiting = set(), [unit]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += before.get(one, ())
    return found


@transaction.atomic
def merge(
    units: Sequence[Unit], into: Unit, *, on: datetime.date, decision: str = "", by: Any = None
) -> Outcome:
    """Let ``into`` succeed ``units`` from the day ``on``.

    Their contact officers go on in ``into``, their heads' seats end, units below them move below
    ``into``, which is given their categories too. ``into`` may be one of them, which then goes on.
    Raises ``ValidationError`` for a unit that has ended by then, or that ``into`` came before.
    """
    outcome = Outcome()
    old = [unit for unit in units if unit.pk != into.pk]
    _check(old, [into], on)
    for unit in old:
        _succeed(unit, into, UnitSuccession.Kind.MERGED, on, decision, by)
        into.categories = _in_order([*into.categories, *unit.categories])
        for seat in _open_seats(unit, on):
            _end(seat, on)
            outcome.ended.append(seat)
            if seat.role == RoleCode.CONTACT_OFFICER:
                outcome.continued += _carry_on(seat, into, on)
        unit.children.exclude(pk=into.pk).update(parent=into)
        if into.parent_id == unit.pk:
            into.parent = unit.parent
    into.save()
    return outcome


@transaction.atomic
def rename(
    unit: Unit, *, code: str, name: str, on: datetime.date, decision: str = "", by: Any = None
) -> Unit:
    """End ``unit`` and return the unit that goes on under a new name from the day ``on``.

    Every seat goes on. Raises ``ValidationError`` for a code that is taken.
    """
    new = Unit(
        code=code,
        name=name,
        kind=unit.kind,
        parent=unit.parent,
        email=unit.email,
        phone=unit.phone,
        categories=list(unit.categories),
        starts_on=on,
    )
    new.full_clean()
    _check([unit], [new], on)
    new.save()
    _succeed(unit, new, UnitSuccession.Kind.RENAMED, on, decision, by)
    for seat in _open_seats(unit, on):
        _end(seat, on)
        _carry_on(seat, new, on)
    unit.children.update(parent=new)
    return new


@transaction.atomic
def divide(
    unit: Unit, into: Iterable[Unit], *, on: datetime.date, decision: str = "", by: Any = None
) -> Outcome:
    """Let several units succeed ``unit`` from the day ``on``.

    Its seats end: who sits where is decided anew. Raises ``ValidationError`` as ``merge`` does.
    """
    parts = list(into)
    _check([unit], parts, on)
    for part in parts:
        _succeed(unit, part, UnitSuccession.Kind.DIVIDED, on, decision, by)
    outcome = Outcome()
    for seat in _open_seats(unit, on):
        _end(seat, on)
        outcome.ended.append(seat)
    return outcome


def _check(old: Iterable[Unit], new: Iterable[Unit], on: datetime.date) -> None:
    successors = list(new)
    for unit in old:
        if unit.ends_on and unit.ends_on < on - DAY:
            raise ValidationError(_("«%(unit)s» has ended before.") % {"unit": unit})
        if unit.starts_on and unit.starts_on >= on:
            raise ValidationError(_("«%(unit)s» has not begun by then.") % {"unit": unit})
        for successor in successors:
            if successor.pk and successor.pk in lineage(unit.pk):
                raise ValidationError(
                    _("«%(unit)s» came after «%(successor)s».")
                    % {"unit": unit, "successor": successor}
                )


def _succeed(
    unit: Unit, successor: Unit, kind: str, on: datetime.date, decision: str, by: Any
) -> None:
    UnitSuccession.objects.create(
        predecessor=unit,
        successor=successor,
        kind=kind,
        on=on,
        decision_number=decision,
        created_by=by,
    )
    unit.ends_on = on - DAY
    unit.save(update_fields=["ends_on"])


def _open_seats(unit: Unit, on: datetime.date) -> list[Seat]:
    """Return the seats of the unit that last into the day ``on`` or begin later."""
    return [seat for seat in unit.seats.all() if seat.ends_on is None or seat.ends_on >= on]


def _end(seat: Seat, on: datetime.date) -> None:
    seat.ends_on = on - DAY
    if seat.starts_on and seat.starts_on > seat.ends_on:
        # One that would have begun later never holds.
        seat.starts_on = seat.ends_on
    seat.save(update_fields=["starts_on", "ends_on"])


def _carry_on(seat: Seat, unit: Unit, on: datetime.date) -> list[Seat]:
    held = unit.seats.filter(user=seat.user_id, role=seat.role).on(on)
    if held.exists():
        return []
    return [
        Seat.objects.create(
            role=seat.role,
            user=seat.user,
            unit=unit,
            starts_on=on,
            decision_number=seat.decision_number,
        )
    ]


def _in_order(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))
