"""I6: who works in the admin meets no English, whatever the role: pages, modals, lists, reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from django.urls import Resolver404, resolve, reverse

from tests.both import one_of_each
from tests.gates.addresses import LEFT_OUT
from tests.gates.world import World
from tests.vietnamese.english import english_in, listen

pytestmark = pytest.mark.django_db

#: Links, what a button opens beside the page, and the menu, which a script draws.
LINK = re.compile(
    rb"""(?:(?:href|data-[\w-]*url(?:-value)?|hx-get)=|"url": )"(/admin/[^"#]*)""", re.IGNORECASE
)
#: Which roles are looked at in turn, one of each line in a run.
ROLES = [["officer", "head", "secretary"], ["member", "deputy", "chief"], ["operator", "superuser"]]
#: What somebody sees who is not signed in.
DOORS = ("wagtailadmin_login", "wagtailadmin_password_reset", "wagtailadmin_password_reset_done")
#: So many pages of one view are looked at, each about something else.
OF_A_VIEW = 2


def places(client: Any, start: str) -> Iterator[tuple[str, bytes]]:
    """Yield each page that somebody reaches from ``start`` by links, and what stands there."""
    waiting, seen, of_view = [start], {start}, dict[Any, int]()
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address, follow=True)
        if "html" not in answer.headers.get("Content-Type", "") or answer.status_code >= 400:
            continue
        if getattr(answer, "streaming", False):
            continue
        yield address, answer.content
        for found in LINK.findall(answer.content):
            link = urldefrag(urljoin(address, found.decode().replace("&amp;", "&")))[0]
            if link not in seen and (view := view_of(link)):
                seen.add(link)
                of_view[view] = of_view.get(view, 0) + 1
                if of_view[view] <= OF_A_VIEW:
                    waiting.append(link)


def view_of(address: str) -> Any:
    """What answers at an address: the view, with the models in it; nothing where it is left out."""
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return None
    name = match.view_name or match.route
    # A page holds what the script would fetch of its list anew.
    left_out = name in LEFT_OUT or match.route in LEFT_OUT or "results/" in match.route
    if left_out or "export=" in address:
        return None
    return name, tuple(value for value in match.kwargs.values() if not str(value).isdigit())


def test_the_door_is_in_vietnamese(client: Any) -> None:
    missed = listen()
    for name in DOORS:
        assert english_in(client.get(reverse(name)).content) == set()
        assert english_in(client.post(reverse(name), {"username": "ai"}).content) == set()
    assert missed == set()


@pytest.mark.parametrize("who", one_of_each(ROLES))
def test_nobody_meets_english(world: World, who: str) -> None:
    client = world.client(who)
    found: dict[str, set[str]] = {}
    looked_at = 0
    missed = listen()
    for address, page in places(client, reverse("wagtailadmin_home")):
        looked_at += 1
        if texts := english_in(page) | missed:
            found[address] = texts
        missed.clear()
    assert looked_at > 5
    assert found == {}
