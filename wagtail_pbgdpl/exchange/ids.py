"""Identifiers that are the same in every portal, and the rows that they stand for in this one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from ..core.portable import Portable, kind_named
from . import schema
from .models import Exchanged

BATCH = 1000


class Ids:
    """Both ways between primary keys and identifiers; each kind is read once.

    ``gives``: whether a row without an identifier is given one. ``renamed``: of kinds, by which
    identifier of this portal one of a package goes.
    """

    def __init__(
        self, *, gives: bool = False, renamed: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        self.gives = gives
        self.renamed = renamed or {}
        #: Keys of rows that something named, by kind.
        self.used: dict[str, set[Any]] = {}
        #: Whether an identifier was replaced since this was set to ``False``.
        self.has_renamed = False
        self._keyed: dict[str, list[str]] = {}
        self._ids: dict[str, dict[Any, str]] = {}
        self._keys: dict[str, dict[str, Any]] = {}

    def id_of(self, kind: str, key: Any) -> str | None:
        """Return the identifier of a row; ``None`` where it is gone, or does not travel."""
        if not key:
            return None
        found = self.ids(kind).get(key)
        if found is not None:
            self.used.setdefault(kind, set()).add(key)
        return found

    def key_of(self, kind: str, uid: str) -> Any:
        """Return the primary key; ``None`` where this portal has no such record."""
        return self.keys(kind).get(self.called(kind, uid))

    def called(self, kind: str, uid: str) -> str:
        """Return by which identifier a record of a package goes here."""
        new = self.renamed.get(kind, {}).get(uid)
        if new is None:
            new = "/".join(self._parts(kind, uid))
        self.has_renamed |= new != uid
        return new

    def falls_together(self, kind: str, uid: str) -> bool:
        """Whether a record is between two that are one here."""
        parts = self._parts(kind, uid)
        return len(set(parts)) < len(parts) and "/".join(parts) != uid

    def _parts(self, kind: str, uid: str) -> list[str]:
        """Return of what an identifier is made, each part as it is called here."""
        kinds = self._kinds_of_key(kind)
        parts = uid.split("/") if kinds else []
        if len(parts) != len(kinds) or not any(kinds):
            return [uid]
        return [
            self.called(of, part) if of else part for of, part in zip(kinds, parts, strict=True)
        ]

    def _kinds_of_key(self, kind: str) -> list[str]:
        if kind not in self._keyed:
            spec = kind_named(kind)
            columns = schema.key_columns(spec) if spec.key else []
            self._keyed[kind] = [column.kind for column in columns]
        return self._keyed[kind]

    def ids(self, kind: str) -> dict[Any, str]:
        if kind not in self._ids:
            # An identifier may be made of others of the same kind.
            self._ids[kind] = {}
            self._ids[kind] = self._read(kind_named(kind))
        return self._ids[kind]

    def keys(self, kind: str) -> dict[str, Any]:
        if kind not in self._keys:
            self._keys[kind] = {uid: key for key, uid in self.ids(kind).items()}
        return self._keys[kind]

    def add(self, kind: str, uid: str, key: Any) -> None:
        self.keys(kind)[uid] = key
        self.ids(kind)[key] = uid

    def _read(self, spec: Portable) -> dict[Any, str]:
        if spec.identify is not None:
            return dict(spec.identify(self))
        if spec.key:
            return self._by_key(spec)
        return self._given(spec)

    def _by_key(self, spec: Portable) -> dict[Any, str]:
        columns = schema.key_columns(spec)
        found = {}
        names = [column.attname for column in columns]
        for key, *values in schema.rows_of(spec).values_list("pk", *names):
            parts = [
                self._part(column, value) for column, value in zip(columns, values, strict=True)
            ]
            if None not in parts:
                found[key] = "/".join(map(str, parts))
        return found

    def _part(self, column: schema.Column, value: Any) -> Any:
        if column.kind:
            return self.ids(column.kind).get(value)
        return schema.plain(value)

    def _given(self, spec: Portable) -> dict[Any, str]:
        rows = Exchanged.objects.filter(kind=spec.kind)
        found = dict(rows.values_list("row", "uid"))
        if self.gives:
            there = schema.rows_of(spec).order_by("pk").values_list("pk", flat=True)
            new = {key: str(uuid.uuid4()) for key in there if key not in found}
            Exchanged.objects.bulk_create(
                (Exchanged(kind=spec.kind, uid=uid, row=key) for key, uid in new.items()),
                batch_size=BATCH,
            )
            found |= new
        return found
