"""The kinds «consultation» and «comment on a draft» (C12, T4, T6, X5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Field
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..authority.rules import Step
from ..authority.stand_in import step_of_the_board
from ..core.history import name_of
from ..matters import kinds, record
from ..matters.clock import split
from ..matters.deeds import may_make
from ..matters.lifecycle import Move, State
from ..matters.models import Matter
from ..matters.stood_in import OfAUnitOrNone
from ..own_data import holders
from ..regulations import DeadlineRule
from ..worktime.active import today
from . import details, erasure, forms, letters, lifecycle, own_data, rules
from .blacking import spans
from .counting import matters_of, tally
from .locks import locked
from .models import COMMENT, CONSULTATION, Answer, BlackOut, Comment, Consultation
from .signals import dates_moved, shown_anew
from .subjects import comment_of, consultation_of


class _OfADraft(OfAUnitOrNone):
    """The board has the last word as in the moderation of the category."""

    def steps_for(self, move: Move, matter: Any) -> Sequence[Step]:
        found: list[Step] = []
        for step in move.at:
            if step == lifecycle.BOARD:
                found.append(step_of_the_board(matter.category))
            else:
                found += [one for one in self._held(step, matter) if one not in found]
        return found

    def _held(self, step: Step, matter: Any) -> Sequence[Step]:
        return super().steps_for(_asking(step), matter)


def _asking(step: Step) -> Move:
    return Move(code="", label="", start=(), at=(step,))


class ConsultationMatter(_OfADraft):
    code: ClassVar[str] = CONSULTATION
    name: ClassVar[object] = gettext_lazy("consultation on a draft")
    lifecycle = lifecycle.CONSULTATION

    def rule_of(self, matter: Any) -> DeadlineRule | None:
        """Return the closing while it is open, then the summary; nothing before and after."""
        consultation = consultation_of(matter)
        if matter.state == lifecycle.OPEN:
            return rules.until_closing(consultation.opens_on, consultation.closes_on)
        if matter.state in (lifecycle.CLOSED, lifecycle.PROPOSED):
            return rules.until_summary()
        return None

    def step_at(self, matter: Any, state: State) -> Step | None:
        if state.code == lifecycle.PROPOSED:
            return step_of_the_board(matter.category)
        return super().step_at(matter, state)

    def work_address(self, matter: Any) -> str:
        return reverse("pbgdpl_consultation_table", args=[matter.subject])

    def details(self, matter: Any) -> Sequence[tuple[object, object]]:
        return details.of_consultation(consultation_of(matter), matter)

    def offers(self, matter: Any, user: Any) -> Sequence[kinds.Offer]:
        invites = lifecycle.CONSULTATION.moves["consult_invite"]
        works = bool(may_make(user, invites, matter))
        return details.offers(consultation_of(matter), matter, may_enter=works)

    def fits(self, move: Move, matter: Any) -> bool:
        """No document is issued of a dialogue."""
        return move.code != "consult_issue" or not consultation_of(matter).is_dialogue

    def fields(self, move: Move, matter: Any, user: Any) -> Mapping[str, Field]:
        return forms.consultation_fields(move.code, consultation_of(matter))

    def check(self, deed: Any) -> None:
        consultation = consultation_of(deed.matter)
        match deed.move.code:
            case "consult_prolong":
                _check_prolongation(deed, consultation)
            case "consult_propose" | "consult_summarise":
                _check_answered(consultation)
            case "consult_issue":
                forms.check_issue(deed.values)
            case "consult_invite":
                forms.check_invitation(deed.values)

    def detail(self, deed: Any) -> dict[str, object]:
        consultation, values = consultation_of(deed.matter), deed.values
        match deed.move.code:
            case "consult_prolong" | "consult_redated":
                return {
                    "before": consultation.closes_on.isoformat(),
                    "after": values["closes_on"].isoformat(),
                }
            case "consult_version":
                return {"number": values["number"]}
            case "consult_invite":
                bodies = [body for body, _address in forms.invited(values["bodies"])]
                return {"bodies": bodies, "on": values["on"].isoformat()}
            case "consult_issue":
                return {"document": values["document"], "on": values["on"].isoformat()}
            case "consult_closes" | "consult_propose" | "consult_summarise":
                return {"comments": tally(consultation).counted}
        return {}

    def story(self, event: Any) -> str:
        return details.story(event.detail)

    def effect(self, deed: Any) -> None:
        consultation = consultation_of(deed.matter)
        if (effect := EFFECTS.get(deed.move.code)) is not None:
            effect(deed, consultation)
            consultation.save()

    def afterwards(self, deed: Any) -> None:
        consultation, matter = consultation_of(deed.matter), deed.matter
        start = consultation.opens_on
        if matter.state in (lifecycle.CLOSED, lifecycle.PROPOSED):
            start = consultation.closes_on
        matter.started_on, matter.started_at = split(start)
        if matter.is_open:
            record.reckon(matter, deed.user)
        matter.save()
        match deed.move.code:
            case "consult_prolong":
                _answers_due_anew(consultation)
                dates_moved.send(Consultation, consultation=consultation)
            case "consult_invite":
                for _body, address in forms.invited(deed.values["bodies"]):
                    if address:
                        title = matter.title
                        letters.invited(consultation, title, address, deed.text, deed.event)
            case "consult_summarise":
                _tell_the_authors(consultation)
        shown_anew.send(Consultation, page=searched_page(consultation))


#: What nobody does once the summary is on its way to the board.
WHILE_WORKED_ON = ("comment_answer", "comment_group", "comment_show", "comment_tell")


class CommentMatter(_OfADraft):
    code: ClassVar[str] = COMMENT
    name: ClassVar[object] = gettext_lazy("comment on a draft")
    lifecycle = lifecycle.COMMENT
    # A campaign brings thousands.
    tells_each_move: ClassVar[bool] = False

    def rule_of(self, matter: Any) -> DeadlineRule | None:
        """Return the moderation while it waits for that, then the summary, with which it is due."""
        if matter.state == lifecycle.TO_ANSWER:
            return rules.until_summary()
        return None if matter.state in lifecycle.ENDED else rules.until_moderation()

    def details(self, matter: Any) -> Sequence[tuple[object, object]]:
        return details.of_comment(comment_of(matter), matter)

    def offers(self, matter: Any, user: Any) -> Sequence[kinds.Offer]:
        address = reverse("pbgdpl_consultation_table", args=[comment_of(matter).consultation_id])
        return [kinds.Offer(_("Table of comments"), address)]

    def fits(self, move: Move, matter: Any) -> bool:
        """Answers stand as soon as the summary is on its way to the board."""
        if move.code == "comment_erase":
            comment = comment_of(matter)
            return comment.erased_at is None and not comment.open_data_requests().exists()
        if move.code in WHILE_WORKED_ON:
            return is_worked_on(comment_of(matter).consultation)
        return True

    def fields(self, move: Move, matter: Any, user: Any) -> Mapping[str, Field]:
        return forms.comment_fields(move.code, comment_of(matter))

    def check(self, deed: Any) -> None:
        comment = comment_of(deed.matter)
        match deed.move.code:
            case "comment_show" | "comment_black_out":
                _check_passages(deed, comment)
            case "comment_answer":
                forms.check_answer(deed.values, comment.consultation)

    def detail(self, deed: Any) -> dict[str, object]:
        values = deed.values
        match deed.move.code:
            case "comment_answer":
                return {name: values[name] for name in ("verdict", "guest") if values.get(name)}
            case "comment_group":
                return {"group": values["group"]}
            case "comment_show" | "comment_black_out":
                count = len(_passages(values))
                return {"passages": count} if count else {}
        return {}

    def story(self, event: Any) -> str:
        return details.story(event.detail)

    def effect(self, deed: Any) -> None:
        comment = comment_of(deed.matter)
        if (effect := COMMENT_EFFECTS.get(deed.move.code)) is not None:
            effect(deed, comment)
            # Where it stands is for a new version of the draft to say, at this very moment perhaps.
            comment.save(update_fields=_but_for("id", "place", "is_homeless"))

    def afterwards(self, deed: Any) -> None:
        comment, matter = comment_of(deed.matter), deed.matter
        if matter.state in lifecycle.UNANSWERED:
            if not matter.is_open:
                record.reopen(matter)
            _due(matter, comment.consultation)
            matter.save()
        if deed.move.code == "comment_withhold":
            letters.withheld(comment, deed.text, deed.event)
        if deed.move.code == "comment_tell":
            letters.outcome(comment)
        shown_anew.send(Comment, page=searched_page(comment.consultation))


def searched_page(consultation: Consultation) -> int | None:
    return consultation.page if consultation.summarised_on else None


def _but_for(*names: str) -> list[str]:
    return [one.name for one in Comment._meta.concrete_fields if one.name not in names]


def register() -> None:
    kinds.register(ConsultationMatter())
    kinds.register(CommentMatter())
    holders.register(own_data.CommentHolder())


def is_worked_on(consultation: Consultation) -> bool:
    """Whether comments are still shown, sorted and answered."""
    states = (lifecycle.OPEN, lifecycle.CLOSED)
    return bool(
        Matter.objects.filter(kind=CONSULTATION, subject=consultation.pk, state__in=states).exists()
    )


# Consultations


def _check_prolongation(deed: Any, consultation: Consultation) -> None:
    closes_on = deed.values.get("closes_on")
    if closes_on is None or closes_on <= consultation.closes_on:
        raise ValidationError({"closes_on": _("Choose a day after the present closing day.")})
    if closes_on < today():
        raise ValidationError({"closes_on": _("This day is over already.")})


def _check_answered(consultation: Consultation) -> None:
    # Until the end of the deed nothing comes in beside it.
    locked().get(pk=consultation.pk)
    owed = tally(consultation).unanswered
    if owed:
        raise ValidationError(
            ngettext(
                "%(count)d comment has not been answered yet.",
                "%(count)d comments have not been answered yet.",
                owed,
            )
            % {"count": owed}
        )


def _redate(deed: Any, consultation: Consultation) -> None:
    for name, value in deed.values.items():
        setattr(consultation, name, value)


def _prolong(deed: Any, consultation: Consultation) -> None:
    consultation.closes_on = deed.values["closes_on"]


def _summarise(deed: Any, consultation: Consultation) -> None:
    consultation.summarised_on = today()


def _issue(deed: Any, consultation: Consultation) -> None:
    values = deed.values
    consultation.issued_on, consultation.issued_as = values["on"], values["document"].strip()
    consultation.issued_at = values.get("address") or ""


EFFECTS = {
    "consult_redated": _redate,
    "consult_prolong": _prolong,
    "consult_summarise": _summarise,
    "consult_issue": _issue,
}


def _tell_the_authors(consultation: Consultation) -> None:
    if consultation.is_dialogue:
        # Each was told with the answer.
        return
    wanted = consultation.comments.filter(wants_answer=True, erased_at=None)
    for comment in wanted.select_related("consultation", "answer"):
        letters.outcome(comment)


def _answers_due_anew(consultation: Consultation) -> None:
    owed = matters_of(consultation).filter(state=lifecycle.TO_ANSWER).order_by("pk")
    for matter in owed.select_for_update(of=("self",)):
        _due(matter, consultation)
        matter.save()


def _due(matter: Any, consultation: Consultation) -> None:
    is_owed = matter.state == lifecycle.TO_ANSWER
    start = consultation.closes_on if is_owed else timezone.now()
    matter.started_on, matter.started_at = split(start)
    record.reckon(matter)


# Comments


def _passages(values: Mapping[str, Any]) -> list[str]:
    return [one.strip() for one in str(values.get("passages") or "").splitlines() if one.strip()]


def _check_passages(deed: Any, comment: Comment) -> None:
    passages, wording = _passages(deed.values), comment.wording
    if deed.move.code == "comment_black_out" and not passages:
        raise ValidationError({"passages": _("Write the passages, one in each line.")})
    if passages and not deed.text:
        raise ValidationError({"text": _("Say why.")})
    try:
        spans(wording.text if wording else "", passages)
    except LookupError as missing:
        message = _("«%(passage)s» does not stand in the comment.") % {"passage": missing.args[0]}
        raise ValidationError({"passages": message}) from missing


def _black_out(deed: Any, comment: Comment) -> None:
    wording = comment.wording
    if wording is None:
        return
    by = name_of(deed.user)
    for one in spans(wording.text, _passages(deed.values)):
        BlackOut.objects.create(
            wording=wording, start=one.start, end=one.end, reason=deed.text[:500], by_name=by
        )


def _show(deed: Any, comment: Comment) -> None:
    _black_out(deed, comment)
    comment.is_shown = True


def _hide(deed: Any, comment: Comment) -> None:
    comment.is_shown = False


def _correct(deed: Any, comment: Comment) -> None:
    comment.wordings.create(text=deed.values["text"], at=timezone.now())
    comment.is_shown, comment.answer = False, None


def _answer(deed: Any, comment: Comment) -> None:
    values = deed.values
    comment.answer = values.get("given") or Answer.of(comment.consultation, values, deed.user)
    if comment.consultation.is_dialogue:
        # What a guest says is looked at first.
        deed.state, deed.outcome = lifecycle.TO_TELL, ""


def _group(deed: Any, comment: Comment) -> None:
    comment.group = str(deed.values["group"]).strip()


def _erase(deed: Any, comment: Comment) -> None:
    with transaction.atomic():
        erasure.erase(comment)


COMMENT_EFFECTS = {
    "comment_show": _show,
    "comment_withhold": _hide,
    "comment_black_out": _black_out,
    "comment_corrected": _correct,
    "comment_withdrew": _hide,
    "comment_answer": _answer,
    "comment_group": _group,
    "comment_erase": _erase,
}
