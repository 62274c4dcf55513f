"""``sitemap.xml``: an index, and files of a few thousand addresses each."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.sitemaps import Sitemap, views
from wagtail.models import Site

from ..core.base_page import base_page_model

ADDRESSES_IN_A_FILE = 5_000


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
