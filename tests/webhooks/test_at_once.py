"""Several ticks at the same moment: each message is sent once (I2), on PostgreSQL."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection

from tests.factories import UnitFactory
from tests.sources.server import Server, says
from tests.together import together
from tests.webhooks.conftest import made, told
from wagtail_pbgdpl.webhooks.models import WebhookDelivery
from wagtail_pbgdpl.webhooks.sending import send_due

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite in memory has one connection"
)


def test_each_message_is_sent_once(committed: None, server: Server) -> None:
    paths = [f"/{name}" for name in "abc"]
    for path in paths:
        server.plays[path] = says("")
        made(server, path)
    for number in range(3):
        UnitFactory(code=f"dv-{number}")
    found = together(send_due)
    assert not [one for one in found if isinstance(one, Exception)], found
    assert sum(one.sent for one in found) == WebhookDelivery.objects.count() == 3
    ids = Counter(headers["webhook-id"] for _, headers, _ in server.posted)
    assert list(ids.values()) == [1, 1, 1]
    assert all(len(told(server, path)) == 3 for path in paths)
