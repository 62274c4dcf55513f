"""I2: receivers of changes in the admin, by address: who may what, the secret, each press."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from tests.factories import UnitFactory, seated
from tests.sources.server import Server, says
from tests.webhooks.conftest import settle, told
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.webhooks.models import WebhookDelivery, WebhookReceiver
from wagtail_pbgdpl.webhooks.sending import send_due

Make = Callable[..., WebhookReceiver]
State = WebhookDelivery.State
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "english")]
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{44}")


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(seated(role))
    return client


@pytest.fixture
def operator() -> Client:
    return signed_in("operator")


def page_of(receiver: Any) -> str:
    return reverse("pbgdpl_receiver", args=[receiver.pk])


def text_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


def press(client: Client, address: str, do: str) -> str:
    """Press and return what the page says then."""
    return text_of(client.post(address, {"do": do}, follow=True))


def test_from_the_form_to_the_first_message(operator: Client, server: Server, example: Any) -> None:
    site = Site.objects.get(is_default_site=True)
    add = reverse("pbgdpl_receivers:add")
    data = {
        **{"name": "Trục LGSP", "address": f"{server.address}/a", "site": site.pk},
        **{"kinds": ["unit"], "categories": []},
    }
    for wrong, said in (
        ({"address": "ftp://lgsp.example/"}, "Only http and https"),
        ({"address": "https://a:b@lgsp.example/"}, "a user name or a password"),
        ({"kinds": ["khong-co"]}, "Select a valid choice"),
        ({"categories": ["C99"]}, "Select a valid choice"),
        ({"categories": ["C2"]}, "Units stand in no category"),
    ):
        assert said in text_of(operator.post(add, data | wrong)), wrong
    response = operator.post(add, data)
    receiver = WebhookReceiver.objects.get()
    assert response.url == page_of(receiver)
    assert "none yet" in text_of(operator.get(page_of(receiver)))

    for do in ("on", "trial"):
        assert "Make a secret first." in press(operator, page_of(receiver), do)
    made = operator.post(page_of(receiver), {"do": "secret"})
    (secret,) = SECRET.findall(made.content.decode())
    assert "no-store" in made["Cache-Control"]
    # Once: nowhere else, and not in the database either.
    assert not SECRET.search(operator.get(page_of(receiver)).content.decode())
    stored = WebhookReceiver.objects.filter(pk=receiver.pk)
    with connection.cursor() as cursor:
        cursor.execute(str(stored.values("sealed_secret").query))
        ((column,),) = cursor.fetchall()
    assert column
    assert secret[6:] not in column

    assert "The receiver took it (200)." in press(operator, page_of(receiver), "trial")
    ((_path, headers, body),) = server.posted
    assert example["verified"](headers, body, [secret])["type"] == "test"
    assert "It is switched on" in press(operator, page_of(receiver), "on")
    UnitFactory(code="moi")
    settle()
    send_due()
    assert told(server) == [("moi", "created")]
    # Who did what is in the journal, and no secret with it.
    changes = Change.objects.filter(model__icontains="webhookreceiver", object_id=receiver.pk)
    assert changes.count() >= 3
    assert not SECRET.search(str(list(changes.values())))


@pytest.mark.parametrize(
    ("role", "sees", "changes"),
    [
        ("operator", True, True),
        ("chief", True, False),
        ("secretary", True, False),
        ("contact_officer", False, False),
        ("unit_head", False, False),
    ],
)
def test_who_may(server: Server, receiver: Make, role: str, sees: bool, changes: bool) -> None:
    one = receiver()
    UnitFactory()
    settle()
    send_due()
    server.posted.clear()
    delivery = one.deliveries.get()
    client = signed_in(role)
    message = reverse("pbgdpl_delivery", args=[one.pk, delivery.pk])
    index = reverse("pbgdpl_receivers:index")
    assert (index in client.get("/admin/").content.decode()) is sees
    for address in (index, page_of(one), message):
        assert (client.get(address).status_code == 200) is sees, address
    for address in (
        reverse("pbgdpl_receivers:edit", args=[one.pk]),
        reverse("pbgdpl_receivers:add"),
    ):
        assert (client.get(address).status_code == 200) is changes, address
    before = WebhookReceiver.objects.filter(pk=one.pk).values("secret_made_at", "is_on").get()
    for address, do in (
        *((page_of(one), do) for do in ("secret", "trial", "off")),
        (message, "send"),
    ):
        client.post(address, {"do": do})
    after = WebhookReceiver.objects.filter(pk=one.pk).values("secret_made_at", "is_on").get()
    assert (after != before) is changes
    assert len(server.posted) == (2 if changes else 0)
    assert client.post(f"{index}delete/{one.pk}/").status_code in (302, 403, 404)
    assert WebhookReceiver.objects.filter(pk=one.pk).exists()


def test_nobody_signed_in(receiver: Make, server: Server, client: Any) -> None:
    response = client.post(page_of(receiver()), {"do": "trial"})
    assert "login" in response.url
    assert server.posted == []


def test_a_message_of_another_receiver(operator: Client, receiver: Make, server: Server) -> None:
    one, other = receiver(), receiver()
    UnitFactory()
    settle()
    send_due()
    strange = reverse("pbgdpl_delivery", args=[other.pk, one.deliveries.get().pk])
    assert operator.get(strange).status_code == 404
    assert operator.post(strange, {"do": "send"}).status_code == 404
    assert operator.get(page_of(one).replace(str(one.pk), "987654")).status_code == 404


def test_again_and_again(operator: Client, receiver: Make, server: Server) -> None:
    """Given up, sent again by hand, on again; once more by hand, and one that is left out."""
    server.plays["/a"] = says("", status=410)
    one = receiver()
    UnitFactory(code="mot")
    settle()
    send_due()
    delivery = one.deliveries.get()
    message = reverse("pbgdpl_delivery", args=[one.pk, delivery.pk])
    assert "given up" in text_of(operator.get(page_of(one)))
    assert "takes nothing more (410)" in press(operator, message, "send")
    assert "takes nothing more (410)" in text_of(operator.get(message))

    server.plays["/a"] = says("")
    words = press(operator, message, "send")
    assert "The receiver took it (200)." in words
    assert "The receiver is switched on again." in words
    UnitFactory(code="hai")
    settle()
    assert send_due() == (1, 0, 0)
    # It was taken long ago: the same comes once more, and the state stays.
    press(operator, message, "send")
    ids = [headers["webhook-id"] for _, headers, _ in server.posted]
    assert [ids.count(key) for key in dict.fromkeys(ids)] == [4, 1]
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED
    assert [row.by_hand for row in delivery.attempts.order_by("pk")] == [False, True, True, True]

    server.plays["/a"] = says("", status=400)
    UnitFactory(code="ba")
    settle()
    send_due()
    bad = one.deliveries.first()
    server.plays["/a"] = says("")
    UnitFactory(code="bon")
    settle()
    words = press(operator, reverse("pbgdpl_delivery", args=[one.pk, bad.pk]), "leave_out")
    assert "It is left out" in words
    assert send_due() == (1, 0, 0)
    assert told(server)[-1] == ("bon", "created")


def test_a_trial_that_fails_keeps_nobody_up(
    operator: Client, receiver: Make, server: Server
) -> None:
    one = receiver()
    server.plays["/a"] = says("", status=500)
    assert "answers with an error" in press(operator, page_of(one), "trial")
    server.plays["/a"] = says("")
    UnitFactory(code="mot")
    settle()
    assert send_due() == (1, 0, 0)
    one.refresh_from_db()
    assert (one.is_on, one.failing_since) == (True, None)


def test_switched_off_by_hand(operator: Client, receiver: Make, server: Server) -> None:
    one = receiver()
    assert "It is switched off." in press(operator, page_of(one), "off")
    UnitFactory(code="mot")
    settle()
    assert send_due() == (0, 0, 0)
    press(operator, page_of(one), "on")
    assert send_due() == (1, 0, 0)


def test_as_many_queries_for_many_messages(
    operator: Client, receiver: Make, server: Server
) -> None:
    one = receiver()

    def asked() -> int:
        # What a process remembers is forgotten with each change of the site.
        process_cache.forget()
        with CaptureQueriesContext(connection) as captured:
            assert operator.get(page_of(one)).status_code == 200
        return len(captured)

    for _ in range(2):
        UnitFactory()
        settle()
        send_due()
    asked()
    before = asked()
    for _ in range(5):
        UnitFactory()
        settle()
        send_due()
    assert asked() == before
