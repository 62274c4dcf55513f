"""Numbers of documents and articles, as they stand in texts and as people type them. Pure.

A number is read into its parts, in lower case and without accents: «17/2018/QĐ-UBND», «17-2018 qd
ubnd» and «số 17 năm 2018» begin alike. Which document is meant, the index knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..core.text import fold, nfc

#: Symbols of documents and of bodies that issue them: told from words after a space.
SYMBOLS = frozenset(
    (
        *(
            "qd",
            "nd",
            "tt",
            "ttlt",
            "nq",
            "ct",
            "kh",
            "cv",
            "bc",
            "tb",
            "hd",
            "qc",
            "l",
            "pl",
            "dt",
            "tr",
            "ttr",
            "kl",
        ),
        *(
            "qdi",
            "lct",
            "vbhn",
            "sl",
            "cd",
            "pa",
            "bb",
            "hc",
            "gm",
            "ubnd",
            "ubtvqh",
            "hdnd",
            "cp",
            "ttg",
        ),
        *(
            "tw",
            "tu",
            "bcd",
            "btp",
            "btc",
            "bnv",
            "bca",
            "bqp",
            "byt",
            "bgddt",
            "bkhdt",
            "btnmt",
            "bxd",
        ),
        *("bgtvt", "bct", "bnnptnt", "blldtbxh", "btttt", "bvhttdl", "bkhcn", "stp", "vp"),
        *("vpcp", "tand", "tandtc", "vksnd", "vksndtc", "nhnn", "hdpbgdpl", "hdph", "pbgdpl"),
        "bbt",
    )
)
#: How the kinds of documents are spelled out.
KINDS = (
    *("quyet dinh", "nghi dinh", "nghi quyet", "thong tu", "chi thi", "ket luan", "ke hoach"),
    *("cong van", "thong bao", "huong dan", "bao cao", "luat", "phap lenh"),
)
#: How they are abbreviated before a number: «NQ 104», «QĐ 17».
SHORT_KINDS = ("qd", "nd", "nq", "tt", "ttlt", "ct", "kl", "kh", "cv", "tb", "hd", "bc")
_YEAR = r"(?:19|20)\d\d"
_SYMBOL = r"[a-z][a-z0-9]*"
_KNOWN_SYMBOLS = "|".join(sorted(SYMBOLS, key=lambda one: (-len(one), one)))
# With strokes any letters are symbols; after spaces those that are known.
_STROKES = rf"(?:\s?[/-]\s?{_SYMBOL})+"
_KNOWN = rf"(?:[\s/.-]+(?:{_KNOWN_SYMBOLS}|qh\d*)\b)+"
_NUMBER = re.compile(
    rf"(?:\bso\s+)?(?<![\w/.,-])(?P<number>\d{{1,5}}[a-z]?)(?:"
    rf"\s?[/.-]\s?(?P<year>{_YEAR})(?P<tail>{_STROKES}|{_KNOWN})?"
    rf"|\s+(?:nam\s+)?(?P<said>{_YEAR})(?P<after>{_KNOWN})?"
    rf"|(?P<symbols>{_STROKES}|{_KNOWN})"
    rf")(?![\w/])",
    re.ASCII,
)
# As texts cite them: with strokes, and with symbols.
_CITED = re.compile(
    rf"(?<![\w/.,-])(?P<number>\d{{1,5}}[a-z]?)"
    rf"(?:\s?/\s?(?P<year>{_YEAR}))?(?P<tail>{_STROKES})(?![\w/])",
    re.ASCII,
)
_KIND_WITH_NUMBER = re.compile(
    rf"\b(?:(?:{'|'.join((*KINDS, *SHORT_KINDS))})\s+(?:so\s+)?|so\s+)(?P<number>\d{{1,5}})\b",
    re.ASCII,
)
_ARTICLE = re.compile(
    r"(?:\bdiem\s+(?P<point>[a-z]d?)\s+)?(?:\bkhoan\s+(?P<clause>\d{1,3}[a-z]?)\s+)?"
    r"\b(?:dieu\s*|d\.?)(?P<article>\d{1,3}[a-z]?)\b"
    r"(?:[,\s]+khoan\s+(?P<later_clause>\d{1,3}[a-z]?)\b(?!\s+dieu))?"
    r"(?:[,\s]+diem\s+(?P<later_point>[a-z]d?)\b)?",
    re.ASCII,
)


class _Flat(dict[int, str]):
    """Each sign by one sign in ASCII and lower case, so that places stay."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        if char.isspace() and char != "\n":
            char = " "
        plain = fold(char).lower()
        self[point] = found = plain if len(plain) == 1 else char
        return found


