"""The pages of who asks, by address, as a browser without JavaScript and cookies uses them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from wagtail_pbgdpl.questions.models import Question
from wagtail_pbgdpl.worktime import VIETNAM

ASK, LOOK_UP = "/pbgdpl/dat-cau-hoi/", "/pbgdpl/tra-cuu/"
WORDS = "Bố tôi mất năm 2019, tôi muốn hỏi về thừa kế đất đai."
WHO = {"full_name": "Hoàng Thị Hòa", "email": "hoa@example.vn", "consent": "on"}


def day(number: int, hour: int = 9) -> datetime.datetime:
    """A day of March 2026, which begins on a Sunday."""
    return datetime.datetime(2026, 3, number, hour, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def clock(time_machine: Any) -> Any:
    """Monday, 2 March 2026."""
    time_machine.move_to(day(2), tick=False)
    return time_machine


class Browser:
    """Opens pages, and sends their forms with all that the page has put into them."""

    def __init__(self, clock: Any) -> None:
        self.client, self.clock = Client(), clock
        self.soup: Any = None
        self.path = ""
        self.response: Any = None

    def open(self, path: str) -> Any:
        return self._show(self.client.get(path), path)

    def send(self, _way: str = "", _files: tuple[Any, ...] = (), **values: Any) -> Any:
        """Send the form of the page after a minute; ``None`` empties a field."""
        self.clock.shift(60)
        data = {name: value for name, value in (self.typed(_way) | values).items() if value}
        if _files:
            data["uploads"] = list(_files)
        response = self.client.post(self.path, data)
        if response.status_code == 302:
            return self.open(response["Location"])
        return self._show(response, self.path)

    def typed(self, way: str = "") -> dict[str, Any]:
        """Return what stands in the fields of the form."""
        forms = self.soup.select("main form[method=post]")
        if way:
            forms = [one for one in forms if one.select_one(f"[name=way][value={way}]")]
        found: dict[str, Any] = {}
        for one in forms[0].select("input[name], textarea[name], select[name]"):
            if one.name == "select":
                chosen = one.select_one("option[selected]")
                found[one["name"]] = chosen["value"] if chosen else ""
            elif one.name == "textarea":
                found[one["name"]] = one.text.removeprefix("\n")
            elif one.get("type") not in ("checkbox", "radio", "file") or one.has_attr("checked"):
                found[one["name"]] = one.get("value", "on" if one.has_attr("checked") else "")
        return found

    @property
    def text(self) -> str:
        return " ".join(self.soup.select_one("main").text.split())

    def _show(self, response: Any, path: str) -> Any:
        self.response, self.path = response, path
        self.soup = BeautifulSoup(response.content, "lxml")
        return response


@pytest.fixture
def browser(db: Any, clock: Any) -> Browser:
    return Browser(clock)


@pytest.fixture
def ask(browser: Browser) -> Any:
    """A function that asks something, and returns the question and the page it led to."""

    def asked(path: str = ASK, files: tuple[Any, ...] = (), **values: Any) -> Question:
        browser.open(path)
        browser.send(_files=files, **{**WHO, "text": WORDS, **values})
        assert "/da-nhan/" in browser.path, browser.text
        return Question.objects.order_by("pk").last()

    return asked


@pytest.fixture
def open_status(browser: Browser) -> Any:
    """A function that opens the page of a question with its code and the e-mail address."""

    def opened(question: Question, fact: str = WHO["email"]) -> Browser:
        browser.open(LOOK_UP)
        browser.send(code=question.code, fact=fact)
        assert browser.path != LOOK_UP, browser.text
        return browser

    return opened
