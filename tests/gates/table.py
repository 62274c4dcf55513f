"""The rows of the two tables: ways round the board, and look-ups of what belongs to others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tests.gates.world import PEOPLE, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that one person tries.

    ``what`` is the sentence of the documentation, ``stopped_by`` the name of the mechanism.
    ``attempt`` does it by address; ``succeeded`` tells from what a visitor reads, or from the
    journals, whether it went round the board. ``right`` is the proof that the right person gets the
    right thing done, or reads it.
    """

    id: str
    what: str
    who: str
    stopped_by: str
    requirements: tuple[str, ...]
    attempt: Callable[[World, str], Any]
    succeeded: Callable[[World, Any], bool]
    right: Callable[[World], bool]

    def __str__(self) -> str:
        return f"{self.id}-{self.who}"


class Table:
    """Rows in the order in which they are written down."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def add(
        self,
        what: str,
        *,
        by: str,
        stopped_by: str,
        requirements: str,
        succeeded: Callable[[World, Any], bool],
        right: Callable[[World], bool],
    ) -> Callable[[Callable[[World, str], Any]], Callable[[World, str], Any]]:
        """Take the decorated function as a row for each of the people that ``by`` names."""

        def take(attempt: Callable[[World, str], Any]) -> Callable[[World, str], Any]:
            row = Row(
                id=attempt.__name__,
                what=what,
                who="",
                stopped_by=stopped_by,
                requirements=tuple(requirements.split()),
                attempt=attempt,
                succeeded=succeeded,
                right=right,
            )
            people = by.split()
            assert set(people) <= set(PEOPLE), people
            assert row.id not in {one.id for one in self.rows}, row.id
            self.rows += [replace(row, who=who) for who in people]
            return attempt

        return take

    def attempts(self) -> list[list[Row]]:
        """Return the rows of the same attempt together."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.id, []).append(row)
        return list(found.values())

    def proofs(self) -> list[Callable[[World], bool]]:
        """Return each proof once."""
        return list(dict.fromkeys(row.right for row in self.rows))


WAYS = Table()
LOOKUPS = Table()
