"""The kinds «question», «feedback» and «petition»: three of one class (Q1–Q6, Q8, Q10, C20)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.forms import Field
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..authority.rules import Step
from ..authority.stand_in import step_of_the_board
from ..core.history import name_of
from ..matters import kinds, record
from ..matters.clock import split
from ..matters.lifecycle import Move, State
from ..matters.stood_in import StoodIn
from ..notices.replies import are_read
from ..own_data import holders
from ..regulations import DeadlineRule
from ..worktime import moment
from . import (
    erasure,
    experts,
    forms,
    inserting,
    letters,
    lifecycle,
    own_data,
    parts,
    publication,
    rules,
    transfer_slip,
)
from .details import details_of
from .models import Batch, Clarification, Question
from .subjects import question_of


class QuestionMatter(StoodIn):
    """What the public sends in: its content is a row of ``Question``."""

    lifecycle = lifecycle.QUESTION

    def rule_of(self, matter: Any) -> DeadlineRule | None:
        """Return the rule of its sort, once it counts: it may begin with the forwarding."""
        question = question_of(matter)
        rule = rules.rule_of(question)
        return rule if rules.start_of(question, rule) is not None else None

    def details(self, matter: Any) -> Sequence[tuple[object, object]]:
        return details_of(question_of(matter))

    def offers(self, matter: Any, user: Any) -> Sequence[kinds.Offer]:
        question = question_of(matter)
        return [
            *publication.offers(question, matter, user),
            *transfer_slip.offers(question, matter),
        ]

    def reply(self, matter: Any) -> kinds.Reply | None:
        """Before there is a draft, a reply is one: it never takes the place of another's words."""
        if matter.state != "with_unit" or not are_read():
            return None
        return kinds.Reply(
            f"{DRAFT}:{matter.subject}",
            _(
                "A reply to this e-mail, from the address to which it was sent, becomes the draft "
                "of the answer and goes to the head of the unit. It is not sent to the asker. "
                "Attached files are not taken over."
            ),
        )

    def fits(self, move: Move, matter: Any) -> bool:
        """What is erased can be neither answered anew nor erased again, and nothing is erased while
        its asker wants something done with the data; an expert is asked where there is one."""
        if move.code == "ask_expert" and not experts.experts().exists():
            return False
        if move.code not in NOT_ONCE_ERASED:
            return True
        question = question_of(matter)
        waits = move.code == "erase" and question.open_data_requests().exists()
        return question.erased_at is None and not waits

    def step_at(self, matter: Any, state: State) -> Step | None:
        if state.code == "with_board":
            return step_of_the_board(matter.category)
        return super().step_at(matter, state)

    def fields(self, move: Move, matter: Any, user: Any) -> Mapping[str, Field]:
        question = question_of(matter)
        if move.code == "ask_expert":
            return experts.fields()
        return forms.fields_of(move.code, question, matter.unit_id, matter.category)

    def filled(self, move: Move, matter: Any, said: Mapping[str, Any]) -> Mapping[str, Any]:
        return inserting.put_in(said) if move.code == "draft" else said

    def check(self, deed: Any) -> None:
        if (check := CHECKS.get(deed.move.code)) is not None:
            check(deed, question_of(deed.matter))

    def detail(self, deed: Any) -> dict[str, object]:
        question, values = question_of(deed.matter), deed.values
        match deed.move.code:
            case "forward" | "transfer":
                batch = values.get("batch")
                gathered = {"batch": str(batch.number)} if isinstance(batch, Batch) else {}
                return {"unit": str(values["unit"]), **gathered}
            case "classify":
                return {"legal_field": str(values["legal_field"])}
            case "ask_expert":
                return {"expert": name_of(values["expert"]), "days": values["days"]}
            case "extend":
                return {"days": values["days"], "before": record.text_of(deed.matter.due_at)}
            case "approve" | "board_approve":
                found: dict[str, object] = {"sha256": digest_of(question.answer)}
                return found | ({"without": values["without"]} if values.get("without") else {})
            case "published":
                return {"address": values["address"]}
        return {}

    def story(self, event: Any) -> str:
        detail = event.detail
        match event.move:
            case "forward" | "transfer":
                to = _("to: %(unit)s") % {"unit": detail.get("unit", "")}
                if not (number := detail.get("batch")):
                    return to
                return "; ".join([to, _("batch %(number)s") % {"number": number}])
            case "extend":
                return ngettext(
                    "%(days)d working day more", "%(days)d working days more", detail["days"]
                ) % {"days": detail["days"]}
            case "classify":
                return _("legal field: %(field)s") % {"field": detail.get("legal_field", "")}
        return str(detail.get("expert") or detail.get("without") or detail.get("address") or "")

    def effect(self, deed: Any) -> None:
        if (effect := EFFECTS.get(deed.move.code)) is not None:
            question = question_of(deed.matter)
            effect(deed, question)
            question.save()

    def afterwards(self, deed: Any) -> None:
        question, matter = question_of(deed.matter), deed.matter
        if deed.move.code in ("forward", "transfer"):
            parts.drop(question, matter.unit)
        if deed.move.code == "forward":
            parts.ask(question, matter, deed.values, deed.user)
            letters.batched(question, matter, deed.event)
        elif deed.move.code == "ask_expert":
            experts.ask(question, matter, deed.values, deed.user)
        elif matter.is_open:
            parts.follow(question, matter)
        else:
            parts.drop(question)
        if deed.move.code != "approve" or deed.outcome:
            letters.tell_the_asker(question, matter, deed.event, _words(deed, question))


