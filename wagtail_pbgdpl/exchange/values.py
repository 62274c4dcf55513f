"""A value of a column on its way out of a portal, and into one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from . import content
from .files import MEDIA
from .ids import Ids
from .schema import Column, How, plain

_TEMPORAL = (models.DateField, models.TimeField)
#: Given the name of a file in its storage and the column, returns what the record says of it.
SayFile = Callable[[Column, str], Any]


class Problem(Exception):
    """Why a record cannot be taken, in words for the operator."""


class Out:
    """Makes JSON of columns: of the row itself, and of what a version holds."""

    def __init__(self, ids: Ids, say_file: SayFile | None = None) -> None:
        self.ids, self.say_file = ids, say_file
        #: Images and documents that were named since this was emptied: kinds and keys.
        self.named: set[tuple[str, Any]] = set()

    def row(self, columns: tuple[Column, ...], row: Any) -> dict[str, Any]:
        return {one.name: self.of_row(one, row) for one in columns}

    def of_row(self, column: Column, row: Any) -> Any:
        value = getattr(row, column.attname)
        if column.how is How.STREAM:
            value = list(value.raw_data)
        elif column.how is How.FILE:
            return self.say_file(column, value.name) if value and self.say_file else None
        return self.value(column, value)

    def version(self, columns: tuple[Column, ...], held: Mapping[str, Any]) -> dict[str, Any]:
        """Return the columns that a version holds, ``held`` as Wagtail keeps it."""
        found = {}
        for one in columns:
            if one.name in held:
                value = held[one.name]
                if one.how is How.STREAM:
                    value = _stream_of(value)
                found[one.name] = self.value(one, value)
        return found

    def value(self, column: Column, value: Any) -> Any:
        match column.how:
            case How.NAMED | How.NUMBER:
                return self.rename(column.kind, value)
            case How.STREAM:
                return content.stream(column.field.stream_block, value, self.rename)
            case How.RICH:
                return content.rich(value or "", self.rename)
        if isinstance(value, str) and isinstance(column.field, _TEMPORAL):
            value = column.field.to_python(value)
        return plain(value)

    def rename(self, kind: str, key: Any) -> str | None:
        key = as_key(key)
        if kind in MEDIA:
            self.named.add((kind, key))
        return self.ids.id_of(kind, key)


def as_key(value: Any) -> Any:
    """Return a primary key that stands somewhere as text as a number."""
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdigit() else None
    return value


def _stream_of(value: Any) -> list[Any]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return []
    return value if isinstance(value, list) else []


class Into:
    """Makes values of this portal of JSON. Raises ``Problem``."""

    def __init__(self, ids: Ids) -> None:
        self.ids = ids
        #: As of ``Out``.
        self.named: set[tuple[str, Any]] = set()

    def values(self, columns: tuple[Column, ...], record: Mapping[str, Any]) -> dict[str, Any]:
        """Return values by attribute of the row; what the record leaves out has none."""
        return {
            one.attname: self.value(one, record[one.name]) for one in columns if one.name in record
        }

    def value(self, column: Column, value: Any) -> Any:
        field = column.field
        match column.how:
            case How.NAMED | How.NUMBER:
                if value is not None:
                    return field.to_python(self.key(column.kind, value))
                if not field.null and column.how is How.NAMED:
                    raise Problem(_("«%(field)s» is missing.") % {"field": column.name})
                return None if field.null else field.to_python(0)
            case How.STREAM:
                if not isinstance(value, list):
                    raise _wrong(column)
                return json.dumps(content.stream(field.stream_block, value, self.key))
            case How.RICH:
                if not isinstance(value, str):
                    raise _wrong(column)
                return content.rich(value, self.key)
            case How.FILE:
                return ""
        return self._plain(column, value)

    def _plain(self, column: Column, value: Any) -> Any:
        field = column.field
        if (value is None and field.null) or isinstance(field, models.JSONField):
            return value
        if isinstance(value, (dict, list)) or (value is None and not field.null):
            raise _wrong(column)
        try:
            value = field.to_python(value)
        except (ValidationError, TypeError, ValueError, OverflowError) as error:
            raise _wrong(column) from error
        if isinstance(value, str) and field.max_length and len(value) > field.max_length:
            raise _wrong(column)
        if isinstance(value, str) and "\x00" in value:
            raise _wrong(column)
        return value

    def key(self, kind: str, uid: Any) -> Any:
        if uid is None:
            return None
        if not isinstance(uid, str) or (found := self.ids.key_of(kind, uid)) is None:
            raise Problem(
                _("It names «%(id)s» (%(kind)s), which neither the package nor this portal has.")
                % {"id": uid, "kind": kind}
            )
        if kind in MEDIA:
            self.named.add((kind, found))
        return found


def _wrong(column: Column) -> Problem:
    return Problem(_("«%(field)s» has a value of a wrong form.") % {"field": column.name})
