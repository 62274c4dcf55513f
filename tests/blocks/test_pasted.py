"""Cells and numbers pasted from a spreadsheet (C3)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_pbgdpl.blocks.pasted import Table, parse_number, parse_table


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234 567,25", "1234567.25"),
        ("1\u00a0234", "1234"),
        ("12,5%", "12.5"),
        ("12,5 %", "12.5"),
        ("-3", "-3"),
        ("−3,5", "-3.5"),
        ("+7", "7"),
        ("1234", "1234"),
        ("  42 ", "42"),
        ("0,001", "0.001"),
    ],
)
def test_vietnamese_numbers(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "  ", "-", "–", "…", "..."])
def test_missing_numbers(text):
    assert parse_number(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "12.5",
        "1,234.5",
        "1.23.456",
        "12.3456",
        "1,2,3",
        "mười",
        "5 cuộc",
        "1.234.",
        ",5",
        "٣",
        "1e3",
    ],
)
def test_what_is_no_number_is_refused_rather_than_guessed(text):
    with pytest.raises(ValueError, match="is not a number"):
        parse_number(text)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_what_is_written_the_vietnamese_way_is_read_back(number):
    written = f"{number:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    assert parse_number(written) == number


def test_tabs_part_cells():
    assert parse_table("A\tB\n1\t2\n3\t4") == Table(["A", "B"], [["1", "2"], ["3", "4"]], [])


def test_bars_part_cells_that_are_typed():
    assert parse_table("| A | B |\n| 1 | 2 |") == Table(["A", "B"], [["1", "2"]], [])
    assert parse_table("A | B\r\n1 | 2").rows == [["1", "2"]]


def test_a_bar_in_a_pasted_cell_is_text():
    assert parse_table("A\tB\n1|2\t3").rows == [["1|2", "3"]]


def test_quoted_cell_with_a_line_break():
    assert parse_table('A\tB\n"một\nhai"\t2').rows == [["một hai", "2"]]


def test_a_lonely_quotation_mark_swallows_nothing():
    assert parse_table('A\tB\n"Ngày\t1\nx\t2').rows == [['"Ngày', "1"], ["x", "2"]]


def test_short_rows_are_filled_and_empty_rows_left_out():
    assert parse_table("A\tB\tC\n1\n\t\t\n2\t3").rows == [["1", "", ""], ["2", "3", ""]]


def test_long_rows_are_reported_by_their_number():
    table = parse_table("A\tB\n1\t2\n1\t2\t3")
    assert table.too_long == [3]
    assert table.rows == [["1", "2"], ["1", "2"]]


def test_empty_columns_at_the_end_are_left_out():
    assert parse_table("A\tB\t\n1\t2\t\n") == Table(["A", "B"], [["1", "2"]], [])


def test_a_column_without_heading_stays_if_it_has_content():
    assert parse_table("A\tB\t\n1\t2\t3").header == ["A", "B", ""]


def test_nothing():
    assert parse_table(" \n\t\n") == Table()


@given(st.text())
def test_any_text_gives_a_table_of_even_rows(text):
    table = parse_table(text)
    assert all(len(row) == len(table.header) for row in table.rows)


CELL = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=2)
    )
)
def test_pasted_cells_come_back(rows):
    table = parse_table("\n".join("\t".join(row) for row in rows))
    assert [table.header, *table.rows] == rows
