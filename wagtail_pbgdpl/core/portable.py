"""What a portal takes along when it moves into another, as each room says of its own models.

A record is told by an identifier that is the same in every portal, never by a primary key: a code
that people gave it, or else one that the exchange gives it once. Which of its fields are about
persons, the model says (``core.personal``); they leave with an explicit wish alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from django.db import models

from .text import LazyText


class Ids(Protocol):
    """Gives the identifier of a row of a kind; ``None`` for what does not travel."""

    def id_of(self, kind: str, key: Any) -> str | None: ...


class Same(StrEnum):
    """What it means that the receiver has a record under the same identifier already."""

    #: It is the same record, as the two came from one portal.
    RECORD = "record"
    #: It may be another thing that is called alike: a person decides.
    PERHAPS = "perhaps"
    #: It serves as well, and stays as it is.
    SERVES = "serves"


def nothing(row: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Portable:
    """A kind of record.

    ``key``: the fields that identify it everywhere; of none, it is given an identifier.
    ``identify`` yields rows with their identifiers where neither will do. ``same``: see ``Same``.

    ``only``: the fields that leave; empty: all but ``without``. ``secret``: fields that leave with
    those about persons alone, though the model does not say so of them. ``numbers``: columns that
    hold the primary key of a record of another kind as a plain number, with the kind.

    ``rows``: which rows leave. ``used_only``: of these, those that another record names, and those
    of the condition that ``always`` makes.
    ``of_persons``: the whole record is about somebody. ``changed_since`` makes the condition by
    which a row changed since an instant; ``None``: all leave each time.

    ``made`` gives what a new row has beside what travels, by field. ``reserve`` gives the number
    above which the primary keys of new rows begin, from the records that come. ``create`` makes a
    row of its identifier alone, where a tree has to take it.
    """

    kind: str
    model: Callable[[], type[models.Model]]
    key: tuple[str, ...] = ()
    identify: Callable[[Ids], Iterable[tuple[Any, str]]] | None = None
    same: Same = Same.RECORD
    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    secret: frozenset[str] = frozenset()
    numbers: Mapping[str, str] = field(default_factory=dict)
    rows: Callable[[], models.QuerySet[Any]] | None = None
    used_only: bool = False
    always: Callable[[], models.Q] | None = None
    of_persons: bool = False
    changed_since: Callable[[datetime.datetime], models.Q] | None = None
    made: Callable[[Any], dict[str, Any]] = nothing
    create: Callable[[str], models.Model] | None = None
    reserve: Callable[[Iterable[Mapping[str, Any]]], int] | None = None
    #: Known in both portals, and never sent: a step, a workflow.
    stays: bool = False


_kinds: dict[str, Portable] = {}
_staying: dict[type[models.Model], LazyText] = {}
_numbers: dict[tuple[type, str], str] = {}
_subjects: dict[str, str | None] = {}
_details: dict[str, str] = {}


def register(*kinds: Portable) -> None:
    """Let kinds of records travel. Raises ``ValueError`` for a second kind of the same name."""
    for one in kinds:
        there = _kinds.get(one.kind)
        if there is not None and there.model() is not one.model():
            raise ValueError(f"there is a kind of record {one.kind!r} already")
        _kinds[one.kind] = one


def stays(reason: LazyText, *stayed: type[models.Model]) -> None:
    """Say of models that their rows never leave, and why."""
    _staying.update(dict.fromkeys(stayed, reason))


def register_number(owner: type, column: str, kind: str) -> None:
    """Say that a column of a page type, or of a mixin, holds the number of a record of ``kind``."""
    _numbers[owner, column] = kind


def register_subject(matter: str, kind: str | None) -> None:
    """Say what the number stands for that a matter of a kind is about; ``None``: it stays."""
    _subjects[matter] = kind


def register_detail(name: str, kind: str) -> None:
    """Say that the further facts of events hold the number of a record under a name."""
    _details[name] = kind


def kinds() -> list[Portable]:
    return list(_kinds.values())


def kind_named(name: str) -> Portable:
    """Raises ``LookupError``."""
    return _kinds[name]


def kind_of(model: type[models.Model]) -> str | None:
    """Return the kind of the records of a model, or of a model that it extends."""
    for one in _kinds.values():
        if issubclass(model, one.model()):
            return one.kind
    return None


def staying() -> dict[type[models.Model], LazyText]:
    return dict(_staying)


def numbers_of(model: type[models.Model]) -> dict[str, str]:
    """Return the columns of a model that hold numbers of records, with their kinds."""
    return {name: kind for (owner, name), kind in _numbers.items() if issubclass(model, owner)}


def subjects() -> dict[str, str | None]:
    return dict(_subjects)


def details() -> dict[str, str]:
    return dict(_details)
