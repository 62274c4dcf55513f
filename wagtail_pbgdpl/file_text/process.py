"""Hands a file to the process that reads it, and takes back its text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass

from .reasons import MOST_BYTES, MOST_SIGNS, MOST_WAITED, Fault

#: The kinds of files that are read, by the end of their name.
KINDS = ("pdf", "docx")
_CHILD = "wagtail_pbgdpl.file_text.child"


@dataclass(frozen=True, slots=True)
class FoundText:
    """``fault``: why there is no ``text``, or empty; ``pages``: 0 where it has none;
    ``is_whole``: nothing was left out."""

    text: str = ""
    pages: int = 0
    is_whole: bool = True
    fault: str = ""


def read(kind: str, content: bytes, *, seconds: float = MOST_WAITED) -> FoundText:
    """Return the text of a file. ``kind``: of ``KINDS``; ``seconds``: of the clock.

    Raises nothing for whatever is in the file. Never to be called in a request.
    """
    if len(content) > MOST_BYTES:
        return FoundText(fault=Fault.LARGE)
    # Where this process finds its modules; nothing of its settings and secrets.
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    kept["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    try:
        # No word of it comes from outside; the file goes in by the standard input.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", _CHILD, kind],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kept,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return FoundText(fault=Fault.SLOW)
    except OSError:
        return FoundText(fault=Fault.UNREAD)
    try:
        said = json.loads(done.stdout)
    except ValueError:
        # It was killed: by a limit, or by the system that ran out of memory.
        return FoundText(fault=Fault.SLOW)
    return FoundText(
        text=str(said.get("text", ""))[:MOST_SIGNS],
        pages=int(said.get("pages", 0)),
        is_whole=bool(said.get("is_whole", True)),
        fault=str(said.get("fault", "")),
    )
