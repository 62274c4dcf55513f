"""The log-in as production has it, on the database of the tests."""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.notices.conftest import mail_server, server_not_yet_asked  # noqa: F401
from wagtail_pbgdpl.worktime import VIETNAM

NOW = datetime.datetime(2026, 3, 17, 9, tzinfo=VIETNAM)
REQUIRED = {
    "SECRET_KEY": "only-for-tests",
    "ALLOWED_HOSTS": "*",
    "BASE_URL": "https://cong.example.vn",
    "PGDATABASE": "none",
    "PGUSER": "none",
    "LOGIN_PROXIES": "1",
}
PASSWORD = "mat-khau-thu-nghiem"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as frozen:
        yield frozen


@pytest.fixture
def limited(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Wrong passwords are limited as in production, behind one web server."""
    for name, value in REQUIRED.items():
        monkeypatch.setenv(name, value)
    production: Any = importlib.reload(importlib.import_module("example_site.settings.production"))
    for name in ("AUTHENTICATION_BACKENDS", *filter(_is_of_axes, dir(production))):
        setattr(settings, name, getattr(production, name))
    settings.AXES_ENABLED = True
    added = [name for name in production.MIDDLEWARE if "axes" in name or ".login." in name]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, *added]
    settings.WAGTAIL_PBGDPL = production.WAGTAIL_PBGDPL
    return settings


def _is_of_axes(name: str) -> bool:
    return name.startswith("AXES_")


class Browser(Client):
    """Asks from an address, through a web server that writes it down."""

    def __init__(self, address: str = "198.51.100.7", invented: str = "") -> None:
        forwarded = f"{invented}, {address}" if invented else address
        super().__init__(headers={"x-forwarded-for": forwarded})

    def sign_in(self, user: Any, password: str = PASSWORD) -> Any:
        name = user if isinstance(user, str) else user.get_username()
        data = {"username": name, "password": password}
        return self.post(reverse("wagtailadmin_login"), data)

    def guess(self, user: Any, times: int) -> list[int]:
        """Try wrong passwords; return the status of each answer."""
        return [self.sign_in(user, f"sai-{number}").status_code for number in range(times)]


@pytest.fixture
def tick(django_capture_on_commit_callbacks: Any) -> Callable[[], str]:
    def tick() -> str:
        out = StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("pbgdpl_tick", stdout=out)
        return out.getvalue()

    return tick
