"""A site that mounts what goes round the portal's access to files."""

from __future__ import annotations

from typing import Any

import wagtail
from django.urls import include, path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from example_site.urls import urlpatterns as site
from wagtail_pbgdpl.media.access import seen_media


class NarrowViewSet(ImagesAPIViewSet):
    def get_queryset(self) -> Any:
        return seen_media(self.request.user, super().get_queryset())


api = WagtailAPIRouter("mo")
api.register_endpoint("hinh-anh", ImagesAPIViewSet)
api.register_endpoint("tai-lieu", DocumentsAPIViewSet)
narrow = WagtailAPIRouter("hep")
narrow.register_endpoint("hinh-anh", NarrowViewSet)

urlpatterns = [
    path("anh/", include("wagtail.images.urls")),
    path("api/v2/", api.urls),
    path("api/hep/", narrow.urls),
    *site,
]

if wagtail.VERSION >= (8,):
    from wagtail.api.v3.urls import api as api_v3

    urlpatterns.insert(0, path("api/v3/", api_v3.urls))
