"""Rows of all kinds but pages and matters, as records."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q
from taggit.managers import TaggableManager

from ..core.portable import Portable
from . import schema
from .canonical import Record
from .values import Out


def rows(
    spec: Portable,
    out: Out,
    *,
    since: datetime.datetime | None = None,
    keys: Collection[Any] | None = None,
) -> Iterator[Any]:
    """Yield the rows of a kind that leave, in the order of their records."""
    found = schema.rows_of(spec)
    if keys is not None:
        found = found.filter(pk__in=list(keys))
    else:
        if spec.used_only:
            wanted = Q(pk__in=list(out.ids.used.get(spec.kind, ())))
            if spec.always is not None:
                wanted |= (
                    spec.always()
                    if since is None or spec.changed_since is None
                    else (spec.always() & spec.changed_since(since))
                )
            found = found.filter(wanted)
        elif since is not None and spec.changed_since is not None:
            found = found.filter(spec.changed_since(since))
    if spec.key or spec.identify:
        # Those of the receiver's own set-up have other numbers.
        called = out.ids.ids(spec.kind)
        yield from sorted(
            (row for row in found if row.pk in called), key=lambda row: called[row.pk]
        )
    else:
        yield from found.order_by("pk").iterator(chunk_size=1000)


def record(spec: Portable, out: Out, row: Any) -> Record:
    """Return the record of a row, with what it holds about persons."""
    called = {"id": out.ids.ids(spec.kind)[row.pk]}
    found = called | out.row(schema.columns_of(spec.kind), row)
    for name, (_field, kind) in many(spec).items():
        keys = getattr(row, name).order_by("pk").values_list("pk", flat=True)
        found[name] = sorted(filter(None, (out.rename(kind, key) for key in keys)))
    for name in tags(spec):
        found[name] = sorted(getattr(row, name).names())
    return found


def split(spec: Portable, found: Record) -> tuple[Record | None, Record]:
    """Return what of a record may leave with others, and what it holds about persons.

    Which fields those are, the model says. A record that is about somebody leaves as a whole or
    not at all.
    """
    secret = schema.secret_names(spec.kind)
    about = {name: value for name, value in found.items() if name == "id" or name in secret}
    if spec.of_persons:
        return None, found
    return {name: value for name, value in found.items() if name not in secret}, about


def many(spec: Portable) -> dict[str, Any]:
    return {} if spec.only else schema.many_of(spec.model())


def tags(spec: Portable) -> list[str]:
    """Return the names of the fields by which rows bear free words."""
    if spec.only:
        return []
    fields = spec.model()._meta.many_to_many
    return [field.name for field in fields if isinstance(field, TaggableManager)]
