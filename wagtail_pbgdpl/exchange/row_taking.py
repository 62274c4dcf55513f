"""Plain rows on their way in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from ..core.portable import Portable, kind_named
from . import records, schema, tables
from .canonical import Record
from .deciding import Stands, decide
from .files import Files
from .ids import Ids
from .taking import Fate, Taking
from .values import Out, Problem


def local_records(spec: Portable, keys: Iterable[Any], *, persons: bool) -> Iterator[Stands]:
    """Yield rows of this portal as it would write them now."""
    files = Files()
    out = Out(Ids(gives=True), files.say_nameless if spec.of_persons else files.say)
    for row in records.rows(spec, out, keys=list(keys)):
        found = records.record(spec, out, row)
        others, about = records.split(spec, found)
        if others is None:
            yield Stands(found)
        elif not persons:
            yield Stands(others)
        else:
            given = {"id", *spec.made(row)}
            is_open = not any(value for name, value in about.items() if name not in given)
            yield Stands(found, others if is_open else None)


def settle(taking: Taking, kind: str) -> None:
    """Say what becomes of the records of a kind; give keys to those that are new."""
    spec = kind_named(kind)
    persons = taking.persons is not None
    decide(taking, kind, lambda keys: local_records(spec, keys, persons=persons))
    new = taking.of_fate(kind, Fate.CREATED)
    if spec.create is not None or not tables.has_own_keys(spec.model()):
        return
    above = spec.reserve(record for _line, record in taking.records(kind)) if spec.reserve else 0
    for uid, key in zip(new, tables.reserve(spec.model(), len(new), above), strict=True):
        taking.ids.add(kind, taking.ids.called(kind, uid), key)
        taking.new[kind, uid] = key


def write(taking: Taking, kind: str) -> None:
    """Write the rows of a kind, unless something was found wrong."""
    spec = kind_named(kind)
    model = spec.model()
    if spec.create is not None:
        _create(taking, spec)
        return
    rows: list[Any] = []
    names: list[tuple[Any, dict[str, list[Any]]]] = []
    unique = _Unique(spec)
    for line, record, fate in taking.to_write(kind):
        taking.ids.has_renamed = False
        try:
            row, many = _built(taking, spec, record, fate)
            if fate is Fate.CREATED:
                unique.check(row)
        except Problem as problem:
            taking.refuse(kind, line, record["id"], str(problem))
            continue
        if taking.ids.has_renamed:
            taking.adjusted.add((kind, record["id"]))
        if many:
            names.append((row, many))
        if fate is Fate.CREATED:
            if not tables.has_own_keys(model):
                taking.ids.add(kind, taking.ids.called(kind, record["id"]), row.pk)
            rows.append(row)
        elif taking.is_sound:
            tables.update(row, _columns_said(spec, record))
        taking.progress()
    if not taking.is_sound:
        return
    if rows:
        tables.insert(rows)
        if tables.has_own_keys(model):
            tables.after_reserved(tables.tables_of(model)[0])
    for row, many in names:
        for name, values in many.items():
            getattr(row, name).set(values)


def _create(taking: Taking, spec: Portable) -> None:
    if spec.create is None:
        return
    for line, record, fate in taking.to_write(spec.kind):
        if fate is Fate.CREATED:
            try:
                made = spec.create(record["id"])
            except (LookupError, ValueError):
                taking.refuse(spec.kind, line, record["id"], _("This cannot be made here."))
                continue
            taking.ids.add(spec.kind, record["id"], made.pk)
            taking.new[spec.kind, record["id"]] = made.pk
        taking.progress()


def _columns_said(spec: Portable, record: Record) -> list[str]:
    return [one.attname for one in schema.columns_of(spec.kind) if one.name in record]


def _built(
    taking: Taking, spec: Portable, record: Record, fate: Fate
) -> tuple[Any, dict[str, list[Any]]]:
    """Return the row of a record, and what it has in other tables. Raises ``Problem``."""
    columns = schema.columns_of(spec.kind)
    many, tags = records.many(spec), records.tags(spec)
    known = {"id", *many, *tags, *(column.name for column in columns)}
    if unknown := sorted(record.keys() - known):
        raise Problem(_("This portal knows no field «%(field)s».") % {"field": unknown[0]})
    row: Any = spec.model()(**taking.into.values(columns, record))
    uid = record["id"]
    called = taking.ids.called(spec.kind, uid)
    if tables.has_own_keys(spec.model()):
        tables.set_key(row, taking.ids.key_of(spec.kind, uid))
    if called != uid and len(spec.key) == 1:
        setattr(row, spec.key[0], called)
    if spec.kind == "question" and taking.number_prefix and fate is Fate.CREATED:
        row.number = f"{taking.number_prefix}{row.number}"[:40]
        taking.adjusted.add((spec.kind, uid))
    for column in columns:
        if column.how is schema.How.FILE and column.name in record:
            if fate is Fate.UPDATED and _is_there(spec, row, column, record[column.name]):
                continue
            if taking.place(row, column, record[column.name], private=spec.of_persons):
                taking.adjusted.add((spec.kind, uid))
    for name, value in spec.made(row).items():
        if name not in record:
            setattr(row, name, value)
    return row, _many_of(taking, record, many, tags)


def _is_there(spec: Portable, row: Any, column: schema.Column, said: Any) -> bool:
    """Whether the file that a record names lies here already; then the row keeps it."""
    before = spec.model()._base_manager.get(pk=row.pk)
    value = getattr(before, column.attname)
    if not value or not isinstance(said, dict):
        return False
    row.__dict__[column.attname] = value.name
    there = Files().known(column.field.storage, value.name)["sha256"]
    return bool(there) and there == said.get("sha256")


def _many_of(
    taking: Taking, record: Record, many: dict[str, Any], tags: list[str]
) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for name in {*many, *tags} & record.keys():
        values = record[name]
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise Problem(_("«%(field)s» has a value of a wrong form.") % {"field": name})
        if name in many:
            found[name] = [taking.into.key(many[name][1], one) for one in values]
        elif values:
            found[name] = values
    return found


class _Unique:
    """What stands in the columns of which no two rows may have the same."""

    def __init__(self, spec: Portable) -> None:
        model = spec.model()
        fields = [
            field
            for field in model._meta.concrete_fields
            if field.unique and not isinstance(field, models.AutoField) and not field.remote_field
        ]
        self.there = {
            field: set(model._base_manager.values_list(field.attname, flat=True))
            for field in fields
            if field.get_internal_type() in ("CharField", "SlugField", "TextField", "DateField")
        }

    def check(self, row: Any) -> None:
        for field, there in self.there.items():
            value = getattr(row, field.attname)
            if value in there:
                raise Problem(
                    _("Another record here has the same «%(field)s»: %(value)s.")
                    % {"field": field.name, "value": value}
                )
            there.add(value)
