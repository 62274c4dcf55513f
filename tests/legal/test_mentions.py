"""D5: documents that running text cites, and the provisions of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_pbgdpl.legal.mentions import anchors, law_named, mentions, touches

CITED = [
    (
        "theo Điều 7 Luật Trợ giúp pháp lý năm 2017, người",
        [("l:luat tro giup phap ly 2017", "Luật Trợ giúp pháp lý năm 2017", ["dieu-7"])],
    ),
    (
        "khoản 2 Điều 9 Quyết định 17/2018/QĐ-UBND",
        [("n:17/2018/QĐ-UBND", "Quyết định 17/2018/QĐ-UBND", ["dieu-9-khoan-2"])],
    ),
    (
        "điểm a khoản 1 Điều 5 và Điều 7 của Nghị định số 30/2020/NĐ-CP ngày 05/3/2020",
        [
            (
                "n:30/2020/NĐ-CP",
                "Nghị định số 30/2020/NĐ-CP",
                ["dieu-5-khoan-1-diem-a", "dieu-7"],
            )
        ],
    ),
    (
        "Luật Hộ tịch, Luật Cư trú năm 2020; Luật Phổ biến, giáo dục pháp luật năm 2012",
        [
            ("l:luat cu tru 2020", "Luật Cư trú năm 2020", []),
            (
                "l:luat pho bien giao duc phap luat 2012",
                "Luật Phổ biến, giáo dục pháp luật năm 2012",
                [],
            ),
        ],
    ),
    (
        "Điều 3 Luật Hòa giải ở cơ sở số 35/2013/QH13",
        [("n:35/2013/QH13", "Luật Hòa giải ở cơ sở số 35/2013/QH13", ["dieu-3"])],
    ),
    ("Bộ luật Dân sự 2015", [("l:bo luat dan su 2015", "Bộ luật Dân sự 2015", [])]),
    ("Quyết định 05/2026/QÐ–UBND", [("n:5/2026/QĐ-UBND", "Quyết định 05/2026/QÐ–UBND", [])]),
    ("Ngày 12/06/2026, tỷ lệ 3/4, năm 2020 có 5 vụ", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "cited"), CITED)
def test_what_is_cited(text: str, cited: list[tuple[str, str, list[str]]]) -> None:
    found = mentions(text)
    assert [(one.key, one.name, [p.anchor for p in one.provisions]) for one in found] == cited
    for one in found:
        assert text[one.start : one.end] == one.name


@given(st.text(alphabet="Điều khoản Luật năm 2017/QĐ-UBND,;.\n"))
def test_places_are_in_order_and_within(text: str) -> None:
    at = 0
    for one in mentions(text):
        for part in (*one.provisions, one):
            assert at <= part[0] < part[1] <= len(text)
            at = part[1]


@pytest.mark.parametrize(
    ("title", "year", "law"),
    [
        ("Luật Trợ giúp pháp lý", 2017, "luat tro giup phap ly 2017"),
        ("Luật Trợ giúp pháp lý năm 2017", None, "luat tro giup phap ly 2017"),
        ("Luật Hòa giải ở cơ sở số 35/2013/QH13", 2013, "luat hoa giai o co so 2013"),
        ("Luật Trợ giúp pháp lý", None, ""),
        ("Quyết định 17/2018/QĐ-UBND", 2018, ""),
    ],
)
def test_the_name_of_a_law(title: str, year: int | None, law: str) -> None:
    assert law_named(title, year) == law


@pytest.mark.parametrize(
    ("changed", "cited", "is_touched"),
    [
        ("Điều 5", "Điều 5", True),
        ("Điều 5", "khoản 2 Điều 5", True),
        ("khoản 2 Điều 5", "Điều 5", True),
        ("khoản 2 Điều 5", "khoản 3 Điều 5", False),
        ("Điều 5", "Điều 50", False),
        ("Điều 5, Điều 7", "Điều 7", True),
        ("", "Điều 5", True),
        ("Điều 5", "", True),
    ],
)
def test_what_a_change_touches(changed: str, cited: str, is_touched: bool) -> None:
    assert touches(anchors(changed), anchors(cited)) is is_touched
