"""The kind «expert's draft»: what an outside expert writes for an answer (Q9: LC19 mục III.1a).

A part of the answer like that of a unit, in the hands of one person, who sees the words of this one
question, without what tells who asked, and nothing else. It has a limit of its own; the plan speaks
of no pay, and the unit answers for what goes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..authority.candidates import holders
from ..authority.rules import Step
from ..core.history import name_of
from ..matters import clock, kinds, letters, record
from ..matters.lifecycle import Move, State
from ..matters.models import Matter
from ..regulations import DeadlineRule, Event, RoleCode
from ..regulations.active import get_regulation
from ..worktime import Limit, Unit, moment
from ..worktime.active import get_calendar
from . import lifecycle
from .details import details_of_draft
from .forms import FIT, MOST_SET, area, check_days
from .models import EXPERT_DRAFT, Part, Question
from .parts import PartMatter
from .subjects import part_of


class ExpertDraft(PartMatter):
    code: ClassVar[str] = EXPERT_DRAFT
    name: ClassVar[object] = gettext_lazy("draft of an outside expert")
    lifecycle = lifecycle.EXPERT_DRAFT
    writes = signs = frozenset({"expert_hand_in"})
    tells = frozenset({"expert_hand_in", "expert_decline"})
    field = (gettext_lazy("Draft of an answer"), gettext_lazy("Write the draft."))

    def rule_of(self, matter: Any) -> DeadlineRule | None:
        return _rule(part_of(matter).days or 0)

    def details(self, matter: Any) -> Sequence[tuple[object, object]]:
        return details_of_draft(part_of(matter))

    def step_at(self, matter: Any, state: State) -> Step | None:
        return state.step

    def fits(self, move: Move, matter: Any) -> bool:
        return True


def _rule(days: int) -> DeadlineRule:
    role = get_regulation().roles.get(RoleCode.EXPERT)
    return DeadlineRule(
        code="expert",
        name=_("Time limit set by whoever asks the expert"),
        clause=role.clause if role else "",
        limit=Limit(Unit.WORKING_DAY, days),
        starts=Event.FORWARDED,
    )


def experts() -> Any:
    """Return the users who may be asked today; none where the regulation has no such role."""
    if RoleCode.EXPERT not in get_regulation().roles:
        return get_user_model()._default_manager.none()
    return holders([RoleCode.EXPERT])


class ExpertField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


def fields() -> Mapping[str, forms.Field]:
    """Return what whoever asks says: whom, within how many working days, and what."""
    return {
        "expert": ExpertField(
            label=gettext_lazy("Expert"), queryset=experts(), widget=forms.Select(attrs=FIT)
        ),
        "days": forms.IntegerField(
            label=gettext_lazy("Working days until the draft is due"),
            min_value=1,
            max_value=MOST_SET,
        ),
        "asked": area(gettext_lazy("What the expert is asked"), required=False),
    }


def check(deed: Any, question: Question) -> None:
    """Raises ``ValidationError`` for nobody, for one who is asked already, and for a day after that
    on which the question is to be answered."""
    days = check_days(deed.values, MOST_SET)
    expert = deed.values.get("expert")
    if expert is None or not experts().filter(pk=expert.pk).exists():
        raise ValidationError({"expert": _("Choose an expert.")})
    if question.open_parts(EXPERT_DRAFT).filter(holder=expert).exists():
        raise ValidationError({"expert": _("This expert has been asked already.")})
    until = clock.due_at(_rule(days), timezone.now(), get_calendar())
    due = deed.matter.due_at
    if due is not None and until is not None and until > due:
        said = {"moment": moment(due)}
        raise ValidationError({"days": _("The question itself is due at %(moment)s.") % said})


def ask(question: Question, lead: Matter, values: Mapping[str, Any], by: Any) -> None:
    """Begin the expert's draft and tell the expert."""
    part = Part.objects.create(
        question=question,
        expert=values["expert"],
        days=values["days"],
        asked=str(values.get("asked") or "").strip(),
    )
    matter = record.begin(
        ExpertDraft,
        part,
        title=_("%(question)s – draft of an expert") % {"question": question.number},
        category=lead.category,
        unit=lead.unit,
        by=by,
        holder=values["expert"],
    )
    letters.turn_begins(matter, matter.events.latest("pk"), apart_from=by)


def register() -> None:
    kinds.register(ExpertDraft())
