"""The demo portal as visitors get it: without ``DEBUG``, with a page that breaks."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.served import demo, served

SETTINGS = """\
DEBUG = False
ROOT_URLCONF = "demo_server_urls"
WAGTAIL_PBGDPL = {{**WAGTAIL_PBGDPL, "MAINTENANCE_FILE": r"{directory}/maintenance"}}
MIDDLEWARE.insert(2, "wagtail_pbgdpl.face.errors.MaintenanceMiddleware")
"""
URLS = """\
from django.urls import path

from example_site.urls import handler404, handler500, urlpatterns as site


def broken(request):
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("broken/", broken),
    *site,
]
"""


def chromium() -> str | None:
    """Return the path of the browser, or ``None`` where the computer has none."""
    # The shell draws the same pages with a third of the processor time.
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@contextlib.contextmanager
def demo_server(directory: Path, folder: Path | None = None) -> Iterator[str]:
    """Serve a copy of the demo from ``directory``; yield its address without a slash.

    ``folder`` is where it is made, or was made already.
    """
    home, made = directory / "served", demo(folder or directory)
    home.mkdir()
    (home / "demo_server_urls.py").write_text(URLS)
    settings = SETTINGS.format(directory=directory)
    with served(home, made, settings=settings, insecure=True) as address:
        yield address
