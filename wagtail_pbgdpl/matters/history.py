"""The events of a row in words."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..worktime import moment
from .models import Publication, PublicationEvent

Kind = PublicationEvent.Kind


def history_of(row: Publication) -> list[dict[str, Any]]:
    """Return the events of a row, oldest first: ``at``, ``what``, ``by``, ``detail``; one query."""
    return [
        {
            "at": moment(event.at),
            "what": Kind(event.kind).label,
            "by": event.by_name,
            "detail": describe(event),
        }
        for event in row.events.all()
    ]


def describe(event: PublicationEvent) -> str:
    """Say in the active language what the detail of an event holds."""
    detail = event.detail
    match event.kind:
        case Kind.OWED | Kind.BEGUN:
            return _("due at %(moment)s") % {"moment": _read(detail.get("due_at"))}
        case Kind.MOVED:
            return _("from %(before)s to %(after)s") % {
                "before": _read(detail.get("before")),
                "after": _read(detail.get("after")),
            }
        case Kind.CHANGED if "page" in detail:
            return _("taken up by page no. %(number)s") % {"number": detail["page"]}
        case Kind.PUBLISHED:
            said = [detail.get("authority", "")]
            if detail.get("emergency"):
                said.append(_("in an emergency"))
            if "changed_on" in detail:
                said.append(_change(detail))
            return "; ".join(filter(None, said))
    return str(detail.get("reason") or detail.get("grounds") or "")


def _change(detail: dict[str, Any]) -> str:
    return ngettext(
        "change decided on %(day)s, published %(days)d working day later",
        "change decided on %(day)s, published %(days)d working days later",
        detail["working_days"],
    ) % {
        "day": f"{datetime.date.fromisoformat(detail['changed_on']):%d/%m/%Y}",
        "days": detail["working_days"],
    }


def _read(text: str | None) -> str:
    return moment(datetime.datetime.fromisoformat(text)) if text else _("no fixed limit")
