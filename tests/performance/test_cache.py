"""The page cache: fresh at once, the same for nobody in particular, and never in the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import NewsFactory, UserFactory
from wagtail_pbgdpl.content import stamp
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.portal import PortalSettings
from wagtail_pbgdpl.pages import models as pages

MIDDLEWARE = "wagtail_pbgdpl.content.cache.PageCacheMiddleware"


@pytest.fixture(autouse=True)
def page_cache(settings: Any) -> Any:
    settings.MIDDLEWARE = [settings.MIDDLEWARE[0], MIDDLEWARE, *settings.MIDDLEWARE[1:]]
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "page-cache",
        }
    }
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def long_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache of a process keeps a page for one second; slow computers need more to test it."""
    monkeypatch.setattr("wagtail_pbgdpl.content.cache.SECONDS_IN_A_PROCESS", 3600)


@pytest.fixture
def page(index_of: Any, django_capture_on_commit_callbacks: Any) -> Any:
    with django_capture_on_commit_callbacks(execute=True):
        return NewsFactory(parent=index_of("C2"))


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def is_kept(client: Client, address: str, assert_num_queries: Any) -> None:
    """Two requests: the second needs no database, so it came from the cache."""
    assert client.get(address).status_code == 200
    with assert_num_queries(0):
        assert client.get(address).status_code == 200


def test_the_second_request_needs_no_query(
    page: Any, client: Client, django_assert_num_queries: Any
) -> None:
    for address in (page.url, page.get_parent().url, f"{page.get_parent().url}?trang=1"):
        is_kept(client, address, django_assert_num_queries)


def test_it_is_the_same_page(page: Any, client: Client) -> None:
    first, second = client.get(page.url), client.get(page.url)
    assert first.content == second.content
    assert first.headers == second.headers


