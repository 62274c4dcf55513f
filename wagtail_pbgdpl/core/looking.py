"""What a request that changes nothing has read already, and need not ask for again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

Found = TypeVar("Found")

_found: ContextVar[dict[Hashable, object] | None] = ContextVar("pbgdpl_looked_at", default=None)


@contextmanager
def looking() -> Iterator[None]:
    """Let ``looked_at`` read each thing once within. Not for a request that may change it."""
    token = _found.set({})
    try:
        yield
    finally:
        _found.reset(token)


def looked_at(key: Hashable, read: Callable[[], Found]) -> Found:
    """Return what ``read`` returns; within ``looking`` it is asked once for a ``key``."""
    found = _found.get()
    if found is None:
        return read()
    if key not in found:
        found[key] = read()
    return cast(Found, found[key])
