"""What somebody does to a matter: the one way from the lock to the letters, for every kind.

The person and the matter are looked up anew under a lock, so that of two who act at the same moment
one succeeds and the other is told. All of it happens, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..authority.facts import hold, person, remembering
from ..authority.refusals import Refused, explanation_of
from ..authority.rules import Act, Answer, State, decide
from ..core.accounts import User
from ..regulations import RefusalGround
from ..regulations.active import get_regulation
from ..worktime.active import today
from . import letters, record
from .kinds import kind_of
from .lifecycle import Move
from .models import Event, EventQuerySet, Matter
from .signature import signature

__all__ = ["Deed", "Happening", "Refused", "act", "may_make", "too_late"]


class Deed:
    """A move that ``user`` makes, step by step; a kind overrides what it does otherwise.

    ``matter`` is what the person looked at, and from ``open`` on the row under the lock; ``answer``
    says by which authority they act, and ``event`` what was written. ``state`` is where the move
    leads, ``outcome`` that with which it closes the matter, ``seen`` the mark of how the matter
    stood before the person, if they saw it. ``values``: what was said in the kind's own fields.
    """

    #: Of the form, where the text is missing.
    words_field = "text"
    matter: Matter
    move: Move
    answer: Answer
    event: Event
    user: User | None
    state: str
    outcome: str
    listed: Sequence[RefusalGround] = ()
    values: Mapping[str, object] = {}

    def __init__(
        self,
        matter: Matter,
        move: str,
        user: User,
        *,
        text: str = "",
        grounds: Iterable[str] = (),
        seen: str = "",
        values: Mapping[str, object] | None = None,
    ) -> None:
        self.matter, self.user, self.seen = matter, user, seen
        self.move = kind_of(matter).lifecycle.moves[move]
        self.text, self.grounds, self.values = text.strip(), list(grounds), values or {}

    def open(self) -> None:
        """Look up and lock what it is about. Raises ``Refused`` where that is gone."""
        rows = Matter.objects.select_for_update(of=("self",)).select_related("unit")
        row = rows.filter(pk=self.matter.pk).first()
        if row is None:
            raise Refused(too_late(Event.objects.filter(matter=self.matter.pk)))
        self.matter = row
        hold(self.user)

    def ask(self) -> None:
        """Ask the rules of authority. Raises ``Refused``, with their reason."""
        self.ask_the_table()
        assert self.user is not None  # noqa: S101
        self.answer = may_make(self.user, self.move, self.matter)
        if not self.answer:
            raise Refused(explanation_of(self.answer))

    def ask_the_table(self) -> None:
        """Raises ``Refused`` where the matter stands elsewhere than where the move starts."""
        elsewhere = self.matter.state not in self.move.start
        if elsewhere or self.seen not in ("", self.matter.mark) or not self._fits():
            raise Refused(too_late(Event.objects.filter(matter=self.matter.pk)))

    def _fits(self) -> bool:
        return kind_of(self.matter).fits(self.move, self.matter)

    def check(self) -> None:
        """Raises ``ValidationError`` where grounds or words are missing, or a ground is unknown."""
        if self.move.grounds:
            self.listed = listed_grounds(self.grounds)
        if self.move.needs_words and not self.text:
            raise ValidationError({self.words_field: self.missing_words()})

    def missing_words(self) -> str:
        return _("Say why.")

    def enter(self) -> None:
        """Write what happens, with what the kind keeps of it.

        Raises ``ValidationError`` where what was said in the kind's own fields does not do.
        """
        kind = kind_of(self.matter)
        kind.check(self)
        self.event = record.enter(
            self.matter,
            self.move.code,
            self.user,
            action=self.matter.action,
            step=self.matter.step,
            round=self.matter.round,
            grounds=in_writing(self.listed),
            text=self.text,
            detail=kind.detail(self),
            **signature(self.answer),
        )

    def effect(self) -> None:
        """Let it happen. Raises ``ValidationError`` where something is missing."""
        matter, ends = self.matter, self.move.end
        self.state = ends[0] if ends else matter.state
        self.outcome = self.move.closes
        kind_of(matter).effect(self)
        if self.move.act is Act.SUBMIT and self.user is not None:
            matter.writers = sorted({*(matter.writers or ()), self.user.pk})
        record.arrive(matter, self.state)
        if self.outcome:
            authority = self.event.authority
            record.close(matter, self.outcome, matter.unit_id, by=self.user, authority=authority)
        matter.save()
        kind_of(matter).afterwards(self)

    def tell(self) -> None:
        """Put letters into the outbox."""
        if not kind_of(self.matter).tells_each_move:
            return
        letters.decided(self.event, letters.those_around(self.matter))
        if self.matter.role and self.matter.is_open:
            letters.turn_begins(self.matter, self.event, apart_from=self.user)


class Happening(Deed):
    """A move that nobody of the portal makes: it comes from outside, by time or by a program."""

    def __init__(
        self,
        matter: Matter,
        move: str,
        *,
        text: str = "",
        values: Mapping[str, object] | None = None,
    ) -> None:
        self.matter, self.user, self.seen = matter, None, ""
        self.move = kind_of(matter).lifecycle.moves[move]
        self.text, self.grounds, self.values = text.strip(), [], values or {}

    def ask(self) -> None:
        """Raises ``Refused`` where it cannot happen now, ``ValueError`` for a decision."""
        if self.move.act is not None:
            raise ValueError(f"somebody makes the move {self.move.code!r}")
        self.ask_the_table()
        self.answer = Answer()


@transaction.atomic
@remembering()
def act(deed: Deed) -> Event:
    """Let a deed happen and return its event. Raises ``Refused`` and ``ValidationError``."""
    deed.open()
    deed.ask()
    deed.check()
    deed.enter()
    deed.effect()
    deed.tell()
    return deed.event


def may_make(user: User, move: Move, matter: Matter) -> Answer:
    """Say whether the rules of authority let ``user`` make the move today.

    Raises ``ValueError`` for a move that nobody makes.
    """
    if move.act is None:
        raise ValueError(f"nobody makes the move {move.code!r}")
    kind = kind_of(matter)
    item, facts = kind.item_of(matter), person(user)
    steps = kind.steps_for(move, matter)
    items = [replace(item, state=State.SUBMITTED, step=step) for step in steps] or [item]
    answers = [decide(facts, move.act, one, today()) for one in items]
    return next((answer for answer in answers if answer), answers[0])


def listed_grounds(codes: Iterable[str]) -> list[RefusalGround]:
    """Return the grounds with these codes.

    Raises ``ValidationError`` where one is unknown, or none named of those that there are.
    """
    known = get_regulation().refusal_grounds
    wanted = list(dict.fromkeys(codes))
    if unknown := [code for code in wanted if code not in known]:
        raise ValidationError(
            {"grounds": _("The regulation has no such ground: %(code)s.") % {"code": unknown[0]}}
        )
    if known and not wanted:
        raise ValidationError({"grounds": _("Choose at least one ground of the regulation.")})
    return [known[code] for code in wanted]


def in_writing(grounds: Iterable[RefusalGround]) -> list[dict[str, str]]:
    """Return grounds as an event keeps them: as the regulation has them today."""
    return [{"code": one.code, "name": one.name, "clause": one.cited} for one in grounds]


def too_late(events: EventQuerySet) -> str:
    """Say who decided what last of these events."""
    decision = events.decisions().select_related("matter").order_by("-pk").first()
    if decision is None or not decision.by_name:
        return _("This item is no longer at this step. Nothing was changed.")
    return _("%(name)s has decided already: %(decision)s. Nothing was changed.") % {
        "name": decision.by_name,
        "decision": decision.move_label,
    }
