"""Mails as people and programs send them."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from typing import Any

from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.notices.replies import reply_address

BOX = "hoi-dap@example.vn"
ASKER = "nguoi-hoi@example.org"
NAME = "Hoàng Thị Người Hỏi"
SUBJECT = "Thừa kế đất đai"
WORDS = "Bố tôi mất năm 2019, tôi muốn hỏi về thừa kế."


def mail(
    text: str = WORDS,
    *,
    to: str = BOX,
    files: tuple[tuple[str, bytes], ...] = (),
    html: str = "",
    **headers: Any,
) -> EmailMessage:
    """A mail of the asker; ``X_Name="…"`` sets the header «X-Name», ``None`` takes one away."""
    message = EmailMessage(policy=SMTP)
    known = {
        "From": f"{NAME} <{ASKER}>",
        "To": to,
        "Subject": SUBJECT,
        "Message-ID": make_msgid(domain="example.org"),
        "Date": "Mon, 02 Mar 2026 09:00:00 +0700",
    }
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in (known | named).items():
        if value is not None:
            message[name] = value
    if text or not html:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    for name, content in files:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message


def raw(*args: Any, **kwargs: Any) -> bytes:
    return mail(*args, **kwargs).as_bytes()


def reply(notice: Notice, text: str, **headers: Any) -> bytes:
    """A reply to a letter of the portal, by its address for replies."""
    known = {"From": notice.address, "Subject": f"Re: {notice.subject}"}
    return raw(text, to=reply_address(notice) or BOX, **(known | headers))


def bounce(letter: str, status: str = "5.1.1", action: str = "failed", **headers: Any) -> bytes:
    """A report of a mail server (RFC 3464) about the letter with these headers."""
    known = {
        "From": "MAILER-DAEMON@mx.example.org",
        "To": BOX,
        "Subject": "Undelivered Mail Returned to Sender",
        "Return-Path": "<>",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/report; report-type=delivery-status; boundary="b"',
    }
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in (known | named).items())
    body = (
        "\r\n--b\r\nContent-Type: text/plain\r\n\r\nKhong gui duoc.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {ASKER}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\n{letter}\r\n\r\nThu\r\n--b--\r\n"
    )
    return (head + body).encode()
