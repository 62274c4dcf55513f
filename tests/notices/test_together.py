"""Several processes at once, with connections of their own: PostgreSQL alone has such locks."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from tests.factories import UserFactory
from tests.notices.conftest import post
from tests.together import together
from wagtail_pbgdpl.notices import outbox
from wagtail_pbgdpl.notices.models import Notice

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite in memory has one connection"
)


@pytest.mark.usefixtures("committed")
class TestTogether:
    def test_each_row_is_sent_once(self, mail_server: Any) -> None:
        with transaction.atomic():
            for number in range(20):
                post(str(number), UserFactory(), f"Thư {number}", "Nội dung")
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
                post("k", user, "Thư", "Nội dung")
                # The transaction goes on, whoever was first.
                assert Notice.objects.filter(key="k").exists()

        assert together(change) == [None] * 4
        assert Notice.objects.count() == 1
        assert len(mail_server.received) == 1
