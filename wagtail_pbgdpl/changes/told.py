"""Who hears of a change that shows at once: the Thư ký and the Trưởng Ban, but for who made it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_admin_base_url

from ..notices import outbox
from ..organisation.models import Seat
from ..regulations import RoleCode
from ..reports import moment
from ..worktime.active import today
from . import record
from .models import Change

READERS = (RoleCode.SECRETARY, RoleCode.CHIEF)


def note(kind: str, subject: Any, details: Iterable[tuple[str, Any, Any]]) -> None:
    """Enter a change as ``record.enter`` does, and tell them of it; neither without the other."""
    with transaction.atomic():
        tell(record.enter(kind, subject, details))


def tell(change: Change) -> None:
    """Put a message about the change into the outbox for each of them."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Changed: %(kind)s, «%(title)s»") % {
            "kind": change.get_kind_display(),
            "title": change.title,
        }
        text = "\n".join(_lines(change))
    for user in readers().exclude(pk=change.by_id):
        outbox.put(f"change:{change.pk}:{user.pk}", user, subject, text)


def readers() -> Any:
    """Return the active users who hold one of the two roles today."""
    seats = Seat.objects.filter(role__in=READERS).on(today())
    users = get_user_model()._default_manager
    return users.filter(pk__in=seats.values("user"), is_active=True).order_by("pk")


def by_whom(change: Change) -> str:
    """Name who made the change; a program, such as the set-up, is nobody."""
    return change.by_name or _("a program")


def _lines(change: Change) -> Iterable[str]:
    yield f"{_('What')}: {change.title} ({change.get_kind_display()})"
    yield f"{_('By')}: {by_whom(change)}"
    yield f"{_('At')}: {moment(change.at)}"
    for label, before, after in change.details:
        yield f"{label}: «{before}» → «{after}»"
    yield ""
    yield _("It shows at once, without a decision of the board. The journal of changes has it too:")
    yield (get_admin_base_url() or "") + reverse("pbgdpl_changes")
    yield ""
