"""One branch of the portal in English, through Wagtail's own locales (I6)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import (
    GroupPagePermission,
    Locale,
    Page,
    PageViewRestriction,
    Site,
    Workflow,
    WorkflowPage,
)

from tests.factories import NewsFactory, factory_for
from tests.kept import Kept
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.regulations.active import get_regulation
from wagtail_pbgdpl.search import index as search_index
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.site.languages import written
from wagtail_pbgdpl.traffic.models import TrafficPage
from wagtail_pbgdpl.worktime.calendar import VIETNAM

pytestmark = [pytest.mark.usefixtures("indexed"), pytest.mark.django_db]

LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
MIDDLEWARE = "wagtail_pbgdpl.site.languages.AddressLanguageMiddleware"
AT = datetime.datetime(2026, 3, 2, 9, tzinfo=VIETNAM)


@dataclass
class Branch:
    """What is published in English, beside its Vietnamese original."""

    portal: Any
    index: Any
    news: Any
    original: Any
    locale: Any


def translate(page: Any, locale: Any, title: str, slug: str, **values: Any) -> Any:
    """Do what an editor does: make the translation, write it, publish it."""
    copied = page.specific.copy_for_translation(locale)
    for name, value in {"title": title, "slug": slug, **values}.items():
        setattr(copied, name, value)
    return publish(copied, at=AT if hasattr(copied, "author") else None)


@contextmanager
def two_languages() -> Iterator[None]:
    middleware = [*settings.MIDDLEWARE[:2], MIDDLEWARE, *settings.MIDDLEWARE[2:]]
    with (
        override_settings(
            WAGTAIL_I18N_ENABLED=True,
            LANGUAGES=LANGUAGES,
            WAGTAIL_CONTENT_LANGUAGES=LANGUAGES,
            ROOT_URLCONF="tests.face.english_urls",
            MIDDLEWARE=middleware,
        ),
        translation.override("vi"),
    ):
        cache.clear()
        Site.clear_site_root_paths_cache()
        yield
    Site.clear_site_root_paths_cache()


@pytest.fixture(scope="module", params=["portal below the root page", "portal is the root page"])
def kept_branch(request: Any, kept_rows: None) -> Iterator[Kept]:
    with transaction.atomic():
        with two_languages():
            kept = Kept(make_branch(request.param))
        yield kept
        transaction.set_rollback(True)


@pytest.fixture
def branch(kept_branch: Kept, db: None) -> Iterator[Branch]:
    (found,) = kept_branch.again()
    with two_languages():
        process_cache.forget()
        yield found


@pytest.fixture
def portal(db: None) -> Any:
    """The Vietnamese one, of two."""
    return pages.PortalPage.objects.get(locale__language_code="vi")


def make_branch(where: str) -> Branch:
    """Make the portal, one index page and one item in English."""
    site = Site.objects.get(is_default_site=True)
    portal = pages.PortalPage.objects.get()
    index = pages.CategoryIndexPage.objects.child_of(portal).get(category="C2")
    original = NewsFactory(parent=index, title="Ngày Pháp luật Việt Nam", at=AT)
    locale = Locale.objects.create(language_code="en")
    if where.endswith("is the root page"):
        # A page of the top of the tree, as the demo has it.
        portal.move(Page.get_first_root_node(), pos="last-child")
        portal.refresh_from_db()
        site.root_page = portal
        site.save()
    else:
        translate(site.root_page, locale, "Home", "home-en")
    original.refresh_from_db()
    english = translate(portal, locale, "Legal Education Portal", "portal-en", introduction="")
    parent = original.get_parent()
    index = translate(parent, locale, "News and events", "news", introduction="What is on.")
    news = translate(
        original, locale, "Vietnam Law Day", "law-day", summary="The day of the law.", author="Hoa"
    )
    return Branch(english, index, news, original, locale)


def soup_of(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status, (address, response.get("Location"))
    return BeautifulSoup(response.content, "lxml")


def test_the_address_names_the_language(branch: Branch) -> None:
    for page in (branch.portal, branch.index, branch.news):
        assert page.url.startswith("/en/")
    assert branch.news.url.endswith("/news/law-day/")
    assert not branch.original.url.startswith(("/en/", "/vi/"))


def test_an_english_page_is_english(branch: Branch, client: Client) -> None:
    """Its language, the texts of the interface, its dates, and the name of the portal."""
    found = soup_of(client, branch.news.url)
    assert found.html["lang"] == "en"
    assert found.h1.text == "Vietnam Law Day"
    assert found.select_one(".pbgdpl-skip").text == "Skip to the content"
    assert "2 March 2026" in found.select_one(".pbgdpl-attribution").text
    assert found.title.text == "Vietnam Law Day | Legal Education Portal"
    assert found.select_one(".pbgdpl-brand__name").text == "Legal Education Portal"
    # What stands in the settings is Vietnamese, and says so to whoever reads it aloud.
    body = found.select_one(".pbgdpl-brand__body")
    assert (body.text, body["lang"]) == (get_regulation().portal.governing_body, "vi")
    assert found.select_one("link[rel=canonical]")["href"].endswith(branch.news.url)


def test_a_vietnamese_page_stays_as_it_was(branch: Branch, client: Client) -> None:
    found = soup_of(client, branch.original.url)
    assert found.html["lang"] == "vi"
    assert found.select_one(".pbgdpl-skip").text == "Chuyển đến nội dung chính"
    assert "02/03/2026" in found.select_one(".pbgdpl-attribution").text
    assert found.select_one(".pbgdpl-brand__name").text == get_regulation().portal.name
    assert not found.select_one(".pbgdpl-brand__body").has_attr("lang")


def test_texts_outside_the_regulation_are_all_english(branch: Branch, client: Client) -> None:
    """No Vietnamese is left but what says that it is Vietnamese."""
    for page in (branch.portal, branch.index, branch.news):
        found = soup_of(client, page.url)
        for part in found.select('[lang="vi"], script, style'):
            part.decompose()
        # From the copy: Sở Tư pháp is the name of the source.
        text = found.get_text(" ").replace("Sở Tư pháp", "")
        assert not set(text) & set("ăâđêôơưĂÂĐÊÔƠƯạảấầẩậắằặẻẽếềểệịọộợụủứừửữựỳ"), text


def test_menu_listing_and_home_have_their_own_language(branch: Branch, client: Client) -> None:
    home = soup_of(client, branch.portal.url)
    assert {link.text for link in home.select(".pbgdpl-nav li a")} == {"News and events"}
    assert "Vietnam Law Day" in home.text
    assert branch.original.title not in home.text
    listing = soup_of(client, branch.index.url)
    assert [link.text for link in listing.select(".pbgdpl-item__title a")] == ["Vietnam Law Day"]
    vietnamese = soup_of(client, branch.original.get_parent().specific.url)
    titles = [link.text for link in vietnamese.select(".pbgdpl-item__title a")]
    assert titles == [branch.original.title]


def test_neighbours_and_breadcrumb_have_their_own_language(branch: Branch, client: Client) -> None:
    NewsFactory(parent=branch.index, title="Legal aid week")
    NewsFactory(parent=branch.original.get_parent().specific, title="Tuần trợ giúp pháp lý")
    found = soup_of(client, branch.news.url)
    assert "Legal aid week" in found.text
    assert "Tuần trợ giúp pháp lý" not in found.text
    links = [link["href"] for link in found.select(".pbgdpl-breadcrumb a")]
    assert links == [branch.portal.url, branch.index.url]


class TestSwitch:
    def alternates(self, found: BeautifulSoup) -> dict[str, str]:
        return {link["hreflang"]: link["href"] for link in found.select("head link[hreflang]")}

    @pytest.mark.parametrize("name", ["news", "original", "portal", "index"])
    def test_a_page_names_its_translations(self, branch: Branch, client: Client, name: str) -> None:
        page = getattr(branch, name)
        code = page.locale.language_code
        other = page.get_translations().get()
        found = soup_of(client, page.url)
        assert self.alternates(found) == {
            code: page.full_url,
            other.locale.language_code: other.full_url,
        }
        switch = found.select_one("header .pbgdpl-languages")
        assert switch["aria-label"]
        current, link = switch.select_one("[aria-current]"), switch.a
        assert (current.name, current["lang"]) == ("span", code)
        assert (link["href"], link["lang"], link["hreflang"]) == (
            other.full_url,
            other.locale.language_code,
            other.locale.language_code,
        )
        assert {current.text, link.text} == {"Tiếng Việt", "English"}

    @pytest.mark.parametrize("hide", ["draft", "private", "none"])
    def test_what_cannot_be_read_is_not_offered(
        self, branch: Branch, client: Client, hide: str
    ) -> None:
        if hide == "draft":
            branch.news.unpublish()
        elif hide == "private":
            PageViewRestriction.objects.create(page=branch.news, restriction_type="login")
        else:
            branch.news.delete()
        process_cache.forget()
        found = soup_of(client, branch.original.url)
        assert self.alternates(found) == {}
        assert found.select_one(".pbgdpl-languages") is None

    def test_a_second_site_leads_to_its_own_host(self, branch: Branch, client: Client) -> None:
        """Full addresses: hreflang takes no others."""
        found = soup_of(client, branch.original.url)
        assert all(url.startswith("http://") for url in self.alternates(found).values())


class TestOutsideTheTree:
    def test_feeds(self, branch: Branch, client: Client) -> None:
        for address in ("/en/pbgdpl/rss.xml", "/en/pbgdpl/rss/C2.xml"):
            feed = client.get(address).content.decode()
            assert "<language>en</language>" in feed
            assert "Vietnam Law Day" in feed
            assert branch.original.title not in feed
        assert "<title>News and events | Legal Education Portal</title>" in feed
        vietnamese = client.get("/pbgdpl/rss/C2.xml").content.decode()
        assert "<language>vi</language>" in vietnamese
        assert branch.original.title in vietnamese
        assert "Vietnam Law Day" not in vietnamese
        assert client.get("/en/pbgdpl/rss/C7.xml").status_code == 404

    def test_the_head_names_the_feeds_of_the_language(self, branch: Branch, client: Client) -> None:
        links = soup_of(client, branch.news.url).select('link[type="application/rss+xml"]')
        assert [(link["href"], link["title"]) for link in links] == [
            ("/en/pbgdpl/rss.xml", "All content"),
            ("/en/pbgdpl/rss/C2.xml", "News and events"),
        ]

    def test_sitemaps(self, branch: Branch, client: Client) -> None:
        english = client.get("/en/sitemap-trang.xml").content.decode()
        assert branch.news.full_url in english
        assert branch.original.full_url not in english
        vietnamese = client.get("/sitemap-trang.xml").content.decode()
        assert branch.original.full_url in vietnamese
        assert branch.news.full_url not in vietnamese

    @pytest.mark.parametrize(
        ("address", "language", "menu"),
        [("/en/nothing/", "en", "News and events"), ("/khong-co/", "vi", "Giới thiệu")],
    )
    def test_error_pages(
        self, branch: Branch, client: Client, address: str, language: str, menu: str
    ) -> None:
        found = soup_of(client, address, 404)
        assert found.html["lang"] == language
        assert menu in found.select_one(".pbgdpl-nav").text

    def test_the_accessibility_statement(self, branch: Branch, client: Client) -> None:
        found = soup_of(client, "/en/pbgdpl/tro-nang/")
        assert found.html["lang"] == "en"
        assert "Legal Education Portal" in found.text

    def test_a_vietnamese_address_is_no_english_one(self, branch: Branch, client: Client) -> None:
        assert client.get(f"/en{branch.original.url}").status_code == 404

    def test_a_branch_that_is_not_public_leads_to_the_vietnamese(
        self, branch: Branch, client: Client, site: Any
    ) -> None:
        """Wagtail would show the Vietnamese page under the English address."""
        for page in site.root_page.get_translations():
            page.specific.unpublish()
        process_cache.forget()
        response = client.get(f"/en{branch.original.url}")
        assert (response.status_code, response["Location"]) == (302, branch.original.url)


class TestServices:
    @pytest.fixture
    def services(self, branch: Branch, index_of: Any) -> Any:
        def page(model: Any) -> Any:
            return model.objects.filter(locale__language_code="vi").get()

        translate(index_of("C14"), branch.locale, "Access statistics, search", "services")
        search = translate(page(pages.SearchPage), branch.locale, "Search", "search")
        figures = translate(page(pages.StatisticsPage), branch.locale, "Figures", "figures")
        process_cache.forget()
        return search, figures

    def test_the_search_finds_its_own_language(
        self, branch: Branch, services: Any, client: Client
    ) -> None:
        search, _figures = services
        for _count in search_index.rebuild():
            pass
        form = soup_of(client, branch.news.url).select_one(".pbgdpl-search")
        assert form["action"].startswith("/en/")
        for address in (f"{form['action']}?q=law", f"{search.url}?q=law"):
            assert "Vietnam Law Day" in soup_of(client, address).select_one("main").text
        # The copies have the Vietnamese source.
        found = soup_of(client, f"{search.url}?q=Sở Tư pháp")
        assert branch.original.title not in found.select_one("main").text

    def test_without_an_english_search_page_the_box_answers_in_english(
        self, branch: Branch, client: Client
    ) -> None:
        shown = soup_of(client, "/en/pbgdpl/tim-kiem/?q=law")
        assert shown.select_one("html")["lang"] == "en"
        assert shown.select_one("h1").text == "Search the portal"

    def test_the_statistics_name_the_english_pages(
        self, branch: Branch, services: Any, client: Client
    ) -> None:
        today = datetime.datetime.now(VIETNAM).date().replace(day=1)
        for page, views in ((branch.original, 9), (branch.news, 4)):
            TrafficPage.objects.create(month=today, page_id=page.pk, category="C2", views=views)
        _search, figures = services
        response = client.get(figures.url)
        names = [(category.name, count) for category, count in response.context["counts"]]
        assert names == [("News and events", 1), ("Access statistics, search", 0)]
        text = BeautifulSoup(response.content, "lxml").select_one("main").text
        assert text.count("Vietnam Law Day") == 2
        assert branch.original.title not in text


def test_consultations_on_the_home_page(
    branch: Branch, index_of: Any, client: Client, portal: Any
) -> None:
    """C12: an open one is offered in its own language only."""
    parent = index_of("C12")
    today = datetime.datetime.now(VIETNAM).date()
    dates = {"opens_on": today, "closes_on": today, "short_because": "Thủ tục rút gọn"}
    factory = factory_for(pages.ConsultationPage)
    draft = factory(parent=parent, title="Dự thảo nghị quyết", **dates)
    translate(parent, branch.locale, "Drafts", "drafts")
    translate(draft, branch.locale, "Draft resolution", "draft")
    process_cache.forget()
    for page, shown, hidden in (
        (branch.portal, "Draft resolution", "Dự thảo nghị quyết"),
        (portal, "Dự thảo nghị quyết", "Draft resolution"),
    ):
        text = soup_of(client, page.specific.url).text
        assert shown in text
        assert hidden not in text


class TestCopies:
    def test_a_translation_takes_its_place(self, branch: Branch, index_of: Any) -> None:
        """Category and listing are those of the index page above it, not those of the source."""
        copied = NewsFactory(parent=index_of("C2")).copy_for_translation(branch.locale)
        copied.refresh_from_db()
        assert (copied.category, copied.listed_in) == ("C2", branch.index.pk)
        assert (copied.live, copied.published_at) == (False, None)

    def test_an_alias_takes_its_place(self, branch: Branch, index_of: Any) -> None:
        """«Synchronise»: live at once, in the language of its place."""
        page = NewsFactory(parent=index_of("C2"))
        copied = page.copy_for_translation(branch.locale, alias=True)
        copied.refresh_from_db()
        assert (copied.category, copied.listed_in) == ("C2", branch.index.pk)
        assert copied.published_at is not None

    def test_a_corrected_category_stays_in_its_language(
        self, branch: Branch, index_of: Any
    ) -> None:
        index = index_of("C2")
        index.category = "C15"
        index.save()
        branch.news.refresh_from_db()
        assert branch.news.category == "C2"

    def test_the_set_up_leaves_translations_alone(self, branch: Branch) -> None:
        def everything() -> list[Any]:
            return list(Page.objects.order_by("pk").values_list("pk", "title", "live", "path"))

        before = everything()
        call_command("pbgdpl_setup", verbosity=0)
        assert everything() == before

    def test_the_editors_of_the_portal_edit_its_translation(
        self, branch: Branch, portal: Any
    ) -> None:
        def rights(page: Any) -> set[Any]:
            found = GroupPagePermission.objects.filter(page=page)
            return set(found.values_list("group", "permission"))

        assert rights(portal)
        assert rights(branch.portal) == rights(portal)

    def test_a_translation_is_as_private_as_its_source(
        self, branch: Branch, index_of: Any, client: Client
    ) -> None:
        index = index_of("C10")
        group = Group.objects.create(name="Nội bộ")
        restriction = PageViewRestriction.objects.create(page=index, restriction_type="groups")
        restriction.groups.add(group)
        english = translate(index, branch.locale, "Research", "research")
        process_cache.forget()
        assert client.get(english.url).status_code == 302
        assert list(english.get_view_restrictions().get().groups.all()) == [group]


def test_neither_browser_nor_cookie_changes_the_language(branch: Branch, client: Client) -> None:
    """Everybody gets the same page, so that a cache may keep it."""
    client.cookies["django_language"] = "en"
    response = client.get(branch.original.url, headers={"Accept-Language": "en"})
    assert response.headers["Content-Language"] == "vi"
    assert "Accept-Language" not in response.get("Vary", "")
    assert BeautifulSoup(response.content, "lxml").html["lang"] == "vi"


def test_the_page_cache_keeps_the_languages_apart(
    branch: Branch, client: Client, settings: Any
) -> None:
    keeper = "wagtail_pbgdpl.serving.page_cache.PageCacheMiddleware"
    settings.MIDDLEWARE = [settings.MIDDLEWARE[0], keeper, *settings.MIDDLEWARE[1:]]
    for _time in range(2):
        for page, language in ((branch.news, "en"), (branch.original, "vi")):
            response = client.get(page.url)
            assert "public" in response["Cache-Control"]
            assert response["Content-Language"] == language
            assert BeautifulSoup(response.content, "lxml").html["lang"] == language


def test_a_preview_is_in_the_language_of_the_page(
    branch: Branch, client: Client, editor: Any
) -> None:
    """Whatever language the editor's admin speaks."""
    client.force_login(editor)
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[branch.news.pk]))
    found = BeautifulSoup(response.content, "lxml")
    assert found.html["lang"] == "en"
    assert found.select_one(".pbgdpl-skip").text == "Skip to the content"


