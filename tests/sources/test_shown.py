"""C13, I1: what the public and officials see of linked systems, by address; who hears of it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import StructBlockValidationError

from tests.factories import ImageFactory, seated
from tests.sources.server import Server, rss, says
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.pages.models import IntegrationPage
from wagtail_pbgdpl.schedule import run_jobs
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.sources.blocks import SourceItemsBlock
from wagtail_pbgdpl.sources.models import ExternalSource, SourceRun
from wagtail_pbgdpl.sources.shipped import enter, rows
from wagtail_pbgdpl.sources.syncing import sync, sync_due

Make = Callable[..., ExternalSource]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "english")]


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


@pytest.fixture
def page(portal: Any) -> Callable[..., IntegrationPage]:
    def with_blocks(*blocks: tuple[str, dict[str, Any]]) -> IntegrationPage:
        found = IntegrationPage.objects.child_of(portal).get()
        found.links = [{"type": name, "value": value} for name, value in blocks]
        IntegrationPage.objects.filter(pk=found.pk).update(links=found.links)
        process_cache.forget()
        return found

    return with_blocks


class TestPublic:
    def test_the_newest_items(self, server: Server, source: Make, page: Any, client: Any) -> None:
        server.plays["/a"] = says(rss(6))
        made = source()
        sync(made)
        count = len(server.asked)
        shown = page(
            ("source_items", {"title": "Văn bản mới", "source": made.code, "count": 3}),
            ("linked_systems", {"title": ""}),
        )
        soup = BeautifulSoup(client.get(shown.url).content, "lxml")
        section = soup.select_one("section.pbgdpl-source")
        assert section is not None
        assert [link.get_text() for link in section.select("li a")] == [
            *("Nghị định 5", "Nghị định 4", "Nghị định 3")
        ]
        words = " ".join(section.get_text(" ").split())
        made.refresh_from_db()
        at = timezone.localtime(made.succeeded_at)
        assert f"Checked at {at:%H:%M %d/%m/%Y}, copy of {at:%H:%M %d/%m/%Y}." in words
        assert made.name in soup.select("table")[-1].get_text()
        assert len(server.asked) == count

    def test_the_plain_link_where_there_is_nothing(
        self, server: Server, source: Make, page: Any, client: Any
    ) -> None:
        made = source()
        shown = page(("source_items", {"title": "", "source": made.code, "count": 3}))
        section = BeautifulSoup(client.get(shown.url).content, "lxml").select_one(
            "section.pbgdpl-source"
        )
        assert section is not None
        assert [link["href"] for link in section.select("a")] == [made.home]
        assert server.asked == []

    def test_a_code_of_nothing_is_refused(self, source: Make) -> None:
        block = SourceItemsBlock()
        value = {"title": "", "source": source(is_on=False).code, "count": 3}
        assert block.clean(block.to_python(value))["count"] == 3
        with pytest.raises(StructBlockValidationError):
            block.clean(block.to_python({**value, "source": "khong-co"}))

    def test_one_that_is_switched_off_or_gone(self, source: Make, page: Any, client: Any) -> None:
        made = source(is_on=False)
        for code in (made.code, "khong-co"):
            shown = page(("source_items", {"title": "Tin", "source": code, "count": 3}))
            response = client.get(shown.url)
            assert response.status_code == 200
            assert "There is nothing here yet." in text_of(response)
            assert made.home not in response.content.decode()

    def test_it_costs_no_query_beyond_the_second(
        self, server: Server, source: Make, page: Any, client: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(process_cache, "SECONDS", 3600)
        server.plays["/a"] = says(rss(6))
        made = source(logo=ImageFactory(), search_address="https://vbpl.vn/?q={query}")
        sync(made)

        def asked(*blocks: Any) -> tuple[int, int]:
            found = []
            shown = page(*blocks)
            for _turn in range(2):
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(shown.url).status_code == 200
                found.append(len(captured))
            return found[0], found[1]

        block = ("source_items", {"title": "", "source": made.code, "count": 3})
        without, warm_without = asked()
        search = ("source_search", {"title": "", "source": made.code})
        requests = len(server.asked)
        cold, warm = asked(block, ("linked_systems", {"title": ""}), search, block)
        assert len(server.asked) == requests
        assert warm == warm_without
        assert cold <= without + 2

    def test_the_page_of_health(self, server: Server, source: Make, client: Any) -> None:
        server.plays["/a"] = says(rss(6))
        well, failing, down = source(name="Tốt"), source(name="Lỗi"), source(name="Hỏng")
        new = source(name="Mới")
        source(name="Liên kết", kind="link", address="")
        source(name="Đã tắt", is_on=False)
        sync(well)
        server.plays["/a"] = says("", status=500)
        sync(failing)
        sync(down)
        long_ago = timezone.now() - datetime.timedelta(days=3)
        ExternalSource.objects.filter(pk=down.pk).update(failing_since=long_ago)
        process_cache.forget()
        asked = len(server.asked)
        response = client.get("/pbgdpl/he-thong-lien-ket/")
        soup = BeautifulSoup(response.content, "lxml")
        said = {
            row.th.get_text().strip(): row.td.p.get_text()  # type: ignore[union-attr]
            for row in soup.select("tbody tr")
        }
        assert said == {
            "Tốt": "It answers, and what is shown here is up to date.",
            "Lỗi": "It did not answer at the last attempt. What is shown here may not be the "
            "newest.",
            "Hỏng": "It has not answered for a long time. Please use its own address.",
            new.name: "It has not been asked yet.",
            "Liên kết": "The portal leads there and reads nothing from it.",
        }
        assert len(server.asked) == asked
        assert "127.0.0.1" not in response.content.decode()

    def test_a_search_is_a_plain_form_that_leads_there(
        self, source: Make, page: Any, client: Any
    ) -> None:
        made = source(search_address="https://vbpl.vn/tim?loai=1&tu-khoa={query}")
        shown = page(("source_search", {"title": "", "source": made.code}))
        soup = BeautifulSoup(client.get(shown.url).content, "lxml")
        form = soup.select_one("section.pbgdpl-source form")
        assert form is not None
        assert (form["action"], form["method"]) == ("https://vbpl.vn/tim", "get")
        assert (form["target"], form["rel"]) == ("_blank", "external noopener noreferrer")
        assert [(one["name"], one.get("value")) for one in form.select("input")] == [
            ("loai", "1"),
            ("tu-khoa", None),
        ]
        assert "csrf" not in str(form)
        assert "You leave this portal" in soup.get_text()

    @pytest.mark.parametrize(
        "address",
        ["", "https://elsewhere.example/?q={query}", "https://vbpl.vn/tim/{query}"],
        ids=["none", "host", "path"],
    )
    def test_without_one_the_plain_link_stands_there(
        self, source: Make, page: Any, client: Any, address: str
    ) -> None:
        made = source(search_address=address)
        shown = page(("source_search", {"title": "", "source": made.code}))
        soup = BeautifulSoup(client.get(shown.url).content, "lxml")
        assert soup.select("section.pbgdpl-source form") == []
        link = soup.select_one("section.pbgdpl-source a")
        assert link is not None
        assert link["href"] == made.home

    def test_logo_and_newest_items(self, server: Server, source: Make, client: Any) -> None:
        server.plays["/a"] = says(rss(6))
        made = source(logo=ImageFactory(), logo_alt="Quốc huy")
        sync(made)
        process_cache.forget()
        soup = BeautifulSoup(client.get("/pbgdpl/he-thong-lien-ket/").content, "lxml")
        logo = soup.select_one("tbody img")
        assert logo is not None
        assert logo["alt"] == "Quốc huy"
        assert ".max-200x80." in str(logo["src"])
        assert [link.get_text() for link in soup.select("tbody td li a")] == [
            *("Nghị định 5", "Nghị định 4", "Nghị định 3")
        ]

    def test_a_logo_whose_file_is_gone_ends_no_page(self, source: Make, client: Any) -> None:
        # Wagtail keeps pictures by the number of the image, which others had before.
        image = ImageFactory(pk=987_654)
        image.file.storage.delete(image.file.name)
        # Not the one that still holds its file.
        source(logo=type(image).objects.get(pk=image.pk))
        response = client.get("/pbgdpl/he-thong-lien-ket/")
        assert response.status_code == 200
        assert BeautifulSoup(response.content, "lxml").select("tbody img") == []

    def test_no_script_of_others(
        self, server: Server, source: Make, page: Any, client: Any
    ) -> None:
        evil = rss(1).replace("Nghị định 0", "&lt;img src=x onerror=alert(1)&gt;Tin")
        evil = evil.replace("</channel>", "<item><title>a</title><link>javascript:alert(1)</link>"
                            "</item></channel>")  # fmt: skip
        server.plays["/a"] = says(evil)
        made = source()
        run = sync(made)
        assert run is not None
        assert run.skipped == 1
        shown = page(("source_items", {"title": "", "source": made.code, "count": 3}))
        text = client.get(shown.url).content.decode()
        assert "javascript:alert" not in text
        assert "onerror" not in text


class TestAdmin:
    def test_the_operator_enters_one(self, source: Make) -> None:
        client = signed_in(seated("operator"))
        data = {
            **{"name": "Công báo", "code": "cb", "kind": "feed", "order": "1"},
            **{"address": "https://congbao.chinhphu.vn/a.rss", "home": "", "allowed_hosts": ""},
            **{"mapping": '{"title": "slug"}', "interval_minutes": "60"},
            **{"down_after_minutes": "60", "is_on": "on", "documents": "gazette"},
            **{"search_address": "", "logo": "", "logo_alt": ""},
        }
        address = reverse("pbgdpl_sources:add")
        for wrong, said in (
            ({"mapping": '{"titel": "slug"}'}, "Unknown: titel."),
            ({"mapping": "[1]"}, "Write a JSON object"),
            ({"address": ""}, "This kind needs an address"),
            ({"address": "ftp://congbao.chinhphu.vn/"}, "Only http and https"),
            ({"address": "https://a:b@congbao.chinhphu.vn/"}, "a user name or a password"),
            ({"interval_minutes": "1"}, "Not more often than every 5 minutes."),
            ({"search_address": "https://vbpl.vn/tim"}, "Write {query} once"),
            ({"search_address": "https://a.example/?q={query}"}, "Not one of the hosts"),
            ({"kind": "html", "mapping": '{"rows": "a["}'}, "rows is no CSS selector."),
        ):
            response = client.post(address, data | wrong)
            assert response.status_code == 200, wrong
            assert said in text_of(response), wrong
        assert client.post(address, data).status_code == 302
        made = ExternalSource.objects.get(code="cb")
        assert (made.mapping, made.is_on) == ({"title": "slug"}, True)
        assert Change.objects.filter(object_id=made.pk, model__icontains="externalsource").exists()

    @pytest.mark.parametrize(
        ("role", "sees", "changes"),
        [
            ("operator", True, True),
            ("chief", True, False),
            ("secretary", True, False),
            ("contact_officer", False, False),
        ],
    )
    def test_who_may(
        self, server: Server, source: Make, role: str, sees: bool, changes: bool
    ) -> None:
        made = source()
        client = signed_in(seated(role))
        index = client.get(reverse("pbgdpl_sources:index"))
        assert (index.status_code == 200) is sees
        assert ("Linked systems" in text_of(client.get(reverse("pbgdpl_overview")))) is sees
        for address in (
            reverse("pbgdpl_sources:edit", args=[made.pk]),
            reverse("pbgdpl_source_try", args=[made.pk]),
        ):
            assert (client.get(address).status_code == 200) is changes, address
        server.plays["/a"] = says(rss(1))
        client.post(reverse("pbgdpl_source_try", args=[made.pk]), {"do": "sync"})
        assert bool(server.asked) is changes
        deleted = client.post(f"/admin/pbgdpl/sources/delete/{made.pk}/")
        assert deleted.status_code in (302, 403, 404)
        assert ExternalSource.objects.filter(pk=made.pk).exists()

    def test_nobody_signed_in(self, source: Make, client: Any) -> None:
        response = client.post(reverse("pbgdpl_source_try", args=[source().pk]), {"do": "sync"})
        assert response.status_code == 302
        assert "login" in response.url

    def test_to_try_out(self, server: Server, source: Make) -> None:
        server.plays["/a"] = says(rss(2, 278, titles=False))
        made = source()
        client = signed_in(seated("operator"))
        address = reverse("pbgdpl_source_try", args=[made.pk])
        assert client.get(reverse("pbgdpl_source_try", args=[made.pk + 999])).status_code == 404
        data = {"kind": "feed", "address": made.address, "mapping": '{"title": "slug"}'}
        words = text_of(client.post(address, {**data, "do": "try"}))
        assert "2 records would come" in words
        assert "Nghị định số 278/2026/NĐ-CP" in words
        made.refresh_from_db()
        assert (made.mapping, made.items.count(), made.runs.count()) == ({}, 0, 0)
        words = text_of(
            client.post(address, {**data, "address": f"{server.address}/khong", "do": "try"})
        )
        assert re.search("does not answer|is broken", words)
        words = text_of(client.post(address, {**data, "mapping": '{"x": 1}', "do": "try"}))
        assert "Unknown: x." in words
        assert client.post(address, {**data, "do": "keep"}).status_code == 302
        assert client.post(address, {"do": "sync"}).status_code == 302
        made.refresh_from_db()
        assert (made.mapping, made.items.count()) == ({"title": "slug"}, 2)

    def test_to_take_a_loss_over(self, server: Server, source: Make) -> None:
        server.plays["/a"] = says(rss(6))
        made = source()
        sync(made)
        server.plays["/a"] = says(rss(2))
        sync(made)
        client = signed_in(seated("operator"))
        address = reverse("pbgdpl_source_try", args=[made.pk])
        assert "The shorter list is right" in text_of(client.get(address))
        client.post(address, {"do": "loss"})
        assert made.items.filter(gone_at=None).count() == 2
        assert "The shorter list is right" not in text_of(client.get(address))


class TestLetters:
    def test_one_letter_for_each_outage(self, server: Server, source: Make) -> None:
        operator = seated("operator")
        server.plays["/a"] = says("", status=500)
        source(name="Công báo", down_after_minutes=60)

        def later(hours: int) -> list[str]:
            with time_machine.travel(start + datetime.timedelta(hours=hours), tick=False):
                list(sync_due())
            return list(Notice.objects.filter(recipient=operator).values_list("subject", flat=True))

        start = timezone.now()
        assert later(0) == []
        assert len(later(2)) == 1
        assert len(later(9)) == 1
        server.plays["/a"] = says(rss(1))
        assert len(later(40)) == 1
        server.plays["/a"] = says("", status=500)
        later(60)
        assert len(later(65)) == 2

    def test_a_loss_is_asked_about_once(self, server: Server, source: Make) -> None:
        operator = seated("operator")
        server.plays["/a"] = says(rss(6))
        made = source()
        sync(made)
        server.plays["/a"] = says(rss(2))
        sync(made)
        sync(made)
        notice = Notice.objects.get(recipient=operator)
        assert reverse("pbgdpl_sources:edit", args=[made.pk]) in notice.text


class TestTheCommand:
    def test_named_and_due(self, server: Server, source: Make) -> None:
        server.plays |= {"/a": says(rss(2)), "/b": says("", status=500)}
        good, bad = source(), source("/b", is_on=False)
        out, err = StringIO(), StringIO()
        call_command("pbgdpl_sync_sources", stdout=out)
        assert good.code in out.getvalue()
        assert bad.code not in out.getvalue()
        with pytest.raises(CommandError, match="1"):
            call_command(
                "pbgdpl_sync_sources", source=[bad.code, good.code], stdout=out, stderr=err
            )
        assert "500" in err.getvalue()
        assert SourceRun.objects.filter(source=good).count() == 2
        with pytest.raises(CommandError, match="khong-co"):
            call_command("pbgdpl_sync_sources", source=["khong-co"])

    def test_the_tick_reads_what_is_due(self, server: Server, source: Make) -> None:
        server.plays |= {"/a": says(rss(2)), "/b": says("", status=500)}
        source(), source("/b")
        done = {outcome.name: outcome for outcome in run_jobs()}["reading of linked systems"]
        assert (done.done, done.error) == ("1 read, 1 not", "")

    def test_the_shipped_ones(self) -> None:
        out = StringIO()
        call_command("pbgdpl_sync_sources", enter=True, stdout=out)
        assert out.getvalue().count("+ ") == len(rows()) == ExternalSource.objects.count()
        for made in ExternalSource.objects.all():
            made.full_clean()
            assert not made.is_on
        assert enter() == []
