"""What the clock of a matter did, in words."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..worktime import moment
from .models import Event, Matter
from .publications import Move


def history_of(row: Matter) -> list[dict[str, object]]:
    """Return the events of a row, oldest first: ``at``, ``what``, ``by``, ``detail``; one query."""
    return [
        {
            "at": moment(event.at),
            "what": Move(event.move).label,
            "by": event.by_name,
            "detail": describe(event),
        }
        for event in row.events.of_the_clock()
    ]


def describe(event: Event) -> str:
    """Say in the active language what the detail of an event holds."""
    detail = event.detail
    match event.move:
        case Move.OWED | Move.BEGUN:
            return _("due at %(moment)s") % {"moment": _read(detail.get("due_at"))}
        case Move.MOVED:
            return _("from %(before)s to %(after)s") % {
                "before": _read(detail.get("before")),
                "after": _read(detail.get("after")),
            }
        case Move.CHANGED if "page" in detail:
            return _("taken up by page no. %(number)s") % {"number": detail["page"]}
        case Move.PUBLISHED:
            said = [detail.get("authority", "")]
            if detail.get("emergency"):
                said.append(_("in an emergency"))
            if "changed_on" in detail:
                said.append(_change(detail["changed_on"], detail["working_days"]))
            return "; ".join(filter(None, said))
    return str(detail.get("reason") or detail.get("grounds") or "")


def _change(day: str, working_days: int) -> str:
    return ngettext(
        "change decided on %(day)s, published %(days)d working day later",
        "change decided on %(day)s, published %(days)d working days later",
        working_days,
    ) % {
        "day": f"{datetime.date.fromisoformat(day):%d/%m/%Y}",
        "days": working_days,
    }


def _read(text: str | None) -> str:
    return moment(datetime.datetime.fromisoformat(text)) if text else _("no fixed limit")
