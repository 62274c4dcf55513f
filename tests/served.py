"""Portals served from a process, database and files of their own, as visitors get them.

What they begin with is made once a run and copied: the migrations and the demo take half a minute.
"""

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
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import example_site
from tests.once import once, stock

MANAGE = Path(example_site.__file__).parent / "manage.py"
PATIENCE = 120  # seconds
# What browsers may do is as in production.
POLICIES = "MIDDLEWARE = [*POLICY_MIDDLEWARE, *MIDDLEWARE]\n"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def environment(home: Path, module: str) -> dict[str, str]:
    """Return the environment of a process whose portal is kept in ``home``."""
    return {name: value for name, value in os.environ.items() if name != "DATABASE"} | {
        "DJANGO_SETTINGS_MODULE": module,
        "PYTHONPATH": os.pathsep.join([str(home), os.getcwd(), *sys.path]),
        "DATABASE_PATH": str(home / "portal.sqlite3"),
        "MEDIA_ROOT": str(home / "media"),
        "MAIL_ROOT": str(home / "mail"),
        # Any that is free: a fixed one may be another server's.
        "OUTSIDE_PORT": "0",
    }


def _manage(home: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, str(MANAGE), *arguments],
        env=environment(home, "example_site.settings.demo"),
        check=True,
        capture_output=True,
    )


def migrated(folder: Path) -> Path:
    """Return the home of a portal with empty tables, made once in ``folder``."""

    def make(home: Path) -> None:
        home.mkdir()
        shutil.copy(stock(folder), home / "portal.sqlite3")
        _manage(home, "migrate", "--verbosity=0")

    return once(folder / "migrated", make)


def demo(folder: Path) -> Path:
    """Return the home of the demo portal, which follows BK21, made once in ``folder``."""

    def make(home: Path) -> None:
        shutil.copytree(migrated(folder), home)
        _manage(home, "load_demo")

    return once(folder / "demo", make)


@contextlib.contextmanager
def served(
    home: Path, made: Path, *commands: Sequence[str], settings: str = "", insecure: bool = False
) -> Iterator[str]:
    """Serve a copy of what was made, from ``home``; yield its address without a slash.

    ``settings``: lines after those of the demo. ``commands`` change the copy before it is served,
    each with the arguments of Python. ``insecure``: static files are served without ``DEBUG`` too.
    """
    shutil.copytree(made, home, dirs_exist_ok=True)
    (home / "served_settings.py").write_text(
        f"from example_site.settings.demo import *\n{POLICIES}{settings}\n", encoding="utf-8"
    )
    port = free_port()
    env = environment(home, "served_settings") | {"PORT": str(port)}
    for command in commands:
        subprocess.run([sys.executable, *command], env=env, check=True, capture_output=True)
    address = f"http://127.0.0.1:{port}"
    options = ["--noreload", *(["--insecure"] if insecure else [])]
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, str(MANAGE), "runserver", *options, f"127.0.0.1:{port}"],
            env=env,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(address, lambda: process.poll() is None)
            yield address
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait_for(address: str, runs: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and runs():
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()
        except OSError:
            time.sleep(0.1)  # the server is still starting
        else:
            return
    raise RuntimeError(f"The portal did not start at {address}.")
