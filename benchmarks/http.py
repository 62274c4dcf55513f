"""A small load generator: a bounded time, eight connections, this computer only."""

from __future__ import annotations

import socket
import threading
import time

CONNECTIONS = 8
MOST_REQUESTS = 50_000


class _Client(threading.Thread):
    def __init__(self, port: int, path: str, until: float) -> None:
        super().__init__(daemon=True)
        self.port, self.until, self.done = port, until, 0
        self.failed: bytes | None = None
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
        )

    def run(self) -> None:
        while time.monotonic() < self.until and self.done < MOST_REQUESTS:
            answer = fetch(self.port, self.request)
            if not answer.startswith(b"HTTP/1.1 200 "):
                self.failed = answer[:200]
                return
            self.done += 1


def fetch(port: int, request: bytes) -> bytes:
    parts = []
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        while part := connection.recv(1 << 20):
            parts.append(part)
    return b"".join(parts)


def rate(port: int, path: str, seconds: float) -> float:
    """Return how many requests a second are answered with 200 over ``seconds``.

    Raises ``RuntimeError`` with the begin of the first other answer.
    """
    begun = time.monotonic()
    clients = [_Client(port, path, begun + seconds) for _ in range(CONNECTIONS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    for client in clients:
        if client.failed is not None:
            raise RuntimeError(f"{path}: {client.failed!r}")
    return sum(client.done for client in clients) / (time.monotonic() - begun)
