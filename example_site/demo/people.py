"""One user for each role of the regulation, all with the one password of the demo."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from wagtail_pbgdpl.provisioning.models import ProvisionedObject
from wagtail_pbgdpl.regulations import RoleCode, get_regulation

from .sources import DATA


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    role: RoleCode
    name: str
    title: str

    @property
    def email(self) -> str:
        return f"{self.username}@pbgdpl.example"

    @property
    def role_name(self) -> str:
        """The role as the effective regulation calls it; empty if that has no such role."""
        role = get_regulation().roles.get(self.role)
        return role.name if role else ""


_DATA = tomllib.loads((DATA / "users.toml").read_text(encoding="utf-8"))

PASSWORD: str = _DATA["password"]
PEOPLE: tuple[Person, ...] = tuple(
    Person(**{**row, "role": RoleCode(row["role"])}) for row in _DATA["user"]
)


def load_people() -> dict[RoleCode, Any]:
    """Make the users that are missing and put each in the group of the role; return them."""
    return {person.role: _load(person) for person in PEOPLE}


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
    record = ProvisionedObject.objects.filter(key=f"group:{person.role}").first()
    group = Group.objects.filter(pk=record.object_id).first() if record else None
    if group:
        user.groups.add(group)
    return user
