from __future__ import annotations

from typing import Any

import pytest

from tests.workflows.board import Board, make_board


@pytest.fixture
def board(index_of: Any) -> Board:
    return make_board(index_of("C2"))