@pytest.mark.parametrize("name", ["news", "index", "portal"])
def test_the_languages_cost_one_query(
    branch: Branch, client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Speed: six queries at most where the portal has two languages."""
    monkeypatch.setattr(process_cache, "SECONDS", 3600)
    address = getattr(branch, name).url
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 6, [query["sql"] for query in queries]
    assert sum('"translation_key" =' in query["sql"] for query in queries) == 1


def test_an_editor_makes_the_translation_in_the_admin(
    branch: Branch, client: Client, editor: Any, index_of: Any
) -> None:
    """``wagtail.contrib.simple_translation``, as the how-to says."""
    page = NewsFactory(parent=index_of("C2"), title="Tin mới")
    client.force_login(editor)
    address = reverse("simple_translation:submit_page_translation", args=[page.pk])
    response = client.post(address, {"locales": [branch.locale.pk]}, follow=True)
    assert response.status_code == 200
    copied = page.get_translation(branch.locale)
    assert copied.get_parent().pk == branch.index.pk
    assert not copied.live


def test_the_translation_of_a_category_goes_the_way_of_its_source(
    branch: Branch, index_of: Any
) -> None:
    """BK18 Điều 6.1b: a section that its unit updates directly, in each language."""
    other = Workflow.objects.create(name="Trực tiếp cập nhật")
    WorkflowPage.objects.create(page_id=index_of("C15").pk, workflow=other)
    copied = index_of("C15").copy_for_translation(branch.locale)
    assert WorkflowPage.objects.get(page_id=copied.pk).workflow == other


@pytest.mark.parametrize(
    ("code", "text"), [("vi", "02/03/2026"), ("en", "2 March 2026"), ("en-gb", "2 March 2026")]
)
def test_dates_are_written_as_the_language_does(code: str, text: str) -> None:
    with translation.override(code):
        assert written(AT) == written(AT.date()) == text
