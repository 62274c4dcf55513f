"""RSS of everything and of each category: one query, no page read again."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from ..regulations.active import get_regulation
from ..serving.listing import published
from ..serving.page_cache import mark_public
from ..site.languages import categories_of, in_active_language, locales, translated_settings
from ..site.portal import PortalSettings
from .frame import portal_of

ITEMS = 30
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
# What XML 1.0 cannot hold; Word leaves such characters in pasted text.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _plain(text: str) -> str:
    return CONTROL.sub(" ", text)


class AttributedFeed(Rss201rev2Feed):
    """RSS 2.0 that says of each item whence it comes (BK21 Điều 10.3, S3), as Dublin Core does."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["source"]:
            handler.addQuickElement("dc:source", item["source"], {"xmlns:dc": DUBLIN_CORE})


class ContentFeed(Feed):
    """The newest of the portal, or of the category named in the address."""

    feed_type = AttributedFeed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return mark_public(super().__call__(request, *args, **kwargs))

    def get_object(self, request: HttpRequest, category: str | None = None) -> dict[str, Any]:
        entry = None
        portal_page = portal_of(request) if locales() else None
        if category is not None:
            index_pages = portal_page.category_pages() if portal_page else []
            entry = next((one for one in categories_of(index_pages) if one.code == category), None)
            if entry is None:
                raise Http404(_("There is no such category."))
        portal = translated_settings(PortalSettings.for_request(request), portal_page)
        return {"request": request, "category": entry, "portal": portal.name}

    def title(self, obj: dict[str, Any]) -> str:
        portal = obj["portal"] or get_regulation().portal.name
        return _plain(f"{obj['category'].name} | {portal}" if obj["category"] else portal)

    def description(self, obj: dict[str, Any]) -> str:
        return _plain(obj["category"].description) if obj["category"] else self.title(obj)

    def link(self, obj: dict[str, Any]) -> str:
        return obj["request"].path

    def items(self, obj: dict[str, Any]) -> list[tuple[Any, str]]:
        # A feed serves many requests at once, so the address travels with the item.
        pages = in_active_language(published(obj["category"] and obj["category"].code))[:ITEMS]
        return [(page, page.get_full_url(obj["request"]) or "") for page in pages]

    def item_title(self, item: tuple[Any, str]) -> str:
        return _plain(item[0].title)

    def item_description(self, item: tuple[Any, str]) -> str:
        return _plain(item[0].summary)

    def item_link(self, item: tuple[Any, str]) -> str:
        return item[1]

    def item_author_name(self, item: tuple[Any, str]) -> str:
        return _plain(item[0].author)

    def item_extra_kwargs(self, item: tuple[Any, str]) -> dict[str, str]:
        return {"source": _plain(item[0].source)}

    def item_pubdate(self, item: tuple[Any, str]) -> datetime.datetime | None:
        return item[0].published_at
