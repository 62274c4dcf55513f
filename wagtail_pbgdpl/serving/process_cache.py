"""What a process may remember of the public site, and for how long.

Every public page needs the portal's settings, its menu and the list of private sections. They
change a few times a day and are read thousands of times, so each process keeps them for at most
one second: a change is visible on every worker within that second, whatever the cache back-end.
Where the processes share a cache, each asks it once a second for the version of the site
(``site_version``), and what renews the version when it changes is kept as long as a page is. What a
visitor asked for itself, above all whether a page is live, is never remembered.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

SECONDS = 1.0
#: As long as ``page_cache`` keeps a page.
SECONDS_OF_A_VERSION = 60.0
#: The oldest goes first: facts of single pages are many, what all pages need is made anew soon.
MOST_ENTRIES = 1000
#: Of what is drawn for single pages, in characters; with Vietnamese letters each takes two bytes.
MOST_DRAWN = 8_000_000

T = TypeVar("T")
Drawn = TypeVar("Drawn", bound=str)


class _Kept:
    """Entries that leave in the order in which they came, once they weigh more than ``most``."""

    def __init__(self, most: Callable[[], int], weigh: Callable[[Any], int]) -> None:
        self.entries: dict[Hashable, tuple[float, Any]] = {}
        self._most, self._weigh, self._weight = most, weigh, 0

    def put(self, key: Hashable, entry: tuple[float, Any]) -> None:
        self._drop(key)
        weight, most = self._weigh(entry[1]), self._most()
        if weight > most:
            return
        while self._weight + weight > most:
            self._drop(next(iter(self.entries)))
        self._weight += weight
        self.entries[key] = entry

    def _drop(self, key: Hashable) -> None:
        if key in self.entries:
            self._weight -= self._weigh(self.entries.pop(key)[1])

    def clear(self) -> None:
        self.entries.clear()
        self._weight = 0


_lock = threading.Lock()
_facts = _Kept(lambda: MOST_ENTRIES, lambda value: 1)
# Apart, for a robot that reads the whole archive would drive out what every page needs.
_drawn = _Kept(lambda: MOST_DRAWN, len)
_generation: Any = object()
#: When the version was last heard of; ``None`` where this process knows none.
_followed: float | None = None


def remembered(key: Hashable, make: Callable[[], T], *, seconds: float | None = None) -> T:
    """Return what ``make`` returned less than one second ago in this process, or returns now.

    ``seconds``: of what no visitor sees, another time. The value is shared between threads: callers
    must not change it.
    """
    return _recall(_facts, key, make, SECONDS if seconds is None else seconds)


def of_version(key: Hashable, make: Callable[[], T]) -> T:
    """Return the same of what cannot change without ``content.signal_handlers.show_anew``.

    It may be a minute old where the version of the site is the same all that time.
    """
    return _recall(_facts, key, make, SECONDS_OF_A_VERSION if knows_version() else SECONDS)


def drawn_of_version(key: Hashable, make: Callable[[], Drawn]) -> Drawn:
    """Return the same of HTML that belongs to a single page."""
    return _recall(_drawn, key, make, SECONDS_OF_A_VERSION if knows_version() else SECONDS)


def _recall(kept: _Kept, key: Hashable, make: Callable[[], T], seconds: float) -> T:
    now = time.monotonic()
    entry = kept.entries.get(key)
    if entry is not None and 0 <= now - entry[0] < seconds:
        return entry[1]
    generation = _generation
    value = make()
    with _lock:
        # Something changed while the value was being made: it may be from before.
        if generation == _generation:
            kept.put(key, (now, value))
    return value


def knows_version() -> bool:
    """Say whether the version of the site was asked for within the last second."""
    return _followed is not None and 0 <= time.monotonic() - _followed < SECONDS


def forget() -> None:
    """Forget everything in this process."""
    global _generation, _followed
    with _lock:
        _generation, _followed = object(), None
        _forget()


def follow(stamp: str, *, is_shared: bool) -> None:
    """Forget what is older than ``stamp``, the version of the site that was asked for just now.

    ``is_shared``: every process that changes the site renews it.
    """
    global _generation, _followed
    with _lock:
        if _generation != stamp:
            _generation = stamp
            _forget()
        _followed = time.monotonic() if is_shared else None


def _forget() -> None:
    _facts.clear()
    _drawn.clear()
