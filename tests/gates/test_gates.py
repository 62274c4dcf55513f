"""Nothing leads round the board, and nobody reads what belongs to others (R2, R3, R6, R8, R10–R12).

The table is printed in ``docs/concept/moderation.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import TestCase

from tests.both import rows_here
from tests.gates import printed
from tests.gates.everything import LOOKUPS, WAYS
from tests.gates.table import Row
from tests.gates.world import World

pytestmark = pytest.mark.django_db


def carry_out(row: Row, world: World) -> bool:
    """Let the person try, with all that happens at a commit; return whether it succeeded."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        result = row.attempt(world, row.who)
    return row.succeeded(world, result)


@pytest.mark.parametrize("row", rows_here(WAYS.attempts()), ids=str)
def test_ways_round_the_board(world: World, row: Row) -> None:
    assert not carry_out(row, world)


@pytest.mark.parametrize("row", rows_here(LOOKUPS.attempts()), ids=str)
def test_look_ups(world: World, row: Row) -> None:
    assert not carry_out(row, world)


def proofs() -> list[Callable[[World], bool]]:
    return list(dict.fromkeys([*WAYS.proofs(), *LOOKUPS.proofs()]))


@pytest.mark.parametrize("proof", proofs(), ids=lambda proof: proof.__name__)
def test_the_right_person_succeeds(world: World, proof: Any) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert proof(world)


def test_the_documentation_has_the_table(repository: Path) -> None:
    """``python -m tests.gates.printed`` makes it."""
    text = printed.page(repository / "docs").read_text("utf-8")
    assert text == printed.with_section(text)


def test_there_are_enough() -> None:
    assert len(WAYS.attempts()) >= 80
    assert len(LOOKUPS.attempts()) >= 50
