"""Texts of others, as the portal keeps them: plain, in one line, composed (NFC)."""

from __future__ import annotations

import codecs
import datetime
import html
import re
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import nh3
from django.utils.dateparse import parse_date, parse_datetime

from ..core.text import nfc
from ..worktime import VIETNAM
from .reasons import SourceError

#: What a text may be declared as; others are asked of no codec.
CHARSETS = ("utf-8", "utf-16", "windows-1258", "windows-1252", "iso-8859-1", "us-ascii")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")
)  # fmt: skip
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""")
# And signs that turn the direction of text or are not seen.
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def plain(text: object, length: int) -> str:
    """Return the words of ``text``, which may be HTML, without markup, cut to ``length``."""
    if text is None or isinstance(text, (dict, list)):
        return ""
    # Tags part words: «<p>a</p><p>b</p>».
    spaced = re.sub(r"<(?=[/a-zA-Z])", " <", str(text)[: length * 20])
    cleaned = html.unescape(nh3.clean(spaced, tags=set()))
    words = nfc(" ".join(_CONTROLS.sub(" ", cleaned).split()))
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


def web_address(link: object, base: str, length: int) -> str:
    """Return ``link`` as an absolute address of the web. Raises ``ValueError`` where it is none."""
    whole = urljoin(base, str(link or "").strip())
    parts = urlsplit(whole)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError("no address of the web")
    if len(whole) > length or not whole.isprintable() or re.search(r"[\s<>\"\\]", whole):
        raise ValueError("no well-formed address")
    return whole


def instant(text: object) -> datetime.datetime | None:
    """Return what a date as feeds, JSON or Vietnamese pages write it says; ``None`` for nothing.

    Without a time zone it is Vietnamese time. Raises ``ValueError`` for what is no date.
    """
    words = str(text or "").strip()
    if not words:
        return None
    found = parse_datetime(words)
    if found is None and (day := parse_date(words[:10]) if words[:4].isdigit() else None):
        found = datetime.datetime.combine(day, datetime.time())
    if found is None and (match := re.search(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b", words)):
        day_, month, year = map(int, match.groups())
        found = datetime.datetime(year, month, day_)  # noqa: DTZ001
        if clock := re.search(r"\b(\d{1,2}):(\d{2})\b", words):
            found = found.replace(hour=int(clock[1]), minute=int(clock[2]))
    if found is None:
        found = parsedate_to_datetime(words)
    if not 1945 <= found.year <= 2200:
        raise ValueError("no sensible year")
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


def decoded(body: bytes, content_type: str) -> str:
    """Return the text of an answer.

    What is UTF-8 is read as such whatever is declared: a wrong declaration is common, and other
    text is hardly ever UTF-8 by chance. Raises ``SourceError`` for what cannot be read.
    """
    for mark, charset in MARKS:
        if body.startswith(mark):
            return _read(body, charset)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content_type.encode()) or _DECLARED.search(body[:1024])
    charset = declared[1].decode().lower() if declared else ""
    # Declared wrongly, then, and Vietnamese.
    return _read(body, charset if charset in CHARSETS[1:] else "windows-1258")


def _read(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset)
    except UnicodeError:
        raise SourceError("charset", charset) from None
