"""What listings show, after every way in which a page changes, and that no way shows too much."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from benchmarks.content import bulk_news
from tests.factories import NewsFactory, cleared, public_below
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.face.neighbours import neighbours
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving.listing import ListingPaginator, newest_of_each, published_in

TITLE = "Tin cần tìm"


@pytest.fixture
def index(index_of: Any) -> Any:
    return index_of("C2")


@pytest.fixture
def page(index: Any) -> Any:
    return NewsFactory(parent=index, title=TITLE)


@pytest.fixture
def shown(portal: Any, index: Any, client: Client) -> Any:
    """Whether home and listing show the item, in that order."""

    def ask() -> tuple[bool, bool]:
        return tuple(TITLE in client.get(at).content.decode() for at in (portal.url, index.url))

    return ask


def second_index(portal: Any) -> Any:
    """Another index page of the same category."""
    index = pages.CategoryIndexPage(title="Sự kiện", slug="su-kien", category="C2")
    return public_below(portal, index)


def hide_by_unpublishing(page: Any) -> None:
    page.unpublish()


def hide_by_a_queryset(page: Any) -> None:
    Page.objects.filter(pk=page.pk).update(live=False)


def hide_by_the_base_page(page: Any) -> None:
    Page.objects.get(pk=page.pk).unpublish()


def hide_by_deletion(page: Any) -> None:
    page.delete()


def hide_by_deletion_in_bulk(page: Any) -> None:
    Page.objects.filter(pk=page.pk).delete()


def hide_by_restriction(page: Any) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def hide_by_expiry(page: Any) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    call_command("publish_scheduled")


HIDE = [
    hide_by_unpublishing,
    hide_by_a_queryset,
    hide_by_the_base_page,
    hide_by_deletion,
    hide_by_deletion_in_bulk,
    hide_by_restriction,
    hide_by_expiry,
]


@pytest.mark.parametrize("hide", HIDE, ids=lambda act: act.__name__)
def test_what_is_hidden_is_gone_at_once(page: Any, shown: Any, hide: Any) -> None:
    assert shown() == (True, True)
    hide(page)
    assert shown() == (False, False)


def test_drafts_and_scheduled_pages_do_not_show(index: Any, shown: Any) -> None:
    page = NewsFactory(parent=index, title=TITLE, live=False)
    assert shown() == (False, False)
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    cleared(page.save_revision()).publish()
    assert shown() == (False, False)


def test_a_page_published_by_the_clock_shows(index: Any, shown: Any) -> None:
    page = NewsFactory(parent=index, title=TITLE, live=False)
    past = timezone.now() - datetime.timedelta(minutes=1)
    cleared(page.save_revision(approved_go_live_at=past))
    call_command("publish_scheduled")
    assert shown() == (True, True)


def test_a_restriction_above_hides_and_its_removal_shows(
    page: Any, index: Any, shown: Any, client: Client
) -> None:
    restriction = PageViewRestriction.objects.create(
        page=index, restriction_type=PageViewRestriction.LOGIN
    )
    assert client.get(page.url).status_code == 302
    assert client.get(index.url).status_code == 302
    restriction.delete()
    assert shown() == (True, True)
    assert client.get(page.url).status_code == 200


def test_a_page_moved_away_is_listed_there(page: Any, index: Any, portal: Any, shown: Any) -> None:
    other = second_index(portal)
    page.move(other, pos="last-child")
    assert [item.pk for item in published_in(other)] == [page.pk]
    assert not published_in(index).exists()
    publish(pages.NewsPage.objects.get(pk=page.pk))
    assert [item.pk for item in published_in(other)] == [page.pk]


def test_an_old_revision_does_not_move_a_page_back(page: Any, index: Any, portal: Any) -> None:
    other = second_index(portal)
    revision = page.latest_revision
    page.move(other, pos="last-child")
    revision.publish()
    assert [item.pk for item in published_in(other)] == [page.pk]


def test_a_copy_is_listed_where_it_stands(page: Any, index: Any, portal: Any) -> None:
    other = second_index(portal)
    copy = page.copy(to=other, update_attrs={"slug": "ban-sao"}, keep_live=False)
    assert not published_in(other).exists()
    publish(copy)
    assert [item.pk for item in published_in(other)] == [copy.pk]
    assert [item.pk for item in published_in(index)] == [page.pk]


@pytest.mark.parametrize("count", [0, 1, 19, 20, 21, 59, 60])
def test_all_pages_of_a_listing_together_are_the_listing(index: Any, count: int) -> None:
    """Read from either end, each item comes once, newest first."""
    bulk_news(index, count)
    expected = list(published_in(index).values_list("pk", flat=True))
    paginator = ListingPaginator(published_in(index), 20)
    found = [
        item.pk for number in paginator.page_range for item in paginator.page(number).object_list
    ]
    assert found == expected
    assert len(found) == count


def test_neighbours_are_the_nearest_on_each_side(index: Any) -> None:
    items = bulk_news(index, 30)
    around = neighbours(items[10])
    assert (around.next.pk, around.previous.pk) == (items[11].pk, items[9].pk)
    assert [item.pk for item in around.related] == [item.pk for item in items[:-6:-1]]
    assert neighbours(items[0]).previous is None
    assert neighbours(items[-1]).next is None


def test_neighbours_of_one_moment_keep_their_order(index: Any) -> None:
    at = timezone.now() - datetime.timedelta(days=1)
    first, middle, last = (NewsFactory(parent=index, at=at) for _ in range(3))
    around = neighbours(middle)
    assert (around.previous.pk, around.next.pk) == (first.pk, last.pk)
    assert [item.pk for item in around.related] == [last.pk, first.pk]


def test_newest_of_each_index_page(index: Any, index_of: Any) -> None:
    items = bulk_news(index, 8)
    found = newest_of_each([index, index_of("C15")], 5)
    assert [item.pk for item in found[index.pk]] == [item.pk for item in items[:-6:-1]]
    assert found[index_of("C15").pk] == []


def test_an_address_leads_to_its_own_category(index: Any, index_of: Any, client: Client) -> None:
    """The same last part below two categories; and no address without the category."""
    news = NewsFactory(parent=index, slug="trung")
    other = index_of("C15")
    from tests.factories import factory_for

    item = factory_for(pages.OtherPage)(parent=other, slug="trung", title="Trang khác")
    assert client.get(news.url).context["page"].pk == news.pk
    assert client.get(item.url).context["page"].pk == item.pk
    assert client.get(index.url + "tin-hoat-dong/").status_code == 404
    assert client.get(index.url + "trung/trung/").status_code == 404
    assert client.get(index.get_parent().url + "trung/").status_code == 404
