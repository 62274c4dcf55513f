"""Links to pages in running text: one query for all, and none to what is not public (speed)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page
from wagtail.rich_text import expand_db_html

from tests.extension_app.models import OrdinaryPage
from tests.factories import NewsFactory
from wagtail_pbgdpl.site import page_links

pytestmark = pytest.mark.django_db


def addresses(*keys: Any) -> list[str | None]:
    """Return where links to pages lead as a reader sees them."""
    html = "".join(f'<a linktype="page" id="{key}">x</a>' for key in keys)
    return [
        tag.partition('href="')[2].rstrip('">') or None
        for tag in re.findall(r"<a[^>]*>", expand_db_html(html))
    ]


@pytest.fixture
def items(index_of: Any) -> list[Any]:
    return NewsFactory.create_batch(12, parent=index_of("C2"))


def test_one_query_reads_ten_addresses(items: list[Any]) -> None:
    expected = [one.url for one in items]
    addresses(items[0].pk)
    for count, queries in ((1, 1), (10, 1), (12, 2)):
        with CaptureQueriesContext(connection) as captured:
            found = addresses(*(one.pk for one in items[:count]))
        assert found == expected[:count]
        assert len(captured) == queries


def test_what_is_not_public_or_gone_is_no_link(items: list[Any]) -> None:
    items[0].unpublish()
    assert addresses(items[0].pk, items[1].pk, 999_999, "abc") == [None, items[1].url, None, None]


def test_a_type_with_addresses_of_its_own_has_them(
    items: list[Any], portal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = portal.add_child(instance=OrdinaryPage(title="Trang ngoài", slug="trang-ngoai"))
    monkeypatch.setattr(OrdinaryPage, "url", "https://vi-du.vn/noi-khac/")
    page_links._has_usual_addresses.cache_clear()
    found = addresses(items[0].pk, page.pk, items[1].pk)
    page_links._has_usual_addresses.cache_clear()
    assert found == [items[0].url, "https://vi-du.vn/noi-khac/", items[1].url]


def test_a_page_of_another_language_leads_to_its_translation(
    items: list[Any], settings: Any
) -> None:
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
    english = Locale.objects.create(language_code="en")
    page = items[0].copy_for_translation(english, copy_parents=True)
    Page.objects.filter(pk=page.pk).update(live=True)
    assert addresses(page.pk) == [items[0].url]
