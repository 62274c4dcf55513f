"""Letters about what is decided on a matter: to whose turn it is, and to who had a hand in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from ..authority.candidates import candidates
from ..authority.facts import people
from ..authority.rules import Act, decide
from ..core.accounts import User, users
from ..notices.letters import absolute, register
from ..notices.telling import tell
from ..regulations.active import category_name
from ..worktime import moment
from ..worktime.active import today
from .kinds import kind_of
from .models import Event, Matter

DECIDED = (
    "title: of the item; category: its name, if any; decision: what came of it, in a few words; "
    "by: whom, by which authority; row: of the journal (step, grounds, text); "
    "head: what the head of the unit says, if anything; "
    "address: of the item's page in the admin"
)

STEP = register(
    "step",
    gettext_lazy("a step waits"),
    gettext_lazy("Waiting for you: «%(title)s»"),
    "kind: of the matter; title: its title; category: its name, if any; unit: its name, if any; "
    "step: with its clause; due: its time limit, if it has one; address: of its page in the admin; "
    "reply: what comes of a reply by e-mail, if one is taken",
)
DECISION = register(
    "decision", gettext_lazy("decision"), gettext_lazy("«%(title)s»: %(decision)s"), DECIDED
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


def report(event: Event, *, address: str, decision: str = "", head: str = "") -> dict[str, object]:
    """Return what a letter says of a decision; ``address`` is a path of the admin."""
    return {
        "title": event.title,
        "category": category_name(event.category),
        "decision": decision or event.move_label,
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
