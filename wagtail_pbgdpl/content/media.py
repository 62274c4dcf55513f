"""The files of images and documents, handed out to those who may have them (R8, R11)."""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import quote

from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.http.response import HttpResponse
from django.urls import URLPattern, re_path
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views import static
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model

from ..conf import settings
from .openness import is_open, may_open, seen_media

# Where Wagtail puts what is uploaded; a file there that belongs to nothing is not handed out.
UPLOADS = ("images/", "original_images/", "documents/")
# For how long a browser need not ask again for a public image.
FRESH_SECONDS = 300
# For how long the cache knows whose a file is; each use makes sure of it by the key.
KNOWN_SECONDS = 24 * 60 * 60


def urls() -> list[URLPattern]:
    """Return the address of the view below ``MEDIA_URL``; none where another host serves files."""
    prefix = django_settings.MEDIA_URL
    if not prefix.startswith("/") or prefix == "/":
        return []
    return [re_path(rf"^{re.escape(prefix.lstrip('/'))}(?P<path>.+)$", serve)]


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with the uploaded file ``path``, relative to ``MEDIA_ROOT``.

    Raises ``Http404`` for what is closed to the visitor. Documents have an address of their own,
    which asks for more; the original of an image may show more than its cut, and is for editors.
    """
    if ".." in path.split("/") or "\\" in path:
        raise Http404
    image = _image_of(path)
    if image is None:
        if path.startswith(UPLOADS):
            raise Http404
        return _hand_over(request, path, public=True)
    public = image.file.name != path and is_open(image)
    if not public and not may_open(request.user, image):
        raise Http404
    return _hand_over(request, path, public=public)


def guard_document(document: Any, request: HttpRequest) -> None:
    """Raise ``Http404`` for the document of a draft, unless the visitor may choose it."""
    if not is_open(document) and not may_open(request.user, document):
        raise Http404


def narrow_images(images: Any, request: HttpRequest) -> Any:
    return seen_media(request.user, images)


def narrow_documents(documents: Any, request: HttpRequest) -> Any:
    return seen_media(request.user, documents)


def _image_of(path: str) -> Any:
    """Return the image that a file is the original or a rendition of, with its collection.

    No index leads from the name of a file to its row: so the cache remembers the row.
    """
    key = f"wagtail_pbgdpl.media.{hashlib.sha256(path.encode()).hexdigest()}"
    known = cache.get(key)
    image = _image_at(path, known) if known else None
    if image is None:
        found = _look_up(path)
        if found is not None:
            cache.set(key, found, KNOWN_SECONDS)
            image = _image_at(path, found)
    return image


def _look_up(path: str) -> tuple[str, Any] | None:
    images = get_image_model()
    renditions = images.get_rendition_model()
    for name, model in (("rendition", renditions), ("image", images)):
        pk = model._base_manager.filter(file=path).values_list("pk", flat=True).first()
        if pk is not None:
            return name, pk
    return None


def _image_at(path: str, known: tuple[str, Any]) -> Any:
    name, pk = known
    images = get_image_model()._base_manager.select_related("collection")
    if name == "image":
        return images.filter(pk=pk, file=path).first()
    return images.filter(renditions__pk=pk, renditions__file=path).first()


def _hand_over(request: HttpRequest, path: str, *, public: bool) -> HttpResponseBase:
    response = _file(request, path)
    if public:
        # Each browser keeps its own copy; one kept for many would outlive the publication.
        patch_cache_control(response, private=True, max_age=FRESH_SECONDS)
    else:
        add_never_cache_headers(response)
    return response


def _file(request: HttpRequest, path: str) -> HttpResponseBase:
    if settings.MEDIA_REDIRECT:
        response = HttpResponse(headers={"X-Accel-Redirect": settings.MEDIA_REDIRECT + quote(path)})
        # The web server knows the type of the file that it sends.
        del response.headers["Content-Type"]
        return response
    if isinstance(default_storage, FileSystemStorage):
        return static.serve(request, path, document_root=str(default_storage.location))
    try:
        return FileResponse(default_storage.open(path))
    except FileNotFoundError as error:
        raise Http404 from error
