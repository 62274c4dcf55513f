"""The files of images and documents, handed out to those who may have them (R8, R11)."""

from __future__ import annotations

import hashlib
import posixpath
import re
from functools import cache as kept
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.db.models import FileField
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.http.response import HttpResponse
from django.urls import URLPattern, re_path
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views import static
from django.views.decorators.http import require_safe
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import UploadedFile

from ..conf import settings
from .access import is_open, is_ours, may_open, may_view, seen_media

MEDIA = (AbstractImage, AbstractRendition, AbstractDocument)
# Where Wagtail puts them.
CLOSED = ("images/", "original_images/", "documents/")
# Wagtail computes this folder in a function.
OPEN = ("avatar_images/",)
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
    What lies in no collection of the portal is handed out as Wagtail does.
    """
    if not is_plain(path):
        raise Http404
    found = _media_of(path)
    if found is None:
        if not is_of_the_site(path):
            raise Http404
        return _file(request, path)
    if not is_ours(found):
        restrictions = _restrictions_on(found)
        if not all(restriction.accept_request(request) for restriction in restrictions):
            raise Http404
        return _hand_over(request, path, public=False) if restrictions else _file(request, path)
    if isinstance(found, AbstractDocument):
        raise Http404
    is_cut = found.file.name != path
    public = is_cut and is_open(found)
    if not (public or (is_cut and may_view(request, found)) or may_open(request.user, found)):
        raise Http404
    return _hand_over(request, path, public=public)


def is_plain(path: str) -> bool:
    """Whether a path names a file in the one way in which storages name theirs.

    A file system and a web server read ``a//b`` and ``a/./b`` as ``a/b``; whoever looked for the
    row of a file under such a name would find none.
    """
    return (
        posixpath.normpath(path) == path
        and not path.startswith(("/", "../"))
        and path != ".."
        and "\\" not in path
        and path.isprintable()
    )


def is_of_the_site(path: str) -> bool:
    """Whether a file that is no image, cut or document is one that everybody may have.

    Those are in folders that the site's own models upload to, or that the setting ``MEDIA_PUBLIC``
    names. Among Wagtail's images and documents a row must say that the file is another app's:
    what a rolled back upload left there has none.
    """
    if path.startswith(CLOSED):
        return any(
            model._base_manager.filter(**{name: path}).exists()
            for model, name, folder in _fields_of_the_site()
            if path.startswith(folder)
        )
    folders = {folder for _model, _name, folder in _fields_of_the_site() if folder}
    return path.startswith((*OPEN, *folders, *settings.MEDIA_PUBLIC))


@kept
def _fields_of_the_site() -> tuple[tuple[Any, str, str], ...]:
    """Return every other field for files: its model, name and folder, empty if that is computed."""
    return tuple(
        (model, field.name, _folder(field.upload_to))
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, (*MEDIA, UploadedFile))
        for field in model._meta.local_fields
        if isinstance(field, FileField)
    )


def _folder(upload_to: Any) -> str:
    if not isinstance(upload_to, str):
        return ""
    # Of a date in it the folder above counts.
    named = upload_to.partition("%")[0].rpartition("/")[0] if "%" in upload_to else upload_to
    return posixpath.join(named, "") if named else ""


def _restrictions_on(media: Any) -> list[Any]:
    """Return those of the collection of a document of the site; Wagtail asks none for images."""
    if not isinstance(media, AbstractDocument):
        return []
    return list(media.collection.get_view_restrictions())


def guard_document(document: Any, request: HttpRequest) -> None:
    """Raise ``Http404`` for a document that is not everybody's, unless it is the visitor's to have.

    The view behind sets no header for caches: see ``keep_closed``.
    """
    if is_open(document):
        return
    if not (may_view(request, document) or may_open(request.user, document)):
        raise Http404
    request._pbgdpl_closed = True  # type: ignore[attr-defined]


def keep_closed(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let no cache keep a document that was handed to this visitor alone."""
    if getattr(request, "_pbgdpl_closed", False):
        add_never_cache_headers(response)


def narrow_images(images: Any, request: HttpRequest) -> Any:
    seen = seen_media(request.user, images)
    if not (request.GET.get("q") and request.GET.get("tag")):
        return seen
    # Search takes no condition on tags; Wagtail's chooser fails where both are asked for.
    rows = seen.model._default_manager.filter(pk__in=seen.order_by().values("pk"))
    return rows.order_by("-created_at").select_related("collection")


def narrow_documents(documents: Any, request: HttpRequest) -> Any:
    return seen_media(request.user, documents)


def _media_of(path: str) -> Any:
    """Return the image that a file is the original or a cut of, or the document, with collection.

    No index leads from the name of a file to its row: so the cache remembers the row.
    """
    key = f"wagtail_pbgdpl.media.{hashlib.sha256(path.encode()).hexdigest()}"
    known = cache.get(key)
    media = _media_at(path, *known) if known else None
    if media is None:
        found = _look_up(path)
        if found is not None:
            cache.set(key, found, KNOWN_SECONDS)
            media = _media_at(path, *found)
    return media


def _look_up(path: str) -> tuple[str, Any] | None:
    for model in _media_models():
        pk = model._base_manager.filter(file=path).values_list("pk", flat=True).first()
        if pk is not None:
            return model._meta.label, pk
    return None


@kept
def _media_models() -> tuple[Any, ...]:
    """Return the models of images, cuts and documents, those that are asked for most first."""
    found = [model for model in apps.get_models() if issubclass(model, MEDIA)]
    return tuple(sorted(found, key=lambda model: not issubclass(model, AbstractRendition)))


def _media_at(path: str, label: str, pk: Any) -> Any:
    model = apps.get_model(label)
    is_cut = issubclass(model, AbstractRendition)
    rows = model._base_manager.select_related("image__collection" if is_cut else "collection")
    row = rows.filter(pk=pk, file=path).first()
    return row.image if row is not None and is_cut else row


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
