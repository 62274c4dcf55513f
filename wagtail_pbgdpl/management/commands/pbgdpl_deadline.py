from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ...regulations import DeadlineRule, Regulation, RegulationError, get_regulation, load
from ...worktime import VIETNAM
from ...worktime.active import get_calendar
from ...worktime.deadline import Start
from ...worktime.explain import CountedDay, Explanation, explain


class Command(BaseCommand):
    help = "Compute when the time limit of a deadline rule ends, and show how it was counted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rule", help="Code of a deadline rule of the profile, such as T3.")
        parser.add_argument(
            "start",
            help="Date, or date and time, of the event in ISO format, such as 2026-04-21 or "
            "2026-04-21T09:30. Without a time zone it is Vietnamese time.",
        )
        parser.add_argument(
            "--profile",
            help="Name of a shipped profile or path of a TOML file. Default: that of the settings.",
        )
        parser.add_argument(
            "--explain", action="store_true", help="Show each day, and why it counted or not."
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        rule = _find_rule(_load(options["profile"]), options["rule"])
        start = _parse_start(options["start"])
        try:
            explanation = explain(start, rule.limit, get_calendar())
        except ValueError as error:
            raise CommandError(str(error)) from error
        if not options["explain"]:
            explanation = replace(explanation, days=())
        if options["format"] == "json":
            answer = _as_dict(rule, explanation)
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        self.stdout.write(": ".join(filter(None, [rule.code, rule.name, rule.cited])))
        for line in explanation.lines():
            self.stdout.write(line)


def _load(profile: str | None) -> Regulation:
    try:
        return load(profile) if profile else get_regulation()
    except RegulationError as error:
        raise CommandError(str(error)) from error


def _find_rule(regulation: Regulation, code: str) -> DeadlineRule:
    if code in regulation.deadlines:
        return regulation.deadlines[code]
    if not regulation.deadlines:
        raise CommandError(
            _("The profile %(profile)s has no deadline rules.") % {"profile": regulation.name}
        )
    known = ", ".join(regulation.deadlines)
    message = _("The profile %(profile)s has no deadline rule %(code)s; it has: %(known)s.")
    raise CommandError(message % {"profile": regulation.name, "code": code, "known": known})


def _parse_start(text: str) -> Start:
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            start = parse(text)
        except ValueError:
            continue
        if isinstance(start, datetime) and start.tzinfo is None:
            return start.replace(tzinfo=VIETNAM)
        return start
    raise CommandError(
        _("%(text)s is not a date (2026-04-21) or a date and time (2026-04-21T09:30).")
        % {"text": text}
    )


def _as_dict(rule: DeadlineRule, explanation: Explanation) -> dict[str, Any]:
    due_at = explanation.due_at
    answer: dict[str, Any] = {
        "rule": rule.code,
        "name": rule.name,
        "clause": rule.clause,
        "inferred": rule.inferred,
        "starts": rule.starts,
        "limit": {"unit": rule.limit.unit, "amount": rule.limit.amount},
        "start": explanation.start.isoformat(),
        "due": due_at and due_at.isoformat(),
        "unannounced_years": list(explanation.unannounced),
    }
    if explanation.days:
        answer["days"] = [_day_as_dict(counted) for counted in explanation.days]
    return answer


def _day_as_dict(counted: CountedDay) -> dict[str, Any]:
    return {
        "date": counted.day.date.isoformat(),
        "kind": counted.day.kind,
        "name": counted.day.name,
        "notice": counted.day.notice,
        "counts": counted.counts,
        "number": counted.number,
        "office_minutes": counted.office_time.total_seconds() / 60,
    }
