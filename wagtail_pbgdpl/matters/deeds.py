"""What somebody does to a matter: the one way from the lock to the letters, for every kind.

The person and the matter are looked up anew under a lock, so that of two who act at the same moment
one succeeds and the other is told. All of it happens, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..authority.facts import hold, person, remembering
from ..authority.refusals import Refused, explanation_of
from ..authority.rules import Act, Answer, decide
from ..core.accounts import User
from ..regulations import RefusalGround
from ..regulations.active import get_regulation
from ..worktime.active import today
from . import letters, record
from .kinds import kind_of
from .lifecycle import Move
from .models import Event, EventQuerySet, Matter
from .signature import signature

__all__ = ["Deed", "Refused", "act", "too_late"]


class Deed:
    """A move that ``user`` makes, step by step; a kind overrides what it does otherwise.

    ``matter`` is what the person looked at, and from ``open`` on the row under the lock; ``answer``
    says by which authority they act, and ``event`` what was written. ``state`` is where the move
    leads, ``seen`` the mark of how the matter stood before the person, if they saw it.
    """

    #: Of the form, where the text is missing.
    words_field = "text"
    matter: Matter
    move: Move
    answer: Answer
    event: Event
    state: str
    listed: Sequence[RefusalGround] = ()

    def __init__(
        self,
        matter: Matter,
        move: str,
        user: User,
        *,
        text: str = "",
        grounds: Iterable[str] = (),
        seen: str = "",
    ) -> None:
        self.matter, self.user, self.seen = matter, user, seen
        self.move = kind_of(matter).lifecycle.moves[move]
        self.text, self.grounds = text.strip(), list(grounds)

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
        if self.matter.state not in self.move.start or self.seen not in ("", self.matter.mark):
            raise Refused(too_late(Event.objects.filter(matter=self.matter.pk)))
        self.answer = may_make(self.user, self.move, self.matter)
        if not self.answer:
            raise Refused(explanation_of(self.answer))

    def check(self) -> None:
        """Raises ``ValidationError`` where grounds or words are missing, or a ground is unknown."""
        if self.move.grounds:
            self.listed = listed_grounds(self.grounds)
        if self.move.needs_words and not self.text:
            raise ValidationError({self.words_field: self.missing_words()})

    def missing_words(self) -> str:
        return _("Say why.")

    def enter(self) -> None:
        """Write what happens."""
        self.event = record.enter(
            self.matter,
            self.move.code,
            self.user,
            action=self.matter.action,
            step=self.matter.step,
            round=self.matter.round,
            grounds=in_writing(self.listed),
            text=self.text,
            **signature(self.answer),
        )

    def effect(self) -> None:
        """Let it happen. Raises ``ValidationError`` where something is missing."""
        matter, ends = self.matter, self.move.end
        self.state = ends[0] if ends else matter.state
        kind_of(matter).effect(self)
        if self.move.act is Act.SUBMIT:
            matter.writers = sorted({*(matter.writers or ()), self.user.pk})
        record.arrive(matter, self.state)
        if self.move.closes:
            matter.closed_at, matter.outcome = timezone.now(), self.move.closes
            matter.unit_at_close_id = matter.unit_id
            matter.closed_by, matter.authority = self.user, self.event.authority
        matter.save()

    def tell(self) -> None:
        """Put letters into the outbox."""
        letters.decided(self.event, letters.those_around(self.matter))
        if self.matter.role and self.matter.is_open:
            letters.turn_begins(self.matter, self.event, apart_from=self.user)


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
    return decide(person(user), move.act, kind_of(matter).item_of(matter), today())


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
