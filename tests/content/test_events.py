"""C2, C8: when an event takes place, as citizens read it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import NewsFactory
from wagtail_pbgdpl.worktime.calendar import VIETNAM

START = datetime.datetime(2026, 11, 6, 8, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        (None, "08:00 06/11/2026"),
        (START.replace(hour=11), "08:00–11:00 06/11/2026"),
        (START.replace(hour=23, minute=59), "08:00–23:59 06/11/2026"),
        (START.replace(day=7, hour=0), "08:00 06/11/2026 – 00:00 07/11/2026"),
    ],
)
def test_the_time_of_an_event(end: Any, shown: str, index_of: Any, client: Client) -> None:
    page = NewsFactory(parent=index_of("C2"), event_start=START, event_end=end)
    html = BeautifulSoup(client.get(page.url).content, "lxml")
    assert html.select_one(".pbgdpl-details dd").get_text() == shown
