"""Who hears of a change that shows at once: the Thư ký and the Trưởng Ban, but for who made it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..notices import telling
from ..notices.letters import absolute, register
from ..organisation.models import Seat
from ..regulations import RoleCode
from ..worktime import moment
from ..worktime.active import today
from . import letters, record
from .models import Change

READERS = (RoleCode.SECRETARY, RoleCode.CHIEF)
AT_ONCE = register(
    "change",
    letters.LABEL,
    gettext_lazy("Changed: %(kind)s, «%(title)s»"),
    "title: of what was changed; kind: of change; by: whom; moment: of the change; details: label, "
    "words before and after of each field; journal: the address of the journal of changes",
    sort=letters.SORT,
    waits=lambda notice, about: True,
)


def note(kind: str, subject: Any, details: Iterable[tuple[str, Any, Any]]) -> None:
    """Enter a change as ``record.enter`` does, and tell them of it; neither without the other."""
    with transaction.atomic():
        tell(record.enter(kind, subject, details))


def tell(change: Change) -> None:
    """Put a message about the change into the outbox for each of them."""
    people = readers().exclude(pk=change.by_id)
    telling.tell(AT_ONCE, people, lambda: _variables(change), about=change)


def readers() -> Any:
    """Return the active users who hold one of the two roles today."""
    seats = Seat.objects.filter(role__in=READERS).on(today())
    users = get_user_model()._default_manager
    return users.filter(pk__in=seats.values("user"), is_active=True).order_by("pk")


def by_whom(change: Change) -> str:
    """Name who made the change; a program, such as the set-up, is nobody."""
    return change.by_name or _("a program")


def _variables(change: Change) -> dict[str, Any]:
    return {
        "title": change.title,
        "kind": change.get_kind_display(),
        "by": by_whom(change),
        "moment": moment(change.at),
        "details": change.details,
        "journal": absolute(reverse("pbgdpl_changes")),
    }
