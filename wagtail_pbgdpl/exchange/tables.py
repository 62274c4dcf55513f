"""Rows written as they are: many at once, into all tables of a model, past what ``save`` asks.

What a record says was decided in the portal that it comes from; the guard of publication, times
that set themselves and signals would say something else of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connections, models, router, transaction

BATCH = 500


def database() -> str:
    from .models import Exchanged

    return router.db_for_write(Exchanged)


def tables_of(model: type[Any]) -> list[type[Any]]:
    """Return the models whose tables hold a row of ``model``, the one with the key first."""
    return [*sorted(model._meta.get_parent_list(), key=_depth), model]


@contextmanager
def of_one_moment() -> Iterator[None]:
    """Let everything that is read within be as it was when it began, whoever writes meanwhile."""
    connection = connections[database()]
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(using=connection.alias):
        # SQLite reads so in any transaction.
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _depth(model: type[Any]) -> int:
    return len(model._meta.get_parent_list())


def has_own_keys(model: type[models.Model]) -> bool:
    """Whether the database numbers the rows of a model."""
    return isinstance(tables_of(model)[0]._meta.pk, models.AutoField)


def set_key(row: Any, key: Any) -> None:
    for table in tables_of(type(row)):
        setattr(row, table._meta.pk.attname, key)


def reserve(model: type[Any], count: int, above: int = 0) -> list[int]:
    """Return ``count`` primary keys that no row has, or will have by the numbering of the database.

    All are greater than ``above``. Within a transaction that has written already.
    """
    if not count:
        return []
    meta = tables_of(model)[0]._meta
    connection = connections[database()]
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            named = [quoted(meta.db_table), meta.pk.column]
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", named)
            (sequence,) = cursor.fetchone()
            if above:
                cursor.execute(
                    "SELECT setval(%s, greatest(%s, nextval(%s)))", [sequence, above, sequence]
                )
            cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, count])
            return [row[0] for row in cursor.fetchall()]
        # This transaction is the only one that writes.
        cursor.execute(f"SELECT max({quoted(meta.pk.column)}) FROM {quoted(meta.db_table)}")  # noqa: S608
        first = max(cursor.fetchone()[0] or 0, above, _last_of_sqlite(cursor, meta.db_table)) + 1
    return list(range(first, first + count))


def _last_of_sqlite(cursor: Any, table: str) -> int:
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    found = cursor.fetchone()
    return int(found[0]) if found else 0


def after_reserved(*kinds: type[Any]) -> None:
    """Let the numbering go on behind rows that were written with keys of their own."""
    connection = connections[database()]
    statements = connection.ops.sequence_reset_sql(no_style(), list(kinds))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def insert(rows: Sequence[Any]) -> None:
    """Insert rows of one model, with their keys."""
    if not rows:
        return
    connection = connections[database()]
    quoted = connection.ops.quote_name
    for table in tables_of(type(rows[0])):
        fields = [one for one in table._meta.local_concrete_fields if not _generated(one)]
        names = ", ".join(quoted(field.column) for field in fields)
        places = ", ".join(["%s"] * len(fields))
        # Names of tables and columns of models; what stands in the rows goes beside.
        sql = f"INSERT INTO {quoted(table._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
        with connection.cursor() as cursor:
            for start in range(0, len(rows), BATCH):
                some = rows[start : start + BATCH]
                cursor.executemany(sql, [_stored(fields, row, connection) for row in some])


def _stored(fields: Sequence[Any], row: Any, connection: Any) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


def _generated(field: Any) -> bool:
    return bool(getattr(field, "generated", False))


def update(row: Any, names: Sequence[str]) -> None:
    """Write some attributes of a row, whichever of its tables holds them."""
    for table in tables_of(type(row)):
        mine = {
            field.attname: getattr(row, field.attname)
            for field in table._meta.local_concrete_fields
            if field.attname in names and not field.primary_key
        }
        if mine:
            table._base_manager.filter(pk=row.pk).update(**mine)
