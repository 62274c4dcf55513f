"""Matters move with a portal, with all that happened to them; their seals are made anew."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..core.portable import Portable, register, register_detail, register_subject, stays
from .models import Event, EventFile, Matter, Reminder, ReminderDay, Seal
from .publications import OF_PAGES


def register_all() -> None:
    register(
        Portable(
            kind="matter",
            model=lambda: Matter,
            numbers={"place": "task_state"},
            without=frozenset({"subject", "writers", "to_review"}),
            changed_since=_changed,
        )
    )
    for code in OF_PAGES:
        register_subject(code, "page")
    for name in ("page", "deleted", "document"):
        register_detail(name, "page")
    stays(_("written within the record of their matter"), Event, EventFile)
    stays(_("made anew with the secret key of each portal"), Seal)
    stays(_("letters of this portal, which are not sent again"), Reminder, ReminderDay)


def _changed(since: datetime.datetime) -> Q:
    told = Event.objects.filter(at__gte=since).order_by().values("matter")
    return Q(created_at__gte=since) | Q(pk__in=told)
