"""What an asker reads of a case: where it stands, what happened, and how the clock was counted.

No names of officials, and no words that one said to another (R11).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..core.text import LazyText
from ..matters.clock import counted_from
from ..matters.kinds import kind_of
from ..matters.models import Event, Matter
from ..questions import rules
from ..questions.lifecycle import ANSWERED
from ..questions.models import Question
from ..regulations import DeadlineRule
from ..regulations import Event as Starts
from ..regulations.active import get_regulation
from ..worktime import Pause
from ..worktime.active import get_calendar, today
from ..worktime.deadline import local_day
from ..worktime.explain import Run, describe, explain

STANDS: dict[str, LazyText] = {
    "received": gettext_lazy(
        "It has been received. The editorial board now chooses the unit that is competent."
    ),
    "with_unit": gettext_lazy("The competent unit is writing the answer."),
    "drafted": gettext_lazy("The answer has been written and waits for approval."),
    "with_board": gettext_lazy("The answer has been written and waits for approval."),
    "needs_information": gettext_lazy(
        "We need something from you. Until it has come, the time limit stands still."
    ),
    "answered": gettext_lazy("It has been answered."),
    "to_publish": gettext_lazy("It has been answered. The answer will be published too."),
    "published": gettext_lazy("It has been answered, and the answer is public."),
    "out_of_scope": gettext_lazy("It cannot be answered here: it is out of scope of the portal."),
    "spam": gettext_lazy("It was not taken up."),
    "duplicate": gettext_lazy("The same was asked before, and is answered there."),
    "withdrawn": gettext_lazy("You have withdrawn it."),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened. ``due``: until when it is to be answered since then, ``None``: as before."""

    at: datetime.datetime
    what: str
    why: str = ""
    clause: str = ""
    due: datetime.datetime | None = None
    #: With it the clock stood still.
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """``runs``: the days from day zero, in stretches; none while the clock has not begun.

    ``due``: the promised instant. ``since``: the day since which it stands still. ``begins``: what
    is said while it has not begun.
    """

    limit: str = ""
    clause: str = ""
    regulation: str = ""
    runs: tuple[Run, ...] = ()
    due: datetime.datetime | None = None
    since: datetime.date | None = None
    extended_by: int = 0
    begins: str = ""


def stands(matter: Matter) -> str:
    """Say where it stands, in a sentence."""
    return str(STANDS[matter.state])


def has_answer(matter: Matter) -> bool:
    """Whether the answer is given: a draft is nobody's but the unit's."""
    return matter.state in ANSWERED


def happened(question: Question, matter: Matter) -> list[Entry]:
    """Return what an asker may know of what happened, the latest first; two queries."""
    wanted = {one.asked_at: one.wanted for one in question.clarifications.all() if one.wanted}
    asked = iter([wanted[at] for at in sorted(wanted)])
    by_board = rules.is_answered_by_the_board(question)
    found: list[Entry] = []
    for event in matter.events.order_by("pk"):
        due = _instant(event.detail.get("due_at") or event.detail.get("after"))
        if event.move == "moved" and found and event.at - found[-1].at < AT_ONCE:
            # What an event does to the limit, the engine enters right after it.
            found[-1] = replace(found[-1], due=due)
        elif said := _said(event, by_board):
            why = next(asked, "") if event.move == "ask_more" else _why(event)
            clause = matter.clause if event.move in CLAUSED else ""
            found.append(Entry(event.at, said, why, clause, due, event.move == "ask_more"))
    return found[::-1]


AT_ONCE = datetime.timedelta(seconds=10)
# Of these the clause is named by which the limit goes.
CLAUSED = ("forward", "ask_more", "extend", "transfer")


