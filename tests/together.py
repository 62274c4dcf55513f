"""Several threads at once, each with a connection of its own, as processes have."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


def together(work: Callable[[], Any], threads: int = 4) -> list[Any]:
    """Do ``work`` in several threads at once; return what each returned or raised."""
    found: list[Any] = []
    start = threading.Barrier(threads)

    def run() -> None:
        start.wait()
        try:
            found.append(work())
        except Exception as error:
            found.append(error)
        finally:
            connections.close_all()

    started = [threading.Thread(target=run) for _number in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    return found
