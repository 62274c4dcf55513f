"""A regulation in the order of its paper, for the person who proof-reads it against the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..worktime.explain import describe
from .clauses import place
from .labels import (
    ACTIONS,
    ANSWERED_BY,
    EVENTS,
    PERIODS,
    PUBLICATION,
    QUESTION_KINDS,
    SCOPES,
)
from .schema import (
    Access,
    Attribution,
    Category,
    Citation,
    Clause,
    Consultations,
    DataRequests,
    DeadlineRule,
    Delegation,
    Demand,
    Emergency,
    FileFormats,
    Integration,
    Ours,
    Portal,
    QuestionRule,
    Quota,
    RefusalGround,
    Regulation,
    Reminders,
    ReportRule,
    Reviews,
    Role,
    Slip,
    Step,
    SupplyHours,
    UpdateFrequency,
    Workflow,
)
from .vocabulary import QuestionKind


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of the regulation, with the clause that it comes from."""

    clause: str
    text: str
    requirement: str = ""
    note: str = ""
    inferred: bool = False

    @property
    def cited(self) -> str:
        return Clause(clause=self.clause, inferred=self.inferred).cited


def transcript(regulation: Regulation) -> list[Line]:
    """Return all that a regulation says, in the active language, ordered by the first clause.

    What no regulation says, but a profile, is last.
    """
    return sorted(_lines(regulation), key=lambda line: place(line.clause))


def _lines(regulation: Regulation) -> Iterator[Line]:
    for item in fields(regulation):
        value = getattr(regulation, item.name)
        entries = value.values() if isinstance(value, Mapping) else [value]
        for entry in entries:
            if isinstance(entry, Ours) and not entry.clause:
                yield Line(_("Not in the regulation"), TEXTS[type(entry)](entry), note=entry.note)
            elif isinstance(entry, Clause) and entry.clause:
                yield _line(entry, TEXTS[type(entry)](entry))
                yield from _parts(entry)


def _parts(entry: Clause) -> Iterator[Line]:
    if isinstance(entry, Workflow):
        for number, step in enumerate(entry.steps, 1):
            yield _line(step, _step(entry, number, step))
    elif isinstance(entry, Slip):
        for number, item in enumerate(entry.fields, 1):
            text = _("Information slip, line %(number)d: %(name)s") % {
                "number": number,
                "name": _join([item.name, ", ".join(item.parts)]),
            }
            yield Line(entry.clause, text, entry.requirement)


def _line(entry: Clause, text: str) -> Line:
    return Line(entry.clause, text, entry.requirement, entry.note, entry.inferred)


def _join(parts: Iterable[str]) -> str:
    return "; ".join(part for part in parts if part)


def _portal(portal: Portal) -> str:
    about = {item.name for item in fields(Clause)}
    identity = [getattr(portal, item.name) for item in fields(portal) if item.name not in about]
    return _("Portal: %(identity)s") % {"identity": _join(identity)}


def _category(category: Category) -> str:
    text = _("Category %(code)s (kind %(kind)s), %(name)s: %(description)s") % {
        "code": category.code,
        "kind": category.kind.value,
        "name": category.name,
        "description": category.description,
    }
    if category.deadlines:
        rules = ", ".join(category.deadlines)
        text = _join([text, _("time limits: %(rules)s") % {"rules": rules}])
    if category.requires:
        names = ", ".join(category.requires)
        text = _join([text, _("required: %(names)s") % {"names": names}])
    if category.holds:
        names = ", ".join(category.holds)
        text = _join([text, _("required of one of its pages: %(names)s") % {"names": names}])
    return text


def _deadline(rule: DeadlineRule) -> str:
    text = _("Time limit %(code)s, %(name)s: %(limit)s, from when %(event)s") % {
        "code": rule.code,
        "name": rule.name,
        "limit": describe(rule.limit),
        "event": EVENTS[rule.starts],
    }
    return _join([text, rule.condition, _governs(rule.applies_to)])


