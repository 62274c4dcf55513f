from __future__ import annotations

from typing import NamedTuple


class Refused(Exception):
    """Why a package, a key or a file is not taken at all, in words for the operator."""


class RowProblem(NamedTuple):
    """Why a record is not taken. ``line``: its number in the file of its kind, from 1."""

    kind: str
    line: int
    uid: str
    words: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.line} {self.uid}: {self.words}"


class NotTaken(Exception):
    """Records cannot be taken; nothing was changed."""

    def __init__(self, rows: list[RowProblem]) -> None:
        super().__init__("\n".join(map(str, rows[:20])))
        self.rows = rows
