"""Parts of a page that are drawn once for all: the same for everybody, and told apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.test import Client
from django.utils import translation
from wagtail.models import PageViewRestriction

from tests.factories import NewsFactory
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.site.portal import PortalSettings


@pytest.fixture(autouse=True)
def long_second(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is drawn anew here because a second has passed."""
    monkeypatch.setattr(process_cache, "SECONDS", 3600)
    yield
    process_cache.forget()


@pytest.fixture
def template(settings: Any, tmp_path: Any) -> Any:
    """A function that draws a piece of the text given, with the context given."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    def draw(text: str, context: dict[str, Any], tag: str = '{% piece "piece.html" %}') -> str:
        (tmp_path / "piece.html").write_text(text)
        around = engines["django"].from_string("{% load pbgdpl %}" + tag)
        return around.render(context)

    return draw


def menu(client: Client, address: str) -> dict[str, str | None]:
    """Return the entries of the menu, each with its mark."""
    html = BeautifulSoup(client.get(address).content, "lxml")
    return {
        link.get_text(): link.get("aria-current") for link in html.select(".pbgdpl-menu__all a")
    }


def test_the_menu_marks_where_the_reader_is(index_of: Any, portal: Any, client: Client) -> None:
    news = NewsFactory(parent=index_of("C2"))
    title = index_of("C2").title
    # In turns, for each is drawn once.
    for _ in range(2):
        marked = {
            address: {name: mark for name, mark in menu(client, address).items() if mark}
            for address in (portal.url, news.url, index_of("C2").url, index_of("C15").url)
        }
        assert marked == {
            portal.url: {},
            news.url: {title: "true"},
            index_of("C2").url: {title: "page"},
            index_of("C15").url: {index_of("C15").title: "page"},
        }


def test_a_private_category_leaves_the_menu(index_of: Any, portal: Any, client: Client) -> None:
    index = index_of("C2")
    assert index.title in menu(client, portal.url)
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert index.title not in menu(client, portal.url)


def test_a_change_is_seen_at_once(site: Any, portal: Any, client: Client) -> None:
    client.get(portal.url)
    settings = PortalSettings.for_site(site)
    settings.address = "Số 1, đường mới"
    settings.save()
    assert "Số 1, đường mới" in client.get(portal.url).content.decode()


def test_an_item_taken_down_leaves_the_home_page_without_a_signal(
    index_of: Any, portal: Any, client: Client
) -> None:
    """What is drawn is remembered, but not whether it may be shown."""
    kept, gone = (NewsFactory(parent=index_of("C2"), title=title) for title in ("Còn", "Gỡ xuống"))
    assert "Gỡ xuống" in client.get(portal.url).content.decode()
    pages.NewsPage.objects.filter(pk=gone.pk).update(live=False)
    html = client.get(portal.url).content.decode()
    assert "Gỡ xuống" not in html
    assert kept.url in html


def test_the_user_bar_of_an_editor_is_not_in_a_piece(
    portal: Any, editor: Any, client: Client
) -> None:
    editors = Client()
    editors.force_login(editor)
    assert "wagtail-userbar" in editors.get(portal.url).content.decode()
    assert "wagtail-userbar" not in client.get(portal.url).content.decode()


def test_a_piece_sees_neither_reader_nor_page(
    template: Any, rf: Any, editor: Any, site: Any, portal: Any
) -> None:
    request = rf.get("/?q=bi-mat")
    request.user = editor
    context = {"request": request, "page": portal, "secret": "bi-mat", "portal": "cổng"}
    text = "[{{ portal }}{{ page }}{{ secret }}{{ request.user }}{{ request.GET.q }}]"
    assert template(text, context) == "[cổng]"


def test_languages_and_values_are_told_apart(template: Any, rf: Any, site: Any) -> None:
    text = "{% load i18n %}{% get_current_language as code %}{{ code }} {{ value }}"
    tag = '{% piece "piece.html" value=value %}'
    found = []
    for language in ("vi", "en"):
        for value in (1, 2):
            with translation.override(language):
                found.append(template(text, {"request": rf.get("/"), "value": value}, tag))
    assert found == ["vi 1", "vi 2", "en 1", "en 2"]


def test_links_are_those_of_the_site(template: Any, rf: Any, site: Any, portal: Any) -> None:
    text = "{% load wagtailcore_tags %}{% pageurl portal_page %}"
    context = {"request": rf.get("/"), "portal_page": portal}
    assert template(text, context) == portal.get_url(context["request"]) == "/pbgdpl/"
