"""Functions of text that SQLite asks Python for; what PostgreSQL does by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.backends.signals import connection_created
from django.dispatch import receiver

_taught: dict[str, Callable[[Any], str | None]] = {}


def teach(name: str, function: Callable[[str], str]) -> None:
    """Let connections that are opened from now on know a function; of nothing it says nothing."""
    _taught[name] = lambda text: None if text is None else function(str(text))


@receiver(connection_created)
def _teach(connection: Any, **_kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        for name, function in _taught.items():
            connection.connection.create_function(name, 1, function, deterministic=True)
