"""What a process may remember of the public site, and for how long.

Every public page needs the portal's settings, its menu and the list of private sections. They
change a few times a day and are read thousands of times, so each process keeps them for at most
one second: a change is visible on every worker within that second, whatever the cache back-end.
What a visitor asked for itself, above all whether a page is live, is never remembered.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

SECONDS = 1.0
# Keys are primary keys of index pages and sites; the bound is for portals that make many.
MOST_ENTRIES = 1000

T = TypeVar("T")

_lock = threading.Lock()
_entries: dict[Hashable, tuple[float, Any]] = {}
_generation: Any = object()


def remembered(key: Hashable, make: Callable[[], T], *, seconds: float | None = None) -> T:
    """Return what ``make`` returned less than one second ago in this process, or returns now.

    ``seconds``: of what no visitor sees, another time. The value is shared between threads: callers
    must not change it.
    """
    now = time.monotonic()
    entry = _entries.get(key)
    if entry is not None and 0 <= now - entry[0] < (SECONDS if seconds is None else seconds):
        return entry[1]
    generation = _generation
    value = make()
    with _lock:
        # Something changed while the value was being made: it may be from before.
        if generation == _generation:
            if len(_entries) >= MOST_ENTRIES:
                _entries.clear()
            _entries[key] = (now, value)
    return value


def forget() -> None:
    """Forget everything in this process."""
    global _generation
    with _lock:
        _generation = object()
        _entries.clear()


def follow(stamp: str) -> None:
    """Forget what is older than ``stamp``, the version of the site that all processes share."""
    global _generation
    if _generation != stamp:
        with _lock:
            _generation = stamp
            _entries.clear()
