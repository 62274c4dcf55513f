"""Users for each role of the regulation, all with the one password of the demo."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from wagtail_pbgdpl.organisation.models import Delegation, Seat, Unit
from wagtail_pbgdpl.regulations import RoleCode, get_regulation
from wagtail_pbgdpl.worktime.active import today

from .sources import DATA


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    role: RoleCode
    name: str
    title: str
    unit: str = ""
    categories: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.username}@pbgdpl.example"

    @property
    def role_name(self) -> str:
        """The role as the effective regulation calls it; empty if that has no such role."""
        role = get_regulation().roles.get(self.role)
        return role.name if role else ""


def load_units() -> None:
    """Make the units that are missing, each below the one that it names before it."""
    for row in tomllib.loads((DATA / "units.toml").read_text(encoding="utf-8"))["unit"]:
        values = dict(row)
        parent = values.pop("parent", None)
        values["parent"] = Unit.objects.get(code=parent) if parent else None
        Unit.objects.get_or_create(code=values.pop("code"), defaults=values)


_DATA = tomllib.loads((DATA / "users.toml").read_text(encoding="utf-8"))

PASSWORD: str = _DATA["password"]
PEOPLE: tuple[Person, ...] = tuple(
    Person(**{**row, "role": RoleCode(row["role"])}) for row in _DATA["user"]
)


def load_people() -> dict[RoleCode, Any]:
    """Make the users that are missing and give each the seat of the role.

    Returns the first of each role: who does in the demo what the role does.
    """
    load_units()
    found: dict[RoleCode, Any] = {}
    for person in PEOPLE:
        found.setdefault(person.role, _load(person))
    load_delegations()
    return found


# Number, first and last day from today, and whether the Trưởng Ban has confirmed it.
DELEGATIONS = (
    ("03/QĐ-BBT", -60, -50, True),
    ("07/QĐ-BBT", -2, 12, True),
    ("09/QĐ-BBT", 14, 21, False),
)
# Of the seats: that by which the board was set up.
BOARD_NUMBER, BOARD_DATE = "12/QĐ-UBND", datetime.date(2021, 3, 15)


def load_delegations() -> None:
    """Enter a delegation that holds today, one that is over, and one that the Trưởng Ban has not
    confirmed, if there is none."""
    chief = Seat.objects.filter(role=RoleCode.CHIEF).first()
    deputy = Seat.objects.filter(role=RoleCode.DEPUTY_CHIEF).first()
    if chief is None or deputy is None or Delegation.objects.exists():
        return
    for number, begins, ends, confirmed in DELEGATIONS:
        Delegation.objects.create(
            code="deputy_chief",
            delegator=chief,
            delegate=deputy,
            decision_number=number,
            decided_on=today() + datetime.timedelta(days=min(begins, 0) - 2),
            confirmed_at=timezone.now() if confirmed else None,
            starts_on=today() + datetime.timedelta(days=begins),
            ends_on=today() + datetime.timedelta(days=ends),
        )


def _load(person: Person) -> Any:
    model = get_user_model()
    user, made = model._default_manager.get_or_create(
        username=person.username,
        defaults={
            "email": person.email,
            # Django writes the first name first; a Vietnamese name begins with the family's.
            "first_name": person.name,
        },
    )
    if made:
        user.set_password(PASSWORD)
        user.save()
    unit = Unit.objects.get(code=person.unit) if person.unit else None
    Seat.objects.get_or_create(
        user=user,
        role=person.role,
        unit=unit,
        defaults={
            "categories": list(person.categories),
            "decision_number": BOARD_NUMBER,
            "decided_on": BOARD_DATE,
        },
    )
    return user
