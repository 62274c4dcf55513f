"""What is shared out between two runs: nothing is left out of both."""

from __future__ import annotations

import subprocess

import pytest

from tests import run
from tests.both import ALONE, left_to_the_other, one_of_each, rows_here
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


def test_of_a_long_table_each_row_has_its_turn(monkeypatch):
    rows = [[1, 2], [3, 4], [5], [6, 7]]
    found = []
    for turn in range(4):
        monkeypatch.setenv("PBGDPL_TURN", str(turn))
        runs = [[one.values[0] for one in one_of_each(rows, own)] for own in (0, 1)]
        assert len(runs[0] + runs[1]) == len(rows)
        found += runs[0] + runs[1]
    assert set(found) == set(range(1, 8))
    assert [one.values[0] for one in one_of_each(rows, None)] == list(range(1, 8))


def test_all_is_shared_out_but_what_asks_the_database(pytester: pytest.Pytester):
    pytester.makepyfile("""
        import pytest
        from django.db import models
        def test_alone(): pass
        def test_another(): pass
        def test_third(): pass
        def test_at_once(committed): pass
        @pytest.fixture
        def committed(): pass
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
    assert not first & second
    left = {item.name.partition("[")[0] for item in first | second}
    assert left == {"test_alone", "test_another", "test_third", "test_short", "test_long"}
    assert len(first | second) == 10


def test_a_test_asks_the_database_by_what_it_names(pytester: pytest.Pytester):
    pytester.makepyfile("""
        from django.db import connection, transaction
        from django.test.utils import CaptureQueriesContext
        def vendor(): return connection.vendor
        def counted():
            with CaptureQueriesContext(connection): pass
        def test_itself():
            with transaction.atomic(): pass
        def test_inside():
            def work(): return connection.vendor
            work()
        def test_by_another(): vendor()
        def test_counts(): counted()
        def test_neither(): pass
    """)
    items, _reports = pytester.inline_genitems()
    left = {item.name for own in (0, 1) for item in left_to_the_other(items, own)}
    assert left == {"test_counts", "test_neither"}


def test_the_halves_change_with_each_commit(tmp_path, monkeypatch):
    def git(*arguments):
        named = ("-c", "user.name=An", "-c", "user.email=an@example.vn")
        subprocess.run(["git", "-C", tmp_path, *named, *arguments], check=True, capture_output=True)

    monkeypatch.setattr(run, "ROOT", tmp_path)
    assert run.turn() == 0
    git("init")
    found = []
    for _ in range(3):
        git("commit", "--allow-empty", "-m", "x")
        found.append(run.turn())
    assert found == [1, 2, 3]


def test_what_one_run_tries_alone():
    assert run.ELSEWHERE["postgres"] == " and ".join(f"not {marker}" for marker in ALONE)
