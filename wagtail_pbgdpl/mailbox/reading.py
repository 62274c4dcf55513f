"""A mail as it was sent, read into what the portal asks of it. Pure: no model, no setting.

Whatever stands in a mail, anybody may have written. What cannot be read at all is ``Unreadable``;
everything else has some form, if a poor one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from typing import Any

from ..core.text import nfc
from .plain import plain_text

# What a person may have written by hand is far below; a text above is cut before it is looked at.
_LONGEST_TEXT = 1_000_000
_LONGEST_HEADER = 2_000
_MOST_PARTS = 200
# A picture of a signature, which the mail shows within its text.
_SMALL_PICTURE = 10_000
_ADDRESS = re.compile(r"[^\s<>()\[\]\",;:@]+@[^\s<>()\[\]\",;:@]+")
# Of no use to a reader.
_SIGNATURES = re.compile(r"application/(x-)?(pkcs7-signature|pgp-signature|pgp-encrypted)")
# In which Vietnamese mails say wrongly that they are written: each sign is one byte there.
_ONE_BYTE = ("ascii", "us-ascii", "latin-1", "iso-8859-1", "windows-1252", "cp1252", "")


class Unreadable(Exception):
    """What came is no mail that can be read; the text says why."""


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file of a mail, as ``intake.files.taken`` takes it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """``address`` and ``name`` are of who says to have sent it, ``text`` is without the files.

    Empty where the mail has none. ``headers``: all values, as they stand, by the small name.
    """

    address: str = ""
    name: str = ""
    subject: str = ""
    identifier: str = ""
    text: str = ""
    is_html: bool = False
    files: tuple[RawFile, ...] = ()
    kind: str = "text/plain"
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: What a report on delivery says: «failed», «delayed» …, the status, and the letter's headers.
    report: tuple[str, str, str] | None = None

    def all(self, *names: str) -> list[str]:
        """Return the values of these headers, in the order of the names."""
        return [value for name in names for value in self.headers.get(name, ())]

    def one(self, name: str) -> str:
        return next(iter(self.headers.get(name, ())), "").strip()


def read(raw: bytes) -> Mail:
    """Return the mail, or its head alone where ``raw`` ends there. Raises ``Unreadable``."""
    try:
        return _read(message_from_bytes(raw, policy=policy.compat32))
    # What is made up to break programs does so in ways that no list is complete of: parts within
    # parts, names of character sets, numbers where none can be.
    except Exception as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error


def _read(message: Message) -> Mail:
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in message.raw_items():
        key = str(name).lower()
        headers[key] = (*headers.get(key, ()), _whole(str(value)))
    parts = list(_parts(message))
    name, address = _sender(headers)
    text, is_html = _text(parts)
    return Mail(
        address=address,
        name=name,
        subject=_one_line(_words(next(iter(headers.get("subject", ())), ""))),
        identifier=next(iter(headers.get("message-id", ())), "").strip(),
        text=text,
        is_html=is_html,
        files=tuple(_files(parts)),
        kind=message.get_content_type(),
        headers=headers,
        report=_report(message, parts),
    )


def _whole(value: str) -> str:
    """Return a header as it stands, in one line; bytes that are no ASCII are read as UTF-8."""
    text = value.encode("ascii", "surrogateescape") if _is_raw(value) else value.encode()
    shown = " ".join(text.decode("utf-8", "replace").split())
    return shown.replace("\x00", "")[:_LONGEST_HEADER]


def _is_raw(value: str) -> bool:
    try:
        value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


def _words(value: str) -> str:
    """Return what a header says, where it is written in signs for others."""
    if not value.isascii():
        return value
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(
        decoded(part, charset or "ascii") if isinstance(part, bytes) else part
        for part, charset in parts
    )


def _one_line(text: str) -> str:
    """Return text without what turns, hides or breaks lines."""
    shown = "".join(char if char.isprintable() else " " for char in nfc(text))
    return " ".join(shown.split())


def _sender(headers: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """Return name and address; none where programs may read another address than this one does."""
    written = list(headers.get("from", ()))
    # The name is read after the address is found: a name may look like an address.
    known = [(name, address) for name, address in getaddresses(written) if "@" in address]
    if len({address.lower() for _name, address in known}) == 1:
        name = next((name for name, _address in known if name), "")
        return _one_line(_words(name)), _one_line(known[0][1])
    # Some programs put the address, as it is, before itself.
    found = dict.fromkeys(one.lower() for value in written for one in _ADDRESS.findall(value))
    return "", next(iter(found)) if len(found) == 1 else ""


def _parts(message: Message) -> Iterator[tuple[Message, Message | None]]:
    """Yield the parts that hold something, each with what it is part of. Within no other mail."""
    waiting: list[tuple[Message, Message | None]] = [(message, None)]
    count = 0
    while waiting:
        part, whole = waiting.pop(0)
        count += 1
        if count > _MOST_PARTS:
            raise Unreadable("It has too many parts.")
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting[:0] = [(one, part) for one in _within(part)]
        else:
            yield part, whole


def _within(part: Message) -> list[Message]:
    found: Any = part.get_payload()
    return [one for one in found if isinstance(one, Message)]


def _text(parts: list[tuple[Message, Message | None]]) -> tuple[str, bool]:
    plain = [one for one, _whole in parts if _is_text(one, "text/plain")]
    html = [one for one, _whole in parts if _is_text(one, "text/html")]
    written = "\n\n".join(filter(None, (_content(one) for one in plain)))
    if written.strip():
        return _clean(written), False
    shown = "\n\n".join(plain_text(_content(one)) for one in html)
    return _clean(shown), bool(html)


def _is_text(part: Message, kind: str) -> bool:
    return part.get_content_type() == kind and not _is_attached(part)


def _is_attached(part: Message) -> bool:
    # Some programs name the text itself.
    return part.get_content_disposition() == "attachment"


def _content(part: Message) -> str:
    payload: Any = part.get_payload(decode=True)
    charset = str(part.get_param("charset") or "")
    return decoded((payload or b"")[:_LONGEST_TEXT], charset)


def decoded(content: bytes, charset: str) -> str:
    """Return bytes as text, whatever character set they are said to be in."""
    named = charset.strip().strip("\"'").lower()
    tried = ["utf-8", named] if named in _ONE_BYTE else [named, "utf-8"]
    for one in filter(None, tried):
        try:
            return content.decode(one)
        except (LookupError, UnicodeError, ValueError):
            continue
    # Each byte is some sign there.
    return content.decode("latin-1")


def _clean(text: str) -> str:
    """Return composed text with lines and without signs of control."""
    lines = nfc(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    kept = ("".join(filter(_is_shown, line)).rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _is_shown(char: str) -> bool:
    # No control, no direction of writing, no half of a sign; tabs are blanks.
    return char == "\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _files(parts: list[tuple[Message, Message | None]]) -> Iterator[RawFile]:
    for part, whole in parts:
        if _is_text(part, "text/plain") or _is_text(part, "text/html"):
            continue
        if _SIGNATURES.fullmatch(part.get_content_type()) or _is_of_a_report(part, whole):
            continue
        content = _bytes(part)
        if _is_decoration(part, whole, content):
            continue
        yield RawFile(_one_line(_words(_whole(part.get_filename() or ""))), content)


def _bytes(part: Message) -> bytes:
    if part.is_multipart():
        # A mail within the mail.
        return b"\n".join(one.as_bytes() for one in _within(part))
    payload: Any = part.get_payload(decode=True)
    return payload or b""


def _is_decoration(part: Message, whole: Message | None, content: bytes) -> bool:
    related = whole is not None and whole.get_content_subtype() == "related"
    is_picture = part.get_content_maintype() == "image"
    return related and is_picture and len(content) < _SMALL_PICTURE


def _is_of_a_report(part: Message, whole: Message | None) -> bool:
    return whole is not None and whole.get_content_subtype() == "report"


def _report(
    message: Message, parts: list[tuple[Message, Message | None]]
) -> tuple[str, str, str] | None:
    if message.get_content_type() != "multipart/report":
        return None
    action = status = letter = ""
    for part, _whole_part in parts:
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for block in _within(part):
                action = action or str(block.get("Action", "")).strip().lower()
                status = status or str(block.get("Status", "")).strip()
        elif kind == "message/rfc822":
            letter = " ".join(str(one.get("Message-ID", "")) for one in _within(part))
        elif kind == "text/rfc822-headers":
            letter = _content(part)[:20_000]
    return action, _one_line(status)[:20], letter