def _said(event: Event, by_board: bool) -> str:
    unit = str(event.detail.get("unit", ""))
    match event.move:
        case "forward":
            return _("Forwarded to the competent unit: %(unit)s") % {"unit": unit}
        case "transfer":
            return _("Transferred to the unit that is competent: %(unit)s") % {"unit": unit}
        case "extend":
            days = int(event.detail.get("days", 0))
            return ngettext(
                "Time limit extended by %(days)d working day",
                "Time limit extended by %(days)d working days",
                days,
            ) % {"days": days}
        case "approve" if by_board:
            return ""
    return str(SAID.get(event.move, ""))


SAID: dict[str, LazyText] = {
    "begun": gettext_lazy("Received"),
    "moved": gettext_lazy("Time limit counted anew: the calendar of working days has changed"),
    "give_back": gettext_lazy("Back with the editorial board, which chooses another unit"),
    "ask_more": gettext_lazy("You were asked for more information; the time limit stands still"),
    "supplied": gettext_lazy("You added what was asked for; the time limit runs again"),
    "added": gettext_lazy("You added something"),
    "go_on": gettext_lazy("Taken up again without more information; the time limit runs again"),
    "approve": gettext_lazy("Answered"),
    "board_approve": gettext_lazy("Answered"),
    "out_of_scope": gettext_lazy("Closed: out of scope of the portal"),
    "spam": gettext_lazy("Closed: not taken up"),
    "duplicate": gettext_lazy("Closed: the same was asked before, and is answered there"),
    "asker_withdrew": gettext_lazy("You withdrew it"),
    "published": gettext_lazy("The answer was published"),
    "reopen": gettext_lazy("Opened again; the time limit begins anew"),
    "rated": gettext_lazy("You rated the answer"),
}


def _why(event: Event) -> str:
    # What the form of these moves says of the words: the asker reads them.
    return event.text if event.move in ("extend", "out_of_scope") else ""


def _instant(text: Any) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None


def clock_of(question: Question, matter: Matter) -> Clock:
    """Return how the limit is counted, by the regulation and the calendar in force."""
    rule, start = kind_of(matter).rule_of(matter), matter.start
    if rule is None or start is None:
        return Clock(begins=_begins(question), due=matter.due_at)
    days = today()
    # What comes after the end was never counted.
    ended = local_day(matter.closed_at) if matter.closed_at else None
    # While it stands still there is no end yet: what is shown goes up to today.
    stops = [stop if stop.until else Pause(stop.since, days) for stop in matter.stops]
    counted = explain(counted_from(start), rule.limit, get_calendar(), stops, matter.extended_by)
    found = counted.runs(until=ended or (days if matter.stopped_on else None))
    if matter.stopped_on is None and counted.due_at != matter.due_at:
        # Closed under another regulation or calendar: the count would not be the one that held.
        found = []
    if found:
        said = DAY_ZERO if rule.starts is Starts.FORWARDED else DAY_OF_RECEIPT
        found[0] = replace(found[0], said=str(said))
    return Clock(
        limit=describe(rule.limit),
        clause=matter.clause or rule.cited,
        regulation=get_regulation().document.title,
        runs=tuple(found),
        due=matter.due_at,
        since=matter.stopped_on,
        extended_by=matter.extended_by,
    )


DAY_ZERO = gettext_lazy("day on which the unit received it, not counted")
DAY_OF_RECEIPT = gettext_lazy("day on which it was received, not counted")


def _begins(question: Question) -> str:
    expected = list(_expected(question))
    if len(expected) == 1 and expected[0].starts is Starts.FORWARDED:
        return _(
            "The time limit (%(limit)s, %(clause)s) begins when the editorial board forwards it to "
            "the competent unit."
        ) % {"limit": describe(expected[0].limit), "clause": expected[0].cited}
    return _("The time limit begins when the editorial board forwards it to the competent unit.")


def _expected(question: Question) -> Iterator[DeadlineRule]:
    """Yield each rule that may come to govern it, once."""
    regulation = get_regulation()
    topic = rules.topic_of(question)
    sorts: Iterable[Any] = [topic] if topic else rules.topics_for(question.kind).values()
    found = {rule.code: rule for one in sorts if (rule := regulation.deadline_of(one))}
    yield from found.values()
