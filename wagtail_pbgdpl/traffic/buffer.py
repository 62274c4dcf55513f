"""Counts wait in the process for some seconds, so that a hundred views cost one statement.

Nothing is shared between processes but the database: each adds its own batch there. Who is killed
loses what came since its last batch, ``TRAFFIC_FLUSH_SECONDS`` at most; who ends in order loses
nothing.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time

from django.db import connections
from django.utils import timezone

from ..conf import settings
from ..worktime.calendar import VIETNAM
from . import store

logger = logging.getLogger(__name__)


class Buffer:
    def __init__(self) -> None:
        self.start_anew()

    def start_anew(self) -> None:
        """Forget what waits, the timer and who held the lock."""
        self._lock = threading.Lock()
        self._waiting = store.Batch()
        self._timer: threading.Timer | None = None
        self._due = 0.0

    def count(self, page_id: int, category: str, *, view: bool, beat: bool) -> None:
        """Count a view of a page, a sign of life or both, at the present moment."""
        now = timezone.now().astimezone(VIETNAM)
        with self._lock:
            if view:
                self._waiting.views[now.date(), page_id, category] += 1
            if beat:
                self._waiting.beats[now.replace(second=0, microsecond=0)] += 1
            self._set_timer()
            is_late = time.monotonic() > self._due + settings.TRAFFIC_FLUSH_SECONDS
        # Some servers run no threads but their own: there the next request does it.
        if is_late or settings.TRAFFIC_FLUSH_SECONDS == 0:
            self.flush()

    def count_search(self, words: str, *, is_empty: bool) -> None:
        """Count a search for words, at the present moment."""
        month = timezone.now().astimezone(VIETNAM).date().replace(day=1)
        with self._lock:
            self._waiting.searches[month, words, is_empty] += 1
            self._set_timer()
            is_late = time.monotonic() > self._due + settings.TRAFFIC_FLUSH_SECONDS
        if is_late or settings.TRAFFIC_FLUSH_SECONDS == 0:
            self.flush()

    def flush(self) -> None:
        """Write what waits. What the database refuses goes on waiting, and the log says so."""
        with self._lock:
            batch, self._waiting = self._waiting, store.Batch()
            self._due = time.monotonic() + settings.TRAFFIC_FLUSH_SECONDS
        if not batch:
            return
        try:
            store.write(batch)
        except Exception:
            logger.exception("Access counts could not be written; they are kept for later")
            with self._lock:
                self._waiting.merge(batch)
                self._set_timer()
            return
        try:
            store.drop_old_minutes()
        except Exception:
            logger.exception("Old minutes of the access statistics could not be dropped")

    def _set_timer(self) -> None:
        # Not left to the next request: in a quiet hour that could be a day away.
        if self._timer is None and settings.TRAFFIC_FLUSH_SECONDS:
            self._due = time.monotonic() + settings.TRAFFIC_FLUSH_SECONDS
            timer = threading.Timer(settings.TRAFFIC_FLUSH_SECONDS, self._on_time)
            timer.daemon = True
            try:
                timer.start()
            except RuntimeError:  # no thread is to be had, as at the end of the process
                return
            self._timer = timer

    def _on_time(self) -> None:
        with self._lock:
            self._timer = None
        try:
            self.flush()
        finally:
            # Those of this thread, which ends here.
            connections.close_all()


buffer = Buffer()
atexit.register(buffer.flush)
# Threads do not survive a fork, locks do as they are, and what waits is the parent's to write.
os.register_at_fork(after_in_child=buffer.start_anew)
