"""A limit on absurd numbers of counts that needs to know nobody."""

from __future__ import annotations

import threading
from collections import Counter

from django.utils import timezone

# For each process and minute. The busiest provincial page does not come near them.
LIMIT_OF_A_PAGE = 1_200
LIMIT_OF_ALL = 6_000


class FloodGate:
    """Lets ``limit`` counts of one page pass in a minute, and ``limit_of_all`` of all pages.

    One flooded page does not keep the others from being counted until both limits are reached.
    """

    def __init__(self, limit: int = LIMIT_OF_A_PAGE, limit_of_all: int = LIMIT_OF_ALL) -> None:
        self.limit = limit
        self.limit_of_all = limit_of_all
        self._lock = threading.Lock()
        self._minute = 0
        self._passed: Counter[int] = Counter()
        self._all = 0

    def passes(self, page_id: int) -> bool:
        minute = int(timezone.now().timestamp() // 60)
        with self._lock:
            if minute != self._minute:
                self._minute = minute
                self._passed.clear()
                self._all = 0
            if self._all >= self.limit_of_all or self._passed[page_id] >= self.limit:
                return False
            self._passed[page_id] += 1
            self._all += 1
            return True


gate = FloodGate()
