"""Questions of the public in every state, brought there by their askers and the demo's people."""

from __future__ import annotations

import datetime
from typing import Any

from wagtail_pbgdpl.content.answers import AnswerMixin
from wagtail_pbgdpl.core.discovery import concrete_models
from wagtail_pbgdpl.intake.consent import consent_text
from wagtail_pbgdpl.matters.deeds import Deed, act
from wagtail_pbgdpl.organisation.models import Unit
from wagtail_pbgdpl.questions import cases, publication, rules
from wagtail_pbgdpl.questions.models import Question
from wagtail_pbgdpl.reference.models import LegalField
from wagtail_pbgdpl.regulations import RoleCode, get_regulation

from .sources import at, read

# Who makes a move, unless the data name somebody else.
BY = {
    "forward": RoleCode.SECRETARY,
    "out_of_scope": RoleCode.SECRETARY,
    "spam": RoleCode.SECRETARY,
    "duplicate": RoleCode.SECRETARY,
    "transfer": RoleCode.CONTACT_OFFICER,
    "draft": RoleCode.CONTACT_OFFICER,
    "ask_more": RoleCode.CONTACT_OFFICER,
    "extend": RoleCode.UNIT_HEAD,
    "send_back": RoleCode.UNIT_HEAD,
    "approve": RoleCode.UNIT_HEAD,
}
UNIT = "phong-pbgdpl"


def load_questions(people: dict[RoleCode, Any], today: datetime.date) -> int:
    """Ask what nobody has asked yet; return how many. Days count from ``today``.

    None where the regulation takes no questions, or has other sorts of them than the demo names.
    """
    listed = read("questions.toml")["question"]
    sorts = {step["topic"] for entry in listed for step in entry["way"] if "topic" in step}
    if not sorts <= get_regulation().questions.keys():
        return 0
    known = set(Question.objects.values_list("text", flat=True))
    missing = [
        one for one in listed if one["text"] not in known and rules.category_for(one["kind"])
    ]
    for entry in missing:
        _play(entry, people, today)
    return len(missing)


def _play(entry: dict[str, Any], people: dict[RoleCode, Any], today: datetime.date) -> None:
    with at(today, entry["ago"], 8) as now:
        consent = consent_text(entry["kind"], now)
        sender = {
            **entry["sender"],
            "consent_version": consent.version if consent else "",
            "consented_at": now,
        }
        about = {"commune": entry.get("commune", "")}
        question = cases.receive(entry["kind"], entry["text"], sender, at=now, **about)
    for hour, step in enumerate(entry["way"], start=9):
        with at(today, step["ago"], hour):
            _do(Question.objects.get(pk=question.pk), dict(step), people)


def _do(question: Question, step: dict[str, Any], people: dict[RoleCode, Any]) -> None:
    doing, reason = step.pop("do"), step.pop("reason", "")
    step.pop("ago")
    match doing:
        case "supplied":
            cases.supplied(question, step["text"])
        case "withdraw":
            cases.withdraw(question)
        case "rate":
            cases.rate(question, step["stars"], step["comment"])
        case "published":
            publication.published(question.number, _address(step["page"]))
        case _:
            by = people[RoleCode(step.pop("by", BY[doing]))]
            act(Deed(question.matter, doing, by, text=reason, values=_values(doing, step)))


def _values(doing: str, step: dict[str, Any]) -> dict[str, Any]:
    if doing in ("forward", "transfer"):
        step["unit"] = Unit.objects.get(code=step.get("unit", UNIT))
    if "field" in step:
        step["legal_field"] = LegalField.objects.get(code=step.pop("field"))
    if "same_as" in step:
        # Numbers are given by the portal: the other is known by its first words.
        step["number"] = Question.objects.get(text__startswith=step.pop("same_as")).number
    return step


def _address(slug: str) -> str:
    pages = (
        model._default_manager.filter(slug=slug).first() for model in concrete_models(AnswerMixin)
    )
    page = next(filter(None, pages), None)
    return page.url if page else "/"
