"""I3, I10: sections in the pages of other sites, by address; who may frame them, who may not."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories import (
    DocumentTypeFactory,
    IssuingBodyFactory,
    NewsFactory,
    UnitFactory,
    factory_for,
)
from wagtail_pbgdpl.embedding.sections import Section, register
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving import page_cache, process_cache
from wagtail_pbgdpl.site.origins import origins_in, validate_origins
from wagtail_pbgdpl.site.portal import PortalSettings

pytestmark = pytest.mark.django_db
LISTED = "https://www.backan.gov.vn"
ARTICLES = [
    {
        "type": "legal_article",
        "value": {
            "number": str(number),
            "title": title,
            "lead": "",
            "clauses": [{"number": "1", "text": "Khoản một:\na) Điểm a;\nb) Điểm b."}],
            "prefix": "",
        },
    }
    for number, title in ((1, "Phạm vi"), (2, "Đối tượng"))
]


@pytest.fixture
def listed(site: Any, portal: Any) -> str:
    row = PortalSettings.for_site(site)
    row.embedding_hosts = f"{LISTED}/\n\nhttp://*.xa.backan.gov.vn:8080"
    row.full_clean(exclude=["site"])
    row.save()
    process_cache.forget()
    return LISTED


@pytest.fixture
def document(index_of: Any) -> Any:
    return factory_for(pages.LegalDocumentPage)(
        parent=index_of("C7"),
        title="Quyết định về Cổng",
        document_number="17/2018/QĐ-UBND",
        document_type=DocumentTypeFactory(name="Quyết định"),
        issuing_body=IssuingBodyFactory(name="Ủy ban nhân dân tỉnh"),
        issued_on=datetime.date(2018, 7, 31),
        body=ARTICLES,
    )


def soup_of(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def ancestors(response: Any) -> list[str]:
    parts = response["Content-Security-Policy"].split("; ")
    return next(part.split()[1:] for part in parts if part.startswith("frame-ancestors"))


class TestFrames:
    ADDRESS = "/pbgdpl/nhung/tim-kiem/"

    def test_of_the_sites_of_the_settings(self, listed: str, client: Client) -> None:
        response = client.get(self.ADDRESS)
        assert ancestors(response) == ["'self'", listed, "http://*.xa.backan.gov.vn:8080"]
        assert "X-Frame-Options" not in response
        # What else the policy of the portal forbids is forbidden here too.
        assert "script-src 'self'" in response["Content-Security-Policy"]

    def test_of_none_where_none_is_listed(self, portal: Any, client: Client) -> None:
        assert ancestors(client.get(self.ADDRESS)) == ["'self'"]

    def test_other_pages_stay_as_they_were(
        self, listed: str, portal: Any, document: Any, client: Client
    ) -> None:
        for address in (portal.url, document.url, "/pbgdpl/nhung/", "/pbgdpl/tro-nang/"):
            response = client.get(address)
            assert ancestors(response) == ["'self'"]
            assert response["X-Frame-Options"] == "DENY"

    def test_without_the_policy_of_the_portal(
        self, listed: str, client: Client, settings: Any
    ) -> None:
        settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "policy" not in one]
        assert ancestors(client.get(self.ADDRESS))[1] == listed

    def test_a_page_that_the_browser_has(self, listed: str, client: Client) -> None:
        """It takes the headers of a 304 for those of the page: they must let the frame be too."""
        first = client.get(self.ADDRESS)
        assert first["Cache-Control"] == "public, max-age=60"
        again = client.get(self.ADDRESS, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert ancestors(again) == ancestors(first)
        assert "X-Frame-Options" not in again
        PortalSettings.objects.update(embedding_hosts="")
        process_cache.forget()
        changed = client.get(self.ADDRESS, headers={"if-none-match": first["ETag"]})
        assert (changed.status_code, ancestors(changed)) == (200, ["'self'"])

    def test_the_page_cache_keeps_it_as_it_is(
        self,
        listed: str,
        client: Client,
        settings: Any,
        django_assert_num_queries: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(page_cache, "SECONDS_IN_A_PROCESS", 3600)
        settings.MIDDLEWARE = [page_cache.MIDDLEWARE, *settings.MIDDLEWARE]
        cache.clear()
        first = client.get(self.ADDRESS)
        with django_assert_num_queries(0):
            again = client.get(self.ADDRESS)
            known = client.get(self.ADDRESS, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, known.status_code) == (200, 304)
        for response in (again, known):
            assert ancestors(response) == ["'self'", listed, "http://*.xa.backan.gov.vn:8080"]
            assert "X-Frame-Options" not in response
        assert again["Cache-Control"] == "public, max-age=60"
        cache.clear()

    @pytest.mark.parametrize(
        "line",
        ["backan.gov.vn", "https://a.vn; script-src *", "https://*.vn", "https://a.vn/b", "*"],
    )
    def test_what_is_no_site(self, line: str) -> None:
        with pytest.raises(ValidationError):
            validate_origins(line)
        # Whatever stands in the row, no more than origins gets into a header.
        assert origins_in(f"{line}\n{LISTED}") == [LISTED]


class TestShown:
    def test_the_newest_of_a_category(self, index_of: Any, client: Client) -> None:
        items = [NewsFactory(parent=index_of("C2"), title=f"Tin {n}") for n in range(7)]
        PageViewRestriction.objects.create(page=items[6], restriction_type="login")
        NewsFactory(parent=index_of("C2"), title="Bản nháp", live=False)
        response = client.get("/pbgdpl/nhung/moi-nhat/C2/")
        assert not response.cookies
        soup = BeautifulSoup(response.content, "lxml")
        assert [a.text for a in soup.select("li > a")] == [f"Tin {n}" for n in (5, 4, 3, 2, 1)]
        assert soup.html["lang"] == "vi"
        assert soup.h1.text == index_of("C2").title
        assert soup.title.text.startswith(index_of("C2").title)
        assert soup.base["target"] == "_top"
        assert soup.h1.a["href"] == f"http://testserver{index_of('C2').url}"

    def test_answers_say_who_answered(self, index_of: Any, client: Client) -> None:
        unit = UnitFactory(name="Sở Tư pháp tỉnh")
        make = factory_for(pages.AnswerPage)
        make(parent=index_of("C6"), title="Hỏi về đất đai", unit=unit, asker_name="Nông Văn Bí")
        text = soup_of(client, "/pbgdpl/nhung/hoi-dap/").main.text
        assert "Hỏi về đất đai" in text
        assert "Sở Tư pháp tỉnh" in text
        assert "Nông Văn Bí" not in text

    def test_drafts_open_for_comments(self, index_of: Any, client: Client) -> None:
        make, today = factory_for(pages.ConsultationPage), datetime.date.today()  # noqa: DTZ011
        day, parent = datetime.timedelta(days=20), index_of("C12")
        make(parent=parent, title="Mở", opens_on=today - day, closes_on=today + day)
        make(parent=parent, title="Đóng", opens_on=today - 2 * day, closes_on=today - day)
        soup = soup_of(client, "/pbgdpl/nhung/lay-y-kien/")
        assert [a.text for a in soup.select("li > a")] == ["Mở"]

    def test_the_search_box(self, portal: Any, client: Client) -> None:
        form = soup_of(client, "/pbgdpl/nhung/tim-kiem/").form
        assert (form["action"], form["target"]) == ("/pbgdpl/tim-kiem/", "_top")

    def test_a_document_and_an_article_of_it(self, document: Any, client: Client) -> None:
        whole = soup_of(client, f"/pbgdpl/nhung/van-ban/{document.pk}/")
        assert "17/2018/QĐ-UBND" in whole.main.text
        assert [one["id"] for one in whole.select(".pbgdpl-article")] == ["dieu-1", "dieu-2"]
        article = soup_of(client, f"/pbgdpl/nhung/van-ban/{document.pk}/dieu-2/")
        assert [one["id"] for one in article.select(".pbgdpl-article")] == ["dieu-2"]
        assert article.h2.text == "Điều 2. Đối tượng"
        # «#dieu-2» in the text leads to the page of the portal, not into the frame.
        assert article.base["href"] == document.url
        assert article.h1.a["href"] == f"http://testserver{document.url}#dieu-2"

    def test_what_is_not_there(self, document: Any, index_of: Any, client: Client) -> None:
        draft = factory_for(pages.LegalDocumentPage)(parent=index_of("C7"), live=False, body=[])
        closed = factory_for(pages.LegalDocumentPage)(parent=index_of("C7"), body=ARTICLES)
        PageViewRestriction.objects.create(page=closed, restriction_type="login")
        process_cache.forget()
        news = NewsFactory(parent=index_of("C2"))
        for end in (
            f"van-ban/{draft.pk}/",
            f"van-ban/{closed.pk}/dieu-1/",
            f"van-ban/{news.pk}/",
            f"van-ban/{document.pk}/dieu-3/",
            f"van-ban/{document.pk}/dieu-1/x/",
            *("van-ban/", "van-ban/a/", "van-ban/999999999999/", "van-ban/1%00/"),
            *("moi-nhat/", "moi-nhat/C6/", "moi-nhat/C99/", "hoi-dap/x/", "khong-co/"),
        ):
            assert client.get(f"/pbgdpl/nhung/{end}").status_code == 404, end

    def test_queries(
        self,
        index_of: Any,
        client: Client,
        document: Any,
        django_assert_num_queries: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """The items: as many for three as for one. Site and portal are remembered for a second."""
        # On a slow computer two requests may lie more than a second apart.
        monkeypatch.setattr(process_cache, "SECONDS", 3600)
        addresses = {
            "/pbgdpl/nhung/moi-nhat/C2/": 1,
            "/pbgdpl/nhung/hoi-dap/": 1,
            "/pbgdpl/nhung/tim-kiem/": 0,
            f"/pbgdpl/nhung/van-ban/{document.pk}/dieu-1/": 2,
        }
        for _ in range(3):
            NewsFactory(parent=index_of("C2"))
            factory_for(pages.AnswerPage)(parent=index_of("C6"), unit=UnitFactory())
        for address, count in addresses.items():
            client.get(address)
            with django_assert_num_queries(count):
                client.get(address)


class TestHelper:
    def test_the_code_of_each_section(self, index_of: Any, client: Client) -> None:
        soup = soup_of(client, "/pbgdpl/nhung/")
        codes = [one.text for one in soup.select("pre")]
        assert any("/pbgdpl/nhung/moi-nhat/C2/" in code for code in codes)
        code = BeautifulSoup(codes[0], "lxml")
        assert code.script["src"] == "http://testserver/pbgdpl/nhung/pbgdpl.js"
        element = code.find("pbgdpl-section")
        # Without a script the reader is led to the portal.
        assert element.a["href"].startswith("http")
        assert element.a.text == element["title"]
        copied = soup.select_one("button[data-copy]")["data-copy"]
        assert copied == codes[0]
        for frame in BeautifulSoup(" ".join(codes), "lxml").select("iframe"):
            assert client.get(frame["src"].removeprefix("http://testserver")).status_code == 200

    def test_a_document_is_chosen_on_its_page(self, document: Any, client: Client) -> None:
        page = soup_of(client, document.url)
        link = page.select_one(".pbgdpl-share a[href*='nhung']")["href"]
        names = [one.text for one in soup_of(client, link).select(".pbgdpl-embed-code summary")]
        assert names[:3] == ["Quyết định về Cổng", "Điều 1. Phạm vi", "Điều 2. Đối tượng"]

    def test_a_title_cannot_leave_the_code(self, index_of: Any, client: Client) -> None:
        bad = factory_for(pages.LegalDocumentPage)(
            parent=index_of("C7"), title='"><script>alert(1)</script>', body=ARTICLES
        )
        soup = soup_of(client, f"/pbgdpl/nhung/?van-ban={bad.pk}")
        assert not [one for one in soup.select("script") if "alert" in one.text]
        for button in soup.select("button[data-copy]"):
            code = BeautifulSoup(button["data-copy"], "lxml")
            assert not [one for one in code.select("script") if "alert" in one.text]

    def test_the_script_has_one_address(self, portal: Any, client: Client) -> None:
        response = client.get("/pbgdpl/nhung/pbgdpl.js")
        assert response["Location"] == "/static/wagtail_pbgdpl/embedding/section.js"
        assert response["Cache-Control"] == "public, max-age=3600"

    def test_the_script_is_small_and_keeps_nothing(self) -> None:
        for name in ("section.js", "inside.js"):
            path = finders.find(f"wagtail_pbgdpl/embedding/{name}")
            source = open(path).read()  # noqa: SIM115
            assert len(source.encode()) <= 4096
            assert not any(
                word in source for word in ("cookie =", "Storage", "fetch(", "innerHTML")
            )


def test_two_sections_of_one_word() -> None:
    with pytest.raises(ValueError, match="tim-kiem"):
        register(Section("tim-kiem", "", lambda *_: [], lambda *_: None))
