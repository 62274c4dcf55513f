"""Which images and documents are public: those of what is published (R8, R11).

Wagtail opens every file to everybody once it is uploaded. Here a file in the portal's collections
is closed until something public uses it: a live page, or what has no drafts, such as the portal
settings. Files in other collections are left to Wagtail. Clauses: BK21 Điều 10.4; BK18 Điều 6.1b.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import wagtail.permissions
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Q
from django.db.models.functions import Cast
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.models import AbstractPage, Collection, DraftStateMixin, ReferenceIndex

from ..organisation.models import Seat
from ..workflows.visibility import reach_of, visible_to
from .base_page import base_page_model
from .memory import remembered

NOTHING = Q(pk__in=())
_find: Callable[[], Iterable[Any]] = tuple


def take_collections(find: Callable[[], Iterable[Any]]) -> None:
    """Take the function that returns the keys of the portal's collections: the set-up knows."""
    global _find
    _find = find


def is_ours(media: Any) -> bool:
    """Whether an image or document lies in the portal's collections, or below one of them."""
    return media.collection.path.startswith(_paths())


def is_open(media: Any) -> bool:
    """Whether everybody may have the file; what this process knows is at most a second old."""
    if not is_ours(media):
        return True
    return remembered(("open", media._meta.label, media.pk), lambda: is_public(media))


def is_public(media: Any) -> bool:
    """Whether a live page, or what has no drafts, refers to ``media``.

    Wagtail's index of references follows the rows of pages, and so what visitors read; the drafts
    of a live page are not in it.
    """
    references = ReferenceIndex.get_references_to(media)
    if _pages_of(references).filter(live=True).exists():
        return True
    return references.filter(_of_no_draft()).exists() or any(
        rows.filter(**{field: media}).exists() for rows, field in _settings_with(type(media))
    )


def may_open(user: Any, media: Any) -> bool:
    """Whether ``user`` may have a closed file: whoever may choose it and, of a unit, see it."""
    policy = policy_of(type(media))
    allowed = policy.user_has_any_permission_for_instance(user, ["choose", "change"], media)
    if not allowed:
        return False
    return bool(seen_media(user, type(media)._default_manager.filter(pk=media.pk)).exists())


def seen_media(user: Any, found: Any) -> Any:
    """Return the query ``found`` of images or documents without the closed ones of other units.

    A unit's people see what they or their colleagues uploaded, what the board uploaded, what is
    public, and what a page uses that they may see. The rows of a draft do not name what its latest
    version uses: so who uploaded a file counts as well.
    """
    reach = reach_of(user)
    paths = _paths()
    if reach.everything or not paths:
        return found
    ours = NOTHING
    for path in paths:
        ours |= Q(collection__path__startswith=path)
    seen = Q(pk__in=_used_in_public(found.model))
    for rows, field in _settings_with(found.model):
        seen |= Q(pk__in=rows.exclude(**{field: None}).values(field))
    if reach.sections:
        seats = Seat.objects.filter(unit__isnull=False)
        colleagues = seats.filter(unit__in=reach.units).values("user")
        seen |= Q(uploaded_by_user=user.pk) | Q(uploaded_by_user__in=colleagues)
        seen |= Q(uploaded_by_user=None) | ~Q(uploaded_by_user__in=seats.values("user"))
        pages = visible_to(user, base_page_model()._base_manager.all())
        seen |= Q(pk__in=_used_by(found.model, pages))
    return found.filter(~ours | seen)


def policy_of(model: type[Any]) -> Any:
    """Return Wagtail's permission policy for images or documents; 7.4 has no registry."""
    registry = getattr(wagtail.permissions, "policy_registry", None)
    if registry is not None:
        return registry.get_by_type(model)
    from wagtail.documents.permissions import permission_policy as of_documents
    from wagtail.images.permissions import permission_policy as of_images

    return of_documents if issubclass(model, of_documents.model) else of_images


def _paths() -> tuple[str, ...]:
    return remembered(
        ("collections",),
        lambda: tuple(
            Collection.objects.filter(pk__in=list(_find())).values_list("path", flat=True)
        ),
    )


def _of_pages() -> Q:
    page = ContentType.objects.get_for_model(base_page_model(), for_concrete_model=False)
    return Q(base_content_type=page)


def _pages_of(references: Any) -> Any:
    """Return the pages among the sources of the references."""
    keys = references.filter(_of_pages()).annotate(key=Cast("object_id", BigIntegerField()))
    return base_page_model()._base_manager.filter(pk__in=keys.values("key"))


def _of_no_draft() -> Q:
    """References by what is no page; a snippet with drafts must be live."""
    found = ~_of_pages()
    for model in _snippets_with_drafts():
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        found &= ~Q(base_content_type=kind, object_id__in=_keys(model.objects.filter(live=False)))
    return found


@cache
def _snippets_with_drafts() -> tuple[type[Any], ...]:
    return tuple(
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, AbstractPage)
    )


def _settings_with(model: type[Any]) -> list[tuple[Any, str]]:
    """Return the settings of sites that name an image or document; Wagtail indexes none of them."""
    return [
        (relation.related_model._base_manager.all(), relation.field.name)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and relation.one_to_many
        and issubclass(relation.related_model, AbstractSetting)
    ]


def _keys(rows: Any) -> Any:
    return rows.order_by().annotate(text=Cast("pk", CharField())).values("text")


def _used_in_public(model: type[Any]) -> Any:
    live = base_page_model()._base_manager.filter(live=True)
    return _targets(model, _of_no_draft() | (_of_pages() & Q(object_id__in=_keys(live))))


def _used_by(model: type[Any], pages: Any) -> Any:
    return _targets(model, _of_pages() & Q(object_id__in=_keys(pages)))


def _targets(model: type[Any], condition: Q) -> Any:
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    references = ReferenceIndex.objects.filter(condition, to_content_type=kind)
    return references.annotate(key=Cast("to_object_id", BigIntegerField())).values("key")
