"""The order of clauses on paper."""

from __future__ import annotations

import re

ARTICLE = re.compile(r"Điều (\d+)|Mục ([IVXLC]+)(?:\.(\d+))?")
PARAGRAPH = re.compile(r"khoản (\d+)")
POINT = re.compile(r"điểm (\w)")
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

Place = tuple[int, int, int]
LAST: Place = (1_000_000, 0, 0)


def place(clause: str) -> Place:
    """Return a sort key: article, paragraph (khoản) and point (điểm) in Vietnamese order.

    Plans are counted in roman sections («Mục II.3»). What has neither, such as an annex, is last.
    """
    first = clause.partition(";")[0]
    article = ARTICLE.search(first)
    if article is None:
        return LAST
    arabic, roman, item = article.groups()
    paragraph = PARAGRAPH.search(first)
    point = POINT.search(first)
    return (
        int(arabic) if arabic else _from_roman(roman),
        int(item or (paragraph[1] if paragraph else 0)),
        ALPHABET.find(point[1]) + 1 if point else 0,
    )


def _from_roman(numeral: str) -> int:
    digits = [ROMAN[letter] for letter in numeral]
    return sum(
        -digit if digit < following else digit
        for digit, following in zip(digits, [*digits[1:], 0], strict=True)
    )
