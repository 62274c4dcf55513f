from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from wagtail_pbgdpl.media import views as media

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("wagtail_pbgdpl.urls")),
    path("", include("wagtail_pbgdpl.sitemap_urls")),
    *media.urls(),
    path("", include(wagtail_urls)),
]

handler404 = "wagtail_pbgdpl.face.errors.page_not_found"
handler500 = "wagtail_pbgdpl.face.errors.server_error"
