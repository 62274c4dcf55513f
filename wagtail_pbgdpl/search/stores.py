"""Which database has the index, and how it is asked there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connections, router

from . import postgres, sqlite
from .index_models import SearchEntry
from .store import Store


def connection(*, write: bool = False) -> Any:
    """Return the connection to the database that has the index."""
    alias = router.db_for_write(SearchEntry) if write else router.db_for_read(SearchEntry)
    return connections[alias]


def store(*, write: bool = False) -> Store:
    used = connection(write=write)
    return postgres.Postgres(used) if used.vendor == "postgresql" else sqlite.Sqlite(used)


def documents_with(terms: Collection[str]) -> Mapping[str, int]:
    """Return in how many entries each of ``terms`` stands; without those that none has."""
    if not terms:
        return {}
    found: dict[str, int] = {}
    for term, count in store().documents(sorted(terms)):
        found[term] = max(count, found.get(term, 0))
    return found
