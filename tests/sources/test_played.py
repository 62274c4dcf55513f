"""C13, I1: whatever a system answers, the last good copy stays, the reason is written down, and the
next system is read."""

from __future__ import annotations

import datetime
import gzip
import json
import socket
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from django.utils import timezone

from tests.sources import server as plays
from tests.sources.server import Server, rss, says
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.sources import health, transport
from wagtail_pbgdpl.sources.models import ExternalSource, SourceRun
from wagtail_pbgdpl.sources.syncing import sync, sync_due, take_loss

Make = Callable[..., ExternalSource]

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title><entry><title>Thông tư
 12</title>
<link href="/tt-12"/><id>tag:1</id><updated>2026-06-01T08:00:00Z</updated></entry></feed>"""
JSON = {
    "data": {
        "items": [
            {
                "id": 177123,
                "title": "Về việc phê duyệt kế hoạch",
                "docNum": "1628/QĐ-UBND",
                "docType": {"name": "Quyết định", "code": "QĐ"},
                "issueDate": "2026-04-24T00:00:00",
                "effFrom": "24/05/2026",
                "effTo": None,
                "effStatus": {"code": "CHL", "name": "Còn hiệu lực"},
            },
            {"id": None},
        ]
    }
}
JSON_MAPPING = {
    "records": "data.items",
    "title": "{docType.name} {docNum}",
    "link": "https://vbpl.vn/van-ban/chi-tiet/{id}",
    "summary": "title",
    "published": "issueDate",
}
DOMINO = """<table><tr><td><b>Số</b></td></tr>
<tr valign=top><td><font>12/06/2026</font><td><a href="/cb.nsf/all/1?OpenDocument">Quyết định
 15/2026/QĐ-UBND &lt;sửa đổi&gt;</a></tr>
<tr valign=top><td><font>11/06/2026</font><td><a href="/cb.nsf/all/2?OpenDocument">Quyết định 14</a>
</table>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://vbpl.vn/van-ban/chi-tiet/nghi-dinh-so-278-2025-nd-cp--177123</loc>
<lastmod>2026-05-01</lastmod></url><url><loc>https://vbpl.vn/gioi-thieu</loc></url></urlset>"""


