"""Write a change down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..core.history import name_of
from .actor import acting_user
from .models import Change


def enter(
    kind: str,
    subject: Any,
    details: Iterable[tuple[str, Any, Any]] = (),
    *,
    person: Any = None,
    login: bool = False,
    by: Any = None,
) -> Change:
    """Enter a change of ``subject``, a row of the database.

    ``details`` are the label of a field with its words before and after; never a password.
    ``person`` is whose access it concerns; ``login``: how they sign in. ``by`` is who did it, by
    default the user of the present request.
    """
    by = by if by is not None else acting_user()
    return Change.objects.create(
        kind=kind,
        model=subject._meta.label,
        object_id=str(subject.pk),
        title=str(subject)[:255],
        person=person,
        person_name=name_of(person),
        login=login,
        details=[[str(label), str(before), str(after)] for label, before, after in details],
        by=by,
        by_name=name_of(by),
    )
