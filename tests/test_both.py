"""What is shared out between two runs: nothing is left out of both."""

from __future__ import annotations

import pytest

from tests import run
from tests.both import ALONE, left_to_the_other, rows_here
from tests.gates.everything import LOOKUPS, WAYS


def values(groups, own):
    return [one.values[0] for one in rows_here(groups, own)]


def test_every_attempt_and_person_is_met_in_each_run():
    for table in (WAYS, LOOKUPS):
        for own in (0, 1):
            found = values(table.attempts(), own)
            assert {row.id for row in found} == {row.id for row in table.rows}
            assert {row.who for row in found} == {row.who for row in table.rows}


def test_each_row_is_tried_once_and_a_single_one_twice():
    rows = [[1, 2, 3], [4], [5, 6]]
    assert values(rows, None) == [1, 2, 3, 4, 5, 6]
    assert (values(rows, 0), values(rows, 1)) == ([1, 3, 4, 5], [2, 4, 6])


def test_long_tables_are_shared_out(pytester: pytest.Pytester):
    pytester.makepyfile("""
        import pytest
        def test_alone(): pass
        @pytest.mark.parametrize("word", ["a", "b"])
        def test_short(word): pass
        @pytest.mark.parametrize("word", ["a", "b", "c", "d", "e"])
        def test_long(word): pass
        @pytest.mark.parametrize("word", [pytest.param("a", marks=pytest.mark.shared_out)] * 4)
        def test_done(word): pass
        @pytest.mark.browser
        @pytest.mark.parametrize("word", ["a", "b", "c", "d", "e"])
        def test_in_one_run(word): pass
    """)
    items, _reports = pytester.inline_genitems()
    first, second = (left_to_the_other(items, own) for own in (0, 1))
    assert {len(first), len(second)} == {2, 3}
    assert not first & second
    assert {item.name.partition("[")[0] for item in first | second} == {"test_long"}


def test_what_one_run_tries_alone():
    assert run.ELSEWHERE["postgres"] == " and ".join(f"not {marker}" for marker in ALONE)