class Asked(QuestionMatter):
    code: ClassVar[str] = "question"
    name: ClassVar[object] = gettext_lazy("question of the public")


class Feedback(QuestionMatter):
    code: ClassVar[str] = "feedback"
    name: ClassVar[object] = gettext_lazy("feedback of the public")


class Petition(QuestionMatter):
    code: ClassVar[str] = "petition"
    name: ClassVar[object] = gettext_lazy("petition of the public")


KINDS: dict[str, type[QuestionMatter]] = {one.code: one for one in (Asked, Feedback, Petition)}


def register() -> None:
    for kind in KINDS.values():
        kinds.register(kind())
    kinds.register(parts.PartMatter())
    holders.register(own_data.QuestionHolder())
    experts.register()


#: What replies of the unit are about: «draft:» and the key of the question.
DRAFT = "draft"
NOT_ONCE_ERASED = frozenset({"erase", "reopen"})


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _words(deed: Any, question: Question) -> str:
    match deed.move.code:
        case "approve" | "board_approve":
            return question.answer
        case "ask_more":
            return str(deed.values["wanted"]).strip()
        case "transfer" | "duplicate":
            # Why it went to another unit is said among officials.
            return ""
    return str(deed.text)


def _check_unit(deed: Any, question: Question) -> None:
    unit = deed.values.get("unit")
    if unit is None or unit.pk == deed.matter.unit_id:
        raise ValidationError({"unit": _("Choose another unit.")})
    if deed.matter.category not in unit.categories:
        message = _("This category was not given to «%(unit)s».") % {"unit": unit}
        raise ValidationError({"unit": message})


def _check_field(deed: Any, question: Question) -> None:
    if deed.values.get("legal_field") is None:
        raise ValidationError({"legal_field": _("Choose the legal field.")})


def _check_answer(deed: Any, question: Question) -> None:
    inserting.check(deed.values)
    if not str(deed.values.get("answer") or "").strip():
        raise ValidationError({"answer": _("Write the answer.")})


def _check_parts(deed: Any, question: Question) -> None:
    if not question.answer:
        raise ValidationError(_("There is no answer yet."))
    if forms.open_parts(question) and not str(deed.values.get("without") or "").strip():
        raise ValidationError({"without": _("Say why the answer goes out without these parts.")})


def _check_wanted(deed: Any, question: Question) -> None:
    if not str(deed.values.get("wanted") or "").strip():
        raise ValidationError({"wanted": _("Say what is missing.")})


def _check_extension(deed: Any, question: Question) -> None:
    forms.check_days(deed.values, forms.MOST_EXTENDED)
    due = deed.matter.due_at
    if due is None:
        raise ValidationError({"days": _("No time limit runs that could be extended.")})
    if due < timezone.now():
        # BK18 Điều 7.1f: the new limit is told within the old one.
        raise ValidationError(
            {"days": _("The time limit ended at %(moment)s.") % {"moment": moment(due)}}
        )


