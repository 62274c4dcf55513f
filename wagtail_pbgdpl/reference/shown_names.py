"""Names in reference tables that the public reads: on how many items, and who may change them.

What the board approved bears these names (D1: QT24 Điều 5.1a). So the operator, who keeps the
tables (R10), changes a name that no public item bears yet; one that some bear is the Thư ký's or
the Trưởng Ban's to change (R2, R8: BK21 Điều 10.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import ngettext
from wagtail.models import AbstractPage, Revision

from ..authority.facts import person
from ..core.base_page import base_page_model
from ..regulations import RoleCode
from ..worktime.active import today

# What of a row is no name: its place in lists, and whether new items may bear it.
FREE = frozenset({"order", "is_active"})
RENAMERS = frozenset({RoleCode.SECRETARY, RoleCode.CHIEF})


def public_pages(row: models.Model) -> Any:
    """Return the live pages that bear ``row``, and those approved for a later time, as a query."""
    keys: set[int] = set()
    for model, field in _bearers(type(row)):
        live = model._base_manager.filter(live=True, **{field: row.pk})
        keys.update(live.values_list("pk", flat=True))
        keys.update(_scheduled(model, field, row.pk))
    return base_page_model()._base_manager.filter(pk__in=keys)


def check_renaming(row: models.Model, user: Any) -> None:
    """Raise ``ValidationError`` where ``user`` changes a name that is not theirs to change.

    A program, for which ``user`` is ``None``, is not asked.
    """
    if user is None or row.pk is None or not _is_renamed(row) or may_rename(user):
        return
    count = public_pages(row).count()
    if not count:
        return
    raise ValidationError(
        ngettext(
            "%(count)d public item bears this name: the Thư ký or the Trưởng Ban changes it. Or "
            "add a new row, and take this one out of use.",
            "%(count)d public items bear this name: the Thư ký or the Trưởng Ban changes it. Or "
            "add a new row, and take this one out of use.",
            count,
        )
        % {"count": count}
    )


def may_rename(user: Any) -> bool:
    """Whether the user holds the seat of a Thư ký or Trưởng Ban today; no group gives it."""
    posts = person(user).posts
    return any(post.role in RENAMERS and post.holds(today()) for post in posts)


def _is_renamed(row: models.Model) -> bool:
    names = [
        field.attname
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in FREE
    ]
    stored = type(row)._base_manager.filter(pk=row.pk).values(*names).first()
    return stored is not None and any(stored[name] != getattr(row, name) for name in names)


def _bearers(table: type[models.Model]) -> Iterator[tuple[type[Any], str]]:
    """Yield the page models that refer to the table, with the field; they have no way back."""
    relations: Any = table._meta.get_fields(include_hidden=True)
    for relation in relations:
        model = relation.related_model if relation.auto_created else None
        if isinstance(model, type) and issubclass(model, AbstractPage):
            yield model, relation.field.name


def _scheduled(model: type[Any], field: str, key: Any) -> Iterator[int]:
    """Yield the pages of the model whose version for a later time names ``key`` in the field."""
    waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    for revision in waiting.select_related("content_type"):
        of_model = revision.content_type.model_class()
        if of_model is not None and issubclass(of_model, model):
            named = revision.content.get(field)
            if key in (named if isinstance(named, list) else [named]):
                yield int(revision.object_id)
