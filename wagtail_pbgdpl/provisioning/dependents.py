"""What of the site's own hangs on something of the portal, and would go with it or lose it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.contrib.auth import get_user_model
from django.db import models, router
from django.db.models import Q
from modelcluster.fields import ParentalKey
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import AbstractPage, DraftStateMixin, ReferenceIndex

from ..content.regulated import RegulatedPageMixin
from ..core.discovery import concrete_models
from ..workflows.references import references_of

PACKAGE = "wagtail_pbgdpl"
# What these apps hang on a page, group or collection is about that alone: versions, permissions.
ABOUT = frozenset({PACKAGE, "wagtail", "taggit", "modelsearch", "django"})
FILES = (AbstractImage, AbstractRendition, AbstractDocument)


def of_the_portal() -> Q:
    """Return the condition on pages that they are of the portal's types, whoever declares them."""
    found = Q(pk__in=())
    for model in concrete_models(RegulatedPageMixin):
        found |= Q(pk__in=model._base_manager.values("pk"))
    return found


def going_with(rows: models.QuerySet[Any, Any]) -> list[Any]:
    """Return ``rows`` and whatever would be deleted with them, or keeps them from it."""
    collector = NestedObjects(using=router.db_for_write(rows.model), origin=rows)
    collector.collect(rows)
    return [*(row for found in collector.data.values() for row in found), *collector.protected]


def foreign(rows: Iterable[Any]) -> list[Any]:
    """Return those of ``rows`` that belong to other apps of the site, and to no page."""
    return [row for row in rows if not _is_about(type(row))]


def _is_about(model: type[models.Model]) -> bool:
    owner: Any = model._meta.auto_created or model
    return (
        owner._meta.app_config.name.partition(".")[0] in ABOUT
        or issubclass(owner, (RegulatedPageMixin, *FILES))
        # The site's own base page has a row for each page of the portal.
        or any(issubclass(page, owner) for page in concrete_models(RegulatedPageMixin))
        or model is memberships()
        or any(
            isinstance(field, ParentalKey) and issubclass(field.related_model, AbstractPage)
            for field in owner._meta.fields
        )
    )


def memberships() -> Any:
    """Return the table of who is in which group, which may be one of the site's own user model."""
    field: Any = get_user_model()._meta.get_field("groups")
    return field.remote_field.through


def referring(row: Any) -> list[Any]:
    """Return the querysets of rows outside the package that name ``row`` in a field."""
    return [
        relation.related_model._base_manager.filter(**{relation.field.name: row.pk})
        for relation in row._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and (relation.one_to_many or relation.one_to_one)
        and relation.related_model._meta.app_label != PACKAGE
        and not issubclass(relation.related_model, AbstractRendition)
    ]


def is_used(media: Any) -> bool:
    """Whether anything that is in the database uses an image or document.

    Drafts are not asked: see ``used_in_drafts``. Ask when the pages of the portal are deleted.
    """
    return ReferenceIndex.get_references_to(media).exists() or any(
        rows.exists() for rows in referring(media)
    )


def used_in_drafts() -> set[tuple[str, int]]:
    """Return label and key of what the drafts of all pages and snippets refer to."""
    tables: list[Any] = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not model._meta.get_parent_list()
    ]
    return {
        reference.target
        for model in tables
        for row in model._base_manager.filter(has_unpublished_changes=True)
        for reference in references_of(row.get_latest_revision_as_object())
    }