CHECKS = {
    "forward": lambda deed, question: forms.check_forwarding(question, deed.values),
    "classify": _check_field,
    "transfer": _check_unit,
    "draft": _check_answer,
    "approve": _check_parts,
    "ask_more": _check_wanted,
    "extend": _check_extension,
    "ask_expert": lambda deed, question: experts.check(deed, question),
    "duplicate": lambda deed, question: forms.the_other(question, deed.values),
}


def _set_clock(matter: Any, question: Question, user: Any) -> None:
    rule = rules.rule_of(question)
    start = rules.start_of(question, rule) or question.clock_from
    matter.started_on, matter.started_at = split(start)
    record.reckon(matter, user)


def _forward(deed: Any, question: Question) -> None:
    matter, values = deed.matter, deed.values
    question.topic = values.get("topic") or ""
    question.heading = values.get("heading") or ""
    question.legal_field = values.get("legal_field")
    question.days = values.get("days")
    question.batch = values.get("batch")
    question.forwarded_at = question.forwarded_at or timezone.now()
    matter.unit = values["unit"]
    matter.category = rules.category_for(question.kind, question.topic)
    matter.title = question.title[:255]
    _set_clock(matter, question, deed.user)


def _classify(deed: Any, question: Question) -> None:
    question.legal_field = deed.values["legal_field"]
    deed.matter.title = question.title[:255]


def _transfer(deed: Any, question: Question) -> None:
    deed.matter.unit = deed.values["unit"]
    deed.matter.since = None


def _give_back(deed: Any, question: Question) -> None:
    deed.matter.unit = None


def _draft(deed: Any, question: Question) -> None:
    question.answer = str(deed.values["answer"]).strip()
    deed.matter.since = None
    deed.matter.writers = sorted({*(deed.matter.writers or ()), deed.user.pk})


def _answered(question: Question) -> str:
    return "to_publish" if rules.must_be_published(question) else "answered"


def _approve(deed: Any, question: Question) -> None:
    if rules.is_answered_by_the_board(question):
        deed.state, deed.outcome = "with_board", ""
    else:
        deed.state = _answered(question)


def _board_approve(deed: Any, question: Question) -> None:
    deed.state = _answered(question)


def _ask_more(deed: Any, question: Question) -> None:
    Clarification.objects.create(
        question=question, wanted=str(deed.values["wanted"]).strip(), asked_at=timezone.now()
    )


def _supplied(deed: Any, question: Question) -> None:
    last = question.clarifications.order_by("pk").last()
    if last is not None:
        last.text, last.supplied_at = str(deed.values["text"]).strip(), timezone.now()
        last.save()
    _go_on(deed, question)


def _go_on(deed: Any, question: Question) -> None:
    deed.state = "with_unit" if deed.matter.unit_id else "received"


def _extend(deed: Any, question: Question) -> None:
    deed.matter.extended_by += deed.values["days"]
    record.reckon(deed.matter, deed.user)


def _duplicate(deed: Any, question: Question) -> None:
    question.same_as = forms.the_other(question, deed.values)


def _published(deed: Any, question: Question) -> None:
    question.public_address = deed.values["address"]
    question.published_at = deed.values["at"]


def _reopen(deed: Any, question: Question) -> None:
    matter = deed.matter
    question.clock_from, question.forwarded_at = timezone.now(), None
    question.batch = None
    matter.unit = None
    matter.extended_by, matter.pauses = 0, []
    record.reopen(matter)
    _set_clock(matter, question, deed.user)


EFFECTS = {
    "forward": _forward,
    "classify": _classify,
    "transfer": _transfer,
    "give_back": _give_back,
    "draft": _draft,
    "approve": _approve,
    "board_approve": _board_approve,
    "ask_more": _ask_more,
    "supplied": _supplied,
    "go_on": _go_on,
    "extend": _extend,
    "duplicate": _duplicate,
    "published": _published,
    "reopen": _reopen,
    "erase": lambda deed, question: erasure.erase(question),
}
