"""What all kinds of records have in common on their way into a portal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from django.core.files.base import File
from django.db import connection
from django.utils.translation import gettext as _

from ..core.portable import kind_named, kinds
from . import schema
from .canonical import Record, digest
from .ids import Ids
from .models import Exchanged
from .package import Package
from .problems import NotTaken, Refused, RowProblem
from .values import Into, Problem

MOST_PROBLEMS = 10_000


class Fate(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    #: What this portal has under the same name serves, and stays as it is.
    KEPT = "kept"


class Scanned(NamedTuple):
    line: int
    digest: str


class Known(NamedTuple):
    """What is remembered of a record that came before, or was written."""

    row: int
    taken: str
    made: str


@dataclass(slots=True)
class Taking:
    """A package on its way in: what is read of it, what became of each record, what is wrong."""

    package: Package
    persons: Package | None
    ids: Ids
    empty: bool
    is_trial: bool = False
    number_prefix: str = ""
    told: Callable[[int, int], None] = lambda done, all_: None
    problems: list[RowProblem] = field(default_factory=list)
    scanned: dict[str, dict[str, Scanned]] = field(default_factory=dict)
    fates: dict[str, dict[str, Fate]] = field(default_factory=dict)
    #: Records that stand here otherwise than they came: under other names, addresses, files.
    adjusted: set[tuple[str, str]] = field(default_factory=set)
    #: Primary keys of new records, by kind and identifier.
    new: dict[tuple[str, str], Any] = field(default_factory=dict)
    stored: list[tuple[Any, str]] = field(default_factory=list)
    done: int = 0
    into: Into = field(init=False)
    _secrets: dict[str, dict[str, Record]] = field(default_factory=dict)
    _known: dict[str, dict[str, Known]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.into = Into(self.ids)

    # What the package holds

    def kinds(self) -> list[str]:
        """Return the kinds of the package in the order in which they are known here.

        Raises ``Refused`` for one that is not.
        """
        named = {*self.package.kinds(), *(self.persons.kinds() if self.persons else ())}
        known = [one.kind for one in kinds() if not one.stays]
        if unknown := sorted(named - set(known)):
            raise Refused(
                _(
                    "The package has records «%(kind)s», which this portal does not know: its apps "
                    "or its version are others."
                )
                % {"kind": unknown[0]}
            )
        return [kind for kind in known if kind in named]

    def records(self, kind: str) -> Iterator[tuple[int, Record]]:
        """Yield the records of a kind with the number of their line; broken ones are noted once."""
        spec = kind_named(kind)
        if spec.of_persons:
            yield from self._parsed(self.persons, kind) if self.persons else ()
            return
        if self.persons is None:
            yield from self._parsed(self.package, kind)
            return
        secrets = self._secrets_of(kind)
        for number, record in self._parsed(self.package, kind):
            yield number, {**record, **secrets.get(record["id"], {})}

    def _secrets_of(self, kind: str) -> dict[str, Record]:
        if kind not in self._secrets:
            found = self._parsed(self.persons, kind) if self.persons else ()
            self._secrets[kind] = {record["id"]: record for _number, record in found}
        return self._secrets[kind]

    def _parsed(self, package: Package, kind: str) -> Iterator[tuple[int, Record]]:
        for number, said in package.lines(kind):
            try:
                record = json.loads(said)
            except (ValueError, RecursionError):
                record = None
            if not isinstance(record, dict) or not isinstance(record.get("id"), str):
                self.refuse(kind, number, "?", _("This line is no record."))
            elif not 0 < len(record["id"]) <= 255:
                self.refuse(kind, number, "?", _("The identifier is too long."))
            else:
                yield number, record

    def scan(self) -> None:
        """Read all lines; note what they are, and those that are broken or stand twice."""
        for kind in self.kinds():
            found = self.scanned[kind] = {}
            for number, record in self.records(kind):
                if record["id"] in found:
                    self.refuse(kind, number, record["id"], _("This record stands there twice."))
                else:
                    found[record["id"]] = Scanned(number, digest(record))
        self.stop_at_problems()

    # What is remembered

    def known(self, kind: str) -> dict[str, Known]:
        if kind not in self._known:
            rows = Exchanged.objects.filter(kind=kind)
            self._known[kind] = {
                uid: Known(*others)
                for uid, *others in rows.values_list("uid", "row", "taken", "made")
            }
        return self._known[kind]

    # What becomes of it

    def is_fate(self, kind: str, uid: str, fate: Fate) -> None:
        self.fates.setdefault(kind, {})[uid] = fate
        if fate in (Fate.UNCHANGED, Fate.KEPT):
            self.progress()

    def fate(self, kind: str, uid: str) -> Fate | None:
        return self.fates.get(kind, {}).get(uid)

    def of_fate(self, kind: str, fate: Fate) -> list[str]:
        return [uid for uid, one in self.fates.get(kind, {}).items() if one is fate]

    def to_write(self, kind: str) -> Iterator[tuple[int, Record, Fate]]:
        fates = self.fates.get(kind, {})
        for number, record in self.records(kind):
            fate = fates.get(record["id"])
            if fate in (Fate.CREATED, Fate.UPDATED):
                yield number, record, fate

    def progress(self) -> None:
        self.done += 1
        self.told(self.done, sum(map(len, self.scanned.values())))

    def refuse(self, kind: str, line: int, uid: str, words: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(RowProblem(kind, line, uid, words))

    def stop_at_problems(self) -> None:
        """Raises ``NotTaken`` where something is wrong so far."""
        if self.problems:
            raise NotTaken(self.problems)

    @property
    def is_sound(self) -> bool:
        return not self.problems

    # Files

    def place(self, row: Any, column: schema.Column, said: Any, *, private: bool = False) -> bool:
        """Put a file where the field of ``row`` wants it. Returns whether it has another name now.

        Raises ``Problem``.
        """
        # To set it as an attribute would open an image; its measures stand in the record.
        attribute = row.__dict__
        if said is None:
            attribute[column.attname] = ""
            return False
        digest_said, name = _file_said(said, column, private=private)
        wanted = column.field.generate_filename(row, name)
        package = self.persons if private else self.package
        if digest_said == "":
            # Gone at the sender's already; the record says so.
            attribute[column.attname] = wanted
            return False
        if package is None or not package.has_file(digest_said):
            raise Problem(_("The file «%(name)s» is not in the package.") % {"name": name})
        if self.is_trial or not self.is_sound:
            attribute[column.attname] = wanted
            return False
        with package.file(digest_said) as file:
            kept = column.field.storage.save(wanted, File(file))
        self.stored.append((column.field.storage, kept))
        attribute[column.attname] = kept
        return not private and kept.rpartition("/")[2] != name

    def forget_files(self) -> None:
        """Take away the files of rows that were rolled back."""
        for storage, name in self.stored:
            storage.delete(name)
        self.stored.clear()


def _file_said(said: Any, column: schema.Column, *, private: bool) -> tuple[str, str]:
    wrong = Problem(_("«%(field)s» has a value of a wrong form.") % {"field": column.name})
    if not isinstance(said, dict) or not isinstance(said.get("sha256"), str):
        raise wrong
    name = "" if private else said.get("name")
    if not isinstance(name, str) or len(name) > 200 or any(char in name for char in "/\\\x00"):
        raise wrong
    if name in (".", "..") or (not name and not private):
        raise wrong
    return said["sha256"], name


def lock() -> None:
    """Let this transaction be the only one that takes records in, from now on; others wait."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(Exchanged._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
    else:
        # To write first is the lock on SQLite.
        Exchanged.objects.filter(pk=0).update(kind="")
