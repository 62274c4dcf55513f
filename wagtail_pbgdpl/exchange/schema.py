"""Which columns of a record travel, and in which form: read from the models, so that the page types
and fields of a site come along by themselves."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

from django.db import models
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME

from ..core import portable
from ..core.personal import personal_fields
from ..core.portable import Portable
from .unportable import Unportable

Reader = TypeVar("Reader", bound=Callable[..., Any])


class How(StrEnum):
    PLAIN = "plain"
    NAMED = "named"
    NUMBER = "number"
    STREAM = "stream"
    RICH = "rich"
    FILE = "file"


class Column(NamedTuple):
    field: Any
    how: How
    #: Of the record that it names.
    kind: str = ""

    @property
    def name(self) -> str:
        return str(self.field.name)

    @property
    def attname(self) -> str:
        return str(self.field.attname)


class Child(NamedTuple):
    """Rows that are part of a page, below a name."""

    name: str
    model: type[models.Model]
    #: By which they know their page.
    parent: Any
    columns: tuple[Column, ...]


# What a page is in its tree, and what follows from elsewhere.
TREE = frozenset(
    {
        *("path", "depth", "numchild", "url_path", "content_type", "locale", "translation_key"),
        *("latest_revision", "live_revision", "listed_in"),
    }
)
#: What stands in the row of a page, and in no version of it.
STANDING = (
    *("live", "has_unpublished_changes", "first_published_at", "last_published_at"),
    *("latest_revision_created_at", "expired", "locked", "locked_at", "locked_by", "owner"),
    *("draft_title", "alias_of", "published_at"),
)


def _once(read: Reader) -> Reader:
    """Let something be read of the models once in each process."""
    return cast(Reader, cache(read))


def rows_of(spec: Portable) -> Any:
    return spec.rows() if spec.rows is not None else spec.model()._base_manager.all()


@_once
def columns_of(kind: str) -> tuple[Column, ...]:
    """Return the columns of a kind of record. Raises ``Unportable``."""
    spec = portable.kind_named(kind)
    return tuple(columns(spec.model(), spec))


@_once
def page_columns(model: type[models.Model]) -> tuple[Column, ...]:
    """Return the columns of a page type that its versions hold. Raises ``Unportable``."""
    listed = {"category"} if hasattr(model, "listed_in") else set()
    found = columns(model, portable.kind_named("page"))
    return tuple(one for one in found if one.name not in {*TREE, *STANDING, *listed})


@_once
def standing_columns(model: type[models.Model]) -> tuple[Column, ...]:
    found = columns(model, portable.kind_named("page"))
    return tuple(one for one in found if one.name in STANDING)


@_once
def many_of(model: type[models.Model]) -> dict[str, Any]:
    """Return the many-to-many fields of a page type, by name, with the kinds that they name."""
    fields = [field for field in model._meta.many_to_many if _is_stored(field)]
    return {field.name: (field, _kind(field)) for field in fields}


def _is_stored(field: Any) -> bool:
    return isinstance(field, (models.ManyToManyField, ParentalManyToManyField))


@_once
def children_of(model: type[models.Model]) -> tuple[Child, ...]:
    """Return what belongs to a page type in tables of its own, but for what editors remarked."""
    found = []
    for relation in get_all_child_relations(model):
        name, below = relation.get_accessor_name(), relation.related_model
        if name != COMMENTS_RELATION_NAME:
            held = tuple(columns(below, None, without=frozenset({relation.field.name})))
            found.append(Child(name, below, relation.field, held))
    return tuple(sorted(found))


def key_columns(spec: Portable) -> list[Column]:
    by_name = {column.name: column for column in columns_of(spec.kind)}
    return [by_name[name] for name in spec.key]


@_once
def secret_names(kind: str) -> frozenset[str]:
    """Return the columns that leave with persons alone."""
    spec = portable.kind_named(kind)
    return spec.secret | personal_fields(spec.model()).keys()


def columns(
    model: type[models.Model], spec: Portable | None, without: frozenset[str] = frozenset()
) -> Iterator[Column]:
    numbers = portable.numbers_of(model)
    if spec is not None:
        numbers |= dict(spec.numbers)
        without |= spec.without
    for field in model._meta.concrete_fields:
        if isinstance(field, models.AutoField) or field.name in without:
            continue
        if field.remote_field is not None and getattr(field.remote_field, "parent_link", False):
            continue
        if spec is not None and spec.only and field.name not in {*spec.only, *spec.key}:
            continue
        if spec is not None and spec.kind == "page" and field.name in TREE:
            continue
        yield _column(field, numbers)


def _column(field: Any, numbers: dict[str, str]) -> Column:
    if field.name in numbers:
        return Column(field, How.NUMBER, numbers[field.name])
    if field.remote_field is not None:
        return Column(field, How.NAMED, _kind(field))
    if isinstance(field, StreamField):
        return Column(field, How.STREAM)
    if isinstance(field, RichTextField):
        return Column(field, How.RICH)
    return Column(field, How.FILE if isinstance(field, models.FileField) else How.PLAIN)


def _kind(field: Any) -> str:
    kind = portable.kind_of(field.related_model)
    if kind is None:
        related = field.related_model._meta.label
        raise Unportable(f"{field.model._meta.label}.{field.name} → {related}")
    return kind


def plain(value: Any) -> Any:
    """Return a value as JSON holds it: instants in UTC, days and all else in words."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (Decimal, uuid.UUID)):
        return str(value)
    return value
