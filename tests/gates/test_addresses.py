"""R8, R11: no address of Wagtail's admin shows what belongs to others, or changes what is public.

The list comes from the resolver: an address that a later version brings is walked by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse

from tests.both import one_of_each, share, turn
from tests.gates import fingerprint
from tests.gates.addresses import LEFT_OUT, Address, addresses, models_are_there
from tests.gates.browser import NEW_PASSWORD, fields_in
from tests.gates.lookups import leaked
from tests.gates.numbers import CLOSED, PUBLIC, give_numbers
from tests.gates.world import MADE_UP, SECRET, World
from tests.kept import kept_files
from tests.vietnamese.english import listen
from wagtail_pbgdpl.workflows.guard import as_program

pytestmark = pytest.mark.django_db

WALKED = [one for one in addresses() if not one.why_left_out]
#: Errors of Wagtail and of wagtail_modeladmin on a request that no browser sends.
OF_OTHERS = {
    "POST /admin/choose-external-link/": "without any field",
    **{
        f"GET /admin/wagtail_pbgdpl/{model}/": "with a filter that is none"
        for model in ("documenttype", "issuingbody", "legalfield", "audience", "calendarexception")
    },
}
#: Texts in a form that are typed anew, whatever the form is about.
TYPED = ("title", "name", "phone", "rule", "summary", "introduction", "comment", "text", "reason")


@pytest.fixture(scope="module")
def numbered(built: World, django_db_blocker: Any) -> World:
    with django_db_blocker.unblock(), as_program():
        give_numbers(built)
    return built


@pytest.fixture(scope="module")
def forms() -> dict[str, dict[str, Any]]:
    """What a superuser would send of each address; asked once."""
    return {}


@pytest.fixture
def print_before(numbered: World, db: None, request: Any) -> fingerprint.Print:
    found: fingerprint.Print = request.getfixturevalue("first_print")
    return found


@pytest.fixture(scope="module")
def first_print(numbered: World, django_db_blocker: Any) -> fingerprint.Print:
    with django_db_blocker.unblock():
        return fingerprint.take()


@pytest.fixture(autouse=True)
def files_back() -> Iterator[None]:
    with kept_files():
        yield


def plausible(world: World, forms: dict[str, dict[str, Any]], address: str) -> dict[str, Any]:
    """Return the form of an address as a superuser sees it, with texts and passwords changed."""
    if address not in forms:
        response = world.client("superuser").get(address)
        html = response.status_code == 200 and "html" in response.headers.get("Content-Type", "")
        forms[address] = _made_up(fields_in(response.content)) if html else {}
    return forms[address] or {"title": MADE_UP, "name": MADE_UP, "comment": MADE_UP}


def _made_up(form: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for name, value in form.items():
        if isinstance(value, str):
            # What comes back of it is no leak.
            value = value.replace(SECRET, "x")
            if any(word in name for word in TYPED) and name != "username" and not value.isdigit():
                value = MADE_UP
        found[name] = NEW_PASSWORD if name in ("password1", "password2") else value
    return found


class Walk:
    """All that one person asks and sends at one address, and what was wrong with the answers."""

    def __init__(self, world: World, who: str) -> None:
        self.world = world
        self.client = world.client(who)
        self.wrong: list[str] = []
        self.missed = listen()

    def get(self, address: str) -> None:
        self._look(f"GET {address}", lambda: self.client.get(address))

    def post(self, address: str, /, **data: Any) -> None:
        with TestCase.captureOnCommitCallbacks(execute=True):
            self._look(
                f"POST {address} {'with a form' if data else ''}",
                lambda: self.client.post(address, data),
            )

    def _look(self, asked: str, ask: Any) -> None:
        try:
            with transaction.atomic():
                answers = [ask()]
                if answers[0].status_code in (301, 302):
                    there = answers[0].headers["Location"]
                    # The home page is where refusals lead; it is walked by itself.
                    if there.startswith("/") and there != reverse("wagtailadmin_home"):
                        answers.append(self.client.get(there))
        except Exception as error:
            if any(asked.split("?")[0].endswith(one) for one in OF_OTHERS):
                return
            self.wrong.append(f"{asked}: {type(error).__name__}: {error}")
            return
        if any(answer.status_code >= 500 for answer in answers):
            self.wrong.append(f"{asked}: {[answer.status_code for answer in answers]}")
        elif leaked(self.world, answers):
            self.wrong.append(f"{asked}: shows what is secret")
        if self.missed:
            self.wrong.append(f"{asked}: no Vietnamese for {sorted(self.missed)}")
            self.missed.clear()


def numbers_here(address: Address) -> list[int]:
    """Return with which numbers a form is sent: where two share the walk, one of them in turn."""
    if address.filled([CLOSED]) == address.filled([PUBLIC]):
        return [CLOSED]
    numbers = [CLOSED, PUBLIC]
    return numbers if share() is None else [numbers[(WALKED.index(address) // 2 + turn()) % 2]]


@pytest.mark.parametrize(
    ("address", "who"),
    one_of_each([(address, who) for who in ("stranger", "operator")] for address in WALKED),
    ids=str,
)
def test_walk(
    numbered: World,
    print_before: fingerprint.Print,
    forms: dict[str, dict[str, Any]],
    address: Address,
    who: str,
) -> None:
    walk = Walk(numbered, who)
    for filled in address.filled([CLOSED]):
        walk.get(filled)
        walk.get(f"{filled}?id={CLOSED}&q=tep&term=nhan")
        walk.post(f"{filled}?id={CLOSED}")
    for number in numbers_here(address):
        for filled in address.filled([number]):
            query = f"{filled}?id={number}"
            walk.post(query, **plausible(numbered, forms, query))
    assert walk.wrong == []
    assert fingerprint.differences(print_before, fingerprint.take()) == []


def test_the_list_is_wagtails_whole_list() -> None:
    assert len(WALKED) > 250
    assert models_are_there()


def test_what_is_left_out_is_there() -> None:
    known = {one.name for one in addresses()} | {one.path for one in addresses()}
    assert set(LEFT_OUT) <= known


def test_the_walk_finds_what_it_looks_for(numbered: World, db: None) -> None:
    """The unit's own officer finds the same things under the same number."""
    walk = Walk(numbered, "officer")
    for one in WALKED:
        if one.name in ("wagtailadmin_pages:edit", "wagtailimages_chooser:chosen", "pbgdpl_item"):
            for filled in one.filled([CLOSED]):
                walk.get(filled)
    assert len(walk.wrong) == 3
    assert all(found.endswith("shows what is secret") for found in walk.wrong)


def test_a_change_is_seen(numbered: World, print_before: fingerprint.Print) -> None:
    page = numbered.public
    type(page).objects.filter(pk=page.pk).update(title=MADE_UP)
    assert fingerprint.differences(print_before, fingerprint.take())


def test_who_is_not_signed_in_reaches_the_door_alone(numbered: World, db: None) -> None:
    opened = {
        one.name
        for one in WALKED
        for filled in one.filled([CLOSED])
        if Client().get(filled).status_code == 200
    }
    assert opened <= {
        "wagtailadmin_login",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
    }
