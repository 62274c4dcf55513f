"""What the demo has of the Internet: a small server on this computer, started with the demo.

It plays the systems that the portal reads, one of which is down, and one that is told of changes.
"""

from __future__ import annotations

import contextlib
import http.server
import os
import threading
from collections.abc import Iterator
from typing import Any

from .sources import DATA

PORT = int(os.environ.get("OUTSIDE_PORT", int(os.environ.get("PORT", "8000")) + 2))
#: Where the systems stand while the demo is served.
ADDRESS = f"http://127.0.0.1:{PORT}"
KINDS = {".rss": "application/rss+xml", ".json": "application/json"}
#: Of the system that is down, and of the one that is told.
DOWN, TOLD = "/khong-tra-loi.rss", "/lgsp"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = {f"/{path.name}": path for path in (DATA / "recorded").iterdir()}.get(self.path)
        if self.path == DOWN:
            self.send_error(503)
        elif found is None:
            self.send_error(404)
        else:
            self._say(200, KINDS[found.suffix], found.read_bytes())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == TOLD:
            self._say(200, "text/plain", b"")
        else:
            self.send_error(404)

    def _say(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each request."""


@contextlib.contextmanager
def served() -> Iterator[str]:
    """Serve it at a free port for a while; yield its address without a slash."""
    server = _begun(0)
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def start() -> None:
    """Serve it beside the demo until the process ends; where it is served already, leave it."""
    with contextlib.suppress(OSError):
        _begun(PORT)


def _begun(port: int) -> http.server.ThreadingHTTPServer:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    serve = {"poll_interval": 0.05}
    threading.Thread(target=server.serve_forever, kwargs=serve, daemon=True).start()
    return server
