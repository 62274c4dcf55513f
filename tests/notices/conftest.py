"""A mail server that is really there: it listens, refuses, goes down and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import django
import pytest
from aiosmtpd.controller import Controller

from tests.served import free_port
from wagtail_pbgdpl.notices import outbox
from wagtail_pbgdpl.notices.models import Notice

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def post(key: str, to: Any, subject: str, text: str) -> int:
    """Put one letter into the outbox."""
    notice = Notice(key=key, recipient=to, address=to.email)
    return outbox.put([(notice, lambda: (subject, text))])


class MailServer:
    def __init__(self) -> None:
        self.port = free_port()
        self.received: list[EmailMessage] = []
        self.refused: set[str] = set()
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
        self._controller = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, to: str, _: Any) -> str:
        if to in self.refused:
            return "550 5.1.1 khong co nguoi nhan"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.received.append(
            message_from_bytes(envelope.content, policy=policy.default)  # type: ignore[arg-type]
        )
        return "250 OK"


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    if django.VERSION >= (6, 1):
        options = {"host": "127.0.0.1", "port": server.port, "timeout": 10}
        settings.MAILERS = {"default": {"BACKEND": SMTP, "OPTIONS": options}}
    else:
        settings.EMAIL_BACKEND = SMTP
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = server.port
        settings.EMAIL_TIMEOUT = 10
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def server_not_yet_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process knows of the mail server is of the test before."""
    monkeypatch.setattr(outbox.server, "silent_at", None)
