"""What no single table can tell: whether the entries of a profile fit together.

Everything here reads the tables as they were written, so that a fault in one entry is not
reported again at each entry that names it.
"""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any, TypeGuard

from ..core.text import address_part, nfc
from ..worktime.limits import Unit, most_of
from .problems import mark as _
from .schema import Reminders
from .sources import KeyPath, Source
from .vocabulary import BOARD, Action, RoleCode

# What a rule may name besides categories.
CLOCKED_TABLES = ("questions", "reports")

WAITING, LONG_WAITING = "waiting_working_days", "long_waiting_working_days"
# Numbers of working days, none of which can be 0.
COUNTED = {
    "emergency": ("review_working_days",),
    "data_requests": ("answer_working_days",),
    "reminders": (
        "due_soon_working_days",
        "long_late_working_days",
        "again_working_days",
        WAITING,
        LONG_WAITING,
    ),
    "reviews": ("working_days",),
    "consultations": (
        "days",
        "least_days",
        "moderation_working_days",
        "summary_working_days",
    ),
}


def names(table: dict[str, Any], key: str) -> list[str]:
    """Return the texts in a list of names; what else stands there is reported elsewhere."""
    return [item for item in _list(table, key) if isinstance(item, str)]


def _list(table: dict[str, Any], key: str) -> list[Any]:
    value = table.get(key)
    return value if isinstance(value, list) else []


def governing(category: str, source: Source) -> list[str]:
    """Return the codes of the rules that govern a category.

    The list in the category goes before the rules that name the category, so that a province can
    move one category to other rules in one line.
    """
    rules = source.tables("deadlines")
    table = source.tables("categories")[category]
    if "deadlines" in table:
        return [code for code in names(table, "deadlines") if code in rules]
    return [code for code, rule in rules.items() if category in names(rule, "applies_to")]


def governed(rule: str, source: Source) -> list[str]:
    """Return the codes of the categories, and the tables, that a rule governs."""
    return [code for code in source.tables("categories") if rule in governing(code, source)] + [
        name
        for name in CLOCKED_TABLES
        if any(table.get("deadline") == rule for table in source.tables(name).values())
    ]


def category_slug(table: dict[str, Any]) -> str:
    """Return the part of the address that stands for a category."""
    written = table.get("slug") or table.get("name")
    return address_part(nfc(written)) if isinstance(written, str) else ""


def check(source: Source) -> None:
    """Report every entry that names what is not there or contradicts itself."""
    _check_categories(source)
    _check_deadlines(source)
    _check_clocks(source)
    _check_roles(source)
    _check_workflows(source)
    _check_amounts(source)
    _check_working_days(source)
    _check_waiting(source)
    _check_days_before(source)


def _check_categories(source: Source) -> None:
    categories = source.tables("categories")
    if not categories:
        source.report(("categories",), _("a profile needs at least one category"))
    for code, table in categories.items():
        path = ("categories", code, "deadlines")
        for rule in names(table, "deadlines"):
            # What was removed on the way may stay in lists: removing then takes one line.
            if source.remover(("deadlines", rule)) is None:
                _check_reference(path, "deadlines", rule, source)
    addresses = {code: category_slug(table) for code, table in categories.items()}
    times_used = Counter(addresses.values())
    for code, address in addresses.items():
        if address and times_used[address] > 1:
            message = _("another category has the same address, %(address)r")
            source.report(("categories", code, "slug"), message, address=address)


def _check_deadlines(source: Source) -> None:
    categories = source.tables("categories")
    for code, table in source.tables("deadlines").items():
        path = ("deadlines", code, "applies_to")
        for name in names(table, "applies_to"):
            if name in CLOCKED_TABLES:
                if name not in governed(code, source):
                    message = _("no entry of the table %(table)s has this rule as its deadline")
                    source.report(path, message, table=name)
            elif name not in categories and source.remover(("categories", name)) is None:
                message = _("names the category %(name)r, which does not exist")
                source.report(path, message, name=name)
        is_list = isinstance(table.get("applies_to", []), list)
        if is_list and not governed(code, source):
            source.report(path, _("the rule governs no category, question or report"))


def _check_clocks(source: Source) -> None:
    for name in CLOCKED_TABLES:
        for code, table in source.tables(name).items():
            if rule := table.get("deadline"):
                _check_reference((name, code, "deadline"), "deadlines", rule, source)
    for code, table in source.tables("questions").items():
        if category := table.get("category"):
            _check_reference(("questions", code, "category"), "categories", category, source)
    for code, table in source.tables("reports").items():
        path = ("reports", code, "before")
        before = table.get("before")
        if before and table.get("deadline"):
            source.report(path, _("a report has either a deadline or a day, not both"))
        if isinstance(before, str) and before and not _is_day_of_year(before):
            source.report(path, _("must be a day of the year as MM-DD, for example 11-30"))