def _role(role: Role) -> str:
    text = _("Role %(code)s (%(scope)s), %(name)s") % {
        "code": role.code.value,
        "scope": SCOPES[role.scope],
        "name": role.name,
    }
    also = _("passes the steps of: %(names)s") % {"names": ", ".join(role.passes_steps_of)}
    return _join([text, role.holder, role.description, also if role.passes_steps_of else ""])


def _delegation(delegation: Delegation) -> str:
    text = _("Delegation from %(delegator)s to %(delegate)s: %(name)s") % {
        "delegator": delegation.delegator.value,
        "delegate": delegation.delegate.value,
        "name": delegation.name,
    }
    return _join([text, _governs(delegation.applies_to)])


def _workflow(workflow: Workflow) -> str:
    text = _("Workflow %(code)s: %(name)s") % {"code": workflow.code, "name": workflow.name}
    return _join([text, _governs(workflow.applies_to)])


def _governs(codes: Sequence[str]) -> str:
    return _("governs: %(names)s") % {"names": ", ".join(codes)} if codes else ""


def _step(workflow: Workflow, number: int, step: Step) -> str:
    text = _("Workflow %(code)s, step %(number)d: %(name)s (%(role)s: %(action)s)") % {
        "code": workflow.code,
        "number": number,
        "name": step.name,
        "role": step.role.value,
        "action": ACTIONS[step.action],
    }
    return _join([text, _("may be left out") if step.optional else ""])


def _refusal_ground(ground: RefusalGround) -> str:
    text = _("Ground of refusal: %(ground)s") % {"ground": ground.name}
    return _join([text, ground.remedy])


def _question(rule: QuestionRule) -> str:
    return _join(
        [
            _("Questions, %(name)s") % {"name": rule.name},
            _("time limit: %(rule)s") % {"rule": rule.deadline} if rule.deadline else "",
            _("for: %(kinds)s") % {"kinds": ", ".join(map(_kind_of_question, rule.kinds))}
            if rule.kinds
            else "",
            _("answers appear in: %(category)s") % {"category": rule.category}
            if rule.category
            else "",
            str(ANSWERED_BY[rule.answered_by]),
            str(PUBLICATION[rule.publication]),
            _("a notice of the result may stand for the answer") if rule.result_notice else "",
            _("a notice of progress may stand for the answer") if rule.progress_notice else "",
            _("who asks out of scope must be told") if rule.out_of_scope_notice else "",
            _("required: %(names)s") % {"names": ", ".join(rule.requires)} if rule.requires else "",
            rule.description,
        ]
    )


def _kind_of_question(kind: QuestionKind) -> str:
    return str(QUESTION_KINDS[kind])


def _report(rule: ReportRule) -> str:
    return _join(
        [
            _("Report (%(period)s), %(name)s")
            % {"period": PERIODS[rule.period], "name": rule.name},
            _("time limit: %(rule)s") % {"rule": rule.deadline} if rule.deadline else "",
            _("before %(day)s") % {"day": _day_and_month(rule.before)} if rule.before else "",
            _("from: %(sender)s") % {"sender": rule.sender} if rule.sender else "",
            _("to: %(recipient)s") % {"recipient": rule.recipient} if rule.recipient else "",
            rule.description,
        ]
    )


def _day_and_month(before: str) -> str:
    month, day = before.split("-")
    return f"{day}/{month}"


def _quota(quota: Quota) -> str:
    return _("Quota, %(name)s: %(minimum)d to %(maximum)d for each %(period)s") % {
        "name": quota.name,
        "minimum": quota.minimum,
        "maximum": quota.maximum,
        "period": PERIODS[quota.period],
    }


def _integration(integration: Integration) -> str:
    text = _("Integrated system: %(name)s") % {"name": integration.name}
    return _join([text, integration.url])


def _demand(demand: Demand) -> str:
    return _("Demand, %(name)s: %(text)s") % {"name": demand.name, "text": demand.text}


