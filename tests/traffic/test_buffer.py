"""Counts that wait: what must not lose them, and what must not count them twice."""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.db.models import Sum

from wagtail_pbgdpl.traffic import store
from wagtail_pbgdpl.traffic.buffer import Buffer, buffer
from wagtail_pbgdpl.traffic.models import TrafficDay

pytestmark = pytest.mark.django_db


class Timers:
    """Stands in for ``threading.Timer``: keeps what would run later."""

    def __init__(self) -> None:
        self.started: list[tuple[float, Any]] = []

    def __call__(self, seconds: float, act: Any) -> Any:
        self.later = (seconds, act)
        return self

    def start(self) -> None:
        self.started.append(self.later)


@pytest.fixture
def timers(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Timers:
    settings.WAGTAIL_PBGDPL = {"TRAFFIC_FLUSH_SECONDS": 15}
    found = Timers()
    monkeypatch.setattr(threading, "Timer", found)
    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test needs its own
    return found


def count(waiting: Buffer) -> None:
    waiting.count(1, "C2", view=True, beat=False)


def written() -> int:
    return TrafficDay.objects.aggregate(views=Sum("views", default=0))["views"]


def test_counts_wait_and_are_written_together(
    timers: Timers, django_assert_num_queries: Any
) -> None:
    waiting = Buffer()
    with django_assert_num_queries(0):
        for _ in range(100):
            count(waiting)
    [(seconds, write)] = timers.started
    assert seconds == 15
    # Savepoint, days, pages, release; old minutes.
    with django_assert_num_queries(5):
        write()
    assert written() == 100
    count(waiting)
    assert len(timers.started) == 2


@pytest.mark.parametrize("error", [OperationalError("is locked"), OSError("no route")])
def test_what_cannot_be_written_waits(
    timers: Timers, monkeypatch: pytest.MonkeyPatch, caplog: Any, error: Exception
) -> None:
    waiting = Buffer()
    count(waiting)

    def refuse(batch: store.Batch) -> None:
        count(waiting)  # somebody reads on
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(store, "write", refuse)
        timers.started.pop()[1]()
    assert "kept for later" in caplog.text
    assert written() == 0
    [(_seconds, write)] = timers.started
    write()
    assert written() == 2


def test_a_server_without_threads_writes_with_a_later_request(
    timers: Timers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The timer never runs there."""
    now = 1000.0
    monkeypatch.setattr("wagtail_pbgdpl.traffic.buffer.time.monotonic", lambda: now)
    waiting = Buffer()
    count(waiting)
    now += 29
    count(waiting)
    assert written() == 0
    now += 2
    count(waiting)
    assert written() == 3


def test_no_thread_to_be_had_is_no_error(timers: Timers, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise RuntimeError("can't create new thread at interpreter shutdown")

    waiting = Buffer()
    with monkeypatch.context() as patched:
        patched.setattr(timers, "start", refuse)
        count(waiting)
    count(waiting)
    assert len(timers.started) == 1
    waiting.flush()
    assert written() == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_worker_starts_anew(timers: Timers, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits is the parent's to write; its timer and its lock are no use to the child."""
    count(buffer)
    try:
        with buffer._lock:
            child = os.fork()
            if child == 0:
                signal.alarm(30)  # rather than wait for a lock for ever
                count(buffer)
                os._exit(len(timers.started) * 10 + buffer._waiting.views.total())
        _pid, status = os.waitpid(child, 0)
        # A timer of its own beside the parent's, and one count.
        assert os.waitstatus_to_exitcode(status) == 21
    finally:
        buffer.start_anew()