def _check_roles(source: Source) -> None:
    for code, table in source.tables("delegations").items():
        for key in ("delegator", "delegate"):
            _check_role(("delegations", code, key), table.get(key), source)
        _check_categories_named(("delegations", code, "applies_to"), table, source)
    for code, table in source.tables("roles").items():
        path = ("roles", code, "passes_steps_of")
        for role in names(table, "passes_steps_of"):
            _check_role(path, role, source)
            if role in BOARD and code not in BOARD:
                message = _("steps of the editorial board are passed by the board alone")
                source.report(path, message)


def _check_workflows(source: Source) -> None:
    governed_by: dict[str, str] = {}
    for code, table in source.tables("workflows").items():
        for name in names(table, "applies_to"):
            if governed_by.setdefault(name, code) != code:
                message = _("another workflow governs the category %(name)r too")
                source.report(("workflows", code, "applies_to"), message, name=name)
        path = ("workflows", code, "steps")
        steps = [step for step in _list(table, "steps") if isinstance(step, dict)]
        for number, step in enumerate(steps, 1):
            _check_role((*path, f"[{number}]", "role"), step.get("role"), source)
        _check_categories_named(("workflows", code, "applies_to"), table, source)
        actions = [step.get("action") for step in steps if step.get("optional") is not True]
        if Action.APPROVE not in actions and all(action in list(Action) for action in actions):
            message = _("needs a step %(action)r that is not optional: nothing goes unmoderated")
            source.report(path, message, action=Action.APPROVE.value)


def _check_categories_named(path: KeyPath, table: dict[str, Any], source: Source) -> None:
    for name in names(table, "applies_to"):
        if source.remover(("categories", name)) is None:
            _check_reference(path, "categories", name, source)


def _check_amounts(source: Source) -> None:
    for code, table in source.tables("quotas").items():
        least, most = table.get("minimum"), table.get("maximum")
        if isinstance(least, int) and isinstance(most, int) and least > most:
            source.report(("quotas", code, "maximum"), _("is less than the minimum"))
    hours = source.values.get("supply_hours")
    days = _list(hours, "weekdays") if isinstance(hours, dict) else []
    if any(isinstance(day, int) and not 1 <= day <= 7 for day in days):
        source.report(("supply_hours", "weekdays"), _("must hold numbers from 1 (Monday) to 7"))


def _check_working_days(source: Source) -> None:
    most = most_of(Unit.WORKING_DAY)
    for section, keys in COUNTED.items():
        table = _table(section, source)
        for key in keys:
            days = table.get(key)
            if not _is_number(days):
                continue
            if days == 0:
                source.report((section, key), _("must be at least 1"))
            elif days > most:
                source.report((section, key), _("must be at most %(most)d"), most=most)


def _check_waiting(source: Source) -> None:
    table, silent = _table("reminders", source), Reminders()
    waiting = table.get(WAITING, silent.waiting_working_days)
    long = table.get(LONG_WAITING, silent.long_waiting_working_days)
    if not (_is_number(waiting) and _is_number(long)):
        return
    # What is out of bounds was reported as such.
    if not most_of(Unit.WORKING_DAY) >= waiting >= long >= 1:
        return
    # At the number that the author wrote, not at one that was taken over.
    wrote_long = source.origins.get(("reminders", LONG_WAITING)) == source.file
    if wrote_long or WAITING not in table:
        message = _("must be more than %(key)s, which is %(days)d")
        source.report(("reminders", LONG_WAITING), message, key=WAITING, days=waiting)
    else:
        message = _("must be less than %(key)s, which is %(days)d")
        source.report(("reminders", WAITING), message, key=LONG_WAITING, days=long)


def _check_days_before(source: Source) -> None:
    most = most_of(Unit.WORKING_DAY)
    days = _list(_table("reminders", source), "before_working_days")
    if any(_is_number(day) and not 0 <= day <= most for day in days):
        message = _("must hold numbers from 0, the last day itself, to %(most)d")
        source.report(("reminders", "before_working_days"), message, most=most)
    for role in names(_table("reminders", source), "long_late_roles"):
        if role in list(RoleCode) and role not in BOARD:
            message = _("what is long late is told to the editorial board alone")
            source.report(("reminders", "long_late_roles"), message)


def _table(section: str, source: Source) -> dict[str, Any]:
    value = source.values.get(section)
    return value if isinstance(value, dict) else {}


def _is_number(value: Any) -> TypeGuard[int]:
    # What is no number is reported where the table is read.
    return isinstance(value, int) and not isinstance(value, bool)


def _check_role(path: KeyPath, role: Any, source: Source) -> None:
    # A word that is no role at all is reported where the table is read.
    if role in list(RoleCode):
        _check_reference(path, "roles", role, source)


def _check_reference(path: KeyPath, table: str, name: Any, source: Source) -> None:
    if not isinstance(name, str) or name in source.tables(table):
        return
    if remover := source.remover((table, name)):
        message = _("names %(name)r, which %(file)s removes from the table %(table)s")
        source.report(path, message, name=name, table=table, file=remover.name)
    else:
        message = _("names %(name)r, which is not in the table %(table)s")
        source.report(path, message, name=name, table=table)


def _is_day_of_year(text: str) -> bool:
    try:
        # Any leap year, for 29 February.
        datetime.date.fromisoformat(f"2024-{text}")
    except ValueError:
        return False
    return True
