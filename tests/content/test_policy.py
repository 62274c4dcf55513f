"""The header ``Content-Security-Policy`` and that for permissions, by address."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from tests.factories import DocumentFactory, NewsFactory
from wagtail_pbgdpl.conf import problems
from wagtail_pbgdpl.conf import settings as portal_settings
from wagtail_pbgdpl.serving.page_cache import MIDDLEWARE, _nearby

pytestmark = pytest.mark.django_db

CSP, PERMISSIONS = "Content-Security-Policy", "Permissions-Policy"
OTHER = "https://tep.example.vn"


def policy(answer: Any) -> dict[str, list[str]]:
    """Return the directives of an answer, which must say something of permissions too."""
    assert "camera=()" in answer.headers[PERMISSIONS]
    parts = [part.split() for part in answer.headers[CSP].split("; ")]
    return {name: values for name, *values in parts}


def test_public_pages_run_no_script_but_files_of_the_site(client: Client, portal: Any) -> None:
    """X1"""
    found = policy(client.get(portal.url))
    assert found["script-src"] == found["style-src"] == found["default-src"] == ["'self'"]
    assert found["object-src"] == ["'none'"]
    for name in ("base-uri", "frame-ancestors"):
        assert found[name] == ["'self'"]
    # C13: a search in a linked system.
    assert found["form-action"] == ["'self'", *portal_settings.SEARCH_HOSTS]
    assert found["frame-src"] == list(portal_settings.VIDEO_HOSTS)
    assert "unsafe" not in str(found)


def test_the_admin_has_inline_scripts_and_no_more(desk: Client) -> None:
    for name in ("wagtailadmin_home", "wagtailadmin_account"):
        found = policy(desk.get(reverse(name)))
        assert found["script-src"] == found["style-src"] == ["'self'", "'unsafe-inline'"]
        assert found["object-src"] == ["'none'"]
        assert found["base-uri"] == found["frame-ancestors"] == ["'self'"]
        assert found["form-action"] == ["'self'"]
        assert "'self'" in found["frame-src"]
    assert policy(Client().get(reverse("wagtailadmin_login")))["frame-ancestors"] == ["'self'"]


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


@pytest.mark.parametrize(
    "path",
    ["/khong-co/", "/pbgdpl/rss.xml", "/pbgdpl/theme.css", "/sitemap.xml", "/media/khong-co.png"],
)
def test_whatever_answers(client: Client, path: str) -> None:
    assert policy(client.get(path))["script-src"] == ["'self'"]


def test_the_page_of_an_error(client: Client, portal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr(type(portal), "serve", broken)
    answer = client.get(portal.url)
    assert answer.status_code == 500
    assert policy(answer)["script-src"] == ["'self'"]


def test_an_unusable_profile(client: Client, portal: Any, settings: Any) -> None:
    settings.WAGTAIL_PBGDPL = {"PROFILE": "/khong/co.toml"}
    answer = client.get(portal.url)
    assert answer.status_code == 503
    assert policy(answer)["script-src"] == ["'self'"]


def test_an_uploaded_file(client: Client, settings: Any) -> None:
    settings.WAGTAIL_PBGDPL = {"MEDIA_PUBLIC": ["tai-len/"]}
    name = default_storage.save("tai-len/trang.html", ContentFile(b"<script>1</script>"))
    answer = client.get(f"/media/{name}")
    assert answer.status_code == 200
    assert policy(answer)["script-src"] == ["'self'"]


def test_a_document_keeps_the_stricter_policy_of_wagtail(client: Client) -> None:
    document = DocumentFactory(collection=Collection.get_first_root_node())
    answer = client.get(document.url)
    assert answer.headers[CSP] == "default-src 'none'"
    assert "camera=()" in answer.headers[PERMISSIONS]


class TestKept:
    @pytest.fixture(autouse=True)
    def page_cache(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
        monkeypatch.setattr("wagtail_pbgdpl.serving.page_cache.SECONDS_IN_A_PROCESS", 3600)
        settings.MIDDLEWARE = [MIDDLEWARE, *settings.MIDDLEWARE]
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
                "LOCATION": "policies",
            }
        }
        cache.clear()
        _nearby.clear()
        yield
        cache.clear()

    @pytest.fixture
    def page(self, index_of: Any, django_capture_on_commit_callbacks: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return NewsFactory(parent=index_of("C2"))

    def test_kept_pages_and_what_is_said_of_them(
        self, page: Any, client: Client, django_assert_num_queries: Any
    ) -> None:
        first = client.get(page.url)
        with django_assert_num_queries(0):
            kept = client.get(page.url)
            same = client.get(page.url, headers={"If-None-Match": kept.headers["ETag"]})
        assert (kept.status_code, same.status_code) == (200, 304)
        assert policy(first) == policy(kept) == policy(same)
        assert policy(kept)["script-src"] == ["'self'"]

    def test_another_policy_makes_another_page(
        self, page: Any, client: Client, settings: Any
    ) -> None:
        """A browser that is told «not modified» would go on with the policy that it has."""
        before = client.get(page.url).headers["ETag"]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"img-src": [OTHER]}}
        cache.clear()
        _nearby.clear()
        after = client.get(page.url, headers={"If-None-Match": before})
        assert after.status_code == 200
        assert OTHER in policy(after)["img-src"]


class TestSettings:
    def test_files_of_another_host(self, client: Client, portal: Any, settings: Any) -> None:
        settings.MEDIA_URL, settings.STATIC_URL = f"{OTHER}/media/", "//tinh.example.vn/static/"
        found = policy(client.get("/khong-co/"))
        assert found["img-src"] == ["'self'", "https://tinh.example.vn", OTHER]
        assert found["media-src"] == ["'self'", OTHER]
        assert found["script-src"] == ["'self'", "https://tinh.example.vn"]

    def test_no_platform(self, client: Client, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = {"VIDEO_HOSTS": []}
        assert policy(client.get("/khong-co/"))["frame-src"] == ["'none'"]

    def test_what_a_site_allows_besides(self, client: Client, desk: Client, settings: Any) -> None:
        settings.CONTENT_SECURITY_POLICY = {
            "EXCLUDE_URL_PREFIXES": ["/pbgdpl/rss.xml"],
            "DIRECTIVES": {"script-src": OTHER, "connect-src": ["'self'", OTHER]},
        }
        for address in ("/khong-co/", reverse("wagtailadmin_home")):
            found = policy(desk.get(address))
            assert found["script-src"][-1] == OTHER
            assert found["connect-src"] == ["'self'", OTHER]
            assert found["object-src"] == ["'none'"]
        assert CSP not in client.get("/pbgdpl/rss.xml").headers

    @pytest.mark.parametrize(
        "value", ["https://www.youtube.com", ["www.youtube.com"], ["https://a.vn/phim"], ["*"], [1]]
    )
    def test_hosts_that_are_none(self, value: Any) -> None:
        ((name, _reason),) = problems({"VIDEO_HOSTS": value})
        assert name == "VIDEO_HOSTS"
