from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Site

from tests.guides.pages import code
from tests.sources.server import Server, served
from wagtail_pbgdpl.api import log
from wagtail_pbgdpl.webhooks import receivers
from wagtail_pbgdpl.webhooks.models import WebhookReceiver

numbers = itertools.count()


@pytest.fixture(scope="module")
def _server() -> Iterator[Server]:
    with served() as server:
        yield server


@pytest.fixture
def server(_server: Server) -> Server:
    _server.forget()
    _server.plays["/a"] = lambda handler: handler.say(b"")
    return _server


@pytest.fixture(autouse=True)
def reached(settings: Any) -> None:
    """Loopback may be written to; a busy computer is given time."""
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {
        "SOURCE_NETWORKS": ["127.0.0.0/8"],
        "SOURCE_SECONDS": 30,
    }


@pytest.fixture
def soon(settings: Any, reached: None) -> None:
    """Nothing takes longer than two seconds."""
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"SOURCE_SECONDS": 2}


@pytest.fixture
def receiver(server: Server, db: None) -> Callable[..., WebhookReceiver]:
    """Make one that hears what changes from now on."""
    return lambda path="/a", **values: made(server, path, **values)


def made(server: Server, path: str = "/a", **values: Any) -> WebhookReceiver:
    settle()
    found: WebhookReceiver = WebhookReceiver.objects.create(
        **{
            "name": f"Trục LGSP {next(numbers)}",
            "site": Site.objects.get(is_default_site=True),
            "address": f"{server.address}{path}",
            **values,
        }
    )
    found.renew_secret(timezone.now())
    receivers.switch_on(found)
    return found


def settle() -> None:
    """Enter what changed, as at the end of a transaction."""
    log.settle_all()


def told(server: Server, path: str = "/a") -> list[tuple[str, str]]:
    """Return what a receiver was told that leaves out repeats: identifier and change."""
    messages: dict[str, Any] = {}
    for where, headers, body in server.posted:
        if where == path:
            messages.setdefault(headers["webhook-id"], json.loads(body)["data"])
    return [(one["id"], one["change"]) for data in messages.values() for one in data["changes"]]


@pytest.fixture(scope="session")
def example(repository: Path) -> Any:
    """What the guide for receivers says in Python."""
    found: dict[str, Any] = {}
    page = repository / "docs" / "how-to" / "receive-changes.md"
    exec(code(page, "python", "def verified"), found)  # noqa: S102
    return found
