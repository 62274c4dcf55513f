"""The page cache: fresh at once, the same for nobody in particular, and never in the way."""

from __future__ import annotations

import tempfile
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import reverse

from tests.factories import NewsFactory, UserFactory
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.tags import ContentTag
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving import site_version
from wagtail_pbgdpl.serving.page_cache import MIDDLEWARE, PageCache, _nearby
from wagtail_pbgdpl.site.portal import PortalSettings

DRAFT = "Bản nháp chưa duyệt"
# Not the cache of a process, as far as the page cache can tell.
SHARED = "tests.performance.test_cache.SharedCache"


class SharedCache(FileBasedCache):
    def __init__(self, _name: str, params: dict[str, Any]) -> None:
        super().__init__(tempfile.mkdtemp(prefix="pbgdpl-cache-"), params)


@pytest.fixture(autouse=True)
def page_cache(settings: Any) -> Any:
    settings.MIDDLEWARE = [MIDDLEWARE, *settings.MIDDLEWARE]
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "page-cache",
        }
    }
    cache.clear()
    _nearby.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def long_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache of a process keeps a page for one second; slow computers need more to test it."""
    monkeypatch.setattr("wagtail_pbgdpl.serving.page_cache.SECONDS_IN_A_PROCESS", 3600)


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
            settings.phone = "0209 3999 999"
            settings.save()

        after = self.change(client, page.url, committed, act)
        assert "0209 3999 999" in after.content.decode()

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
        before, _ = site_version.read_with("x")
        page.title = "Chưa ghi xong"
        page.save()
        assert site_version.read_with("x")[0] == before

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


class TestTime:
    """What changes without a stamp, such as a model of the site's own, is a minute late at most."""

    def test_a_page_is_given_up_after_a_minute(
        self, page: Any, client: Client, settings: Any, django_assert_num_queries: Any
    ) -> None:
        settings.CACHES = {"default": {**settings.CACHES["default"], "BACKEND": SHARED}}
        with time_machine.travel("2026-03-02 09:00", tick=False) as clock:
            is_kept(client, page.url, django_assert_num_queries)
            pages.NewsPage.objects.filter(pk=page.pk).update(title="Đổi không báo")
            clock.shift(59)
            assert "Đổi không báo" not in client.get(page.url).content.decode()
            clock.shift(2)
            assert "Đổi không báo" in client.get(page.url).content.decode()

    def test_copies_nearby_are_few(
        self, page: Any, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("wagtail_pbgdpl.serving.page_cache.MOST_NEARBY", 2)
        for number in range(1, 6):
            for _ in range(2):
                client.get(f"{page.get_parent().url}?trang={number}")
            assert len(_nearby) <= 2


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

    def test_a_page_with_a_form(
        self, page: Any, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Its token is that of one visitor."""
        usual = pages.NewsPage.get_context

        def with_token(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
            return usual(self, request, *args, **kwargs) | {
                "tags": [ContentTag(name=get_token(request), slug="khoa")]
            }

        monkeypatch.setattr(pages.NewsPage, "get_context", with_token)
        first, second = client.get(page.url), Client().get(page.url)
        assert first.cookies
        assert first.content != second.content
        assert "public" not in first.headers.get("Cache-Control", "")

    def test_the_preview_of_a_draft(self, page: Any, editor: Any, client: Client) -> None:
        page.title = DRAFT
        page.save_revision()
        editors = Client()
        editors.force_login(editor)
        address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
        preview = editors.get(address)
        assert DRAFT in preview.content.decode()
        assert "public" not in preview.headers.get("Cache-Control", "")
        assert DRAFT not in client.get(page.url).content.decode()
        assert client.get(address).status_code == 302

    def test_the_password_form_of_a_private_page(
        self, page: Any, client: Client, committed: Any
    ) -> None:
        from wagtail.models import PageViewRestriction

        with committed():
            PageViewRestriction.objects.create(
                page=page, restriction_type=PageViewRestriction.PASSWORD, password="chia-khoa"
            )
        response = client.get(page.url)
        assert "csrfmiddlewaretoken" in response.content.decode()
        assert "no-store" in response.headers["Cache-Control"]
        assert client.get(page.url).content != response.content

    def test_what_the_editor_has_written_himself(self, page: Any, editor: Any) -> None:
        """A session that begins after the page is kept still gets a page of its own."""
        reader = Client()
        reader.get(page.url)
        reader.force_login(editor)
        assert "wagtail-userbar" in reader.get(page.url).content.decode()

    def test_hosts_are_kept_apart(self, page: Any, client: Client) -> None:
        client.get(page.url)
        assert b"other.example" not in client.get(page.url).content
        response = client.get(page.url, headers={"Host": "other.example"})
        assert response.headers["ETag"]


class TestFeeds:
    @pytest.fixture(params=["feed", "category_feed"])
    def address(self, request: Any) -> str:
        arguments = ["C2"] if request.param == "category_feed" else []
        return reverse(f"wagtail_pbgdpl:{request.param}", args=arguments)

    def test_they_are_kept(
        self, address: str, page: Any, client: Client, django_assert_num_queries: Any
    ) -> None:
        is_kept(client, address, django_assert_num_queries)
        assert client.get(address).headers["Content-Type"].startswith("application/rss+xml")

    def test_they_are_fresh(
        self, address: str, page: Any, index_of: Any, client: Client, committed: Any
    ) -> None:
        client.get(address)
        with committed():
            NewsFactory(parent=index_of("C2"), title="Tin rất mới")
        assert "Tin rất mới" in client.get(address).content.decode()
        with committed():
            page.unpublish()
        assert page.title not in client.get(address).content.decode()


class TestBeforeDjango:
    """``PageCache`` answers what the middleware has kept, and nothing else."""

    @pytest.fixture
    def ask(self, client: Client) -> Any:
        """A function from an address to status, headers and content, and whether Django began."""

        def ask(address: str, **meta: str) -> tuple[str, dict[str, str], bytes, bool]:
            begun: list[bool] = []
            answered: list[Any] = []
            django = WSGIHandler()

            def application(environ: Any, start_response: Any) -> Any:
                begun.append(True)
                return django(environ, start_response)

            environ = client._base_environ(PATH_INFO=address, **meta)
            # As the client of the tests does: the transaction of the test goes on.
            request_started.disconnect(close_old_connections)
            content = b"".join(
                PageCache(application)(environ, lambda *started: answered.append(started))
            )
            request_started.connect(close_old_connections)
            status, headers = answered[0][:2]
            return status, dict(headers), content, bool(begun)

        return ask

    def test_it_is_the_answer_of_django(self, page: Any, ask: Any) -> None:
        first, second = ask(page.url), ask(page.url)
        assert (first[3], second[3]) == (True, False)
        assert second[:3] == first[:3]
        assert second[0] == "200 OK"
        assert second[1]["X-Content-Type-Options"] == "nosniff"

    def test_a_browser_that_has_the_page_gets_none(self, page: Any, ask: Any) -> None:
        etag = ask(page.url)[1]["ETag"]
        status, headers, content, _ = ask(page.url, HTTP_IF_NONE_MATCH=etag)
        assert status.startswith("304")
        assert content == b""
        assert headers["ETag"] == etag

    def test_it_is_fresh(self, page: Any, ask: Any, committed: Any) -> None:
        ask(page.url)
        page.title = "Tiêu đề đã sửa"
        with committed():
            publish(page)
        _, _, content, django_began = ask(page.url)
        assert django_began
        assert "Tiêu đề đã sửa" in content.decode()

    @pytest.mark.parametrize(
        "meta",
        [
            {"HTTP_COOKIE": "sessionid=abc"},
            {"HTTP_COOKIE": "messages=abc"},
            {"HTTP_AUTHORIZATION": "Basic abc"},
            {"HTTP_HOST": "other.example"},
            {"REQUEST_METHOD": "POST"},
            {"QUERY_STRING": "q=luật"},
        ],
        ids=lambda meta: next(iter(meta)),
    )
    def test_others_go_to_django(self, meta: dict[str, str], page: Any, ask: Any) -> None:
        ask(page.url)
        assert ask(page.url, **meta)[3]

    @pytest.mark.parametrize(
        ("setting", "value", "meta"),
        [
            (
                "SECURE_PROXY_SSL_HEADER",
                ("HTTP_X_FORWARDED_PROTO", "https"),
                {"HTTP_X_FORWARDED_PROTO": "https"},
            ),
            ("USE_X_FORWARDED_HOST", True, {"HTTP_X_FORWARDED_HOST": "other.example"}),
            ("USE_X_FORWARDED_PORT", True, {"HTTP_X_FORWARDED_PORT": "8000"}),
        ],
    )
    def test_what_a_proxy_says_counts_where_it_is_trusted(
        self, setting: str, value: Any, meta: dict[str, str], page: Any, ask: Any, settings: Any
    ) -> None:
        ask(page.url)
        assert not ask(page.url, **meta)[3]
        setattr(settings, setting, value)
        ask(page.url)
        assert ask(page.url, **meta)[3]

    def test_without_the_middleware_it_does_nothing(
        self, page: Any, ask: Any, settings: Any
    ) -> None:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != MIDDLEWARE]
        assert [ask(page.url)[3] for _ in range(2)] == [True, True]


class _BrokenCache:
    def __getattr__(self, name: str) -> Any:
        raise ConnectionError("no cache")


def test_without_its_cache_the_site_is_up(
    page: Any, client: Client, committed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_version, "cache", _BrokenCache())
    assert client.get(page.url).status_code == 200
    page.title = "Vẫn công bố được"
    with committed():
        publish(page)
    assert "Vẫn công bố được" in client.get(page.url).content.decode()
