"""``sitemap.xml`` and ``robots.txt`` for sites that have none of their own.

The first lists all public pages of the site, those beside the portal too. They stand apart from
``wagtail_pbgdpl.urls`` because their addresses lie outside ``/pbgdpl/``.
"""

from django.urls import path

from .face import sitemaps

app_name = "wagtail_pbgdpl_sitemap"

urlpatterns = [
    path("sitemap.xml", sitemaps.index, name="index"),
    path("sitemap-tin-moi.xml", sitemaps.news, name="news"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="section"),
]
