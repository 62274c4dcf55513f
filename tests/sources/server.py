"""A server on loopback that plays the answers of good, poor and hostile systems."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# Before any memory is counted.
BOMB = gzip.compress(b"\0" * 60_000_000, compresslevel=9)
Play = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    server: Server
    #: What was sent to it.
    body = b""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        try:
            self.server.plays[self.path](self)
        except (BrokenPipeError, ConnectionResetError):
            self.server.left.set()

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append((self.path, dict(self.headers), self.body))
        try:
            self.server.plays[self.path](self)
        except (BrokenPipeError, ConnectionResetError):
            self.server.left.set()

    def say(self, body: bytes, kind: str = "text/xml", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.plays: dict[str, Play] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.posted: list[tuple[str, dict[str, str], bytes]] = []
        self.over = threading.Event()
        #: Set when somebody hangs up before the answer was over.
        self.left = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def forget(self) -> None:
        """Let a test begin with nothing played and nothing asked."""
        for kept in (self.plays, self.asked, self.posted, self.left):
            kept.clear()

    def handle_error(self, *args: Any) -> None:
        self.left.set()


@contextmanager
def served() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def says(body: bytes | str, kind: str = "text/xml", status: int = 200, **headers: str) -> Play:
    raw = body.encode() if isinstance(body, str) else body
    return lambda handler: handler.say(raw, kind, status, **headers)


def rss(count: int, first: int = 0, titles: bool = True) -> str:
    items = "".join(
        f"<item><title>{f'Nghị định {n}' if titles else ''}</title>"
        f"<link>https://cong-bao.example/van-ban/nghi-dinh-so-{n}-2026-nd-cp-46870{n}.htm</link>"
        f"<guid>{n}</guid><pubDate>Mon, {n % 28 + 1:02d} Jun 2026 08:00:00 +0700</pubDate>"
        "<description>&lt;p&gt;Sửa đổi &lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;một số"
        "&lt;/b&gt; điều&lt;/p&gt;</description></item>"
        for n in range(first, first + count)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Công báo</title>{items}</channel></rss>"
    )


def slow(handler: Handler) -> None:
    """A byte at a time, each in time, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b" ")


def slow_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Long: ")
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b"a")


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    end = time.monotonic() + 5
    while time.monotonic() < end:
        handler.wfile.write(b"<!-- -->" * 8192)


def two_gigabytes(handler: Handler) -> None:
    """As many as are announced, or until somebody hangs up."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(2**31))
    handler.end_headers()
    for _ in range(2**15):
        handler.wfile.write(b" " * 2**16)


def bomb(handler: Handler) -> None:
    """Sixty megabytes in sixty thousand bytes."""
    handler.say(BOMB, Content_Encoding="gzip")
