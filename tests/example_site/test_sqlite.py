"""SQLite as it is shipped: people who save at the same moment lose nothing."""

from __future__ import annotations

import re
import sqlite3
import threading
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from tests.served import MANAGE, migrated, served

pytestmark = pytest.mark.processes

PEOPLE = ("lan", "minh", "ngoc", "phuong")
PASSWORD = "mat-khau-thu-nghiem"
SAVES = 10  # of each
PATIENCE = 120  # seconds


class Desk:
    """A person at the editor, with a log-in of their own."""

    def __init__(self, address: str, name: str) -> None:
        self.address = address
        self.name = name
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.token = self.token_of("/admin/login/")
        self.send("/admin/login/", username=name, password=PASSWORD, next="/admin/")
        self.token = self.token_of("/admin/account/")

    def token_of(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=PATIENCE) as answer:
            found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())
        assert found, path
        return found[1]

    def send(self, path: str, **values: str) -> str:
        """Send a form; return the address that the answer leads to."""
        body = urllib.parse.urlencode(values | {"csrfmiddlewaretoken": self.token}).encode()
        with self.opener.open(self.address + path, body, timeout=PATIENCE) as answer:
            return str(answer.geturl())


def new_item(number: int, author: str) -> dict[str, str]:
    """The form of a draft with the title and the address that the others give too."""
    return {
        "title": f"Tin {number}",
        "slug": f"tin-{number}",
        "summary": "Tóm tắt đã gõ.",
        "author": author,
        "source": "Sở Tư pháp",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }


def test_four_people_who_save_at_once_lose_nothing(tmp_path: Path, run_folder: Path) -> None:
    """Each saves ten drafts at the address of the editor, all at the same moment, all alike."""
    with served(
        tmp_path,
        migrated(run_folder),
        (str(MANAGE), "pbgdpl_setup", "--verbosity=0"),
        ("-m", "tests.example_site.desks"),
    ) as address:
        with sqlite3.connect(tmp_path / "portal.sqlite3") as database:
            (index,) = database.execute(
                "SELECT page_ptr_id FROM wagtail_pbgdpl_pages_categoryindexpage"
                " WHERE category = 'C2'"
            ).fetchone()
        desks = [Desk(address, name) for name in PEOPLE]
        start = threading.Barrier(len(desks))
        lost: list[Any] = []

        def save(desk: Desk) -> None:
            add = f"/admin/pages/add/wagtail_pbgdpl_pages/newspage/{index}/"
            start.wait()
            for number in range(SAVES):
                try:
                    reached = desk.send(add, **new_item(number, desk.name))
                    assert reached.endswith("/edit/"), reached
                except Exception as error:
                    lost.append(error)

        threads = [threading.Thread(target=save, args=(desk,)) for desk in desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    log = (tmp_path / "server.log").read_text()
    assert not lost, (len(lost), lost[0], log[-3000:])
    with sqlite3.connect(tmp_path / "portal.sqlite3") as database:
        written = database.execute(
            "SELECT draft_title, author, slug FROM wagtail_pbgdpl_pages_contentpage"
            " JOIN wagtailcore_page ON id = page_ptr_id WHERE latest_revision_id IS NOT NULL"
        ).fetchall()
    assert sorted((title, author) for title, author, _slug in written) == sorted(
        (f"Tin {number}", name) for number in range(SAVES) for name in PEOPLE
    )
    assert len({slug for _title, _author, slug in written}) == len(written)