def test_headers_let_proxies_keep_it_but_ask(page: Any, client: Client) -> None:
    response = client.get(page.url)
    control = {part.strip() for part in response.headers["Cache-Control"].split(",")}
    assert control == {"public", "max-age=0", "must-revalidate"}
    assert "Cookie" in response.headers["Vary"]
    again = client.get(page.url, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


class TestFresh:
    """Whatever way a page changes, the next request shows it."""

    def change(self, client: Client, address: str, committed: Any, act: Any) -> Any:
        client.get(address)
        before = client.get(address)
        with committed():
            act()
        after = client.get(address)
        assert after.content != before.content
        return after

    def test_publication(self, page: Any, client: Client, committed: Any) -> None:
        page.title = "Tiêu đề đã sửa"
        after = self.change(client, page.url, committed, lambda: publish(page))
        assert "Tiêu đề đã sửa" in after.content.decode()

    def test_a_new_page_in_the_listing(
        self, page: Any, index_of: Any, client: Client, committed: Any
    ) -> None:
        index = index_of("C2")
        after = self.change(
            client, index.url, committed, lambda: NewsFactory(parent=index, title="Tin rất mới")
        )
        assert "Tin rất mới" in after.content.decode()

    def test_taking_down(self, page: Any, client: Client, committed: Any) -> None:
        assert self.change(client, page.url, committed, page.unpublish).status_code == 404

    def test_deletion(self, page: Any, client: Client, committed: Any) -> None:
        assert self.change(client, page.url, committed, page.delete).status_code == 404

    def test_privacy_of_the_section_above(self, page: Any, client: Client, committed: Any) -> None:
        from wagtail.models import PageViewRestriction

        def act() -> None:
            PageViewRestriction.objects.create(
                page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
            )

        assert self.change(client, page.url, committed, act).status_code == 302

    def test_settings(self, page: Any, site: Any, client: Client, committed: Any) -> None:
        def act() -> None:
            settings = PortalSettings.for_site(site)
            settings.name = "Cổng PBGDPL tỉnh mới"
            settings.save()

        after = self.change(client, page.url, committed, act)
        assert "Cổng PBGDPL tỉnh mới" in after.content.decode()

    def test_a_category_renamed_in_the_menu(
        self, page: Any, index_of: Any, client: Client, committed: Any
    ) -> None:
        index = index_of("C5")
        index.title = "Sách và tờ gấp"
        after = self.change(client, page.url, committed, lambda: publish(index))
        assert "Sách và tờ gấp" in after.content.decode()

    def test_nothing_is_given_up_before_the_commit(self, page: Any, client: Client) -> None:
        """Otherwise another worker would keep the old page under the new stamp."""
        client.get(page.url)
        before, _ = stamp.read_with("x")
        page.title = "Chưa ghi xong"
        page.save()
        assert stamp.read_with("x")[0] == before

    def test_a_draft_changes_nothing(
        self, page: Any, client: Client, committed: Any, django_assert_num_queries: Any
    ) -> None:
        """The editor saves drafts by itself twice a second."""
        client.get(page.url)
        page.title = "Bản nháp"
        with committed():
            page.save_revision()
        with django_assert_num_queries(0):
            assert "Bản nháp" not in client.get(page.url).content.decode()


class TestNotKept:
    def test_what_an_editor_sees(self, page: Any, editor: Any, client: Client) -> None:
        editors = Client()
        editors.force_login(editor)
        for_editor = editors.get(page.url)
        assert "private" in for_editor.headers["Cache-Control"]
        assert "wagtail-userbar" in for_editor.content.decode()
        assert "wagtail-userbar" not in client.get(page.url).content.decode()
        # And the other way round: the editor does not get the page of the public.
        assert "wagtail-userbar" in editors.get(page.url).content.decode()

    def test_a_private_page_for_one_who_may_read_it(
        self, page: Any, client: Client, committed: Any
    ) -> None:
        from wagtail.models import PageViewRestriction

        with committed():
            PageViewRestriction.objects.create(
                page=page, restriction_type=PageViewRestriction.LOGIN
            )
        reader = Client()
        reader.force_login(UserFactory())
        assert reader.get(page.url).status_code == 200
        assert client.get(page.url).status_code == 302

    @pytest.mark.parametrize(
        "query", ["?q=luật", "?utm_source=x", "?trang=1&x=1", "?the=" + "a" * 200]
    )
    def test_addresses_that_nobody_links_to(self, query: str, page: Any, client: Client) -> None:
        """Strangers cannot fill the cache with made-up parameters."""
        response = client.get(page.url + query)
        assert response.status_code == 200
        assert "must-revalidate" not in response.headers.get("Cache-Control", "")

    def test_a_missing_page(self, page: Any, client: Client, committed: Any) -> None:
        address = page.get_parent().url + "chua-co/"
        assert client.get(address).status_code == 404
        with committed():
            NewsFactory(parent=page.get_parent(), slug="chua-co")
        assert client.get(address).status_code == 200

    def test_an_answer_that_sets_a_cookie(
        self, page: Any, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        usual = pages.NewsPage.serve

        def with_cookie(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
            response = usual(self, request, *args, **kwargs)
            response.set_cookie("visit", "1")
            return response

        monkeypatch.setattr(pages.NewsPage, "serve", with_cookie)
        assert client.get(page.url).cookies
        assert "must-revalidate" not in Client().get(page.url).headers.get("Cache-Control", "")

    def test_hosts_are_kept_apart(self, page: Any, client: Client) -> None:
        client.get(page.url)
        assert b"other.example" not in client.get(page.url).content
        response = client.get(page.url, headers={"Host": "other.example"})
        assert response.headers["ETag"]


class _BrokenCache:
    def __getattr__(self, name: str) -> Any:
        raise ConnectionError("no cache")


def test_without_its_cache_the_site_is_up(
    page: Any, client: Client, committed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamp, "cache", _BrokenCache())
    assert client.get(page.url).status_code == 200
    page.title = "Vẫn công bố được"
    with committed():
        publish(page)
    assert "Vẫn công bố được" in client.get(page.url).content.decode()
