"""A profile that cannot be used and that no ``check`` was run on: the host's pages go on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.factories import NewsFactory, UserFactory, seated
from wagtail_pbgdpl.serving import process_cache

pytestmark = pytest.mark.django_db

ROLES = ("contact_officer", "secretary", "chief", "operator")
OF_THE_HOST = (
    "/admin/",
    "/admin/pages/",
    "/admin/pages/{host}/",
    "/admin/pages/{host}/edit/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/users/",
    "/admin/groups/",
    "/admin/account/",
    "/admin/reports/site-history/",
    "/nha-khac/",
)


@pytest.fixture
def news(index_of: Any) -> Any:
    return NewsFactory(parent=index_of("C2"))


@pytest.fixture
def host(portal: Any) -> Page:
    above = Page.objects.get(pk=portal.pk).get_parent()
    return above.add_child(instance=Page(title="Nhà khác", slug="nha-khac"))


@pytest.fixture
def people(db: Any) -> dict[str, Any]:
    return {role: seated(role) for role in ROLES}


@pytest.fixture
def broken(host: Page, news: Any, people: Any, tmp_path: Path, settings: Any) -> Path:
    profile = tmp_path / "quy_che.toml"
    profile.write_text("ten = [", "utf-8")
    settings.WAGTAIL_PBGDPL = {"PROFILE": str(profile)}
    process_cache.forget()
    return profile


def visitor(user: Any = None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


@pytest.mark.parametrize("address", OF_THE_HOST)
def test_the_host_does_not_notice(address: str, host: Page, broken: Path) -> None:
    client = visitor(UserFactory(is_superuser=True))
    assert client.get(address.format(host=host.pk)).status_code == 200


def test_the_admin_says_what_is_wrong(people: Any, broken: Path) -> None:
    for user in (UserFactory(is_superuser=True), *people.values()):
        html = visitor(user).get("/admin/").content.decode()
        assert "Không sử dụng được tệp cấu hình quy chế" in html
        assert broken.name in html


def test_a_page_of_the_portal_in_the_admin_says_it_too(news: Any, broken: Path) -> None:
    client = visitor(UserFactory(is_superuser=True))
    response = client.get(f"/admin/pages/{news.pk}/edit/")
    assert response.status_code == 503
    assert broken.name in response.content.decode()


def test_the_public_is_told_nothing_of_files(news: Any, broken: Path) -> None:
    for address in (news.url, "/pbgdpl/rss.xml"):
        response = visitor().get(address)
        assert response.status_code == 503
        assert "no-store" in response["Cache-Control"]
        assert "Cổng tạm thời không hiển thị được" in response.content.decode()
        assert broken.name not in response.content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_nobody_has_a_right_meanwhile(role: str, people: Any, news: Any, broken: Path) -> None:
    """R8: without a regulation there is nobody who decides."""
    response = visitor(people[role]).post(f"/admin/pages/{news.pk}/edit/", {"title": "Khác"})
    assert response.status_code in (302, 503)
    news.refresh_from_db()
    assert news.latest_revision is None or "Khác" not in str(news.latest_revision.content)
