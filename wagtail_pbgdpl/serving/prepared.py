"""Queries that Django turns into SQL once, and not at each request.

For a page by its key or twenty rows by an index, building the SQL takes Django two to five times as
long as the database needs to answer. A ``PreparedQuery`` is an ordinary queryset with places for
the values; it is turned into SQL where it is first asked, and later only the values change.

This takes Django's compiler at its word, so there is a way out: whatever goes wrong there is
logged once, and from then on the query is built anew each time, as Django does. So are all where
the setting ``PREPARED_QUERIES`` is off.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from itertools import islice
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DatabaseError, connections
from django.db.models import Expression, Field
from django.db.models.sql.compiler import SQLCompiler
from django.utils.functional import cached_property

from ..conf import settings

logger = logging.getLogger(__name__)

#: Of how many rows a prepared query reads by their keys: a page of what the search found.
IN_A_PART = 10
#: A key that no row has.
NONE = -1

#: The values while a query is built anew.
_values: ContextVar[Mapping[str, Any] | None] = ContextVar("values", default=None)


class Given(Expression):
    """The place in a prepared query of a value that is given each time, by its name."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        values = _values.get()
        return "%s", (self if values is None else self.of(values, connection),)

    def of(self, values: Mapping[str, Any], connection: Any) -> Any:
        """Return the value as the database takes it; ``KeyError`` where none is given."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


def places(field: Any) -> list[Given]:
    """Return the places of ``IN_A_PART`` keys in a prepared query, for ``in_parts``."""
    return [Given(f"key{number}", field) for number in range(IN_A_PART)]


def in_parts(keys: Iterable[int]) -> Iterator[dict[str, int]]:
    """Yield the values of a prepared query for ``IN_A_PART`` keys each."""
    rest = iter(keys)
    while part := list(islice(rest, IN_A_PART)):
        part += [NONE] * (IN_A_PART - len(part))
        yield {f"key{number}": key for number, key in enumerate(part)}


class PreparedQuery:
    """The rows of ``build()``, a queryset with ``Given`` values; it may be sliced, not prefetched.

    What ``build`` says must be the same for the life of the process, but for the ``Given``.
    """

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        # By database alias: the SQL, its values and places, and who reads the rows.
        self._built: dict[str, tuple[str, tuple[Any, ...], SQLCompiler]] = {}
        self._is_broken = False

    @cached_property
    def _queryset(self) -> Any:
        return self._build()

    def __call__(self, **values: Any) -> list[Any]:
        """Return the rows for ``values``, one for each ``Given``, by its name."""
        if settings.PREPARED_QUERIES and not self._is_broken:
            try:
                return self._prepared(values)
            except DatabaseError:
                # Of the database, and the same in the other way.
                raise
            except Exception:
                self._is_broken = True
                logger.exception("A prepared query does not work with this Django; it is slower.")
        return self._anew(values)

    def _anew(self, values: Mapping[str, Any]) -> list[Any]:
        before = _values.set(values)
        try:
            return list(self._queryset.all())
        finally:
            _values.reset(before)

    def _prepared(self, values: Mapping[str, Any]) -> list[Any]:
        rows = self._queryset.all()
        if rows.db not in self._built:
            compiler = rows.query.get_compiler(using=rows.db)
            try:
                sql, places = compiler.as_sql()
            except EmptyResultSet:
                # Nothing can fulfil the conditions, whatever the values.
                return []
            self._built[rows.db] = (sql, tuple(places), compiler)
        sql, places, compiler = self._built[rows.db]
        connection = connections[rows.db]
        params = tuple(
            place.of(values, connection) if isinstance(place, Given) else place for place in places
        )
        # A connection belongs to one thread, so each call has a compiler of its own.
        asked = copy.copy(compiler)
        asked.connection = connection
        asked.as_sql = lambda *args, **kwargs: (sql, params)  # type: ignore[method-assign]
        rows.query.get_compiler = lambda *args, **kwargs: asked
        return list(rows)
