"""Articles that a text cites, and their anchors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_pbgdpl.legal.citations import parts


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("", []),
        ("Luật Hộ tịch", []),
        ("Điều 11 và Điều 15", [("Điều 11", "dieu-11"), ("Điều 15", "dieu-15")]),
        ("khoản 2 Điều 9a", [("khoản 2 Điều 9a", "dieu-9a-khoan-2")]),
        ("điểm đ khoản 2 Điều 9", [("điểm đ khoản 2 Điều 9", "dieu-9-khoan-2-diem-dd")]),
        ("Điều 9 khoản 3 điểm d", [("Điều 9 khoản 3 điểm d", "dieu-9-khoan-3-diem-d")]),
        ("điểm a Điều 5", [("điểm a Điều 5", "dieu-5-diem-a")]),
        (
            "Điều 11, khoản 2 Điều 15",
            [("Điều 11", "dieu-11"), ("khoản 2 Điều 15", "dieu-15-khoan-2")],
        ),
        (
            "Điều 11, điểm a khoản 2 Điều 15",
            [("Điều 11", "dieu-11"), ("điểm a khoản 2 Điều 15", "dieu-15-khoan-2-diem-a")],
        ),
        ("Khoản 1 điều 3", [("Khoản 1 điều 3", "dieu-3-khoan-1")]),
    ],
)
def test_what_is_cited(text: str, cited: list[tuple[str, str]]) -> None:
    assert [tuple(part) for part in parts(text) if part.anchor] == cited


@given(st.text(alphabet="Điều khoản điểm 19ađ,và\n"))
def test_no_letter_is_lost(text: str) -> None:
    assert "".join(part.text for part in parts(text)) == text
