"""Pages for when something is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.test import Client, RequestFactory

from wagtail_pbgdpl.face import errors


def test_not_found_helps(client: Client, portal: Any) -> None:
    response = client.get("/khong-co-trang-nay/")
    assert response.status_code == 404
    soup = BeautifulSoup(response.content, "lxml")
    assert soup.select_one("main form[role=search]")
    listed = {link["href"] for link in soup.select("main a")}
    assert {page.url for page in portal.get_children()} <= listed
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"


def test_not_found_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(request: Any) -> Any:
        raise OperationalError("gone")

    monkeypatch.setattr(errors, "frame", gone)
    response = errors.page_not_found(RequestFactory().get("/"))
    assert response.status_code == 500


def test_a_server_error_needs_no_database() -> None:
    """No ``db`` fixture: any query would fail."""
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    soup = BeautifulSoup(response.content, "lxml")
    assert soup.select_one("main h1")
    assert soup.select_one('main a[href="/"]')


def test_an_error_in_a_page_shows_the_page(portal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(type(portal), "serve", broken)
    response = Client(raise_request_exception=False).get(portal.url)
    assert response.status_code == 500
    assert b"pbgdpl-main" in response.content


@pytest.fixture
def switch(settings: Any, tmp_path: Path) -> Path:
    file = tmp_path / "bao-tri"
    settings.WAGTAIL_PBGDPL = {"MAINTENANCE_FILE": file}
    settings.MIDDLEWARE = [
        "wagtail_pbgdpl.face.errors.MaintenanceMiddleware",
        *settings.MIDDLEWARE,
    ]
    return file


def test_maintenance_answers_without_a_database(switch: Path) -> None:
    """No ``db`` fixture: any query would fail."""
    switch.touch()
    response = Client().get("/")
    assert response.status_code == 503
    assert response["Retry-After"] == "600"
    assert response["Cache-Control"] == "no-store"
    assert b"<h1>" in response.content


def test_maintenance_ends_with_its_file(switch: Path, portal: Any) -> None:
    switch.touch()
    assert Client().get(portal.url).status_code == 503
    switch.unlink()
    assert Client().get(portal.url).status_code == 200
