"""Where the Wagtail admin is about single images and documents, it shows those one may see (R11).

Views ask the permission policy; those that ask none, and those that name what they refuse, are
closed by address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.db.models import Q
from django.shortcuts import redirect
from wagtail.admin.auth import permission_denied
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Collection

from ..authority.scope import scope_of
from ..changes.actor import tell_actor
from ..core.permission_policies import policy_of
from ..workflows.keys import as_keys
from ..workflows.middleware import BULK, add_gate, ids_of, may_enter
from . import file_page
from .access import NOTHING, is_ours, ours, paths_of_ours, seen_media
from .admin_tags import answer_tags, narrow_tags
from .frozen import LEAVING, WHY, is_frozen
from .policy import narrow_policies
from .references import files
from .uploads import narrow_uploads
from .withheld import narrow_choosers

# The namespaces of Wagtail's addresses, of images first.
NAMESPACES = (
    ("wagtailimages", "wagtailimages_chooser"),
    ("wagtaildocs", "wagtaildocs_chooser"),
)
# How these addresses name an image or document; choosers also call it ``pk``.
KEYS = ("image_id", "document_id", "doc_id", "pk")
COLLECTIONS = "wagtailadmin_collections"
CHANGING = frozenset({"edit", "delete", BULK})
# Where somebody types the address that a link leads to.
TYPED = "wagtailadmin_choose_page_external_link"


def urls() -> list[Any]:
    """Return no address of our own; narrow those of Wagtail.

    It asks for addresses once all apps are loaded, and not before is there a policy to narrow.
    """
    narrow_policies()
    narrow_choosers()
    narrow_tags()
    narrow_uploads()
    add_gate(gate)
    return []


def gate(request: Any, kwargs: dict[str, Any]) -> Any:
    """Answer in place of a view that is about what the person may not see; else ``None``.

    Keys of what does not exist go on to the view: one that guesses learns nothing.
    """
    match = request.resolver_match
    if match.url_name == TYPED and not scope_of(request.user).everything:
        # The view looks for a page at the address among the sites, and would name its draft.
        request._wagtail_cached_site_root_paths = []
    if _takes_out(request, match, kwargs):
        return _refused(request, str(LEAVING))
    model = _model_of(match, kwargs)
    if model is not None and may_enter(request.user):
        keys = as_keys(_keys(request, kwargs))
        rows = model._base_manager.filter(pk__in=keys)
        if keys and rows.count() != seen_media(request.user, rows).count():
            return permission_denied(request)
        if _looks_at_what_stays(request, match, rows):
            return file_page.show(request, rows[0])
        if match.url_name in CHANGING and any(map(is_frozen, rows)):
            # Said before anything is typed; the policy refuses without a reason.
            return _refused(request, str(WHY))
    return answer_tags(request, kwargs)


def _looks_at_what_stays(request: Any, match: Any, rows: Any) -> bool:
    """Whether somebody opens a file that they may see and not change; lists lead there."""
    if request.method not in ("GET", "HEAD") or match.url_name not in file_page.LOOKED_AT:
        return False
    found = rows.first()
    # Of the site's own files, Wagtail's answer is left as it is.
    if found is None or not (is_ours(found) or is_frozen(found)):
        return False
    policy = policy_of(rows.model)
    return not policy.user_has_permission_for_instance(request.user, "change", found)


def _refused(request: Any, why: str) -> Any:
    """Answer as Wagtail does where something is not allowed, but say why."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return permission_denied(request)
    tell_actor(why)
    return redirect("wagtailadmin_home")


def _takes_out(request: Any, match: Any, kwargs: dict[str, Any]) -> bool:
    """Whether files of the portal, or a collection of them, would leave its collections.

    Closing one is as much: what is public is taken down by a decision.
    """
    if request.method != "POST" or not may_enter(request.user):
        return False
    if COLLECTIONS in match.namespaces:
        if not _collections(kwargs.values()).filter(_in_ours()).exists():
            return False
        if match.url_name == "set_privacy":
            return True
        to = request.POST.getlist("parent") if match.url_name == "edit" else []
    else:
        model = _model_of(match, kwargs)
        keys = as_keys(_keys(request, kwargs)) if model is not None else []
        if match.url_name not in CHANGING or not keys:
            return False
        if not model._base_manager.filter(ours(), pk__in=keys).exists():
            return False
        to = request.POST.getlist("collection")
    return _collections(to).exclude(_in_ours()).exists()


def _collections(keys: Iterable[Any]) -> Any:
    return Collection.objects.filter(pk__in=as_keys(keys))


def _in_ours() -> Q:
    found = NOTHING
    for path in paths_of_ours():
        found |= Q(path__startswith=path)
    return found


def _model_of(match: Any, kwargs: dict[str, Any]) -> Any:
    namespace = match.namespaces[0] if match.namespaces else ""
    for model, names in zip(files(), NAMESPACES, strict=True):
        if namespace in names or (match.url_name == BULK and _names(kwargs, model)):
            return model
    return None


def _names(kwargs: dict[str, Any], model: type[Any]) -> bool:
    try:
        named = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        return False
    return issubclass(named, model)


def _keys(request: Any, kwargs: dict[str, Any]) -> Iterator[Any]:
    for name in KEYS:
        if name in kwargs:
            # Choosers take keys as the admin of Django quotes them.
            yield unquote(str(kwargs[name]))
    yield from ids_of(request)


class SeenImagesAPIViewSet(ImagesAdminAPIViewSet):
    """Wagtail's own lists all images to whoever may open the admin."""

    def get_queryset(self) -> Any:
        return seen_media(self.request.user, super().get_queryset())


class SeenDocumentsAPIViewSet(DocumentsAdminAPIViewSet):
    """The same of documents."""

    def get_queryset(self) -> Any:
        return seen_media(self.request.user, super().get_queryset())


def narrow_api(router: Any) -> None:
    """Registered to run after Wagtail's own hooks."""
    router.register_endpoint("images", SeenImagesAPIViewSet)
    router.register_endpoint("documents", SeenDocumentsAPIViewSet)
