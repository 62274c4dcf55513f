"""What in a text tells who somebody is: pointed out to the official before anything is published.

Pure: numbers as people in Vietnam write them, and the words that stand before them. It points out
and decides nothing; a name or an address in words it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class IdentifierKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    #: Căn cước công dân, 12 digits.
    CITIZEN_ID = "citizen_id"
    #: Chứng minh nhân dân, 9 digits.
    IDENTITY_CARD = "identity_card"
    BANK_ACCOUNT = "bank_account"
    PLATE = "plate"


class Found(NamedTuple):
    """``start`` and ``end`` are places in the text; ``text`` is what stands there."""

    kind: IdentifierKind
    start: int
    end: int
    text: str


# Each sign stays at its place, so that what is found can be marked in the text.
_PLAIN = str.maketrans(
    "０１２３４５６７８９＋－．（）\u00a0\u2009\u202f\u2010\u2011\u2012\u2013\u2014",
    "0123456789+-.()   -----",
)
_SEP = r"[ .\-]{0,2}"
# No part of a longer number, of a document's number or of a date.
_BEFORE = r"(?<![\w/])(?<!\d[.,\-])"
_AFTER = r"(?![\w/])(?![.,\-]\d)"


def _digits(count: str) -> str:
    """Return a pattern for so many digits, with or without something between them."""
    return rf"\d(?:{_SEP}\d){{{count}}}"


_EMAIL = r"(?<![\w.+-])[\w.+-]*\w ?@ ?\w[\w-]*(?:\.[\w-]+)*\.[A-Za-z]{2,}(?!\w)"
# After the 0 or the 84: nine digits of a mobile telephone, ten of one at home.
_MOBILE = rf"(?:3{_SEP}[2-9]|5{_SEP}[25689]|7{_SEP}[06-9]|8{_SEP}[1-9]|9{_SEP}\d)(?:{_SEP}\d){{7}}"
_FIXED = rf"2(?:[)]?{_SEP}\d){{9}}"
_COUNTRY = rf"\(?(?:\+ ?84|0084|84)\)?(?:{_SEP}\(?0\)?)?"
_PHONE = rf"{_BEFORE}(?:{_COUNTRY}|\(?0){_SEP}(?:{_MOBILE}|{_FIXED}){_AFTER}"

_CITIZEN_HINT = r"(?:cccd|căn cước(?: công dân)?|định danh(?: cá nhân)?|id card)"
_CARD_HINT = r"(?:cmt?nd|chứng minh(?: thư)?(?: nhân dân)?|cmt)"
_BANK_HINT = r"(?:stk|số tk|tk|tài khoản|số tài khoản|account)"
_BANK = (
    r"(?:vietcombank|vcb|bidv|agribank|vietinbank|techcombank|tcb|mb ?bank|mb|acb|sacombank|vpbank"
    r"|tpbank|vib|shb|hdbank|lpbank|lienvietpostbank|momo)"
)
# Between the word and its number: «số», «của tôi là», a name; no other number, no new sentence.
_GAP = r"[^\d.;\n]{0,45}?"
_HINTED = (
    (IdentifierKind.CITIZEN_ID, rf"(?<!\w){_CITIZEN_HINT}(?!\w){_GAP}\b({_digits('11')}){_AFTER}"),
    (IdentifierKind.IDENTITY_CARD, rf"(?<!\w){_CARD_HINT}(?!\w){_GAP}\b({_digits('8')}){_AFTER}"),
    (IdentifierKind.CITIZEN_ID, rf"(?<!\w){_CARD_HINT}(?!\w){_GAP}\b({_digits('11')}){_AFTER}"),
    (IdentifierKind.BANK_ACCOUNT, rf"(?<!\w){_BANK_HINT}(?!\w){_GAP}\b({_digits('5,18')}){_AFTER}"),
    (
        IdentifierKind.BANK_ACCOUNT,
        rf"{_BEFORE}({_digits('5,18')})[ ,(–-]{{1,3}}(?:tại |ngân hàng |nh ){{0,2}}{_BANK}(?!\w)",
    ),
)
# The provinces' codes run from 001 to 096; then the sex and the century, and the year.
_CITIZEN = rf"{_BEFORE}0{_SEP}(?:\d{_SEP}[1-9]|[1-9]{_SEP}0){_SEP}[0-3](?:{_SEP}\d){{8}}{_AFTER}"
_CARD = rf"{_BEFORE}\d{{9}}{_AFTER}"
_PLATE_START = r"[1-9]\d ?-? ?[A-ZĐ]{1,2}\d?"
_PLATE = (
    rf"(?<![\w/.\-]){_PLATE_START}(?: ?[-.] ?\d{{3}}\.?\d{{2}}| ?\d{{3}}\.\d{{2}}| ?\d{{5}}"
    rf"| ?- ?\d{{4}}){_AFTER}"
)
_HINTED_PLATE = (
    r"(?<!\w)(?:biển số|biển kiểm soát|biển|bks|bsx|bs)(?!\w)[^\d.;\n]{0,25}?"
    r"\b([1-9]\d ?-? ?[A-ZĐa-zđ]{1,2}\d?[ .-]{0,2}\d{3}[. ]?\d{1,2})" + _AFTER
)

# Followed by one of these it is an amount; the number of a tax payer, a receipt or a file tells of
# no person.
_AMOUNT = re.compile(
    r" ?(?:đồng|đ\b|vnđ|vnd|usd|triệu|tỷ|tỉ|nghìn|ngàn|m2|m²|ha\b|km|kg|tấn|người|hộ\b|lượt|%)",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"(?:mst|mã số thuế|mã số doanh nghiệp|mã hồ sơ|mã số hồ sơ|mã đơn vị|mã tài liệu|hóa đơn"
    r"|biên lai|isbn|vào sổ|số seri|số sê-ri|phát hành|mã vạch|mã số|mã)[^\d.;\n]{0,20}$",
    re.IGNORECASE,
)
_CONTEXT = 40

_COMPILED: tuple[tuple[IdentifierKind, re.Pattern[str], bool], ...] = (
    (IdentifierKind.EMAIL, re.compile(_EMAIL), False),
    *((kind, re.compile(pattern, re.IGNORECASE), False) for kind, pattern in _HINTED),
    (IdentifierKind.PLATE, re.compile(_HINTED_PLATE, re.IGNORECASE), False),
    (IdentifierKind.PHONE, re.compile(_PHONE), True),
    (IdentifierKind.CITIZEN_ID, re.compile(_CITIZEN), True),
    (IdentifierKind.PLATE, re.compile(_PLATE), True),
    (IdentifierKind.IDENTITY_CARD, re.compile(_CARD), True),
)


def identifiers(text: str) -> list[Found]:
    """Return what in ``text`` (NFC) may tell who somebody is, in its order, nothing twice.

    Telephone numbers, numbers of identity cards (12 and 9 digits), of bank accounts, of vehicles,
    and e-mail addresses.
    """
    plain = text.translate(_PLAIN)
    taken: list[Found] = []
    for kind, pattern, bare in _COMPILED:
        for start, end in _places(pattern, plain, bare):
            if not any(start < one.end and one.start < end for one in taken):
                taken.append(Found(kind, start, end, text[start:end]))
    return sorted(taken, key=lambda one: one.start)


def _places(pattern: re.Pattern[str], text: str, bare: bool) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        group = 1 if pattern.groups else 0
        start, end = match.span(group)
        # The bracket around a number is none of it, that around its first digits is.
        if match[group].startswith("(") and ")" not in match[group]:
            start += 1
        if _AMOUNT.match(text, end):
            continue
        if bare and _OTHER_NUMBER.search(text[max(0, start - _CONTEXT) : start]):
            continue
        yield start, end
