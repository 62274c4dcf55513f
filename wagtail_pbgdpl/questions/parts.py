"""The kind «part of an answer»: what one unit says for another's (Q5: BP20 Điều 11.4).

It is due with the question, whose clock it follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Field
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..authority.candidates import candidates
from ..core.text import LazyText
from ..matters import deeds, kinds, record
from ..matters import letters as letters_to_officials
from ..matters.lifecycle import Move
from ..matters.models import Matter
from ..matters.stood_in import StoodIn
from ..notices.replies import are_read
from ..notices.telling import tell
from ..regulations import DeadlineRule
from . import lifecycle, rules
from .details import details_of_part
from .forms import area
from .models import EXPERT_DRAFT, PART, PARTS, Part, Question
from .subjects import part_of

#: What replies of a co-ordinating unit are about: «part:» and the key of the part.
PART_DRAFT = "part"

# What a part has of the clock of its question.
CLOCK = ("started_on", "started_at", "extended_by")


class PartMatter(StoodIn):
    """``writes`` and ``signs``: the moves with which the text is written, and is the part.
    ``tells``: of which the lead unit is told."""

    code: ClassVar[str] = PART
    name: ClassVar[object] = gettext_lazy("part of an answer")
    lifecycle = lifecycle.PART
    writes = frozenset({"part_draft"})
    signs = frozenset({"part_sign"})
    tells = frozenset({"part_sign", "part_give_back"})
    field: ClassVar[tuple[LazyText, LazyText]] = (
        gettext_lazy("What the unit says"),
        gettext_lazy("Write what the unit says."),
    )

    def rule_of(self, matter: Any) -> DeadlineRule | None:
        return rules.rule_of(part_of(matter).question)

    def reply(self, matter: Any) -> kinds.Reply | None:
        """As of the answer: a reply is a draft where there is none yet."""
        if matter.state != "part_asked" or not are_read():
            return None
        return kinds.Reply(
            f"{PART_DRAFT}:{matter.subject}",
            _(
                "A reply to this e-mail, from the address to which it was sent, becomes the draft "
                "of your unit's part and goes to the head of the unit. Neither the lead unit nor "
                "the asker gets it before that. Attached files are not taken over."
            ),
        )

    def details(self, matter: Any) -> Sequence[tuple[object, object]]:
        return details_of_part(part_of(matter))

    def fields(self, move: Move, matter: Any, user: Any) -> Mapping[str, Field]:
        if move.code not in self.writes:
            return {}
        return {"part": area(self.field[0], rows=8, initial=part_of(matter).text)}

    def check(self, deed: Any) -> None:
        if deed.move.code in self.writes and not str(deed.values.get("part") or "").strip():
            raise ValidationError({"part": self.field[1]})

    def effect(self, deed: Any) -> None:
        part = part_of(deed.matter)
        if deed.move.code in self.writes:
            part.text = str(deed.values["part"]).strip()
            deed.matter.since = None
        if deed.move.code in self.signs:
            part.signed_at, part.signed_by = timezone.now(), deed.user
        part.save()

    def afterwards(self, deed: Any) -> None:
        if deed.move.code in self.tells:
            _tell_the_lead(part_of(deed.matter), deed.event)


def ask(question: Question, lead: Matter, values: Mapping[str, Any], by: Any) -> None:
    """Ask each co-ordinating unit for its part; a unit that still owes one is not asked again."""
    owing = set(question.open_parts().values_list("unit", flat=True))
    for unit in values.get("others") or ():
        if unit.pk not in owing:
            _ask(question, lead, unit, str(values.get("asked") or "").strip(), by)


def _ask(question: Question, lead: Matter, unit: Any, asked: str, by: Any) -> None:
    part = Part.objects.create(question=question, unit=unit, asked=asked)
    matter = record.begin(
        PartMatter,
        part,
        title=_("%(question)s – co-ordination") % {"question": question.title},
        category=lead.category,
        unit=unit,
        start=lead.start,
        by=by,
    )
    _follow(matter, lead)
    letters_to_officials.turn_begins(matter, matter.events.latest("pk"), apart_from=by)


def follow(question: Question, lead: Matter) -> None:
    """Let the parts that are still owed be due with the question; an expert's draft has a limit of
    its own, and goes to whichever unit has the question."""
    for matter in question.open_parts().select_for_update():
        _follow(matter, lead)
    question.open_parts(EXPERT_DRAFT).update(unit=lead.unit_id)


def _follow(matter: Matter, lead: Matter) -> None:
    for name in CLOCK:
        setattr(matter, name, getattr(lead, name))
    # While the asker is waited for, the unit still has what it was asked.
    matter.pauses = [pause for pause in lead.pauses if pause[1] is not None]
    record.reckon(matter)
    matter.save()


@transaction.atomic
def drop(question: Question, unit: Any = None) -> None:
    """Close the parts that are still owed: the question is answered, or no longer asked.

    ``unit``: of this one alone, since it leads now and owes itself nothing.
    """
    owed = question.open_parts().filter(unit=unit) if unit else question.open_parts(*PARTS)
    for matter in owed:
        deeds.act(deeds.Happening(matter, "part_dropped"))


def _tell_the_lead(part: Part, event: Any) -> None:
    """Tell those whose turn it is with the question that a part has come."""
    lead = part.question.matter
    people = candidates(kinds.kind_of(lead).item_of(lead))
    said = partial(letters_to_officials.report, event, address=lead.address)
    tell(letters_to_officials.DECISION, people, said, about=event)
