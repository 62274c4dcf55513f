"""What the second database does not try: no attempt, and no person, is left out on either."""

from __future__ import annotations

from django.db import connection

from tests.both import rows_here
from tests.gates.everything import LOOKUPS, WAYS


def test_every_attempt_is_tried_on_each_database() -> None:
    for table in (WAYS, LOOKUPS):
        found = rows_here(table.attempts())
        assert {row.id for row in found} == {row.id for row in table.rows}
        assert {row.who for row in found} == {row.who for row in table.rows}


def test_every_row_is_tried_on_sqlite() -> None:
    rows = [[1, 2, 3], [4], [5, 6]]
    wanted = [1, 2, 3, 4, 5, 6] if connection.vendor == "sqlite" else [1, 4, 5]
    assert rows_here(rows) == wanted