_FLAT = _Flat({ord(dash): "-" for dash in "–—‑−‐"} | {ord("∕"): "/", ord("⁄"): "/", ord("ð"): "d"})
_FLAT[ord("Ð")] = "d"


def flat(text: str) -> str:
    """Return ``text`` (NFC) without accents, in lower case, each sign at its place."""
    return text.translate(_FLAT)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """«17/2018/QĐ-UBND» → ``17``, ``2018`` and ``(qd, ubnd)``; the two latter may be missing."""

    number: str
    year: str = ""
    symbols: tuple[str, ...] = ()

    @property
    def is_weak(self) -> bool:
        """Whether it is but a number, as many documents have it."""
        return not (self.year or self.symbols)

    def path(self) -> str:
        """Return its parts with a full stop behind each; what is more exact begins with it."""
        return "".join(f"{part}." for part in (self.number, self.year, *self.symbols) if part)

    def paths(self) -> tuple[str, ...]:
        """Return it, and the same without the year, as some cite it."""
        shorter = DocumentNumber(self.number, "", self.symbols)
        return tuple(dict.fromkeys((self.path(), shorter.path())))

    def own_paths(self) -> tuple[str, ...]:
        """Return the same, and what people leave of the symbols: «17/2018/UBND»."""
        left = (
            DocumentNumber(self.number, self.year, self.symbols[place:])
            for place in range(1, len(self.symbols))
            if self.year
        )
        return (*self.paths(), *(one.path() for one in left))


class Article(NamedTuple):
    """«khoản 3 Điều 9», in lower case; ``clause`` and ``point`` may be empty."""

    article: str
    clause: str = ""
    point: str = ""


class Citations(NamedTuple):
    """What was found in a text that somebody typed, and what is left of it."""

    numbers: tuple[DocumentNumber, ...]
    articles: tuple[Article, ...]
    rest: str


def read(text: str) -> Citations:
    """Take numbers of documents and articles out of what somebody typed (NFC)."""
    plain = flat(text)
    articles, cut = [], []
    for found in _ARTICLE.finditer(plain):
        clause = found["clause"] or found["later_clause"] or ""
        point = found["point"] or found["later_point"] or ""
        articles.append(Article(found["article"], clause, point))
        cut.append(found.span())
    plain = _without(plain, cut)
    numbers = []
    for found in _NUMBER.finditer(plain):
        numbers.append(_number(found))
        cut.append(found.span())
    if not numbers and (weak := _KIND_WITH_NUMBER.search(_without(plain, cut))):
        # The kind stays among the words: titles have it.
        numbers.append(DocumentNumber(_bare(weak["number"])))
        cut.append((weak.start("number"), weak.end()))
    return Citations(tuple(numbers), tuple(articles), _without(text, cut))


def own(number: str) -> DocumentNumber | None:
    """Return the number of a document as it is stored; ``None`` where it is none."""
    found = _NUMBER.search(flat(nfc(number)).strip())
    return _number(found) if found else None


def cited(text: str) -> Iterator[DocumentNumber]:
    """Yield the numbers that a text (NFC) cites, in their order."""
    for found in _CITED.finditer(flat(text)):
        number = _number(found)
        if SYMBOLS.intersection(number.symbols) or any(
            one.startswith("qh") for one in number.symbols
        ):
            yield number


def _number(found: re.Match[str]) -> DocumentNumber:
    groups: dict[str, Any] = found.groupdict()
    year = groups.get("year") or groups.get("said") or ""
    tail = groups.get("tail") or groups.get("after") or groups.get("symbols") or ""
    symbols = [part for one in re.findall(_SYMBOL, tail) for part in _parted(one)]
    return DocumentNumber(_bare(groups["number"]), year, tuple(symbols))


def _parted(symbol: str) -> tuple[str, ...]:
    """Part what was written as one: «QĐUBND»."""
    if symbol in SYMBOLS:
        return (symbol,)
    for place in range(1, len(symbol)):
        if symbol[:place] in SYMBOLS and symbol[place:] in SYMBOLS:
            return (symbol[:place], symbol[place:])
    return (symbol,)


def _bare(number: str) -> str:
    return number.lstrip("0") or "0"


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
