"""A limit on absurd numbers of counts that needs to know nobody."""

from __future__ import annotations

import threading
from collections import Counter

from django.utils import timezone

# For each process and minute. The busiest provincial page does not come near them.
LIMIT_OF_A_PAGE = 1_200
LIMIT_OF_ALL = 6_000
# Of each page, however many counts the others had: a flood must not silence the rest of the portal.
SHARE_OF_A_PAGE = 60


class FloodGate:
    """Lets ``limit`` counts of one page pass in a minute.

    Once ``limit_of_all`` have passed, a page has its ``share`` and no more. It is to be asked of
    pages that there are: invented ones must not use up what belongs to all.
    """

    def __init__(
        self,
        limit: int = LIMIT_OF_A_PAGE,
        limit_of_all: int = LIMIT_OF_ALL,
        share: int = SHARE_OF_A_PAGE,
    ) -> None:
        self.limit = limit
        self.limit_of_all = limit_of_all
        self.share = share
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
            limit = self.limit if self._all < self.limit_of_all else self.share
            if self._passed[page_id] >= limit:
                return False
            self._passed[page_id] += 1
            self._all += 1
            return True


gate = FloodGate()