class TestGood:
    def test_a_feed(self, server: Server, source: Make) -> None:
        server.plays["/a"] = says(rss(6))
        made = source()
        run = sync(made)
        assert run is not None
        assert (run.result, run.reason, run.count, run.skipped) == ("new", "", 6, 0)
        assert run.bytes == len(rss(6).encode())
        newest = health.linked_system(made.code)
        assert newest is not None
        item = newest.items[0]
        assert (newest.state, item.title) == (health.WELL, "Nghị định 5")
        assert item.summary == "Sửa đổi một số điều"
        assert item.published_at == datetime.datetime(2026, 6, 6, 1, tzinfo=datetime.UTC)
        sent = server.asked[0][1]
        assert sent["User-Agent"].startswith("wagtail-pbgdpl (+http")

    def test_titles_that_are_empty_come_from_the_address(
        self, server: Server, source: Make
    ) -> None:
        server.plays["/a"] = says(rss(1, 278, titles=False))
        made = source(mapping={"title": "slug"})
        sync(made)
        assert made.items.get().title == "Nghị định số 278/2026/NĐ-CP"

    @pytest.mark.parametrize(
        ("kind", "mapping", "body", "title", "link", "day"),
        [
            ("feed", {}, ATOM, "Thông tư 12", "{}/tt-12", datetime.date(2026, 6, 1)),
            (
                "json",
                JSON_MAPPING,
                json.dumps(JSON),
                "Quyết định 1628/QĐ-UBND",
                "https://vbpl.vn/van-ban/chi-tiet/177123",
                datetime.date(2026, 4, 24),
            ),
            (
                "html",
                {"rows": "tr:has(a)", "published": "font"},
                DOMINO,
                "Quyết định 15/2026/QĐ-UBND <sửa đổi>",
                "{}/cb.nsf/all/1?OpenDocument",
                datetime.date(2026, 6, 12),
            ),
            (
                "sitemap",
                {"contains": "/van-ban/"},
                SITEMAP,
                "Nghị định số 278/2025/NĐ-CP",
                "https://vbpl.vn/van-ban/chi-tiet/nghi-dinh-so-278-2025-nd-cp--177123",
                datetime.date(2026, 5, 1),
            ),
        ],
        ids=["atom", "json", "domino", "sitemap"],
    )
    def test_other_kinds(
        self,
        server: Server,
        source: Make,
        kind: str,
        mapping: Any,
        body: str,
        title: str,
        link: str,
        day: datetime.date,
    ) -> None:
        server.plays["/a"] = says(body)
        made = source(kind=kind, mapping=mapping)
        made.full_clean()
        run = sync(made)
        assert run is not None
        assert run.result == "new", (run.reason, run.details)
        item = made.items.order_by("position")[0]
        assert (item.title, item.link) == (title, link.format(server.address))
        assert timezone.localdate(item.published_at) == day

    def test_what_it_says_of_the_document(self, server: Server, source: Make) -> None:
        """D2: by paths of the mapping; what makes no sense is left out, and no record with it."""
        facts = {
            **{"number": "docNum", "type": "docType.name", "issued": "issueDate"},
            **{"effective": "effFrom", "expired": "effTo", "validity": "effStatus.name"},
            "issuer": "{nothing.there}",
        }
        server.plays["/a"] = says(json.dumps(JSON))
        made = source(kind="json", mapping=JSON_MAPPING | facts)
        made.full_clean()
        sync(made)
        item = made.items.get()
        assert (item.number, item.number_key) == ("1628/QĐ-UBND", "1628/QĐ-UBND")
        assert item.facts == {
            **{"number": "1628/QĐ-UBND", "type": "Quyết định", "validity": "CHL"},
            **{"issued": "2026-04-24", "effective": "2026-05-24"},
        }

    def test_one_bad_record_is_left_out(self, server: Server, source: Make) -> None:
        server.plays["/a"] = says(json.dumps(JSON))
        run = sync(source(kind="json", mapping=JSON_MAPPING))
        assert run is not None
        assert (run.result, run.count, run.skipped) == ("new", 1, 1)

    @pytest.mark.parametrize(
        "bad",
        [
            {"t": "\ud800", "l": "/x"},
            {"t": "a", "l": "/x\ud800"},
            {"t": "a", "l": "/x\0"},
            {"t": "a", "l": "data:text/html,a"},
            {"t": "a", "l": "https://a:b@vbpl.vn/"},
            {"t": "a", "l": "/x", "d": "9999-12-31T23:00:00Z"},
            {"t": "a", "l": "/x", "d": "0001-01-01"},
            {"t": "<b></b>", "l": "/x"},
            {"t": {"a": 1}, "l": "/x"},
            {"l": "/" + "x" * 2000, "t": "a"},
            "a",
            None,
        ],
        ids=str,
    )
    def test_what_cannot_be_kept_is_left_out(
        self, server: Server, source: Make, client: Any, bad: Any
    ) -> None:
        good = {"t": "Tốt\0 <i>lắm</i>", "l": "/tot", "d": "2026-05-01"}
        server.plays["/a"] = says(json.dumps({"items": [bad, good, bad]}))
        made = source(kind="json", mapping={**LIST, "published": "d", "key": "k"})
        run = sync(made)
        assert run is not None
        assert (run.result, run.count, run.skipped) == ("new", 1, 2), run.details
        assert made.items.get().title == "Tốt lắm"

    @pytest.mark.parametrize(
        ("encoded", "declared"),
        [("utf-8", "iso-8859-1"), ("utf-8", "windows-1252"), ("utf-16", "utf-8")],
    )
    def test_a_wrong_charset(
        self, server: Server, source: Make, encoded: str, declared: str
    ) -> None:
        body = rss(1).replace('"utf-8"', f'"{declared}"').encode(encoded)
        server.plays["/a"] = says(body, f"text/xml; charset={declared}")
        made = source()
        sync(made)
        assert made.items.get().title == "Nghị định 0"

    def test_packed(self, server: Server, source: Make) -> None:
        server.plays["/a"] = says(gzip.compress(rss(2).encode()), Content_Encoding="gzip")
        run = sync(source())
        assert run is not None
        assert run.count == 2

    def test_what_did_not_change_is_not_sent_again(self, server: Server, source: Make) -> None:
        server.plays["/a"] = says(rss(6), ETag='"1"', Last_Modified="Mon, 01 Jun 2026 08:00:00 GMT")
        made = source()
        sync(made)
        server.plays["/a"] = lambda handler: (
            handler.send_response(304),
            handler.end_headers(),
        )
        made.refresh_from_db()
        run = sync(made)
        assert run is not None
        assert (run.result, run.count) == ("same", 6)
        assert server.asked[1][1]["If-None-Match"] == '"1"'
        assert "If-Modified-Since" in server.asked[1][1]
        # Another mapping reads the whole anew.
        made.refresh_from_db()
        made.mapping = {"title": "slug"}
        made.save()
        server.plays["/a"] = says(rss(6))
        sync(made)
        assert "If-None-Match" not in server.asked[2][1]

    def test_what_is_listed_no_more_is_marked(self, server: Server, source: Make) -> None:
        server.plays["/a"] = says(rss(6))
        made = source()
        sync(made)
        server.plays["/a"] = says(rss(6, first=1))
        sync(made)
        assert made.items.count() == 7
        assert made.items.exclude(gone_at=None).get().title == "Nghị định 0"
        server.plays["/a"] = says(rss(7))
        sync(made)
        assert not made.items.exclude(gone_at=None).exists()