def _attribution(attribution: Attribution) -> str:
    return _("Attribution (%(names)s): %(text)s") % {
        "names": ", ".join(attribution.required),
        "text": attribution.text,
    }


def _citation(citation: Citation) -> str:
    phrases = " / ".join(f"«{phrase}»" for phrase in citation.phrases)
    return _("Citation: %(phrases)s") % {"phrases": _join([phrases, citation.text])}


def _slip(slip: Slip) -> str:
    text = _("Information slip: %(title)s") % {"title": slip.title}
    signatures = ", ".join(slip.signatures)
    return _join([text, _("signed by: %(names)s") % {"names": signatures} if signatures else ""])


def _file_formats(formats: FileFormats) -> str:
    return _("File formats: %(text)s; images: %(images)s") % {
        "text": ", ".join(formats.text),
        "images": ", ".join(formats.images),
    }


def _supply_hours(hours: SupplyHours) -> str:
    return _("Hours of supply: %(text)s") % {"text": hours.text}


def _access(access: Access) -> str:
    return ngettext(
        "Accounts of the board: %(days)d working day without publishing after a change of how a "
        "member signs in",
        "Accounts of the board: %(days)d working days without publishing after a change of how a "
        "member signs in",
        access.quiet_working_days,
    ) % {"days": access.quiet_working_days}


def _update_frequency(frequency: UpdateFrequency) -> str:
    return _("Updates on each working day, at least %(times)d: %(text)s") % {
        "times": frequency.per_working_day,
        "text": frequency.text,
    }


def _emergency(emergency: Emergency) -> str:
    return _("Emergency publication, reviewed within %(days)d working days") % {
        "days": emergency.review_working_days
    }


def _reviews(reviews: Reviews) -> str:
    return _("An answer whose legal basis changed is looked at within %(days)d working days") % {
        "days": reviews.working_days
    }


def _consultations(ours: Consultations) -> str:
    return _(
        "Consultations on drafts: %(days)d days where no closing day is named, at least %(least)d; "
        "comments are looked at within %(moderation)d working days, and the summary is public "
        "within %(summary)d working days of the closing"
    ) % {
        "days": ours.days,
        "least": ours.least_days,
        "moderation": ours.moderation_working_days,
        "summary": ours.summary_working_days,
    }


def _reminders(reminders: Reminders) -> str:
    return _(
        "Reminders, in working days: due soon %(soon)d before the limit, long late %(late)d after "
        "it; of what is no publication %(before)s before it, then after every %(again)d; at a step "
        "after %(waiting)d, long after %(long)d"
    ) % {
        "before": ", ".join(map(str, reminders.before_working_days)),
        "again": reminders.again_working_days,
        "soon": reminders.due_soon_working_days,
        "late": reminders.long_late_working_days,
        "waiting": reminders.waiting_working_days,
        "long": reminders.long_waiting_working_days,
    }


def _data_requests(requests: DataRequests) -> str:
    return ngettext(
        "Requests about one's own personal data: answered within %(days)d working day",
        "Requests about one's own personal data: answered within %(days)d working days",
        requests.answer_working_days,
    ) % {"days": requests.answer_working_days}


TEXTS: dict[type, Callable[[Any], str]] = {
    Portal: _portal,
    Category: _category,
    DeadlineRule: _deadline,
    Role: _role,
    Delegation: _delegation,
    Workflow: _workflow,
    RefusalGround: _refusal_ground,
    QuestionRule: _question,
    ReportRule: _report,
    Quota: _quota,
    Integration: _integration,
    Demand: _demand,
    Attribution: _attribution,
    Citation: _citation,
    Slip: _slip,
    FileFormats: _file_formats,
    SupplyHours: _supply_hours,
    UpdateFrequency: _update_frequency,
    Emergency: _emergency,
    Access: _access,
    Reminders: _reminders,
    DataRequests: _data_requests,
    Reviews: _reviews,
    Consultations: _consultations,
}
