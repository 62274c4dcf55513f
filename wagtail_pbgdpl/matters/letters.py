"""Letters about what is decided on a matter: to whose turn it is, and to who had a hand in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from ..authority.candidates import candidates
from ..authority.facts import people, person
from ..authority.rules import Act, decide
from ..core.accounts import User, users
from ..notices.letters import absolute, register
from ..notices.models import Notice
from ..notices.telling import tell
from ..regulations.active import category_name
from ..worktime import moment
from ..worktime.active import today
from .kinds import kind_of
from .models import Event, Matter
from .worklist import item_at

DECIDED = (
    "title: of the item; category: its name, if any; decision: what came of it, in a few words; "
    "by: whom, by which authority; row: of the journal (step, grounds, text); "
    "head: what the head of the unit says, if anything; "
    "address: of the item's page in the admin"
)


def _is_still_their_turn(notice: Notice, about: str) -> bool:
    """Whether the step still waits, and for the reader."""
    row = _at(about)
    return row is not None and notice.recipient in candidates(item_at(row))


def _may_still_read(notice: Notice, about: str) -> bool:
    event = Event.objects.select_related("matter").filter(pk=int(about)).first()
    if event is None or notice.recipient is None:
        return False
    item = kind_of(event.matter).item_of(event.matter)
    return bool(decide(person(notice.recipient), Act.READ, item, today()))


def _at(about: str) -> Matter | None:
    """Return the matter at the step of a letter: by its number, or by the event that led there."""
    rows = Matter.objects.at_a_step().select_related("unit")
    kind, _dash, event = about.rpartition("-")
    if not kind:
        return rows.filter(place=int(event)).first()
    row = rows.filter(kind=kind, events=int(event)).first()
    if row is None or row.events.decisions().filter(pk__gt=int(event)).exists():
        return None
    return row


STEP = register(
    "step",
    gettext_lazy("a step waits"),
    gettext_lazy("Waiting for you: «%(title)s»"),
    "kind: of the matter; title: its title; category: its name, if any; unit: its name, if any; "
    "step: with its clause; due: its time limit, if it has one; address: of its page in the admin; "
    "reply: what comes of a reply by e-mail, if one is taken",
    waits=_is_still_their_turn,
)
DECISION = register(
    "decision",
    gettext_lazy("decision"),
    gettext_lazy("«%(title)s»: %(decision)s"),
    DECIDED,
    waits=_may_still_read,
)


def decided(event: Event, around: Iterable[User]) -> None:
    """Tell everybody who had a hand in it what was decided, with grounds and comment.

    ``around``: as ``those_around`` says. Of those, who may still read it today (R11).
    """
    matter = event.matter
    item, listed = kind_of(matter).item_of(matter), list(around)
    told = [
        user
        for user, facts in zip(listed, people(listed), strict=True)
        if user.pk != event.by_id and decide(facts, Act.READ, item, today())
    ]
    tell(DECISION, told, partial(report, event, address=matter.address), about=event)


def turn_begins(matter: Matter, event: Event, *, apart_from: User | None) -> None:
    """Tell those who can make the next move that it is their turn since ``event``."""
    able = candidates(kind_of(matter).item_of(matter))
    told = [one for one in able if one != apart_from]
    # Beside the steps of the moderation, which have numbers of their own.
    reply = kind_of(matter).reply(matter)
    about, code = f"{matter.kind}-{event.pk}", reply.code if reply else ""
    tell(STEP, told, partial(_turn, matter), about=about, reply=code)


def those_around(matter: Matter) -> list[User]:
    """Return the active users who had a hand in the matter; one query."""
    keys = matter.events.filter(by__isnull=False).values("by")
    return list(users().filter(pk__in=keys, is_active=True).order_by("pk"))


def report(event: Event, *, address: str, head: str = "") -> dict[str, object]:
    """Return what a letter says of a decision; ``address`` is a path of the admin."""
    return {
        "title": event.title,
        "category": category_name(event.category),
        "decision": event.move_label,
        "by": ", ".join(filter(None, [event.by_name, event.authority])),
        "row": event,
        "head": head,
        "address": absolute(address),
    }


def _turn(matter: Matter) -> dict[str, object]:
    reply = kind_of(matter).reply(matter)
    return {
        "kind": capfirst(str(kind_of(matter).name)),
        "title": matter.title,
        "category": category_name(matter.category),
        "unit": str(matter.unit or ""),
        "step": matter.step,
        "due": moment(matter.limit),
        "address": absolute(matter.address),
        "reply": str(reply.says) if reply else "",
    }
