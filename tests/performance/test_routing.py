"""The portal's own way from an address to a page ends where Wagtail's ends, in fewer queries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageViewRestriction, Site

from tests.factories import NewsFactory, public_below
from wagtail_pbgdpl.pages import models as pages

MIDDLEWARE = "wagtail_pbgdpl.site.middleware.PortalMiddleware"


@pytest.fixture(autouse=True)
def own_cache() -> Iterator[None]:
    """Wagtail keeps the addresses of sites in the cache, which no rollback reaches."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(params=[True, False], ids=["with middleware", "without"])
def way(request: Any, settings: Any) -> bool:
    """What holds with the middleware holds without it."""
    others = [name for name in settings.MIDDLEWARE if name != MIDDLEWARE]
    settings.MIDDLEWARE = [*others, MIDDLEWARE] if request.param else others
    return request.param


def test_the_example_site_has_it(settings: Any) -> None:
    assert MIDDLEWARE in settings.MIDDLEWARE


@pytest.mark.usefixtures("way")
class TestSame:
    def test_pages_of_the_portal(self, portal: Any, index_of: Any, client: Client) -> None:
        news = NewsFactory(parent=index_of("C2"))
        for page in (portal, index_of("C2"), news):
            assert client.get(page.url).context["page"] == page

    def test_a_page_beside_the_portal(self, site: Any, client: Client) -> None:
        beside = site.root_page.add_child(instance=Page(title="Ngoài cổng", slug="ngoai-cong"))
        response = client.get(beside.url)
        assert response.status_code == 200
        assert "pbgdpl-nav" not in response.content.decode()

    @pytest.mark.parametrize("end", ["khong-co/", "tin-hoat-dong/khong-co/", "tin-hoat-dong/a/b/"])
    def test_no_page(self, end: str, portal: Any, client: Client) -> None:
        assert client.get(portal.url + end).status_code == 404

    @pytest.mark.parametrize("which", ["portal", "index", "item"])
    def test_what_was_taken_down(
        self, which: str, portal: Any, index_of: Any, client: Client
    ) -> None:
        """Also by another process, without a signal in this one."""
        item = NewsFactory(parent=index_of("C2"))
        page = {"portal": portal, "index": index_of("C2"), "item": item}[which]
        assert client.get(page.url).status_code == 200
        Page.objects.filter(pk=page.pk).update(live=False)
        assert client.get(page.url).status_code == 404

    @pytest.mark.parametrize("which", ["portal", "index", "item"])
    def test_what_was_made_private(
        self, which: str, portal: Any, index_of: Any, client: Client
    ) -> None:
        item = NewsFactory(parent=index_of("C2"))
        page = {"portal": portal, "index": index_of("C2"), "item": item}[which]
        assert client.get(item.url).status_code == 200
        # Without a signal, as from another process.
        PageViewRestriction.objects.bulk_create(
            [PageViewRestriction(page_id=page.pk, restriction_type=PageViewRestriction.LOGIN)]
        )
        assert client.get(item.url).status_code == 302
        assert client.get(page.url).status_code == 302

    def test_a_portal_that_moved_is_found_where_it_is(
        self, site: Any, portal: Any, index_of: Any, client: Client
    ) -> None:
        news = NewsFactory(parent=index_of("C2"))
        before = news.url
        assert client.get(before).status_code == 200
        portal.slug = "cong"
        portal.save()
        news.refresh_from_db()
        assert client.get(before).status_code == 404
        assert client.get(news.url).context["page"].pk == news.pk

    def test_the_portal_as_the_root_of_a_site(
        self, site: Any, portal: Any, index_of: Any, client: Client
    ) -> None:
        Site.objects.create(hostname="pbgdpl.example", root_page=portal)
        news = NewsFactory(parent=index_of("C2"))
        path = news.url_path.removeprefix(portal.url_path)
        for address, expected in (("/", portal), (f"/{path}", news)):
            response = client.get(address, headers={"Host": "pbgdpl.example"})
            assert response.context["page"].pk == expected.pk

    def test_a_portal_within_the_portal(self, portal: Any, client: Client) -> None:
        """As a branch in another language may stand."""
        inner = public_below(portal, pages.PortalPage(title="In English", slug="en"))
        index = public_below(
            inner, pages.CategoryIndexPage(title="News", slug="news", category="C2")
        )
        for page in (inner, index):
            response = client.get(page.url)
            assert response.context["page"].pk == page.pk
            assert response.context["portal_page"].pk == inner.pk

    def test_a_page_above_with_routes_of_its_own_is_asked(
        self, portal: Any, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = []
        usual = pages.CategoryIndexPage.route

        def route(self: Any, request: Any, path_components: list[str]) -> Any:
            asked.append(path_components)
            return usual(self, request, path_components)

        monkeypatch.setattr(pages.CategoryIndexPage, "route", route)
        index = pages.CategoryIndexPage.objects.get(category="C2")
        news = NewsFactory(parent=index)
        assert client.get(news.url).context["page"].pk == news.pk
        assert asked == [[news.slug]]

    def test_languages(self, portal: Any, index_of: Any, client: Client, settings: Any) -> None:
        settings.WAGTAIL_I18N_ENABLED = True
        Locale.objects.create(language_code="en")
        news = NewsFactory(parent=index_of("C2"))
        assert client.get(news.url).context["page"].pk == news.pk

    def test_other_views_are_left_alone(self, client: Client, db: Any) -> None:
        assert client.get("/pbgdpl/rss.xml").status_code == 200

    def test_what_a_request_sets_on_a_page_is_gone_with_it(
        self, portal: Any, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The portal is remembered; each request has a copy of its own."""
        seen = []

        def serve(self: Any, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            seen.append(getattr(self, "mark", None))
            self.mark = "of this request"
            return HttpResponse("ok")

        monkeypatch.setattr(pages.PortalPage, "serve", serve)
        for _ in range(2):
            assert client.get(portal.url).content == b"ok"
        assert seen == [None, None]


def test_a_root_with_routes_of_its_own_keeps_them(
    site: Any, portal: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The middleware leaves a portal to Wagtail where something above may want the request."""
    from wagtail_pbgdpl.site.middleware import portals_of

    assert [found.pk for _, found in portals_of(site)] == [portal.pk]
    above = public_below(portal, pages.CategoryIndexPage(title="Mục", slug="muc", category="C2"))
    inner = public_below(above, pages.PortalPage(title="Cổng trong", slug="cong-trong"))
    monkeypatch.setattr(pages.CategoryIndexPage, "route", lambda *args: None)
    assert inner.pk not in [found.pk for _, found in portals_of(site)]


def test_it_saves_queries(index_of: Any, client: Client, settings: Any) -> None:
    news = NewsFactory(parent=index_of("C2"))

    def count() -> int:
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                client.get(news.url)
        return len(captured)

    with_it = count()
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != MIDDLEWARE]
    client.handler.load_middleware()
    assert count() > with_it
