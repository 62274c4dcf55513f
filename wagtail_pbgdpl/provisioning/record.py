"""Make things once, and remember what was made."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from .models import ProvisionedObject


class Outcome(enum.StrEnum):
    MADE = "made"
    PRESENT = "present"
    REMOVED = "removed"
    WARNED = "warned"
    CHANGED = "changed"
    DELETED = "deleted"
    KEPT = "kept"


MARKS = {
    Outcome.MADE: "+",
    Outcome.PRESENT: "=",
    Outcome.REMOVED: "-",
    Outcome.WARNED: "!",
    Outcome.CHANGED: "~",
    Outcome.DELETED: "-",
    Outcome.KEPT: "=",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report. ``what`` is the model's verbose name, ``name`` the object's, or
    what is to be said of it."""

    outcome: Outcome
    what: str
    name: str

    def __str__(self) -> str:
        return f"{MARKS[self.outcome]} {self.what}: {self.name}"


@dataclass(slots=True)
class Report:
    lines: list[Line] = field(default_factory=list)

    def add(self, outcome: Outcome, model: type[models.Model], name: str) -> None:
        self.lines.append(Line(outcome, str(model._meta.verbose_name), name))

    def count(self, outcome: Outcome) -> int:
        return sum(line.outcome is outcome for line in self.lines)


def ensure(
    report: Report,
    key: str,
    model: type[models.Model],
    name: str,
    make: Callable[[], Any],
    find: Callable[[], Any] = lambda: None,
) -> Any:
    """Return the object that stands for ``key``, making it where it never was.

    ``find`` may name an object of the site's own that serves as well; that is left as it is and
    not recorded. What was made once and removed since stays removed (``None``): an upgrade must
    not bring back what an administrator took away.
    """
    record = ProvisionedObject.objects.filter(key=key).first()
    if record is not None:
        made = apps.get_model(record.model)._default_manager.filter(pk=record.object_id).first()
        report.add(Outcome.PRESENT if made else Outcome.REMOVED, model, name)
        return made
    found = find()
    if found is not None:
        report.add(Outcome.PRESENT, model, name)
        return found
    made = make()
    ProvisionedObject.objects.create(key=key, model=type(made)._meta.label, object_id=str(made.pk))
    report.add(Outcome.MADE, model, name)
    return made
