"""Numbers of documents: read out of words, and told to be the same however they are written (D1).

«17/2018/QĐ-UBND», «148/2025/QH15», «2280/QĐ-TTg», «05-CT/TU»: a number, at times a year, and the
symbols of what it is and of who issued it.
"""

from __future__ import annotations

import datetime
import re

from ..core.text import nfc

_SYMBOL = r"[A-ZĐ][\wĐđ]*"
_NUMBER = re.compile(
    rf"(?<![\w/])\d{{1,5}}[a-zđ]?"
    rf"(?:\s?/\s?(?:(?:19|20)\d\d\s?/\s?)?{_SYMBOL}(?:\s?-\s?{_SYMBOL})*"
    rf"|\s?-\s?{_SYMBOL}\s?/\s?{_SYMBOL}(?:\s?-\s?{_SYMBOL})*)"
)
# What is taken for another sign: the Icelandic letter, dashes, the slash of other keyboards.
_ALIKE_SIGNS = (("Ð", "Đ"), *((sign, "-") for sign in "–—‑−"), ("∕", "/"), ("⁄", "/"))
_ALIKE = str.maketrans(dict(_ALIKE_SIGNS))
_SERIAL = re.compile(r"^0+(?=\d)")
# Of these each province, district or commune counts its own numbers.
_LOCAL = frozenset({"UBND", "UB", "HĐND", "TU", "HU", "ĐU"})
_DATED = re.compile(
    r"\bngày\s+(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)((?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def number_in(text: str) -> str:
    """Return the first number of a document that stands in ``text``, tidied; empty for none."""
    found = _NUMBER.search(_tidy(text))
    return re.sub(r"\s", "", found[0]) if found else ""


def found_in(text: str) -> list[tuple[int, int]]:
    """Return from where to where each number of a document stands in ``text`` (NFC)."""
    # One by one these are found a hundred times as fast as by ``translate``.
    for sign, meant in _ALIKE_SIGNS:
        text = text.replace(sign, meant)
    return [match.span() for match in _NUMBER.finditer(text)]


def key_of(number: str) -> str:
    """Return by what a number is told to be that of another: empty for an empty one."""
    whole = re.sub(r"\s", "", _tidy(number)).upper()
    return _SERIAL.sub("", whole)


def symbols_of(number: str) -> list[str]:
    """Return the symbols of a number in their order: of «17/2018/QĐ-UBND» «QĐ» and «UBND»."""
    parts = re.split(r"[/-]", re.sub(r"\s", "", _tidy(number)))
    return [part for part in parts if part[:1].isalpha()]


def is_local(number: str) -> bool:
    """Whether bodies of several places issue documents of the same number."""
    return any(symbol.upper() in _LOCAL for symbol in symbols_of(number))


def day_in(text: str) -> datetime.date | None:
    """Return the first day that ``text`` names with «ngày»: «ngày 01 tháng 7 năm 2025»."""
    for day, month, year in _DATED.findall(nfc(text)):
        try:
            return datetime.date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def _tidy(text: str) -> str:
    return nfc(text).translate(_ALIKE).strip()
