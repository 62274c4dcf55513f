"""I2: listed systems are told what changes in public, over HTTP, whatever they answer."""

from __future__ import annotations

import datetime
import json
import random
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import override_settings
from wagtail.models import Page

from tests.factories import NewsFactory, UnitFactory, seated
from tests.guides.pages import code
from tests.sources import server as plays
from tests.sources.server import Server, says
from tests.test_tick_killed import Killed, Statements
from tests.webhooks.conftest import settle, told
from wagtail_pbgdpl import schedule
from wagtail_pbgdpl.api import log
from wagtail_pbgdpl.api.models import PublicChange
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.webhooks import messages, receivers, sending, signing
from wagtail_pbgdpl.webhooks.models import WebhookDelivery, WebhookReceiver
from wagtail_pbgdpl.webhooks.sending import CLAIM, PAUSES, send_due

Make = Callable[..., WebhookReceiver]
State = WebhookDelivery.State
MONDAY = datetime.datetime(2026, 3, 16, 2, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(MONDAY, tick=False) as frozen:
        yield frozen


def unit(code: str) -> Any:
    found = UnitFactory(code=code)
    settle()
    return found


def attempts(receiver: WebhookReceiver) -> list[tuple[int | None, str]]:
    rows = receiver.deliveries.order_by("pk", "attempts__pk")
    return list(rows.values_list("attempts__status", "attempts__reason"))


class TestAMessage:
    def test_what_stands_in_it_and_how_it_is_checked(
        self, server: Server, receiver: Make, example: Any, repository: Path
    ) -> None:
        one = receiver()
        unit("so-tu-phap")
        assert send_due() == (1, 0, 0)
        ((_path, headers, body),) = server.posted
        message = example["verified"](headers, body, one.signing_secrets(MONDAY))
        page = repository / "docs" / "how-to" / "receive-changes.md"
        shown = json.loads(code(page, "json", "public.changed"))
        assert message["type"] == shown["type"]
        assert [sorted(one) for one in (message, message["data"])] == [
            sorted(one) for one in (shown, shown["data"])
        ]
        assert sorted(message["data"]["changes"][0]) == sorted(shown["data"]["changes"][0])
        assert message["data"]["number"] == 1
        (change,) = message["data"]["changes"]
        assert change == {
            "sequence": log.last_number(),
            **{"kind": "unit", "id": "so-tu-phap", "change": "created"},
            "at": "2026-03-16T02:00:00Z",
            "link": f"{one.site.root_url}/api/pbgdpl/v1/units/so-tu-phap/",
        }
        assert headers["Content-Type"] == "application/json"
        assert headers["User-Agent"].startswith("wagtail-pbgdpl (+http")
        assert attempts(one) == [(200, "")]
        delivery = one.deliveries.get()
        assert (delivery.state, delivery.delivered_at) == (State.DELIVERED, MONDAY)
        assert str(delivery.key) == headers["webhook-id"]

    def test_what_a_receiver_refuses(self, server: Server, receiver: Make, example: Any) -> None:
        one = receiver()
        unit("so-tu-phap")
        send_due()
        ((_path, headers, body),) = server.posted
        old = str(int(headers["webhook-timestamp"]) - 301)
        (own,) = one.signing_secrets(MONDAY)
        others = [
            (headers, body + b" ", own),
            (headers | {"webhook-timestamp": old}, body, own),
            (headers | {"webhook-id": "khac"}, body, own),
            (headers | {"webhook-signature": "v1,AAAA v2,x"}, body, own),
            (headers, body, signing.make_secret()),
        ]
        for said, content, secret in others:
            with pytest.raises(ValueError, match=r"signature|old"):
                example["verified"](said, content, [secret])

    def test_by_the_former_secret_too_for_a_day(
        self, server: Server, receiver: Make, example: Any, clock: Any
    ) -> None:
        one = receiver()
        (former,) = one.signing_secrets(MONDAY)
        new = one.renew_secret(MONDAY)
        unit("mot")
        send_due()
        ((_path, headers, body),) = server.posted
        for secret in (former, new):
            assert example["verified"](headers, body, [secret])
        clock.shift(datetime.timedelta(days=1, seconds=1))
        unit("hai")
        send_due()
        _first, (_path, later, other) = server.posted
        assert example["verified"](later, other, [new])
        with pytest.raises(ValueError, match="signature"):
            example["verified"](later, other, [former])

    def test_a_known_signature(self) -> None:
        """Reckoned by hand with openssl: other libraries come to the same."""
        found = signing.headers(
            ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_1", 1614265330, b'{"test": 2432232314}'
        )
        assert found["webhook-signature"] == ("v1,9o7UeFkn1GjVbcY4emAJruJCYqgH2EIf8u/slvVRBZI=")

    def test_a_withdrawal_has_no_link(
        self, server: Server, receiver: Make, index_of: Any, settings: Any
    ) -> None:
        news = NewsFactory(parent=index_of("C2"))
        receiver()
        news.unpublish()
        settle()
        send_due()
        ((_path, _headers, body),) = server.posted
        (change,) = json.loads(body)["data"]["changes"]
        assert (change["change"], change["link"]) == ("withdrawn", None)
        assert news.title not in body.decode()

    def test_many_changes_come_in_messages_of_a_hundred(
        self, server: Server, receiver: Make, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(messages, "MOST", 3)
        one = receiver()
        UnitFactory.create_batch(7)
        settle()
        assert send_due() == (3, 0, 0)
        assert [json.loads(body)["data"]["number"] for *_, body in server.posted] == [1, 2, 3]
        assert list(one.deliveries.order_by("pk").values_list("count", flat=True)) == [3, 3, 1]
        assert (
            told(server)
            == [(row.key, row.change) for row in PublicChange.objects.order_by("sequence")][-7:]
        )
        # And nothing is left.
        assert send_due() == (0, 0, 0)


class TestWhatIsTold:
    @pytest.mark.parametrize(
        ("kinds", "categories", "wanted"),
        [
            ([], [], ["news", "unit"]),
            (["unit"], [], ["unit"]),
            (["item"], [], ["news"]),
            ([], ["C2"], ["news"]),
            (["unit"], ["C2"], []),
            (["document"], ["C2"], []),
            ([], ["C7"], []),
        ],
    )
    def test_of_kinds_and_categories(
        self,
        server: Server,
        receiver: Make,
        index_of: Any,
        kinds: list[str],
        categories: list[str],
        wanted: list[str],
    ) -> None:
        receiver(kinds=kinds, categories=categories)
        news = NewsFactory(parent=index_of("C2"))
        unit("don-vi")
        send_due()
        names = {f"{news.translation_key}.vi": "news", "don-vi": "unit"}
        assert sorted(names[key] for key, _change in told(server)) == wanted

    def test_what_leaves_a_category_is_told_to_who_has_it(
        self, server: Server, receiver: Make, index_of: Any
    ) -> None:
        news = NewsFactory(parent=index_of("C2"))
        receiver(categories=["C2"])
        receiver("/b", categories=["C15"])
        server.plays["/b"] = says("")
        news.move(index_of("C15"), pos="last-child")
        settle()
        Page.objects.get(pk=news.pk).unpublish()
        settle()
        send_due()
        key = f"{news.translation_key}.vi"
        assert told(server) == [(key, "changed")]
        assert told(server, "/b") == [(key, "changed"), (key, "withdrawn")]

    def test_what_the_log_knew_before_it_knew_of_categories(
        self, server: Server, receiver: Make, index_of: Any
    ) -> None:
        """Rows from before the upgrade: no reader is told of anything, and they are filled in."""
        from wagtail_pbgdpl.api.models import PublicObject

        news = NewsFactory(parent=index_of("C2"))
        receiver(categories=["C2"])
        PublicObject.objects.update(category="")
        before = log.last_number()
        settle()
        assert log.last_number() == before
        news.unpublish()
        settle()
        send_due()
        assert [change for _key, change in told(server)] == ["withdrawn"]

    def test_nothing_of_before_and_nothing_while_it_is_off(
        self, server: Server, receiver: Make
    ) -> None:
        unit("truoc")
        one = receiver()
        receivers.switch_off(one)
        unit("sau")
        assert send_due() == (0, 0, 0)
        receivers.switch_on(one)
        send_due()
        assert told(server) == [("sau", "created")]

    def test_nobody_waits_for_it_who_saves_or_reads(
        self, server: Server, receiver: Make, django_capture_on_commit_callbacks: Any, client: Any
    ) -> None:
        receiver()
        with django_capture_on_commit_callbacks(execute=True):
            UnitFactory(code="moi")
        client.get("/api/pbgdpl/v1/changes/")
        assert server.posted == []
        done = {outcome.name: outcome for outcome in schedule.run_jobs()}
        (said,) = (
            done[str(one.name)] for one in schedule.JOBS if one.run is schedule._tell_receivers
        )
        assert ("1" in said.done, said.error) == (True, "")
        assert told(server) == [("moi", "created")]


class TestAnswers:
    def test_500_and_then_200(self, server: Server, receiver: Make, clock: Any) -> None:
        server.plays["/a"] = says("", status=500)
        one = receiver()
        unit("mot")
        assert send_due() == (0, 1, 0)
        delivery = one.deliveries.get()
        assert PAUSES[0] <= delivery.next_attempt_at - MONDAY <= PAUSES[0] * 1.2
        # Not before its time, and what comes meanwhile waits behind it.
        unit("hai")
        assert send_due() == (0, 0, 0)
        clock.move_to(delivery.next_attempt_at)
        server.plays["/a"] = says("")
        assert send_due() == (2, 0, 0)
        (_, first, body), (_, second, again), (_, third, _other) = server.posted
        assert (first["webhook-id"], body) == (second["webhook-id"], again)
        assert first["webhook-timestamp"] < second["webhook-timestamp"]
        assert first["webhook-id"] != third["webhook-id"]
        assert told(server) == [("mot", "created"), ("hai", "created")]
        assert attempts(one) == [(500, "status"), (200, ""), (200, "")]
        one.refresh_from_db()
        assert (one.failing_since, one.is_on) == (None, True)

    def test_410_switches_it_off(self, server: Server, receiver: Make) -> None:
        operator = seated("operator")
        Notice.objects.all().delete()
        server.plays["/a"] = says("", status=410)
        one = receiver(name="Trục LGSP")
        unit("mot")
        assert send_due() == (0, 1, 1)
        one.refresh_from_db()
        assert (one.is_on, one.stopped_at) == (False, MONDAY)
        assert one.deliveries.get().state == State.GIVEN_UP
        notice = Notice.objects.get(recipient=operator)
        assert "Trục LGSP" in notice.subject
        assert f"/admin/pbgdpl/receivers/{one.pk}/messages/" in notice.text
        assert one.signing_secrets(MONDAY)[0] not in notice.text
        assert send_due() == (0, 0, 0)
        # Switched on again it hears what it has missed, the same message first.
        server.plays["/a"] = says("")
        unit("hai")
        receivers.switch_on(one)
        assert send_due() == (2, 0, 0)
        assert told(server) == [("mot", "created"), ("hai", "created")]
        ids = [headers["webhook-id"] for _, headers, _ in server.posted]
        assert ids[0] == ids[1]

    def test_429_with_retry_after(self, server: Server, receiver: Make) -> None:
        server.plays["/a"] = says("", status=429, Retry_After="7200")
        one = receiver()
        unit("mot")
        send_due()
        assert one.deliveries.get().next_attempt_at == MONDAY + datetime.timedelta(hours=2)
        assert attempts(one) == [(429, "busy")]

    @pytest.mark.parametrize(
        ("play", "reason"),
        [
            (lambda handler: handler.server.over.wait(9), "time"),
            (plays.slow_head, "time"),
            (says("", status=302, Location="http://10.0.0.1/"), "moved"),
            (says("", status=307, Location="http://169.254.169.254/latest"), "moved"),
            (says("", status=404), "status"),
            (lambda handler: handler.connection.close(), "broken"),
        ],
        ids=["hangs", "slow", "private", "metadata", "404", "hung_up"],
    )
    def test_what_is_no_success(
        self, server: Server, receiver: Make, soon: None, play: Any, reason: str
    ) -> None:
        server.plays["/a"] = play
        one = receiver()
        unit("mot")
        assert send_due() == (0, 1, 0)
        assert [why for _status, why in attempts(one)] == [reason]
        assert len(server.posted) == 1
        assert one.deliveries.get().state == State.WAITING

    @pytest.mark.parametrize("play", [plays.slow, plays.endless], ids=["slow", "endless"])
    def test_an_answer_is_not_read(self, server: Server, receiver: Make, play: Any) -> None:
        server.plays["/a"] = play
        receiver()
        unit("mot")
        assert send_due() == (1, 0, 0)

    def test_a_private_address(self, server: Server, receiver: Make, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"SOURCE_NETWORKS": []}
        one = receiver()
        unit("mot")
        send_due()
        assert attempts(one) == [(None, "private")]
        assert server.posted == []

    def test_it_is_given_up_in_the_end_and_the_operator_told_once(
        self, server: Server, receiver: Make, clock: Any
    ) -> None:
        operator = seated("operator")
        Notice.objects.all().delete()
        server.plays["/a"] = says("", status=500)
        one = receiver()
        unit("mot")
        results = []
        for pause in (*PAUSES, PAUSES[-1]):
            results.append(send_due())
            clock.shift(pause * 1.2)
        assert results == [(0, 1, 0)] * len(PAUSES) + [(0, 1, 1)]
        assert send_due() == (0, 0, 0)
        assert len(server.posted) == len(PAUSES) + 1
        assert Notice.objects.filter(recipient=operator).count() == 1
        one.refresh_from_db()
        assert not one.is_on
        unit("hai")
        server.plays["/a"] = says("")
        receivers.switch_on(one)
        assert send_due() == (2, 0, 0)
        assert told(server) == [("mot", "created"), ("hai", "created")]

    def test_one_that_hangs_holds_nobody_up(
        self, server: Server, receiver: Make, soon: None
    ) -> None:
        heard = threading.Event()
        in_time: list[bool] = []

        def hang(handler: plays.Handler) -> None:
            # Until the other one has its message, or for ever.
            in_time.append(heard.wait(9))
            handler.server.over.wait(9)

        server.plays |= {"/a": hang, "/b": lambda handler: (heard.set(), handler.say(b""))}
        receiver()
        receiver("/b")
        unit("mot")
        assert send_due() == (1, 1, 0)
        assert in_time == [True]

    def test_a_secret_that_cannot_be_decrypted(
        self, server: Server, receiver: Make, client: Any, editor: Any
    ) -> None:
        bad, good = receiver(), receiver("/b")
        server.plays["/b"] = says("")
        with override_settings(SALT_KEY="another-salt-than-before"):
            good.renew_secret(MONDAY)
            unit("mot")
            assert send_due() == (1, 1, 0)
            assert attempts(bad) == [(None, "secret")]
            client.force_login(editor)
            for address in ("/admin/pbgdpl/receivers/", bad_address(bad)):
                assert client.get(address).status_code == 200
            bad.refresh_from_db()
            assert bad.renew_secret(MONDAY).startswith(signing.PREFIX)
        assert told(server) == []


def bad_address(receiver: WebhookReceiver) -> str:
    return f"/admin/pbgdpl/receivers/{receiver.pk}/messages/"


class TestKilled:
    def test_at_each_statement(self, server: Server, receiver: Make, clock: Any) -> None:
        """Nothing is lost; what was sent and not yet written comes again as the same message."""
        receiver()
        receiver("/b")
        server.plays["/b"] = says("")
        unit("mot")
        counted = Statements()
        for statement in range(1000):
            clock.move_to(MONDAY)
            point = transaction.savepoint()
            server.posted.clear()
            try:
                with connection.execute_wrapper(counted := Statements(statement)):
                    send_due()
            except Killed:
                pass
            else:
                transaction.savepoint_rollback(point)
                break
            transaction.set_rollback(False)
            clock.move_to(MONDAY + CLAIM)
            send_due()
            for path in ("/a", "/b"):
                assert told(server, path) == [("mot", "created")], (statement, path)
            ids = Counter(headers["webhook-id"] for _, headers, _ in server.posted)
            assert max(ids.values()) <= 2, statement
            assert not WebhookDelivery.objects.exclude(state=State.DELIVERED).exists()
            transaction.savepoint_rollback(point)
        assert counted.count == statement > 10

    @pytest.mark.parametrize("seed", range(2))
    def test_a_random_history(
        self, server: Server, receiver: Make, clock: Any, monkeypatch: Any, seed: int
    ) -> None:
        """Answers of all sorts, deaths before and after the exchange, many changes or none."""
        chance = random.Random(seed)  # noqa: S311
        monkeypatch.setattr(messages, "MOST", 2)
        real = sending.post

        def post(*args: Any) -> Any:
            if (fate := chance.random()) < 0.15:
                raise Killed
            found = real(*args)
            if fate < 0.3:
                raise Killed
            return found

        monkeypatch.setattr(sending, "post", post)
        server.plays["/a"] = lambda handler: handler.say(
            b"", status=chance.choice((200, 200, 200, 500, 302, 429))
        )
        one = receiver()
        start = one.position
        for number in range(25):
            for _ in range(chance.randrange(3)):
                UnitFactory(code=f"dv-{number}-{_}")
            settle()
            try:
                send_due()
            except Killed:
                transaction.set_rollback(False)
            clock.shift(chance.choice((CLAIM, PAUSES[2], datetime.timedelta(days=1))))
            one.refresh_from_db()
            if not one.is_on:
                receivers.switch_on(one)
        monkeypatch.setattr(sending, "post", real)
        server.plays["/a"] = says("")
        clock.shift(datetime.timedelta(days=3))
        send_due()
        rows = PublicChange.objects.filter(sequence__gt=start).order_by("sequence")
        assert told(server) == [(row.key, str(row.change)) for row in rows]
        assert len(told(server)) > 10
        numbers = [json.loads(body)["data"]["number"] for *_, body in server.posted]
        assert list(dict.fromkeys(numbers)) == list(range(1, max(numbers) + 1))
