"""``sitemap.xml``: an index, and files of a few thousand addresses each; the newest news apart."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap, views
from wagtail.models import Site

from ..content.news import NewsMixin
from ..core.base_page import base_page_model
from ..core.discovery import concrete_models
from ..serving.listing import public
from ..site.portal import PortalSettings

ADDRESSES_IN_A_FILE = 5_000
# What search engines take for news: the last two days, and no more than a thousand.
NEWS_DAYS, MOST_NEWS = 2, 1_000


class PortalSitemap(Sitemap):
    """All public pages of the site in one language, without reading them in their specific form."""

    limit = ADDRESSES_IN_A_FILE

    def items(self) -> Any:
        site = Site.find_for_request(self.request)
        if site is None:
            return base_page_model()._default_manager.none()
        pages = site.root_page.localized.get_descendants(inclusive=True).live().public()
        return pages.order_by("path").select_related("locale")

    def get_latest_lastmod(self) -> datetime.datetime | None:
        # Django would read every page for it.
        return self.items().aggregate(latest=Max("last_published_at"))["latest"]


SITEMAPS = {"trang": PortalSitemap}


def index(request: HttpRequest) -> HttpResponse:
    return views.index(
        request,
        SITEMAPS,
        template_name="wagtail_pbgdpl/sitemap_index.xml",
        sitemap_url_name="wagtail_pbgdpl_sitemap:section",
    )


def section(request: HttpRequest, section: str) -> HttpResponse:
    return views.sitemap(
        request, SITEMAPS, section=section, template_name="wagtail_pbgdpl/sitemap.xml"
    )


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The news of the last two days, as search engines for news read them."""
    since = timezone.now() - datetime.timedelta(days=NEWS_DAYS)
    site = Site.find_for_request(request)
    items = [
        {"page": page, "address": page.get_full_url(request)}
        for model in concrete_models(NewsMixin)
        for page in _recent(model, site, since)
    ]
    portal = PortalSettings.for_request(request) if site else None
    context = {"items": items, "name": (portal and portal.name) or (site and site.site_name)}
    return render(request, "wagtail_pbgdpl/sitemap_news.xml", context, "application/xml")


def _recent(model: Any, site: Site | None, since: datetime.datetime) -> Any:
    if site is None:
        return []
    pages = public(model._default_manager.descendant_of(site.root_page))
    pages = pages.filter(published_at__gte=since).select_related("locale")
    return pages.order_by("-published_at", "-pk")[:MOST_NEWS]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines where the sitemaps are, and what is not for them.

    It hides nothing: whoever may not see a thing is refused where it is read.
    """
    site = Site.find_for_request(request)
    root = site.root_url if site else request.build_absolute_uri("/").rstrip("/")
    own = "wagtail_pbgdpl:"
    closed = [_address("wagtailadmin_home"), _address(f"{own}question_status"), "/pbgdpl/da-nhan/"]
    maps = [reverse(f"wagtail_pbgdpl_sitemap:{name}") for name in ("index", "news")]
    lines = [
        "User-agent: *",
        *(f"Disallow: {address}" for address in closed if address),
        "",
        *(f"Sitemap: {root}{address}" for address in maps),
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
