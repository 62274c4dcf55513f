"""RSS and Atom of everything, of a category, a unit and a tag: one query, no page read again."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from ..content.facets import TAG
from ..content.tags import ContentTag
from ..organisation.models import Unit
from ..regulations.active import get_regulation
from ..serving import conditional
from ..serving.listing import published
from ..site.languages import categories_of, in_active_language, locales, translated_settings
from ..site.portal import PortalSettings
from .frame import portal_of

ITEMS = 30
# A reader that has the feed asks each time, and is told in a line that nothing is new.
SECONDS = 0
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
# What XML 1.0 cannot hold; Word leaves such characters in pasted text.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _plain(text: str) -> str:
    return CONTROL.sub(" ", text)


class AttributedRss(Rss201rev2Feed):
    """RSS 2.0 that says of each item whence it comes (BK21 Điều 10.3, S3), as Dublin Core does."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["source"]:
            handler.addQuickElement("dc:source", item["source"], {"xmlns:dc": DUBLIN_CORE})


class AttributedAtom(Atom1Feed):
    """Atom 1.0 that says the same; its own ``source`` is of the feed from which an entry came."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["source"]:
            handler.addQuickElement("dc:source", item["source"], {"xmlns:dc": DUBLIN_CORE})


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what a feed is: ``narrow`` leaves it of all that is published. Empty ``name``: of all."""

    name: str = ""
    description: str = ""
    narrow: Callable[[Any], Any] = lambda pages: pages


def of_category(request: HttpRequest, code: str) -> Scope | None:
    portal_page = portal_of(request) if locales() else None
    index_pages = portal_page.category_pages() if portal_page else []
    found = next((one for one in categories_of(index_pages) if one.code == code), None)
    if found is None:
        return None
    return Scope(found.name, found.description, lambda pages: pages.filter(category=code))


def of_unit(request: HttpRequest, code: str) -> Scope | None:
    found = Unit.objects.filter(code=code).first()
    return found and Scope(found.name, "", lambda pages: pages.filter(unit=found))


def of_tag(request: HttpRequest, slug: str) -> Scope | None:
    found = ContentTag.objects.filter(slug=slug).first()
    return found and Scope(found.name, "", lambda pages: TAG.narrow(pages, slug))


SCOPES = {"category": of_category, "unit": of_unit, "tag": of_tag}


class ContentFeed(Feed):
    """The newest of the portal, or of a category, a unit or a tag that the address names."""

    feed_type: type[SyndicationFeed] = AttributedRss

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        # The day of the newest item is not that on which another was changed or taken down.
        del response["Last-Modified"]
        return conditional.answer(request, response, SECONDS)

    def get_object(self, request: HttpRequest, **named: str) -> dict[str, Any]:
        scope = Scope()
        for kind, value in named.items():
            if (found := SCOPES[kind](request, value)) is None:
                raise Http404(_("There is no such feed."))
            scope = found
        portal_page = portal_of(request) if locales() else None
        portal = translated_settings(PortalSettings.for_request(request), portal_page)
        return {"request": request, "scope": scope, "portal": portal.name}

    def title(self, obj: dict[str, Any]) -> str:
        portal = obj["portal"] or get_regulation().portal.name
        name = obj["scope"].name
        return _plain(f"{name} | {portal}" if name else portal)

    def description(self, obj: dict[str, Any]) -> str:
        return _plain(obj["scope"].description) or self.title(obj)

    def link(self, obj: dict[str, Any]) -> str:
        return obj["request"].path

    def items(self, obj: dict[str, Any]) -> list[tuple[Any, str]]:
        # A feed serves many requests at once, so the address travels with the item.
        pages = in_active_language(obj["scope"].narrow(published()))[:ITEMS]
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

    def item_updateddate(self, item: tuple[Any, str]) -> datetime.datetime | None:
        return item[0].last_published_at or item[0].published_at


class AtomFeed(ContentFeed):
    """The same as Atom."""

    feed_type = AttributedAtom
    subtitle = ContentFeed.description


def urls() -> list[URLPattern]:
    """The addresses of all feeds, in both forms: ``feed`` and ``atom``, ``category_feed`` …"""
    return [
        path(f"pbgdpl/{form}{end}.xml", view, name=f"{prefix}{name}")
        for form, name, view in (("rss", "feed", ContentFeed()), ("atom", "atom", AtomFeed()))
        for prefix, end in (
            ("", ""),
            ("unit_", "/don-vi/<slug:unit>"),
            ("tag_", "/the/<slug:tag>"),
            ("category_", "/<slug:category>"),
        )
    ]
