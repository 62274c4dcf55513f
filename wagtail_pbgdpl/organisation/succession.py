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

from ..core.text import address_part
from ..regulations import RoleCode
from .models import Seat, Unit, UnitSuccession

DAY = datetime.timedelta(days=1)


@dataclass(slots=True)
class Outcome:
    """What was done: which units ended and which succeeded them, the seats that go on in the
    successor, those that ended, and the units that belong to another one since."""

    old: list[Unit] = field(default_factory=list)
    successors: list[Unit] = field(default_factory=list)
    continued: list[Seat] = field(default_factory=list)
    ended: list[Seat] = field(default_factory=list)
    moved: list[Unit] = field(default_factory=list)

    @property
    def over(self) -> list[Seat]:
        """The seats that ended and go on nowhere."""
        goes_on = {(seat.user_id, seat.role) for seat in self.continued}
        return [seat for seat in self.ended if (seat.user_id, seat.role) not in goes_on]


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


def successor_of(units: Sequence[Unit], name: str, on: datetime.date, *, code: str = "") -> Unit:
    """Return a unit, not yet saved, that is as the first of ``units`` but for its name.

    Without ``code`` the code is made of the name.
    """
    first = units[0]
    above = first.parent
    while above is not None and above in units:
        above = above.parent
    return Unit(
        code=code or _free_code(name),
        name=name,
        kind=first.kind,
        parent=above,
        email=first.email,
        phone=first.phone,
        categories=list(first.categories),
        starts_on=on,
    )


@transaction.atomic
def merge(
    units: Sequence[Unit], into: Unit, *, on: datetime.date, decision: str = "", by: Any = None
) -> Outcome:
    """Let ``into`` succeed ``units`` from the day ``on``.

    Their contact officers go on in ``into``, their heads' seats end, units below them move below
    ``into``, which is given their categories too. ``into`` may be one of them, which then goes on,
    and may be a unit that is not yet saved. Raises ``ValidationError`` for a unit that has ended by
    then or was succeeded before, or that ``into`` came before.
    """
    old = list({unit.pk: unit for unit in units if unit.pk != into.pk}.values())
    outcome = Outcome(old, [into])
    if not old:
        raise ValidationError(_("Name at least one unit that ends."))
    _check(old, [into], on)
    for unit in old:
        _succeed(unit, into, UnitSuccession.Kind.MERGED, on, decision, by)
        into.categories = _in_order([*into.categories, *unit.categories])
        for seat in _open_seats(unit, on):
            _end(seat, on)
            outcome.ended.append(seat)
            if seat.role == RoleCode.CONTACT_OFFICER:
                outcome.continued += _carry_on(seat, into, on)
        outcome.moved += _move_children(unit, into)
        if into.parent_id == unit.pk:
            into.parent = unit.parent
    into.save()
    return outcome


@transaction.atomic
def rename(
    unit: Unit,
    *,
    name: str,
    on: datetime.date,
    code: str = "",
    decision: str = "",
    by: Any = None,
) -> Outcome:
    """End ``unit`` and let it go on under a new name, as a new unit, from the day ``on``.

    Every seat goes on. Without ``code`` the code is made of the name. Raises ``ValidationError``
    for a code that is taken, and as ``merge`` does.
    """
    new = successor_of([unit], name, on, code=code)
    outcome = Outcome([unit], [new])
    _check([unit], [new], on)
    _succeed(unit, new, UnitSuccession.Kind.RENAMED, on, decision, by)
    for seat in _open_seats(unit, on):
        _end(seat, on)
        outcome.ended.append(seat)
        outcome.continued += _carry_on(seat, new, on)
    outcome.moved = _move_children(unit, new)
    return outcome


@transaction.atomic
def divide(
    unit: Unit, into: Iterable[Unit], *, on: datetime.date, decision: str = "", by: Any = None
) -> Outcome:
    """Let several units succeed ``unit`` from the day ``on``; they may be not yet saved.

    Its seats end: who sits where is decided anew. Raises ``ValidationError`` as ``merge`` does.
    """
    outcome = Outcome([unit], list(into))
    _check([unit], outcome.successors, on)
    for part in outcome.successors:
        _succeed(unit, part, UnitSuccession.Kind.DIVIDED, on, decision, by)
    for seat in _open_seats(unit, on):
        _end(seat, on)
        outcome.ended.append(seat)
    return outcome


def _check(old: Sequence[Unit], new: Sequence[Unit], on: datetime.date) -> None:
    """Lock the units and refuse what cannot be; save those that are new."""
    _lock([*old, *new])
    for unit in old:
        if before := UnitSuccession.objects.filter(predecessor=unit).first():
            raise ValidationError(
                _("«%(unit)s» was succeeded by «%(successor)s» before.")
                % {"unit": unit, "successor": before.successor}
            )
        if unit.ends_on and unit.ends_on < on - DAY:
            raise ValidationError(_("«%(unit)s» has ended before.") % {"unit": unit})
        if unit.starts_on and unit.starts_on >= on:
            raise ValidationError(_("«%(unit)s» has not begun by then.") % {"unit": unit})
        for successor in new:
            if successor.pk and successor.pk in lineage(unit.pk):
                raise ValidationError(
                    _("«%(unit)s» came after «%(successor)s».")
                    % {"unit": unit, "successor": successor}
                )
    for unit in new:
        if unit.ends_on and unit.ends_on < on:
            raise ValidationError(_("«%(unit)s» has ended before.") % {"unit": unit})
        if unit.starts_on and unit.starts_on > on:
            raise ValidationError(_("«%(unit)s» has not begun by then.") % {"unit": unit})
        if unit.pk is None:
            unit.full_clean()
            unit.save()


def _lock(units: Iterable[Unit]) -> None:
    """Read the units again under a lock: of two who do it at once, the second sees the first."""
    saved = {unit.pk: unit for unit in units if unit.pk}
    # Always in the same order, so that two never wait for each other.
    for row in Unit.objects.select_for_update().filter(pk__in=saved).order_by("pk"):
        for name in (one.attname for one in Unit._meta.concrete_fields):
            setattr(saved[row.pk], name, getattr(row, name))


def _free_code(name: str) -> str:
    stem = address_part(name, 50) or "don-vi"
    taken = set(Unit.objects.filter(code__startswith=stem).values_list("code", flat=True))
    codes = (f"{stem}-{number}" if number > 1 else stem for number in range(1, len(taken) + 2))
    return next(code for code in codes if code not in taken)


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


def _move_children(unit: Unit, above: Unit) -> list[Unit]:
    children = list(unit.children.exclude(pk=above.pk))
    for child in children:
        child.parent = above
        # One by one, so that the journal of changes sees each.
        child.save(update_fields=["parent"])
    return children


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
