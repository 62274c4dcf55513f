"""Comments on the drafts of the demo, brought where they are by their authors and officials."""

from __future__ import annotations

import datetime
from typing import Any

from wagtail_pbgdpl.consultations import cases
from wagtail_pbgdpl.consultations.models import Comment, Consultation
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.consultations import ConsultationMixin
from wagtail_pbgdpl.core.base_page import page_of
from wagtail_pbgdpl.core.discovery import concrete_models
from wagtail_pbgdpl.intake.consent import consent_text
from wagtail_pbgdpl.matters.deeds import Deed, act
from wagtail_pbgdpl.regulations import RoleCode
from wagtail_pbgdpl.worktime.deadline import local_day

from .sources import at, read

#: The move of a comment or of the whole, and who makes it.
OF_A_COMMENT = {
    "show": ("comment_show", RoleCode.SECRETARY),
    "tell": ("comment_tell", RoleCode.SECRETARY),
    "answer": ("comment_answer", RoleCode.CONTACT_OFFICER),
}
OF_THE_WHOLE = {
    "invite": ("consult_invite", RoleCode.CONTACT_OFFICER),
    "propose": ("consult_propose", RoleCode.UNIT_HEAD),
    "summarise": ("consult_summarise", RoleCode.CHIEF),
    "issue": ("consult_issue", RoleCode.CONTACT_OFFICER),
}


def load_consultations(people: dict[RoleCode, Any], today: datetime.date) -> int:
    """Let people say what nobody has said yet; return of how many drafts."""
    played = 0
    for entry in read("consultations.toml")["consultation"]:
        consultation = _of(entry["slug"])
        if consultation is None or consultation.comments.exists():
            continue
        made: dict[str, Comment] = {}
        for hour, step in enumerate(entry["do"], start=8):
            with at(today, step["ago"], min(hour, 16), any_day=True) as now:
                cases.follow_clock(consultation)
                if step["way"] == "version":
                    _rewrite(consultation, entry["version"], people[RoleCode.CHIEF], now)
                _do(consultation, dict(step), people, made, now)
        played += 1
    return played


def _of(slug: str) -> Consultation | None:
    for model in concrete_models(ConsultationMixin):
        for page in model._default_manager.filter(slug=slug):
            return Consultation.objects.filter(page=page.pk).first()
    return None


def _rewrite(consultation: Consultation, body: Any, by: Any, now: datetime.datetime) -> None:
    page = page_of(consultation.page).get_latest_revision_as_object()
    block = page._meta.get_field("body").stream_block
    page.body = block.clean(block.to_python(body))
    publish(page, user=by, at=now)


def _do(
    consultation: Consultation,
    step: dict[str, Any],
    people: dict[RoleCode, Any],
    made: dict[str, Comment],
    now: datetime.datetime,
) -> None:
    way = step["way"]
    if way == "comment":
        made[step["key"]] = _comment(consultation, step, now)
    elif way == "enter":
        made[step["key"]] = _enter(consultation, step, people[RoleCode.CONTACT_OFFICER], now)
    elif way in OF_A_COMMENT:
        move, role = OF_A_COMMENT[way]
        names = ("passages", "verdict", "guest", "answer")
        values = {name: step.get(name, "") for name in names}
        matter = made[step["of"]].matter
        act(Deed(matter, move, people[role], text=step.get("text", ""), values=values))
    elif way in OF_THE_WHOLE:
        move, role = OF_THE_WHOLE[way]
        values = {
            "on": local_day(now),
            **{name: step.get(name, "") for name in ("bodies", "document")},
        }
        act(Deed(consultation.matter, move, people[role], values=values))


def _comment(consultation: Consultation, step: dict[str, Any], now: datetime.datetime) -> Comment:
    consent = consent_text("draft_comment", now)
    sender = {
        **step["who"],
        "consent_version": consent.version if consent else "",
        "consented_at": now,
    }
    about = {
        name: step[name] for name in ("author", "organisation", "wants_answer") if name in step
    }
    return cases.receive(consultation, step["place"], step["text"], sender, **about)


def _enter(
    consultation: Consultation, step: dict[str, Any], by: Any, now: datetime.datetime
) -> Comment:
    names = ("source", "author", "organisation", "register_number")
    said = {name: step.get(name, "") for name in names} | {"arrived_on": local_day(now)}
    return cases.enter(consultation, step["place"], step["text"], by, said)
