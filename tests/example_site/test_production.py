"""The production settings: PostgreSQL, gunicorn, static files with names by content."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from tests.served import free_port
from tests.traffic.servers import own_database, portal_template

pytestmark = pytest.mark.processes

ASK_FOR_THE_CACHE = """
import json
from django.conf import settings
from django.core.cache import caches
print(json.dumps({
    "middleware": settings.MIDDLEWARE[0],
    "backend": type(caches["default"]).__name__,
    "settings": settings.CACHES["default"],
}))
"""
ROOT = Path(__file__).parent.parent.parent


def environment(**changes: str) -> dict[str, str]:
    kept = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE", "ALLOWED_HOSTS")
    }
    return kept | {
        "DJANGO_SETTINGS_MODULE": "example_site.settings.production",
        "SECRET_KEY": "k" * 25 + "4f9a0c7e1b" * 3,
        "SALT_KEY": "4f9a0c7e1b" * 3,
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": "https://127.0.0.1",
        "HSTS_SUBDOMAINS": "true",
        "PGDATABASE": "postgres",
        "PGUSER": os.environ.get("PGUSER", "postgres"),
        "PGHOST": os.environ.get("PGHOST", "127.0.0.1"),
        "PYTHONPATH": str(ROOT),
        **changes,
    }


def manage(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        cwd=ROOT,
        env=environment(**changes),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_finds_nothing() -> None:
    """X1: encrypted transport, safe cookies, no debugging."""
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_the_demo_with_its_published_password_is_refused() -> None:
    """X1"""
    done = manage("load_demo")
    assert done.returncode == 1
    assert "CommandError: The demo makes accounts whose password is published" in done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "PGDATABASE"])
def test_a_missing_variable_is_named(name: str) -> None:
    done = manage("check", **{name: ""})
    assert done.returncode != 0
    assert f"The environment variable {name} is missing." in done.stderr


@pytest.mark.parametrize("url", ["redis://127.0.0.1:6379/5", ""])
def test_pages_are_kept_in_redis_where_there_is_one(url: str) -> None:
    done = manage("shell", "-c", ASK_FOR_THE_CACHE, REDIS_URL=url)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["middleware"] == "wagtail_pbgdpl.serving.page_cache.PageCacheMiddleware"
    if url:
        assert found["backend"] == "DirectRedisCache"
        assert found["settings"]["LOCATION"] == url
        assert found["settings"]["KEY_PREFIX"] == "postgres"
    else:
        assert found["backend"] == "LocMemCache"


@pytest.fixture
def database(run_folder: Path) -> Iterator[str]:
    """A database with a portal."""
    with own_database(portal_template(run_folder)) as name:
        yield name


def test_gunicorn_serves_the_portal_from_postgresql(database: str, tmp_path: Path) -> None:
    changes = {
        "PGDATABASE": database,
        "STATIC_ROOT": str(tmp_path / "static"),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "LOGIN_PROXIES": "1",
    }
    done = manage("collectstatic", "--noinput", "-v0", **changes)
    assert done.returncode == 0, done.stderr
    port = free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "example_site.wsgi"),
            *("--bind", f"127.0.0.1:{port}", "--workers", "2"),
        ],
        cwd=ROOT,
        env=environment(**changes),
        stderr=subprocess.PIPE,
    )
    try:
        html, headers = fetch(port, "/pbgdpl/")
        # The page cache is on.
        assert "must-revalidate" in headers["Cache-Control"]
        assert fetch(port, "/pbgdpl/")[0] == html
        assert headers["Strict-Transport-Security"]
        kept = fetch(port, "/pbgdpl/")[1]
        for name in ("Content-Security-Policy", "Permissions-Policy"):
            assert headers[name] == kept[name] == fetch(port, "/pbgdpl/rss.xml")[1][name]
        assert "Cổng thông tin điện tử phổ biến, giáo dục pháp luật tỉnh Bắc Kạn" in html
        style = re.search(r'href="(/static/wagtail_pbgdpl/portal\.[0-9a-f]{12}\.css)"', html)
        assert style, html
        css, headers = fetch(port, style.group(1))
        assert "--pbgdpl-accent" in css
        assert "script-src 'self';" in headers["Content-Security-Policy"] + ";"
        # X1: whichever worker answers.
        stranger, other = "203.0.113.66", "192.0.2.1, 203.0.113.67"
        answers = [guess(port, stranger) for _ in range(8)]
        assert answers == [200] * 4 + [429] * 4
        assert guess(port, f"198.51.100.7, {stranger}") == 429
        assert guess(port, other) == 200
    finally:
        server.terminate()
        server.communicate(timeout=30)


def guess(port: int, forwarded: str) -> int:
    """Try a wrong password; return the status of the answer."""
    address = f"http://127.0.0.1:{port}/admin/login/"
    html, headers = fetch(port, "/admin/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)
    assert token, html
    fields = {"username": "ai-do", "password": "sai", "csrfmiddlewaretoken": token[1]}
    request = urllib.request.Request(
        address,
        data=urllib.parse.urlencode(fields).encode(),
        headers={
            "Cookie": headers["Set-Cookie"].partition(";")[0],
            "Origin": f"https://127.0.0.1:{port}",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": forwarded,
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def fetch(port: int, path: str) -> tuple[str, Message]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"X-Forwarded-Proto": "https"}
    )
    for attempt in range(60):
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.read().decode(), response.headers
        except ConnectionRefusedError:
            pass
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError) or attempt == 59:
                raise
        # The server is a process of its own: there is nothing to wait on but its port.
        time.sleep(0.5)
    raise AssertionError("the server did not start")
