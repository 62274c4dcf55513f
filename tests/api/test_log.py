"""The log of what changed in public: each change once, in an order that no reader misses (C13)."""

from __future__ import annotations

import random
import threading
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import TestCase
from django.utils import timezone

from tests.api.histories import History
from tests.factories import UnitFactory
from tests.together import together
from wagtail_pbgdpl import schedule
from wagtail_pbgdpl.api import log
from wagtail_pbgdpl.api.models import EVERY_SITE, PublicChange, PublicLog


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_each_change_is_told_once(seed: int) -> None:
    """Three of the thousand of ``benchmarks.public_log``."""
    history = History(
        random.Random(seed),  # noqa: S311
        lambda: TestCase.captureOnCommitCallbacks(execute=True),
    )
    history.happen(12)
    assert history.verify()


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time, and in memory one"
)
class TestAtOnce:
    def test_who_commits_late_is_not_skipped(self, committed: None) -> None:
        """A reader stands behind a transaction that began later and ended sooner."""
        log.settle_all()
        place = log.end(EVERY_SITE)
        begun, go_on = threading.Event(), threading.Event()

        def slow() -> None:
            with transaction.atomic():
                UnitFactory(code="cham")
                begun.set()
                assert go_on.wait(30)
            connections.close_all()

        thread = threading.Thread(target=slow)
        thread.start()
        assert begun.wait(30)
        UnitFactory(code="nhanh")
        first, place = log.read(EVERY_SITE, place, 100)
        go_on.set()
        thread.join()
        second, _place = log.read(EVERY_SITE, place, 100)
        assert [[one.key for one in found] for found in (first, second)] == [["nhanh"], ["cham"]]

    def test_readers_miss_nothing_of_many_writers(self, committed: None) -> None:
        log.settle_all()
        place = log.end(EVERY_SITE)
        chance = random.Random(8)  # noqa: S311
        written = iter(range(10_000))
        read: list[str] = []

        def write() -> None:
            for _ in range(12):
                with transaction.atomic():
                    UnitFactory(code=f"ghi-{next(written)}")
                    list(range(chance.randrange(200_000)))

        def work() -> None:
            nonlocal place
            if threading.current_thread() is reader:
                while len(read) < 36:
                    found, place = log.read(EVERY_SITE, place, chance.choice((1, 3, 50)))
                    read.extend(one.key for one in found)
                connections.close_all()
            else:
                write()

        reader = threading.Thread(target=work)
        reader.start()
        assert together(work, 3) == [None] * 3
        reader.join(60)
        assert sorted(read) == sorted(f"ghi-{number}" for number in range(36))


@pytest.mark.django_db
class TestPlaces:
    def test_a_place_of_another_log_is_refused(self) -> None:
        with pytest.raises(log.Unknown):
            log.read(EVERY_SITE, log.start()._replace(log="0" * 32), 1)

    def test_a_place_from_before_a_backup_was_brought_back_is_refused(self) -> None:
        UnitFactory()
        log.settle_all()
        place = log.end(EVERY_SITE)
        assert log.read(EVERY_SITE, place, 1) == ([], place)
        rows = PublicChange.objects.filter(sequence=place.sequence)
        rows.update(at=timezone.now(), key="khac")
        with pytest.raises(log.Unknown):
            log.read(EVERY_SITE, place, 1)
        rows._raw_delete(rows.db)
        with pytest.raises(log.Unknown):
            log.read(EVERY_SITE, place, 1)

    def test_history_is_not_changed(self) -> None:
        UnitFactory()
        log.settle_all()
        row = PublicChange.objects.last()
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()


@pytest.mark.django_db
def test_what_was_not_entered_is_made_up_for(django_capture_on_commit_callbacks: Any) -> None:
    """A process that ends between the commit and the entry loses nothing: the timed command."""
    log.settle_all()
    place = log.end(EVERY_SITE)
    with django_capture_on_commit_callbacks() as callbacks:
        UnitFactory(code="moi")
    assert callbacks
    assert not log.read(EVERY_SITE, place, 1)[0]
    log._hinted().clear()
    assert "0" in schedule._enter_public_changes()
    PublicLog.objects.update(compared_at=timezone.now() - log.EVERY)
    assert "1" in schedule._enter_public_changes()
    (change,), _place = log.read(EVERY_SITE, place, 5)
    assert (change.kind, change.key, change.change) == ("unit", "moi", "created")
