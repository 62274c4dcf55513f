"""D3: the head of a document, read out of its text or made of what is known."""

from __future__ import annotations

import datetime

import pytest

from wagtail_pbgdpl.legal.letterhead import in_text, made_of

COUNTRY = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


@pytest.mark.parametrize(
    ("lines", "left", "right"),
    [
        (
            [
                "ỦY BAN NHÂN DÂN",
                "TỈNH BẮC KẠN",
                *COUNTRY,
                "Số: 17/2018/QĐ-UBND",
                "Bắc Kạn, ngày 31 tháng 7 năm 2018",
                "QUYẾT ĐỊNH",
            ],
            ["ỦY BAN NHÂN DÂN", "TỈNH BẮC KẠN", "Số: 17/2018/QĐ-UBND"],
            [*COUNTRY, "Bắc Kạn, ngày 31 tháng 7 năm 2018"],
        ),
        (
            ["SỞ TƯ PHÁP", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do", "Kính gửi: A"],
            ["SỞ TƯ PHÁP"],
            ["CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do"],
        ),
    ],
)
def test_in_a_text(lines: list[str], left: list[str], right: list[str]) -> None:
    head = in_text(lines)
    assert head is not None
    assert (head.left, head.right) == (left, right)
    assert head.read == len(left) + len(right)


@pytest.mark.parametrize(
    "lines",
    [[], ["Điều 1. Phạm vi"], ["SỞ TƯ PHÁP", "Căn cứ Luật"], COUNTRY, ["A", COUNTRY[0]]],
)
def test_none(lines: list[str]) -> None:
    assert in_text(lines) is None


def test_made_of_facts() -> None:
    head = made_of("Sở Tư pháp", "1/QĐ-STP", "Bắc Kạn", datetime.date(2026, 3, 2), of_party=False)
    assert head.left == ["SỞ TƯ PHÁP", "Số: 1/QĐ-STP"]
    assert head.right == [*COUNTRY, "Bắc Kạn, ngày 02 tháng 03 năm 2026"]
    assert made_of("Tỉnh ủy", "", "", None, of_party=True).right == ["ĐẢNG CỘNG SẢN VIỆT NAM"]
