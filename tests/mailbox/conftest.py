from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.mailbox.imap_server import ImapServer
from tests.mailbox.letters import BOX
from tests.questions.case import day


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(day(2), tick=False) as frozen:
        yield frozen


@pytest.fixture
def mailbox(settings: Any) -> Any:
    """A function that sets the mailbox up; without anything, mails are piped."""

    def use(**others: Any) -> None:
        known = {"MAIL_ADDRESS": BOX} | {f"MAIL_{name}": value for name, value in others.items()}
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | known

    use()
    return use


@pytest.fixture
def imap(mailbox: Any) -> Iterator[ImapServer]:
    server = ImapServer()
    server.start()
    mailbox(
        IMAP_HOST="127.0.0.1",
        IMAP_PORT=server.port,
        IMAP_SECURITY="none",
        IMAP_USER=BOX,
        IMAP_PASSWORD=server.password,
    )
    yield server
    server.stop()
