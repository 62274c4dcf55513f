"""The head of a document: who issued it and its number on the left, the country on the right.

Nghị định 30/2020/NĐ-CP, Phụ lục I; of the Party, Hướng dẫn 36-HD/VPTW. Pure.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
_COUNTRY = re.compile(r"CỘNG H(OÀ|ÒA|OÁ)|ĐẢNG CỘNG SẢN", re.IGNORECASE)
_MOTTO = re.compile(r"Độc lập\s*[-–]", re.IGNORECASE)
_NUMBER = re.compile(r"(Luật )?[Ss]ố\s*:?\s|V/v\s|\*$")
_DATED = re.compile(r".{0,60}\bngày\b.{0,12}\btháng\b.{0,12}\bnăm\b.{0,8}", re.IGNORECASE)
#: More lines than these have no head before them.
_LONGEST = 12


class Letterhead(NamedTuple):
    """Lines of both columns; ``read``: how many lines of the text they are."""

    left: Sequence[str]
    right: Sequence[str]
    read: int = 0


def in_text(lines: Sequence[str]) -> Letterhead | None:
    """Return the head with which a text begins; ``None`` where it begins otherwise.

    Who issued it stands before the country, and its number after.
    """
    left: list[str] = []
    right: list[str] = []
    for line in lines[:_LONGEST]:
        is_of_country = _COUNTRY.match(line) or _MOTTO.match(line)
        if not is_of_country and (not right or _NUMBER.match(line)):
            left.append(line)
        elif is_of_country or _DATED.fullmatch(line):
            right.append(line)
        else:
            break
    read = len(left) + len(right)
    return Letterhead(left, right, read) if len(right) > 1 and left else None


def made_of(
    issuer: str, number: str, place: str, issued_on: datetime.date | None, *, of_party: bool
) -> Letterhead:
    """Return the head of a document of which only these facts are known."""
    left = [issuer.upper(), f"Số: {number}" if number else ""]
    day = f"ngày {issued_on:%d} tháng {issued_on:%m} năm {issued_on:%Y}" if issued_on else ""
    dated = f"{place}, {day}" if place and day else day
    right = [PARTY] if of_party else [COUNTRY, MOTTO]
    return Letterhead(_filled(left), _filled([*right, dated]))


def _filled(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line]
