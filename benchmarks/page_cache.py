"""What each part of the page cache brings to a kept article: the time without it, in times.

Run from the root of the project: ``python -m benchmarks.page_cache``. It serves the portal with all
parts and without each of them, by gunicorn with one worker, and asks all in turn. What counts is
the processor time of the worker, so other work on the computer matters little; that of Redis is not
in it. Pages are kept for an hour: how often one is drawn anew would hang on the computer's speed.
"""

from __future__ import annotations

import argparse
import http.client
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.pages import (
    DIRECT,
    ROOT,
    database,
    gunicorn,
    loaded_portal,
    page_cache,
    spread,
    write,
)

REDIS = "django.core.cache.backends.redis.RedisCache"
MEMORY = "django.core.cache.backends.locmem.LocMemCache"
# The application and the cache of each server.
WHOLE = "benchmarks.page_cache:served()"
ALL = {"Redis": (WHOLE, DIRECT), "local memory": (WHOLE, MEMORY)}
WITHOUT = {
    "`PageCache` around Django": "benchmarks.page_cache:served(around=False)",
    "copies in the process": "benchmarks.page_cache:served(copies=False)",
}
CLOCK = "/processor-time"


class _Nothing(dict):
    def __setitem__(self, key: Any, value: Any) -> None:
        """Keep no copy."""


def served(around: bool = True, copies: bool = True) -> Callable[..., Iterable[bytes]]:
    """Return the application, which also tells the processor time of its process in seconds."""
    from django.core.wsgi import get_wsgi_application

    from wagtail_pbgdpl.serving import page_cache

    application: Any = get_wsgi_application()
    page_cache.SECONDS = page_cache.SECONDS_IN_A_PROCESS = 3600
    if around:
        application = page_cache.PageCache(application)
    if not copies:
        page_cache._nearby = _Nothing()

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] != CLOCK:
            return application(environ, start_response)
        start_response("200 OK", [])
        return [repr(time.process_time()).encode()]

    return answer


def get(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    assert response.status == 200, (path, response.status)
    return content


def seconds_of(port: int, path: str, requests: int) -> float:
    """Return the processor time that the worker takes for so many requests, after some others."""
    for _ in range(requests // 4):
        get(port, path)
    begun = float(get(port, CLOCK))
    for _ in range(requests):
        get(port, path)
    return float(get(port, CLOCK)) - begun


def measure(rounds: int, requests: int) -> str:
    """Return the table in Markdown."""
    rows = {
        title: {place: (module, backend) for place, (_, backend) in ALL.items()}
        for title, module in WITHOUT.items()
    }
    rows["`DirectRedisCache`"] = {"Redis": (WHOLE, REDIS)}
    wanted = {*ALL.values(), *(server for row in rows.values() for server in row.values())}
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pbgdpl-bench-")))
        env, found = loaded_portal(stack.enter_context(database("sqlite", directory)), 200)
        path = found["article"][0]
        ports = {}
        for module, backend in sorted(wanted):
            served_by = gunicorn(module, ROOT, env | page_cache(backend), workers=1)
            ports[module, backend] = port = stack.enter_context(served_by)
            seconds_of(port, path, requests)
        seconds: dict[tuple[str, str], list[float]] = {server: [] for server in ports}
        for number in range(rounds):
            for server, port in ports.items():
                seconds[server].append(seconds_of(port, path, requests))
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return table(rows, seconds)


def table(
    rows: dict[str, dict[str, tuple[str, str]]], seconds: dict[tuple[str, str], list[float]]
) -> str:
    lines = [f"| without | {' | '.join(ALL)} |", f"|---|{'---|' * len(ALL)}"]
    for title, row in rows.items():
        cells = [
            spread(seconds[row[place]], seconds[ALL[place]], 2) if place in row else "–"
            for place in ALL
        ]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--write", type=Path, help="the document that takes the table")
    options = parser.parse_args()
    text = measure(options.rounds, options.requests)
    print(text)
    if options.write:
        write(options.write, "page-cache", text)


if __name__ == "__main__":
    main()
