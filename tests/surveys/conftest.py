"""A survey on a public page, answered by address as a browser without JavaScript does."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import NewsFactory
from wagtail_pbgdpl.worktime import VIETNAM

BLOCK = str(uuid.UUID(int=7))
SATISFIED, FOUND, WAYS = "Ông/bà hài lòng ở mức nào?", "Có dễ tìm không?", "Ông/bà biết qua đâu?"
OPENS, CLOSES = datetime.date(2026, 3, 2), datetime.date(2026, 3, 20)


def at(day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime.datetime:
    return datetime.datetime(2026, 3, day, hour, minute, second, tzinfo=VIETNAM)


def stream(closes_on: datetime.date = CLOSES, block: str = BLOCK) -> list[dict[str, Any]]:
    """The body of a page, as a stream stores it."""
    choices = {"one": ["Dễ", "Khó"], "several": ["Mạng xã hội", "Người quen", "Báo"]}
    questions: list[dict[str, Any]] = [
        {
            "type": "scale",
            "value": {"text": SATISFIED, "required": True, "lowest": "Không", "highest": "Rất"},
        },
        {"type": "one", "value": {"text": FOUND, "required": True, "choices": choices["one"]}},
        {
            "type": "several",
            "value": {"text": WAYS, "required": False, "choices": choices["several"]},
        },
    ]
    value = {
        "title": "Khảo sát hài lòng",
        "introduction": "Không ghi tên.",
        "opens_on": OPENS.isoformat(),
        "closes_on": closes_on.isoformat(),
        "questions": questions,
    }
    return [{"type": "survey", "value": value, "id": block}]


def address_of(page: Any) -> str:
    return f"/pbgdpl/khao-sat/{page.pk}/{BLOCK}/"


@pytest.fixture(autouse=True)
def clock(time_machine: Any) -> Any:
    time_machine.move_to(at(3), tick=False)
    return time_machine


@pytest.fixture
def page(index_of: Any) -> Any:
    return NewsFactory(parent=index_of("C2"), title="Về khảo sát", body=stream())


class Person:
    """A browser that keeps cookies."""

    def __init__(self, clock: Any, page: Any) -> None:
        self.client, self.clock, self.path = Client(), clock, address_of(page)
        self.response: Any = None
        self.soup: Any = None

    def open(self) -> Any:
        return self._show(self.client.get(self.path))

    def form(self) -> dict[str, str]:
        return {one["name"]: one.get("value", "") for one in self.soup.select("[type=hidden]")}

    def send(self, wait: int = 60, **said: Any) -> Any:
        """Answer after some seconds; follow where it leads."""
        hidden = self.form()
        self.clock.shift(wait)
        return self._show(self.client.post(self.path, hidden | said, follow=True))

    @property
    def text(self) -> str:
        return " ".join(self.soup.select_one("main").text.split())

    def _show(self, response: Any) -> Any:
        self.response, self.soup = response, BeautifulSoup(response.content, "lxml")
        return response


@pytest.fixture
def person(clock: Any, page: Any) -> Any:
    """A function that brings one more person."""
    return lambda: Person(clock, page)
