"""The demo portal as visitors get it: a server of its own, with its own database and files."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SECONDS_TO_START = 120
SETTINGS = """\
from example_site.settings.demo import *

DEBUG = False
DATABASES["default"]["NAME"] = r"{directory}/db"
MEDIA_ROOT = r"{directory}/media"
ROOT_URLCONF = "demo_server_urls"
WAGTAIL_PBGDPL = {{**WAGTAIL_PBGDPL, "MAINTENANCE_FILE": r"{directory}/maintenance"}}
MIDDLEWARE = [
    *POLICY_MIDDLEWARE,
    "wagtail_pbgdpl.face.errors.MaintenanceMiddleware",
    *MIDDLEWARE,
]
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
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


@contextlib.contextmanager
def demo_server(directory: Path) -> Iterator[str]:
    """Load the demo into ``directory`` and serve it; yield its address without a slash."""
    (directory / "demo_server_settings.py").write_text(SETTINGS.format(directory=directory))
    (directory / "demo_server_urls.py").write_text(URLS)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE"} | {
        "DJANGO_SETTINGS_MODULE": "demo_server_settings",
        "PYTHONPATH": os.pathsep.join([str(directory), str(ROOT)]),
    }
    manage = [sys.executable, "-m", "django"]
    for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
        subprocess.run(
            [*manage, *command], cwd=directory, env=environment, check=True, capture_output=True
        )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with (directory / "log").open("w") as log:
        server = subprocess.Popen(
            [*manage, "runserver", "--noreload", "--insecure", f"127.0.0.1:{port}"],
            cwd=directory,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=30).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise RuntimeError(f"The demo did not start at {address}.")
