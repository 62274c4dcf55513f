"""Lists in the order of the Vietnamese alphabet, whatever the database sorts by: Đ after D.

PostgreSQL has the order from ICU; SQLite asks the function that it is taught. Every row is read:
for lists of thousands, not for what visitors search.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.backends.signals import connection_created
from django.db.models import F, Func
from django.dispatch import receiver

from .sqlite import teach

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# In the order of dictionaries: huyền, hỏi, ngã, sắc, nặng; none comes first.
_TONES = "\u0300\u0309\u0303\u0301\u0323"
# Of Unicode's private signs: behind the digits and the signs of a text.
_FIRST = 0xE000
_FUNCTION, _OF_ICU = "pbgdpl_in_order", "vi-x-icu"
_has_icu: dict[str, bool] = {}


def key(text: str) -> str:
    """Return what a text is sorted by: its letters, their tones, small ones before capitals."""
    letters, tones = "", ""
    for char in unicodedata.normalize("NFC", text).lower():
        parts = unicodedata.normalize("NFD", char)
        tones += str(max(_TONES.find(mark) + 1 for mark in parts))
        letter = unicodedata.normalize("NFC", "".join(one for one in parts if one not in _TONES))
        place = _LETTERS.find(letter) if letter else -1
        letters += letter if place < 0 else chr(_FIRST + place)
    return "\x01".join((letters, tones, text.swapcase()))


class InOrder(Func):
    """A column of text, to be sorted by."""

    output_field = models.TextField()

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> Any:
        """Where the order of the alphabet is not known, sort as the database does."""
        return compiler.compile(self.source_expressions[0])

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        return super().as_sql(compiler, connection, function=_FUNCTION)

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        if not _has_icu.get(connection.alias):
            return self.as_sql(compiler, connection)
        template = f"(%(expressions)s) COLLATE {connection.ops.quote_name(_OF_ICU)}"
        return super().as_sql(compiler, connection, template=template)


def alphabetically(queryset: Any) -> Any:
    """Return the rows as they are ordered, but in Vietnamese order where that is by a text."""
    names = queryset.query.order_by or queryset.model._meta.ordering or ()
    return queryset.order_by(*(one for name in names for one in _ordered(queryset.model, name)))


_TEXTS = (models.CharField, models.TextField)


def in_order(model: type[models.Model], name: str) -> Any:
    """Return what to sort by for the path of a column."""
    return InOrder(F(name)) if isinstance(_field_at(model, name), _TEXTS) else F(name)


def _ordered(model: type[models.Model], name: Any) -> list[Any]:
    if not isinstance(name, str):
        return [name]
    path = name.removeprefix("-")
    field = _field_at(model, path)
    if isinstance(field, models.ForeignKey) and field.name == path.rpartition("__")[2]:
        # As Django does: by what the other rows are ordered by.
        below = field.related_model._meta.ordering or ()
        if not below or not all(isinstance(one, str) and one[0] != "-" for one in below):
            return [name]
        sign = name[: -len(path)]
        return [part for one in below for part in _ordered(model, f"{sign}{path}__{one}")]
    if not isinstance(field, _TEXTS):
        return [name]
    expression = InOrder(F(path))
    return [expression.desc() if name.startswith("-") else expression.asc()]


def _field_at(model: Any, path: str) -> Any:
    """Return the field at the end of a path; ``None`` for what is none of the database."""
    field = None
    for part in path.split("__"):
        try:
            field = (field.related_model if field is not None else model)._meta.get_field(part)
        except (FieldDoesNotExist, AttributeError):
            return None
    return field


teach(_FUNCTION, key)


@receiver(connection_created)
def _ask_for_icu(connection: Any, **_kwargs: Any) -> None:
    if connection.vendor == "postgresql" and connection.alias not in _has_icu:
        with connection.connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_collation WHERE collname = %s", [_OF_ICU])
            _has_icu[connection.alias] = cursor.fetchone() is not None
