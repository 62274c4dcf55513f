"""Read a profile, check all of it, and return it as a regulation."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from . import inherited, references
from .problems import Problem, RegulationError
from .problems import mark as _
from .reader import build
from .schema import (
    Access,
    Attribution,
    Category,
    Citation,
    Consultations,
    DataRequests,
    DeadlineRule,
    Delegation,
    Demand,
    Document,
    Emergency,
    Entry,
    FileFormats,
    Integration,
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
    SupplyHours,
    UpdateFrequency,
    Workflow,
)
from .sources import Source, read
from .vocabulary import RoleCode

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")

# Tables of entries, each under its code.
ENTRIES: dict[str, type[Entry]] = {
    "categories": Category,
    "deadlines": DeadlineRule,
    "roles": Role,
    "delegations": Delegation,
    "workflows": Workflow,
    "refusal_grounds": RefusalGround,
    "questions": QuestionRule,
    "reports": ReportRule,
    "quotas": Quota,
    "integrations": Integration,
    "demands": Demand,
}
# Tables that stand for one thing.
REQUIRED: dict[str, type] = {"document": Document, "portal": Portal}
OPTIONAL: dict[str, type] = {
    "attribution": Attribution,
    "citation": Citation,
    "slip": Slip,
    "file_formats": FileFormats,
    "supply_hours": SupplyHours,
    "update_frequency": UpdateFrequency,
    "emergency": Emergency,
    "access": Access,
    "reminders": Reminders,
    "data_requests": DataRequests,
    "reviews": Reviews,
    "consultations": Consultations,
}
SECTIONS = frozenset([*ENTRIES, *REQUIRED, *OPTIONAL])


def load(profile: str | os.PathLike[str]) -> Regulation:
    """Return the regulation of a profile: the name of a shipped one, or the path of a TOML file.

    A relative path starts at the working directory. Reads files, keeps nothing.
    Raises ``RegulationError`` with every problem that was found.
    """
    return assemble(read(profile, SECTIONS, frozenset(ENTRIES)))


def advice(profile: str | os.PathLike[str]) -> list[Problem]:
    """Return what a usable profile took over from another province and should say itself.

    Raises ``RegulationError`` if its files cannot be read.
    """
    return inherited.advice(read(profile, SECTIONS, frozenset(ENTRIES)))


def assemble(source: Source) -> Regulation:
    """Check merged tables and return them as a regulation.

    Raises ``RegulationError`` with every problem that was found.
    """
    for key in source.values:
        if key not in SECTIONS:
            source.report_unknown((key,), SECTIONS)
    entries = {name: _entries(name, cls, source) for name, cls in ENTRIES.items()}
    singles = {name: _single(name, cls, source) for name, cls in (REQUIRED | OPTIONAL).items()}
    references.check(source)
    if source.problems:
        raise RegulationError(source.problems)
    _resolve(entries, source)
    return Regulation(
        name=source.file.stem,
        path=source.file,
        **singles,
        **{name: MappingProxyType(found) for name, found in entries.items()},  # type: ignore[arg-type]
    )


def _entries(name: str, cls: type[Entry], source: Source) -> dict[str, Any]:
    tables = source.values.get(name, {})
    if not isinstance(tables, dict):
        source.report((name,), _("must be a table"))
        return {}
    found = {}
    for code, table in tables.items():
        path = (name, code)
        if not CODE.fullmatch(code):
            message = _("a code has up to 40 letters without accents, digits, hyphens, underscores")
            source.report(path, message)
        elif cls is Category and code in references.CLOCKED_TABLES:
            source.report(path, _("deadline rules use this word for a table; choose another code"))
        elif cls is Role and code not in list(RoleCode):
            source.report_unknown(path, [role.value for role in RoleCode])
        elif entry := build(cls, table, path, source, code=RoleCode(code) if cls is Role else code):
            found[code] = entry
    return found


def _single(name: str, cls: type, source: Source) -> Any:
    if name in source.values:
        return build(cls, source.values[name], (name,), source)
    if name in REQUIRED:
        source.report((name,), _("is missing"))
        return None
    return cls()


def _resolve(entries: dict[str, dict[str, Any]], source: Source) -> None:
    """Let categories and rules agree on who is governed by which rule, whichever side said it."""
    categories, rules = entries["categories"], entries["deadlines"]
    for code, category in categories.items():
        categories[code] = replace(
            category,
            slug=references.category_slug(source.values["categories"][code]),
            deadlines=tuple(references.governing(code, source)),
        )
    for code, rule in rules.items():
        rules[code] = replace(rule, applies_to=tuple(references.governed(code, source)))
