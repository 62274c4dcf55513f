"""Which images and documents are public: those of what is published (R8, R11).

Wagtail opens every file to everybody once it is uploaded. Here a file in the portal's collections
is closed until something public uses it: a live page that everybody may view, or what has no
drafts, such as the portal settings. What pages show that are live for some is for those. Files in
other collections are left to Wagtail. Clauses: BK21 Điều 10.4; BK18 Điều 6.1b.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Q
from django.db.models.functions import Cast
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.models import (
    AbstractPage,
    Collection,
    DraftStateMixin,
    ReferenceIndex,
)

from ..authority.scope import Scope, scope_of
from ..core.base_page import base_page_model
from ..core.permission_policies import policy_of
from ..serving.process_cache import remembered
from ..workflows.visibility import for_everybody, in_scope, item_models
from .ownership import files_of_units
from .references import used_in_versions

NOTHING = Q(pk__in=())
_find: Callable[[], Iterable[Any]] = tuple


def take_collections(find: Callable[[], Iterable[Any]]) -> None:
    """Take the function that returns the keys of the portal's collections: the set-up knows."""
    global _find
    _find = find


def paths_of_ours() -> tuple[str, ...]:
    """Return the tree paths of the portal's collections; at most a second old."""
    return remembered(
        ("collections",),
        lambda: tuple(
            Collection.objects.filter(pk__in=list(_find())).values_list("path", flat=True)
        ),
    )


def is_ours(media: Any) -> bool:
    """Whether an image or document lies in the portal's collections, or below one of them."""
    return media.collection.path.startswith(paths_of_ours())


def is_open(media: Any) -> bool:
    """Whether everybody may have the file; what this process knows is at most a second old."""
    if not is_ours(media):
        return True
    return remembered(("open", media._meta.label, media.pk), lambda: is_public(media))


def is_public(media: Any) -> bool:
    """Whether a live page for everybody, or what has no drafts, refers to ``media``.

    Wagtail's index of references follows the rows of pages, and so what visitors read; the drafts
    of a live page are not in it.
    """
    references = ReferenceIndex.get_references_to(media)
    if for_everybody(pages_of(references)).exists():
        return True
    return references.filter(_of_no_draft()).exists() or is_shown_everywhere(media)


def is_shown_everywhere(media: Any) -> bool:
    """Whether settings of a site name ``media``, such as the emblem of the portal."""
    return any(
        rows.filter(**{field: media}).exists() for rows, field in _settings_with(type(media))
    )


def may_view(request: Any, media: Any) -> bool:
    """Whether the visitor may view a live page that shows ``media``, by all its restrictions."""
    pages = pages_of(ReferenceIndex.get_references_to(media)).filter(live=True)
    return any(
        all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
        for page in pages
    )


def may_open(user: Any, media: Any) -> bool:
    """Whether ``user`` may have a closed file: whoever may choose it and, of a unit, see it; and
    whoever has to pass an item on that shows it."""
    policy = policy_of(type(media))
    rows = type(media)._default_manager.filter(pk=media.pk)
    if policy.user_has_any_permission_for_instance(user, ["choose", "change"], media):
        return bool(seen_media(user, rows).exists())
    scope = scope_of(user)
    shown = _in_items(user, scope, type(media))
    return bool(scope.sights) and rows.filter(ours()).filter(shown).exists()


def seen_media(user: Any, found: Any) -> Any:
    """Return the query ``found`` of images or documents without the closed ones of other units.

    A unit's people see the files of their unit, those of the items that they see, and what is
    public. A file of no unit that nothing uses is seen by who uploaded it, while seated.
    """
    scope = scope_of(user)
    if scope.everything or not paths_of_ours():
        return found
    model = found.model
    seen = Q(pk__in=_used_in_public(model))
    for rows, field in _settings_with(model):
        seen |= Q(pk__in=rows.exclude(**{field: None}).values(field))
    seen |= _in_items(user, scope, model)
    return _narrowed(found, ~ours() | seen | _held_by(user, scope, model))


def _in_items(user: Any, scope: Scope, model: type[Any]) -> Q:
    """Files of the items that the person sees, of what is public of them and of what is not."""
    found = NOTHING
    for items in item_models():
        pages = items._base_manager.filter(in_scope(scope, user))
        found |= Q(pk__in=_used_by(model, pages))
        found |= Q(pk__in=used_in_versions(model, pages.values("pk")))
    return found


def changeable_media(user: Any, found: Any) -> Any:
    """Return the query ``found`` without what ``user`` may not change or delete.

    Seats count, not groups: the board changes all, a unit's people the files of their unit. What
    lies outside the portal's collections is left as it is.
    """
    scope = scope_of(user)
    if scope.everything or not paths_of_ours():
        return found
    return _narrowed(found, ~ours() | _held_by(user, scope, found.model))


def is_only_in_drafts(media: Any) -> bool:
    """Whether nothing public shows ``media``, but a draft does."""
    drafts = used_in_versions(type(media)).filter(object_id=media.pk)
    used = drafts.exists() or pages_of(ReferenceIndex.get_references_to(media)).exists()
    return used and not is_public(media)


def ours() -> Q:
    """Return the condition on images and documents that they lie in the portal's collections."""
    found = NOTHING
    for path in paths_of_ours():
        found |= Q(collection__path__startswith=path)
    return found


def _held_by(user: Any, scope: Scope, model: type[Any]) -> Q:
    """Files of the person's units, and the person's own of no unit that nothing uses yet."""
    if not scope.is_of_a_unit:
        return NOTHING
    return Q(pk__in=files_of_units(model, scope.units)) | (
        Q(uploaded_by_user=user.pk)
        & ~Q(pk__in=files_of_units(model))
        & ~Q(pk__in=used_in_versions(model))
        & ~Q(pk__in=_targets(model, _of_pages()))
    )


def _narrowed(found: Any, condition: Q) -> Any:
    """Search boxes take no condition that follows relations; one on the key they do."""
    rows = found.model._base_manager.filter(condition)
    return found.filter(pk__in=rows.values("pk"))


def _of_pages() -> Q:
    page = ContentType.objects.get_for_model(base_page_model(), for_concrete_model=False)
    return Q(base_content_type=page)


def pages_of(references: Any) -> Any:
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
    live = for_everybody(base_page_model()._base_manager.all())
    return _targets(model, _of_no_draft() | (_of_pages() & Q(object_id__in=_keys(live))))


def _used_by(model: type[Any], pages: Any) -> Any:
    return _targets(model, _of_pages() & Q(object_id__in=_keys(pages)))


def _targets(model: type[Any], condition: Q) -> Any:
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    references = ReferenceIndex.objects.filter(condition, to_content_type=kind)
    return references.annotate(key=Cast("to_object_id", BigIntegerField())).values("key")