def redirected(target: str) -> plays.Play:
    return lambda handler: handler.say(b"", status=302, Location=target)


BROKEN = rss(6)[:-20]
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'
    '<rss version="2.0"><channel><item><title>&c;</title></item></channel></rss>'
)
OUTSIDE = ENTITIES.replace('b "ha"', 'b SYSTEM "file:///etc/passwd"')
LIST = {"records": "items", "title": "t", "link": "l"}


@contextmanager
def traced() -> Iterator[list[int]]:
    """Yield a list in which the most bytes that were in use stand afterwards."""
    peak: list[int] = []
    tracemalloc.start()
    try:
        yield peak
    finally:
        peak.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("play", "reason", "result"),
    [
        (plays.slow, "time", "failed"),
        (plays.slow_head, "time", "failed"),
        (plays.endless, "size", "failed"),
        (plays.bomb, "size", "failed"),
        (plays.two_gigabytes, "size", "failed"),
        (says(b"\xff\x8a\x8d" * 9), "charset", "failed"),
        (says(BROKEN), "broken", "failed"),
        (says("<html><body>Đang bảo trì</body></html>"), "broken", "failed"),
        (says(ENTITIES), "hostile", "failed"),
        (says(OUTSIDE), "hostile", "failed"),
        (says(rss(0)), "empty", "refused"),
        (says(rss(3)), "loss", "refused"),
        (redirected("http://10.0.0.1/a"), "redirect", "failed"),
        (redirected("http://169.254.169.254/latest"), "redirect", "failed"),
        (redirected("file:///etc/passwd"), "address", "failed"),
        (redirected("/a"), "redirect", "failed"),
        (says("", status=500), "status", "failed"),
        (says("", status=404), "status", "failed"),
        (says("", status=429, Retry_After="7200"), "busy", "failed"),
        (says(b"x", Content_Encoding="br"), "encoding", "failed"),
        (says(b"x", Content_Encoding="gzip"), "broken", "failed"),
        (lambda handler: handler.connection.close(), "broken", "failed"),
    ],
    ids=[
        *("slow", "slow_head", "endless", "bomb", "2 GB", "charset", "broken", "html", "entities"),
        *("outside", "empty", "half", "private", "metadata", "file", "circle", "500", "404"),
        *("429", "brotli", "no_gzip", "hung_up"),
    ],
)
def test_bad_answers(
    server: Server,
    source: Make,
    play: plays.Play,
    reason: str,
    result: str,
    monkeypatch: Any,
) -> None:
    server.plays |= {"/a": says(rss(6)), "/b": says(rss(2))}
    first, second = source(), source("/b")
    sync(first)
    before = list(first.items.order_by("pk").values())
    succeeded = ExternalSource.objects.get(pk=first.pk).succeeded_at
    ExternalSource.objects.update(next_run_at=timezone.now())
    server.plays["/a"] = play
    # To trace takes its time, and of the others no more comes than is written here.
    with traced() if reason == "size" else nullcontext([0]) as peak:
        runs = {run.source_id: run for run in sync_due()}
    run = runs[first.pk]
    assert (run.result, run.reason) == (result, reason), run.details
    assert peak[0] < 30_000_000
    assert list(first.items.order_by("pk").values()) == before
    process_cache.forget()
    shown = health.linked_system(first.code)
    assert shown is not None
    assert (shown.state, len(shown.items), shown.copy_of) == (health.FAILING, 6, succeeded)
    assert runs[second.pk].result == "new"
    first.refresh_from_db()
    assert first.running_since is None
    least = datetime.timedelta(minutes=120 if reason == "busy" else 60)
    assert first.next_run_at >= run.ended_at + least


