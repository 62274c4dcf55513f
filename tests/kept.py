"""What the tests of a module share: made once, found by each as it was, and rolled back."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings


class Kept:
    """Objects that each test gets a copy of, so that none sees what another did to them."""

    def __init__(self, *made: Any) -> None:
        self._made = pickle.dumps(made)

    def again(self) -> tuple[Any, ...]:
        # Written above, by this very process.
        return tuple(pickle.loads(self._made))  # noqa: S301


@contextmanager
def kept_files() -> Iterator[None]:
    """Bring back the uploaded files, which no transaction does."""
    root = Path(settings.MEDIA_ROOT)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    yield
    for path, content in before.items():
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for path in root.rglob("*"):
        if path.is_file() and path not in before:
            path.unlink()
