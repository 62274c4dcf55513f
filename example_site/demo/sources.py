"""Reads the data files of the demo: pages, the five documents and their corrections."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from wagtail_pbgdpl.legal.parser import parse
from wagtail_pbgdpl.legal.stream import to_stream
from wagtail_pbgdpl.worktime import VIETNAM

HERE = Path(__file__).parent
DATA = HERE / "data"
DOCUMENTS = HERE / "documents"
IMAGES = HERE / "media" / "images"
FILES = HERE / "media" / "files"


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def corrections(document: str) -> list[tuple[str, str]]:
    """Return the pairs of (wrong, right) for one of the five texts."""
    return [
        (wrong, right)
        for entry in read("corrections.toml")["correction"]
        if entry["document"] == document
        for wrong, right in entry["pairs"]
    ]


def corrected(document: str) -> str:
    """Return one of the five texts without its slips of character recognition.

    Raises ``LookupError`` for a correction that corrects nothing: then the list is wrong.
    """
    text = (DOCUMENTS / document).read_text(encoding="utf-8")
    for wrong, right in corrections(document):
        if wrong not in text:
            raise LookupError(f"{document}: there is no «{wrong}»")
        text = text.replace(wrong, right)
    return text


def entries() -> list[dict[str, Any]]:
    """Return the data of every page with its ``category``, the oldest first."""
    return sorted([*_documents(), *_pages()], key=lambda entry: -entry["days_ago"])


def _pages() -> Iterator[dict[str, Any]]:
    for path in sorted((DATA / "pages").glob("*.toml")):
        code = f"C{int(path.name[1:3])}"
        for entry in read(f"pages/{path.name}")["page"]:
            yield {"category": code, **entry}


def _documents() -> Iterator[dict[str, Any]]:
    for entry in read("documents.toml")["document"]:
        rest = {key: value for key, value in entry.items() if key != "file"}
        yield {**rest, "body": to_stream(parse(corrected(entry["file"])))}


def moment(value: dict[str, Any], today: datetime.date) -> datetime.date | datetime.datetime:
    """Return the day ``value["days"]`` after ``today``, at ``value["time"]`` if there is one.

    What has a time takes place on an office day. The time is one of Asia/Ho_Chi_Minh and left
    naive: the loader knows the zone.
    """
    if "time" not in value:
        return today + datetime.timedelta(days=value["days"])
    day = office_day(today, -value["days"])
    return datetime.datetime.combine(day, datetime.time.fromisoformat(value["time"]))


def office_day(today: datetime.date, days_ago: int) -> datetime.date:
    """Return the day ``days_ago`` before ``today``, or the Friday before if that is a weekend."""
    day = today - datetime.timedelta(days=days_ago)
    return day - datetime.timedelta(days=max(0, day.weekday() - 4))


@contextmanager
def at(
    today: datetime.date, days_ago: int, hour: int, *, any_day: bool = False
) -> Iterator[datetime.datetime]:
    """Let it be another time for what is written: the history of the demo lies in the past.

    ``any_day``: at weekends too, where what happens has to lie between two dates.
    """
    exact = today - datetime.timedelta(days=days_ago)
    day = exact if any_day else office_day(today, days_ago)
    now = datetime.datetime.combine(day, datetime.time(hour, 12), VIETNAM)
    with mock.patch("django.utils.timezone.now", return_value=now):
        yield now
