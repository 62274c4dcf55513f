"""Questions played by the addresses of the admin."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.test import Client

from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.questions import cases
from wagtail_pbgdpl.questions.models import Question
from wagtail_pbgdpl.worktime import VIETNAM

WORDS = "Bố tôi mất năm 2019, tôi muốn hỏi về thừa kế đất đai."
NAME = "Hoàng Thị Người Hỏi"
SENDER = {"full_name": NAME, "email": "nguoi-hoi@example.vn", "phone": "0912345678"}


def day(number: int, hour: int = 9) -> datetime.datetime:
    """A day of March 2026, which begins on a Sunday."""
    return datetime.datetime(2026, 3, number, hour, tzinfo=VIETNAM)


def end_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.max, VIETNAM)


def received(kind: str = "question", **about: Any) -> Question:
    return cases.receive(kind, WORDS, SENDER, **about)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(user: Any, matter: Matter, way: str, **values: Any) -> Any:
    """Send the form of a move as the page of the matter has it, whether it is offered or not."""
    client = signed_in(user)
    text = client.get(matter.address).content.decode()
    seen = re.search(rf'name="{way}-seen" value="([^"]+)"', text)
    data = {f"{way}-{name}": value for name, value in values.items()}
    data |= {"way": way, f"{way}-seen": seen[1] if seen else ""}
    return client.post(matter.address, data)


def state(question: Question) -> str:
    return question.matter.state


def make(user: Any, question: Question, way: str, **values: Any) -> Matter:
    """Make a move by the page of the matter, and return the matter as it is then."""
    response = send(user, question.matter, way, **values)
    assert response.status_code == 302, re.findall(
        r"error-message[^>]*>([^<]+)|<li[^>]*error[^>]*>(.*?)</li>", response.content.decode()
    )
    return question.matter