@pytest.mark.parametrize(
    "said",
    [{"error": "Internal"}, {"success": False, "message": "no"}, {"errors": [{"code": 7}]}],
)
def test_an_error_with_status_200(server: Server, source: Make, said: Any) -> None:
    """Cổng Pháp luật quốc gia answers so."""
    server.plays["/a"] = says(json.dumps({"items": [], **said}), "application/json")
    run = sync(source(kind="json", mapping=LIST))
    assert run is not None
    assert run.reason == "error"


class TestAddresses:
    def test_a_private_one(self, server: Server, source: Make, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"SOURCE_NETWORKS": []}
        run = sync(source())
        assert run is not None
        assert run.reason == "private"
        assert server.asked == []

    @pytest.mark.parametrize(
        ("address", "is_allowed"),
        [
            ("203.162.4.190", True),
            ("10.1.2.3", False),
            ("100.64.0.1", False),
            ("169.254.169.254", False),
            ("0.0.0.0", False),  # noqa: S104
            ("224.0.0.1", False),
            ("fe80::1", False),
            ("fd00::1", False),
            ("::ffff:10.0.0.1", False),
            ("64:ff9b::a00:1", False),
            ("2002:a00:1::", False),
            ("2405:4800::1", True),
        ],
    )
    def test_which_are_allowed(self, address: str, is_allowed: bool, settings: Any) -> None:
        import ipaddress

        from wagtail_pbgdpl.sources import addresses

        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"SOURCE_NETWORKS": []}
        assert addresses.is_allowed(ipaddress.ip_address(address)) is is_allowed

    def test_a_name_whose_address_changes(
        self, server: Server, source: Make, monkeypatch: Any
    ) -> None:
        """What was looked at is what is connected to: the name is asked once."""
        answers = ["127.0.0.1", "10.0.0.1"]
        connected = []
        port = server.server_address[1]

        def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
            name = host.decode() if isinstance(host, bytes) else host
            found = answers.pop(0) if name == "doi-ten.example" else name
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port))]

        real = socket.create_connection

        def connect(address: Any, *args: Any, **kwargs: Any) -> Any:
            connected.append(address[0])
            return real(address, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        monkeypatch.setattr(socket, "create_connection", connect)
        server.plays["/a"] = says(rss(2))
        made = source(address=f"http://doi-ten.example:{port}/a")
        run = sync(made)
        assert run is not None
        assert (run.result, connected) == ("new", ["127.0.0.1"]), run.details
        assert server.asked[0][1]["Host"] == f"doi-ten.example:{port}"
        made.refresh_from_db()
        run = sync(made)
        assert run is not None
        assert (run.reason, connected) == ("private", ["127.0.0.1"])

    def test_a_redirect_within_the_allowed_hosts(self, server: Server, source: Make) -> None:
        port = server.server_address[1]
        server.plays |= {"/a": redirected(f"http://localhost:{port}/b"), "/b": says(rss(2))}
        run = sync(source())
        assert run is not None
        assert run.reason == "redirect"
        run = sync(source(allowed_hosts="LOCALHOST\n"))
        assert run is not None
        assert run.count == 2

    def test_nobody_is_there(self, server: Server, source: Make) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            made = source(address=f"http://127.0.0.1:{free.getsockname()[1]}/")
            run = sync(made)
        assert run is not None
        assert run.reason == "connection"

    def test_no_tls(self, server: Server, source: Make) -> None:
        run = sync(source(address=server.address.replace("http:", "https:") + "/a"))
        assert run is not None
        assert run.reason == "tls", run.details


class TestRuns:
    def test_a_loss_that_the_operator_takes(self, server: Server, source: Make) -> None:
        server.plays["/a"] = says(rss(6))
        made = source()
        sync(made)
        server.plays["/a"] = says(rss(3))
        sync(made)
        take_loss(made)
        run = sync(made)
        assert run is not None
        assert (run.result, run.count) == ("new", 3)
        made.refresh_from_db()
        assert not made.takes_loss
        assert made.items.filter(gone_at=None).count() == 3

    def test_another_run_is_at_it(self, server: Server, source: Make) -> None:
        made = source(running_since=timezone.now(), running_key="another")
        assert sync(made) is None
        assert server.asked == []

    def test_a_stuck_run_ends_and_says_so(self, server: Server, source: Make) -> None:
        server.plays["/a"] = says(rss(2))
        long_ago = timezone.now() - datetime.timedelta(hours=1)
        made = source(running_since=long_ago, running_key="dead")
        sync(made)
        assert [run.result for run in made.runs.all()] == ["new", "stuck"]

    def test_the_run_that_was_given_up_writes_nothing(self, server: Server, source: Make) -> None:
        made = source()

        def overtaken(handler: plays.Handler) -> None:
            handler.say(rss(2).encode())

        server.plays["/a"] = overtaken
        from wagtail_pbgdpl.sources import syncing

        key = syncing._claim(made, timezone.now(), False)
        read = syncing.ask(made)
        ExternalSource.objects.update(running_key="another")
        assert syncing._end_well(made, key, timezone.now(), read) is None
        assert not made.items.exists()
        assert not made.runs.exists()

    def test_a_circuit_opens_and_closes(self, server: Server, source: Make) -> None:
        server.plays["/a"] = says("", status=500)
        made = source(interval_minutes=10)
        waits = []
        for _failure in range(5):
            run = sync(made)
            assert run is not None
            made.refresh_from_db()
            waits.append((made.next_run_at - run.ended_at).total_seconds() / 60)
        for wait, least in zip(waits, (10, 20, 40, 80, 360), strict=True):
            assert least <= wait <= least * 1.2 + 0.1
        assert list(sync_due()) == []
        server.plays["/a"] = says(rss(1))
        sync(made)
        made.refresh_from_db()
        assert (made.failures, made.failing_since) == (0, None)

    def test_history_is_kept(self, server: Server, source: Make) -> None:
        server.plays["/a"] = says(rss(1))
        run = sync(source())
        assert run is not None
        with pytest.raises(TypeError):
            run.save()
        with pytest.raises(TypeError):
            run.delete()
        assert SourceRun.objects.count() == 1

    def test_an_adapter_that_fails_ends_no_run(
        self, server: Server, source: Make, settings: Any
    ) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {
            "SOURCE_ADAPTERS": {"dummy": "tests.sources.dummy.Dummy", "lost": "tests.no.Where"}
        }
        server.plays |= {"/a": says("a,b"), "/b": says(rss(1))}
        lost = source(kind="lost")
        bad = source(kind="dummy", mapping={"fails": True})
        good = source(kind="dummy")
        last = source("/b")
        runs = {run.source_id: run.result for run in sync_due()}
        assert runs == {bad.pk: "failed", good.pk: "new", last.pk: "new"}
        assert bad.runs.get().reason == "unexpected"
        assert [item.title for item in good.items.order_by("position")] == ["a", "b"]
        assert not lost.runs.exists()


def test_time_that_is_over() -> None:
    with pytest.raises(Exception, match="time"):
        transport.left(0)
