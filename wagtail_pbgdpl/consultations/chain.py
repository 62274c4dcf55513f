"""The promise of a consultation as a chain: what was to be when, what was, and what is late.

Opening, invitations, length, closing, answers, summary, issued document: each with its day and the
clause by which it is due. The public and the admin read the same (C12, T4, T6).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..matters.models import Event, Matter
from ..worktime import VIETNAM, due
from ..worktime.active import get_calendar, today
from ..worktime.deadline import local_day
from . import rules
from .counting import Tally, tally
from .models import Consultation


class Link(NamedTuple):
    """``on``: the day on which it was, ``due``: on which it is or was to be, ``says``: more."""

    name: str
    on: datetime.date | None
    due: datetime.date | None = None
    says: str = ""
    clause: str = ""
    late: bool = False
    #: Where what a new version changes is shown.
    address: str = ""

    @property
    def is_done(self) -> bool:
        return self.on is not None


def chain(consultation: Consultation, matter: Matter) -> list[Link]:
    """Return the chain as it stands today; three queries at most."""
    events = list(matter.events.order_by("pk"))
    return list(_links(consultation, matter, events, tally(consultation)))


def changes_address(consultation: Consultation, number: int) -> str:
    return reverse("wagtail_pbgdpl:draft_changes", args=[consultation.page, number])


def _links(
    consultation: Consultation, matter: Matter, events: list[Event], counts: Tally
) -> Iterator[Link]:
    day = today()
    opened, closed = consultation.opens_on, consultation.closes_on
    words = consultation.words
    yield Link(str(words.opening), opened if day >= opened else None, opened)
    for event in events:
        if event.move == "consult_invite":
            bodies = ", ".join(map(str, event.detail.get("bodies", ())))
            yield Link(_("Invitation"), _day(event.detail.get("on")), says=bodies)
        elif event.move == "consult_version":
            number = event.detail.get("number")
            said = _("Version %(number)s of the draft") % {"number": number}
            address = changes_address(consultation, number)
            yield Link(said, local_day(event.at), address=address)
        elif event.move == "consult_prolong":
            after = _day(event.detail.get("after"))
            said = _("until the end of %(day)s: %(why)s") % {
                "day": f"{after:%d/%m/%Y}" if after else "",
                "why": event.text,
            }
            yield Link(_("Prolonged"), local_day(event.at), says=said)
    if consultation.is_dialogue:
        yield _dialogue(consultation)
    else:
        yield _length(consultation)
    yield Link(str(words.closing), closed if day > closed else None, closed)
    summary_due = _summary_due(consultation)
    ours = rules.until_summary().cited
    if day > closed:
        yield _answers(consultation, counts, summary_due, ours)
        yield _summary(consultation, summary_due, ours)
    if not consultation.is_dialogue and (consultation.summarised_on or consultation.issued_on):
        yield Link(_("Document issued"), consultation.issued_on, says=consultation.issued_as)


def _dialogue(consultation: Consultation) -> Link:
    day = local_day(consultation.held_at) if consultation.held_at else None
    said = f"{consultation.held_at.astimezone(VIETNAM):%H:%M}" if consultation.held_at else ""
    is_over = day is not None and today() >= day
    return Link(_("Dialogue"), day if is_over else None, day, says=said)


def _length(consultation: Consultation) -> Link:
    days = (consultation.closes_on - consultation.opens_on).days
    said = ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    short = rules.is_short(consultation.opens_on, consultation.closes_on)
    if short and consultation.short_because:
        said = f"{said}: {consultation.short_because}"
    least = rules.ours().least_days
    name = _("Length (at least %(days)d days)") % {"days": least}
    return Link(name, consultation.opens_on, says=said, late=short, clause=rules.ours().cited)


def _answers(
    consultation: Consultation, counts: Tally, due_on: datetime.date | None, clause: str
) -> Link:
    said = _("%(done)d of %(all)d answered") % {
        "done": counts.answered,
        "all": counts.counted,
    }
    late = bool(counts.unanswered and due_on and today() > due_on)
    last = consultation.answers.order_by("pk").last() if not counts.unanswered else None
    done = local_day(last.at) if last else None
    return Link(_("Answers"), done, due_on, said, clause, late)


def _summary(consultation: Consultation, due_on: datetime.date | None, clause: str) -> Link:
    on = consultation.summarised_on
    late = bool(due_on and (on or today()) > due_on)
    return Link(str(consultation.words.outcome), on, due_on, "", clause, late)


def _summary_due(consultation: Consultation) -> datetime.date | None:
    end = due(consultation.closes_on, rules.until_summary().limit, get_calendar())
    return local_day(end) if end else None


def _day(text: object) -> datetime.date | None:
    return datetime.date.fromisoformat(str(text)) if text else None
