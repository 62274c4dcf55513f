"""Several processes at once, with connections of their own: PostgreSQL alone has such locks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections, transaction

from tests.factories import UserFactory
from wagtail_pbgdpl.notices import outbox
from wagtail_pbgdpl.notices.models import Notice

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite in memory has one connection"
)


def together(work: Callable[[], Any], threads: int = 4) -> list[Any]:
    """Do ``work`` in several threads at once; return what each returned or raised."""
    found: list[Any] = []
    start = threading.Barrier(threads)

    def run() -> None:
        start.wait()
        try:
            found.append(work())
        except Exception as error:
            found.append(error)
        finally:
            connections.close_all()

    started = [threading.Thread(target=run) for _number in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    return found


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Everything is committed, and taken away again: other tests need the portal that is there."""
    with django_db_blocker.unblock():
        before = set(get_user_model()._default_manager.values_list("pk", flat=True))
        yield
        Notice.objects.all().delete()
        get_user_model()._default_manager.exclude(pk__in=before).delete()
        connections.close_all()


@pytest.mark.usefixtures("committed")
class TestTogether:
    def test_each_row_is_sent_once(self, mail_server: Any) -> None:
        with transaction.atomic():
            for number in range(20):
                outbox.put(str(number), UserFactory(), f"Thư {number}", "Nội dung")
            # Not at once: the runs below are to find them.
            transaction.get_connection().run_on_commit = []
        found = together(outbox.deliver_due)
        assert sum(result.sent for result in found) == 20
        assert sum(result.failed for result in found) == 0
        addresses = [message["To"] for message in mail_server.received]
        assert len(addresses) == len(set(addresses)) == 20
        assert set(Notice.objects.values_list("attempts", flat=True)) == {1}

    def test_each_key_is_put_once(self, mail_server: Any) -> None:
        user = UserFactory()

        def change() -> None:
            with transaction.atomic():
                outbox.put("k", user, "Thư", "Nội dung")
                # The transaction goes on, whoever was first.
                assert Notice.objects.filter(key="k").exists()

        assert together(change) == [None] * 4
        assert Notice.objects.count() == 1
        assert len(mail_server.received) == 1
