"""A limit on absurd numbers of requests, kept by each process for a minute."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Hashable

from django.utils import timezone

# The busiest page of a province does not come near them.
LIMIT = 1_200
LIMIT_OF_ALL = 6_000
# Of each key, however many the others had: a flood must not silence the rest of the portal.
SHARE = 60


class FloodGate:
    """Lets ``limit`` of one key, a page or an address, pass in a minute.

    Once ``limit_of_all`` have passed, a key has its ``share`` and no more. It is to be asked of
    keys that there are: invented ones must not use up what belongs to all.
    """

    def __init__(
        self, limit: int = LIMIT, limit_of_all: int = LIMIT_OF_ALL, share: int = SHARE
    ) -> None:
        self.limit = limit
        self.limit_of_all = limit_of_all
        self.share = share
        self._lock = threading.Lock()
        self._minute = 0
        self._passed: Counter[Hashable] = Counter()
        self._all = 0

    def passes(self, key: Hashable) -> bool:
        minute = int(timezone.now().timestamp() // 60)
        with self._lock:
            if minute != self._minute:
                self._minute = minute
                self._passed.clear()
                self._all = 0
            limit = self.limit if self._all < self.limit_of_all else self.share
            if self._passed[key] >= limit:
                return False
            self._passed[key] += 1
            self._all += 1
            return True
