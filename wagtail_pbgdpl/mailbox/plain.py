"""Plain text of HTML, and of a reply what is new in it. Pure."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_LINES = frozenset(
    (
        *("p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd"),
        *("table", "pre", "hr", "blockquote", "section", "article"),
    )
)
_CELLS = frozenset(("td", "th"))
_UNSEEN = frozenset(
    (
        *("script", "style", "head", "title", "template", "noscript", "object", "svg"),
        *("textarea", "select"),
    )
)
# They hold nothing, and nothing closes them.
_VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *("track", "wbr"),
    )
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.I)
# Where the mail programs put what is replied to.
_QUOTES = re.compile(
    r"(?:^|\s)(?:gmail_quote|gmail_quote_container|gmail_attr|moz-cite-prefix|yahoo_quoted"
    r"|protonmail_quote)(?:\s|$)"
)
# Outlook puts the letter after its mark, not into it.
_AFTERWARDS = frozenset(
    ("divrplyfwdmsg", "appendonsend", "mail-editor-reference-message-container")
)
# What a person writes is far below; a text above is cut.
_LONGEST = 500_000
# Comments, declarations, and what is never closed: a parser looks for the ends of these from each
# beginning anew, and a mail of nothing else would hold it up for minutes.
_NO_TEXT = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)|</[^<>]*(?=<|\Z)", re.DOTALL)


def plain_text(html: str) -> str:
    """Return what a reader sees of HTML; what is replied to stands behind «>», at the end."""
    reader = _Reader()
    reader.feed(_NO_TEXT.sub("", html[:_LONGEST]))
    reader.close()
    text, quoted = (_tidied("".join(said)) for said in (reader.said, reader.quoted))
    if quoted:
        text += "\n\n" + "\n".join(f"> {line}".rstrip() for line in quoted.split("\n"))
    return text.strip()


class _Reader(HTMLParser):
    """Reads on in one go, however deep parts lie within parts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.quoted: list[str] = []
        # Of each part that is open: its name, and whether it hides or quotes what is in it.
        self.open: list[tuple[str, bool, bool]] = []
        self.counts: dict[str, int] = {}
        self.unseen = self.quotes = 0
        self.afterwards = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" or tag in _LINES:
            self._say("\n")
        if tag in _VOID:
            return
        values = {name: value or "" for name, value in attrs}
        if values.get("id", "").lower() in _AFTERWARDS:
            self.afterwards = True
        hides = tag in _UNSEEN or bool(_HIDDEN.search(values.get("style", "")))
        quotes = tag == "blockquote" or bool(_QUOTES.search(values.get("class", "")))
        self.open.append((tag, hides, quotes))
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.unseen += hides
        self.quotes += quotes

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # «<div/>» opens a part all the same, as browsers have it.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.counts.get(tag):
            while self.open:
                name, hides, quotes = self.open.pop()
                self.counts[name] -= 1
                self.unseen -= hides
                self.quotes -= quotes
                if name == tag:
                    break
        if tag in _LINES:
            self._say("\n")
        elif tag in _CELLS:
            self._say(" ")

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        is_laid_out = self.counts.get("pre")
        # The ends of lines in the source are none on the page.
        self._say(data if is_laid_out else re.sub(r"\s+", " ", data))

    def _say(self, text: str) -> None:
        (self.quoted if self.quotes or self.afterwards else self.said).append(text)


def _tidied(text: str) -> str:
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


# «On …, … wrote:», «Vào …, … đã viết:»: what stands above a letter that is replied to.
_WROTE = re.compile(
    r"^(?:on|vào(?: lúc)?|le|am|ngày)\b.{3,300}?(?:wrote|đã viết|viết|a écrit|schrieb)\s*:\s*$",
    re.IGNORECASE | re.DOTALL,
)
_WROTE_STARTS = re.compile(r"^(?:on|vào(?: lúc)?|le|am|ngày)\b", re.IGNORECASE)
# From here on all is what is replied to.
_BREAK = re.compile(
    r"^(?:-{2,}\s*(?:original message|thư gốc|tin nhắn gốc|thư được chuyển tiếp|forwarded message)"
    r"\s*-{2,}|_{20,})\s*$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^\*?(?:from|từ|người gửi)\s*:\*?\s*\S", re.IGNORECASE)
_HEAD_GOES_ON = re.compile(
    r"^\*?(?:sent|date|to|subject|cc|đã gửi|ngày gửi|ngày|gửi|tới|đến|chủ đề|tiêu đề)\s*:",
    re.IGNORECASE,
)
_SIGNATURE = "--"
_WRAPPED = 4


def new_part(text: str) -> str:
    """Return what somebody has written in a reply, without what it replies to and the signature.

    Lines behind «>», what mail programs write above them, and all below a mark that begins the
    letter before. What was written between quoted lines stays.
    """
    lines = text.split("\n")
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if _BREAK.match(line) or _begins_a_head(lines, at) or line == _SIGNATURE:
            break
        if line.startswith(">"):
            at += 1
            continue
        wrote = _lines_of_wrote(lines, at)
        if wrote:
            at += wrote
            if not any(one.strip().startswith(">") for one in lines[at:]):
                # The letter before follows without marks.
                break
            continue
        kept.append(lines[at])
        at += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _begins_a_head(lines: list[str], at: int) -> bool:
    if not _HEAD.match(lines[at].strip()):
        return False
    following = [one.strip() for one in lines[at + 1 : at + 6]]
    return sum(bool(_HEAD_GOES_ON.match(one)) for one in following) >= 2


def _lines_of_wrote(lines: list[str], at: int) -> int:
    """Return how many lines, from this on, say who wrote the letter before; none: 0."""
    if not _WROTE_STARTS.match(lines[at].strip()):
        return 0
    for count in range(1, _WRAPPED + 1):
        text = " ".join(one.strip() for one in lines[at : at + count])
        if len(text) > 320:
            return 0
        if _WROTE.match(text):
            return count
    return 0
