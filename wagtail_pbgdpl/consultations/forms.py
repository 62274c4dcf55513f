"""What the moves ask for beside words: fields, and whether what was said does."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from ..core.fields import SOON, check_year
from ..worktime.active import today
from .models import Comment, Consultation, Verdict
from .sorts import names_in

LONGEST = 20_000
#: What becomes of a comment on a draft.
OUTCOMES = [one for one in Verdict.choices if one[0] != Verdict.ANSWERED]
VERDICTS = [code for code, _label in OUTCOMES]
FIT = {"class": "w-w-full"}


def area(label: Any, rows: int = 3, **others: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=LONGEST, **others)


def day(label: Any, **others: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        validators=[partial(check_year, years_ahead=SOON)],
        widget=AdminDateInput(),
        **others,
    )


def verdict_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Outcome"), choices=OUTCOMES, widget=forms.RadioSelect)


def answer_fields(consultation: Consultation) -> dict[str, forms.Field]:
    """Return what an answer asks for: outcome and explanation; in a dialogue who answers, and what.

    The guests are those that the page announces now.
    """
    if not consultation.is_dialogue:
        return {"verdict": verdict_field(), "answer": answer_field()}
    guests = [(name, name) for name in names_in(consultation.guests)]
    return {
        "guest": forms.ChoiceField(label=_("Guest who answers"), choices=guests, required=False),
        "answer": area(
            _("Answer"),
            rows=6,
            help_text=_("Shown in public once the board has looked at it."),
        ),
    }


def answer_field() -> forms.CharField:
    return area(
        _("Explanation"),
        rows=4,
        help_text=_("Published with the summary, and sent to each author who wanted it."),
    )


def passages_field() -> forms.CharField:
    return area(
        _("Passages that may not be shown"),
        required=False,
        help_text=_("Word for word as in the comment, one in each line."),
    )


def consultation_fields(move: str, consultation: Consultation) -> dict[str, forms.Field]:
    match move:
        case "consult_prolong":
            return {"closes_on": day(_("New closing day"))}
        case "consult_invite":
            return {
                "bodies": area(
                    _("Bodies"),
                    help_text=_(
                        "One in each line. Whoever is to be told by e-mail: «Hội Luật gia tỉnh; "
                        "hoiluatgia@example.vn»."
                    ),
                ),
                "on": day(_("Invited on"), initial=today),
            }
        case "consult_issue":
            return {
                "document": forms.CharField(
                    label=_("Document"),
                    max_length=255,
                    help_text=_("For example: Quyết định số 12/2026/QĐ-UBND."),
                ),
                "on": day(_("Issued on")),
                "address": forms.CharField(
                    label=_("Its address"),
                    max_length=500,
                    required=False,
                    help_text=_("A page of this portal, or of the gazette."),
                ),
            }
    return {}


def comment_fields(move: str, comment: Comment) -> dict[str, forms.Field]:
    match move:
        case "comment_show" | "comment_black_out":
            return {"passages": passages_field()}
        case "comment_answer":
            held = comment.answer
            fields = answer_fields(comment.consultation)
            if held is not None:
                said = {"verdict": held.verdict, "guest": held.guest, "answer": held.text}
                for name, field in fields.items():
                    field.initial = said[name]
            return fields
        case "comment_group":
            group = forms.CharField(label=_("Group"), max_length=120, required=False)
            group.initial = comment.group
            return {"group": group}
    return {}


def invited(text: str) -> list[tuple[str, str]]:
    """Return bodies, each with its e-mail address or without."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        body, _semicolon, address = line.partition(";")
        found.append((body.strip(), address.strip()))
    return found


def check_invitation(values: Mapping[str, Any]) -> None:
    for body, address in invited(str(values.get("bodies") or "")):
        if not body:
            raise ValidationError({"bodies": gettext("Write the name of each body.")})
        if address:
            try:
                validate_email(address)
            except ValidationError as error:
                raise ValidationError({"bodies": [f"{address}: {error.messages[0]}"]}) from error
    _check_past(values["on"])


def check_issue(values: Mapping[str, Any]) -> None:
    if not str(values.get("document") or "").strip():
        raise ValidationError({"document": gettext("Name the document.")})
    address = values.get("address") or ""
    if address and not address.startswith(("https://", "http://", "/")):
        raise ValidationError(
            {"address": gettext("Enter an address that begins with https:// or /.")}
        )
    _check_past(values["on"])


def _check_past(on: datetime.date) -> None:
    if on > today():
        raise ValidationError({"on": gettext("This day has not come yet.")})


def check_answer(values: Mapping[str, Any], consultation: Consultation) -> None:
    if values.get("given") is not None:
        return
    if consultation.is_dialogue:
        if values.get("guest") not in names_in(consultation.guests):
            raise ValidationError({"guest": gettext("Choose who answers.")})
    elif values.get("verdict") not in VERDICTS:
        raise ValidationError({"verdict": gettext("Choose what becomes of it.")})
    if not str(values.get("answer") or "").strip():
        raise ValidationError({"answer": gettext("Write why.")})
