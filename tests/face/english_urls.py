"""The addresses that ``docs/how-to/translate.md`` recommends: English below ``/en/``."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *i18n_patterns(
        path("", include("wagtail_pbgdpl.urls")),
        path("", include("wagtail_pbgdpl.sitemap_urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler404 = "wagtail_pbgdpl.face.errors.page_not_found"
handler500 = "wagtail_pbgdpl.face.errors.server_error"
