"""D1, D2: numbers of documents, read out of the words in which they stand."""

from __future__ import annotations

import datetime
import unicodedata

import pytest

from wagtail_pbgdpl.legal.numbers import day_in, is_local, key_of, number_in, symbols_of

READ = [
    ("Nghị định số 278/2025/NĐ-CP", "278/2025/NĐ-CP"),
    ("Luật số 148/2025/QH15 về hộ tịch", "148/2025/QH15"),
    ("Quyết định 2280/QĐ-TTg ngày 15/10/2025", "2280/QĐ-TTg"),
    ("Kế hoạch 12 / KH - BTP", "12/KH-BTP"),
    ("Thông tư liên tịch 01/2025/TTLT-BCA-BTP", "01/2025/TTLT-BCA-BTP"),
    ("Chỉ thị 05-CT/TU", "05-CT/TU"),
    ("Quyết định 05/2026/QÐ–UBND", "05/2026/QĐ-UBND"),
    ("Nghị định 99b/2025/NĐ-CP", "99b/2025/NĐ-CP"),
    (unicodedata.normalize("NFD", "Nghị định số 1/2025/NĐ-CP"), "1/2025/NĐ-CP"),
    ("Họp ngày 12/06/2026", ""),
    ("/van-ban/12/trang", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "number"), READ)
def test_read_out_of_words(text: str, number: str) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("01/2025/NĐ-CP", "1/2025/nđ–cp", True),
        ("17/2018/QĐ-UBND", " 17 / 2018 / QÐ-UBND ", True),
        ("17/2018/QĐ-UBND", "17/2018/QĐ-TTg", False),
        ("17/2018/QĐ-UBND", "17/2019/QĐ-UBND", False),
        ("10/2018/QĐ-UBND", "1/2018/QĐ-UBND", False),
    ],
)
def test_the_same_however_it_is_written(one: str, other: str, same: bool) -> None:
    assert (key_of(one) == key_of(other)) is same


def test_nothing_is_the_same_as_nothing() -> None:
    assert key_of("") == ""


@pytest.mark.parametrize(
    ("number", "symbols", "local"),
    [
        ("17/2018/QĐ-UBND", ["QĐ", "UBND"], True),
        ("09/2026/NQ-HĐND", ["NQ", "HĐND"], True),
        ("05-CT/TU", ["CT", "TU"], True),
        ("148/2025/QH15", ["QH15"], False),
        ("17/2025/TT-BTP", ["TT", "BTP"], False),
    ],
)
def test_what_it_is_and_whose(number: str, symbols: list[str], local: bool) -> None:
    assert symbols_of(number) == symbols
    assert is_local(number) is local


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Luật 1/2025/QH15 ngày 01 tháng 7 năm 2025", datetime.date(2025, 7, 1)),
        ("ngày 9/11/2026 và ngày 10/11/2026", datetime.date(2026, 11, 9)),
        ("ngày 31/02/2026", None),
        ("12/06/2026", None),
    ],
)
def test_the_day(text: str, day: datetime.date | None) -> None:
    assert day_in(text) == day
