"""A small load generator: a bounded time, eight connections, this computer only.

One thread serves all connections, for whatever the generator takes is lost to the servers that it
measures: they share its processor.
"""

from __future__ import annotations

import itertools
import selectors
import socket
import time
from collections.abc import Iterator, Sequence

CONNECTIONS = 8
TIMEOUT = 30.0  # seconds without any answer
# Every answer is read into it: what is thrown away needs no memory of its own.
_buffer = bytearray(1 << 16)


class _Connection:
    """One connection after the other, each with one request."""

    def __init__(
        self, port: int, requests: Iterator[bytes], selector: selectors.BaseSelector
    ) -> None:
        self.port, self.requests, self.selector = port, requests, selector
        self.open()

    def open(self) -> None:
        self.status = b""
        self.begun = time.monotonic()
        self.request = next(self.requests)
        self.socket = socket.socket()
        self.socket.settimeout(TIMEOUT)
        self.socket.connect(("127.0.0.1", self.port))
        self.socket.sendall(self.request)
        self.selector.register(self.socket, selectors.EVENT_READ, self)

    def close(self) -> None:
        self.selector.unregister(self.socket)
        self.socket.close()

    def read(self) -> bool:
        """Read what is there; return whether the answer is complete."""
        count = self.socket.recv_into(_buffer)
        if count:
            # The first part has the status; the rest is only read.
            self.status = self.status or bytes(_buffer[:200])
            return False
        self.close()
        return True


def rate(port: int, path: str, seconds: float) -> float:
    """Return how many requests a second are answered with 200 over ``seconds``.

    Raises ``RuntimeError`` with the begin of the first other answer, or where none comes.
    """
    took, elapsed = answers(port, [path], seconds)
    return len(took) / elapsed


def answers(port: int, paths: Sequence[str], seconds: float) -> tuple[list[float], float]:
    """Ask for ``paths`` in turn over ``seconds``; return the seconds of each answer, and in all.

    Raises the same.
    """
    requests = itertools.cycle(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
        for path in paths
    )
    took: list[float] = []
    with selectors.DefaultSelector() as selector:
        begun = time.monotonic()
        connections = [_Connection(port, requests, selector) for _ in range(CONNECTIONS)]
        while time.monotonic() < begun + seconds:
            ready = selector.select(TIMEOUT)
            if not ready:
                raise RuntimeError(f"{paths}: no answer in {TIMEOUT:g} s")
            for key, _ in ready:
                connection: _Connection = key.data
                if not connection.read():
                    continue
                if not connection.status.startswith(b"HTTP/1.1 200 "):
                    raise RuntimeError(f"{connection.request!r}: {connection.status!r}")
                took.append(time.monotonic() - connection.begun)
                connection.open()
        elapsed = time.monotonic() - begun
        for connection in connections:
            connection.close()
    return took, elapsed
