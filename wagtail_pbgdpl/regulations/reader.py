"""TOML tables into dataclasses, guided by their type hints, with every fault reported."""

from __future__ import annotations

import enum
import functools
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from ..core.text import nfc
from ..worktime.limits import Limit, Unit, most_of
from .problems import mark as _
from .schema import Clause, Ours
from .sources import KeyPath, Source

T = TypeVar("T")

# Stands for a value that was reported already.
INVALID: Any = object()

hints_of = functools.cache(get_type_hints)


def build(cls: type[T], table: Any, path: KeyPath, source: Source, **given: Any) -> T | None:
    """Return an instance of the dataclass ``cls``, or ``None`` after reporting what is wrong.

    ``given`` are fields that the table does not hold, such as the code of an entry.
    """
    if not isinstance(table, dict):
        source.report(path, _("must be a table"))
        return None
    values = dict(given)
    expected = {item.name: item for item in fields(cls) if item.name not in given}  # type: ignore[arg-type]
    keys = set(expected)
    if "limit" in expected:
        keys = keys - {"limit"} | {"unit", "amount", "ends_on_working_day"}
        values["limit"] = _limit(table, path, source)
        del expected["limit"]
    for key in table:
        if key not in keys:
            source.report_unknown((*path, key), keys)
    for name, item in expected.items():
        if name in table:
            hint = hints_of(cls)[name]  # type: ignore[arg-type]
            values[name] = convert(hint, table[name], (*path, name), source)
            if values[name] == "" and _is_required(cls, item):
                source.report((*path, name), _("must not be empty"))
                values[name] = INVALID
        elif _is_required(cls, item):
            source.report((*path, name), _("is missing"))
            values[name] = INVALID
    return None if INVALID in values.values() else cls(**values)


def _is_required(cls: type, item: Any) -> bool:
    # Every rule names its clause; only what no regulation speaks of has none, and what is the same
    # law for all brings it along.
    if item.name == "clause":
        return issubclass(cls, Clause) and not issubclass(cls, Ours) and not item.default
    return item.default is MISSING


def convert(hint: Any, value: Any, path: KeyPath, source: Source) -> Any:
    """Return ``value`` as the type ``hint`` asks for it, or ``INVALID`` after reporting it."""
    if get_origin(hint) is tuple:
        return _convert_list(get_args(hint)[0], value, path, source)
    if is_dataclass(hint):
        instance = build(hint, value, path, source)  # type: ignore[arg-type]
        return INVALID if instance is None else instance
    if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
        return _convert_choice(hint, value, path, source)
    if hint is bool and not isinstance(value, bool):
        source.report(path, _("must be true or false"))
    elif hint is int and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        source.report(path, _("must be a whole number, 0 or more"))
    elif hint is str and not isinstance(value, str):
        source.report(path, _("must be a text in quotation marks"))
    else:
        return nfc(value.strip()) if hint is str else value
    return INVALID


def _convert_list(hint: Any, value: Any, path: KeyPath, source: Source) -> Any:
    if not isinstance(value, list):
        source.report(path, _("must be a list"))
        return INVALID
    items = [
        convert(hint, item, (*path, f"[{number}]"), source) for number, item in enumerate(value, 1)
    ]
    if INVALID in items:
        return INVALID
    if "" in items:
        source.report(path, _("must not hold an empty text"))
        return INVALID
    if any(item in items[:index] for index, item in enumerate(items)):
        source.report(path, _("names the same thing twice"))
        return INVALID
    return tuple(items)


def _convert_choice(choices: type[enum.StrEnum], value: Any, path: KeyPath, source: Source) -> Any:
    known = [choice.value for choice in choices]
    if value in known:
        return choices(value)
    if choices is Unit:
        message = _("%(value)r is not a known unit; known are %(known)s")
    else:
        message = _("%(value)r is not one of %(known)s")
    source.report(path, message, value=value, known=", ".join(known))
    return INVALID


def _limit(table: dict[str, Any], path: KeyPath, source: Source) -> Any:
    if "unit" not in table:
        source.report((*path, "unit"), _("is missing"))
        return INVALID
    unit = convert(Unit, table["unit"], (*path, "unit"), source)
    amount = convert(int, table.get("amount", 0), (*path, "amount"), source)
    key = "ends_on_working_day"
    worked = convert(bool, table.get(key, True), (*path, key), source)
    if INVALID in (unit, amount, worked):
        return INVALID
    try:
        return Limit(unit, amount, worked)
    except ValueError:
        if unit is Unit.IMMEDIATE:
            message = _("must be left out or 0 for the unit %(unit)r")
        elif amount < 1:
            message = _("must be at least 1 for the unit %(unit)r")
        else:
            message = _("must be at most %(most)d for the unit %(unit)r")
        source.report((*path, "amount"), message, unit=unit.value, most=most_of(unit))
        return INVALID
