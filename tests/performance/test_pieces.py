"""Parts of a page that are drawn once for all: the same for everybody, and told apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.blocks import StreamValue
from wagtail.models import PageViewRestriction

from benchmarks.content import bulk_news
from tests.factories import NewsFactory, publish
from wagtail_pbgdpl.blocks.kept import is_same_for_everybody
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.serving.listing import IndexPaginator
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


class TestOfAPage:
    """What is drawn for one page is told from others by what the row of the page says."""

    def test_a_change_of_the_body_is_seen_at_once(self, index_of: Any, client: Client) -> None:
        news = NewsFactory(parent=index_of("C2"), body=text("Trước khi sửa"))
        assert "Trước khi sửa" in client.get(news.url).content.decode()
        news.body = text("Sau khi sửa")
        publish(news)
        html = client.get(news.url).content.decode()
        assert "Sau khi sửa" in html
        assert "Trước khi sửa" not in html

    def test_a_draft_is_not_taken_for_what_is_public(
        self, index_of: Any, editor: Any, client: Client
    ) -> None:
        """R3: in both orders, with one key and one latest version."""
        news = NewsFactory(parent=index_of("C2"), body=text("Đã đăng"))
        news.body = text("Chưa ai duyệt")
        news.save_revision()
        editors = Client()
        editors.force_login(editor)
        draft = reverse("wagtailadmin_pages:view_draft", args=[news.pk])
        for _ in range(2):
            assert "Chưa ai duyệt" in editors.get(draft).content.decode()
            html = client.get(news.url).content.decode()
            assert "Đã đăng" in html
            assert "Chưa ai duyệt" not in html

    def test_another_version_of_a_page_has_another_stamp(self, index_of: Any) -> None:
        """Whoever draws a draft by other ways than the preview does not leave it for readers."""
        news = NewsFactory(parent=index_of("C2"), body=text("Đã đăng"))
        same = type(news).objects.get(pk=news.pk)
        assert same.stamp() == type(news).objects.get(pk=news.pk).stamp()
        for name, value in (("title", "Khác"), ("body", text("Khác")), ("author", "Khác")):
            other = type(news).objects.get(pk=news.pk)
            setattr(other, name, value)
            assert other.stamp() != same.stamp(), name

    def test_a_neighbour_that_is_taken_down_is_not_led_to(
        self, index_of: Any, client: Client
    ) -> None:
        gone, news = (NewsFactory(parent=index_of("C2"), title=name) for name in ("Bài cũ", "Bài"))
        assert "Bài cũ" in client.get(news.url).content.decode()
        gone.unpublish()
        assert "Bài cũ" not in client.get(news.url).content.decode()

    def test_each_page_of_a_list_is_its_own(self, index_of: Any, client: Client) -> None:
        index = index_of("C2")
        bulk_news(index, 25)
        for _ in range(2):
            first, second = (
                {link["href"] for link in links(client, f"{index.url}?trang={number}")}
                for number in (1, 2)
            )
            assert len(first) == 20
            assert len(second) == 5
            assert not first & second

    def test_a_theme_that_has_read_the_items_gets_those_of_its_page(self, index_of: Any) -> None:
        index = index_of("C2")
        bulk_news(index, 25)
        for number in (1, 2):
            page = IndexPaginator(index, 20).page(number)
            assert page.keys == tuple(item.pk for item in page)
            # Django puts the items in the place of what they were read from.
            assert isinstance(page.object_list, list)
            assert len(page.keys) == (20, 5)[number - 1]

    def test_only_blocks_that_are_the_same_for_everybody_are_kept(self, index_of: Any) -> None:
        from wagtail_pbgdpl.surveys.blocks import SurveyBlock

        body = pages.NewsPage(body=text("Lời văn")).body
        assert is_same_for_everybody(body)
        kinds = body.stream_block.child_blocks
        assert isinstance(kinds["survey"], SurveyBlock)
        for name in ("survey", "source_items", "hotline", "unknown"):
            raw = [*body.raw_data, {"type": name, "value": {}, "id": "1"}]
            assert not is_same_for_everybody(StreamValue(body.stream_block, raw, is_lazy=True))


class TestWhatIsKept:
    def test_a_robot_does_not_drive_out_what_every_page_needs(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(process_cache, "MOST_DRAWN", 100)
        made: list[Any] = []

        def make(value: Any) -> Any:
            made.append(value)
            return value

        process_cache.of_version("menu", lambda: make("menu"))
        for number in range(50):
            process_cache.drawn_of_version(number, lambda: make("x" * 30))
        # The last three are there, the first are not.
        made.clear()
        process_cache.of_version("menu", lambda: make("menu"))
        for number in (49, 48, 47):
            process_cache.drawn_of_version(number, lambda: make("x" * 30))
        assert made == []
        process_cache.drawn_of_version(0, lambda: make("x" * 30))
        assert made == ["x" * 30]

    def test_what_is_too_long_is_drawn_each_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(process_cache, "MOST_DRAWN", 100)
        process_cache.drawn_of_version("short", lambda: "x" * 30)
        drawn = [process_cache.drawn_of_version("long", lambda: "x" * 200) for _ in range(2)]
        assert drawn == ["x" * 200] * 2


def text(words: str) -> str:
    return json.dumps([{"type": "rich_text", "value": f"<p>{words}</p>", "id": "0" * 36}])


def links(client: Client, address: str) -> Any:
    html = BeautifulSoup(client.get(address).content, "lxml")
    return html.select(".pbgdpl-item__title a")
