"""What the public reads and who may what, row for row: to see that nothing of it has changed."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    GroupPagePermission,
    PageViewRestriction,
    Revision,
    Site,
    Task,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from wagtail_pbgdpl.authority.rules import BOARD
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.content.regulated import RegulatedPageMixin
from wagtail_pbgdpl.core.discovery import concrete_models
from wagtail_pbgdpl.matters.models import Event
from wagtail_pbgdpl.organisation.models import Delegation, Seat, Unit
from wagtail_pbgdpl.reference.models import Audience, DocumentType, IssuingBody, LegalField
from wagtail_pbgdpl.site.portal import PortalSettings
from wagtail_pbgdpl.workflows.models import StepTask

User = get_user_model()

#: Nobody who is refused changes any row of these, and who is let in adds no public page.
KEPT: tuple[type[Any], ...] = (
    get_image_model(),
    get_document_model(),
    Collection,
    CollectionViewRestriction,
    Event,
    Delegation,
    Group,
    GroupCollectionPermission,
    GroupPagePermission,
    PageViewRestriction,
    Revision,
    Site,
    StepTask,
    Task,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
#: The operator keeps these; each change stands in the journal of changes.
JOURNALLED: tuple[type[Any], ...] = (
    PortalSettings,
    Audience,
    DocumentType,
    IssuingBody,
    LegalField,
    Seat,
    Unit,
)
ACCOUNT = ("username", "email", "is_active", "is_superuser")
# Filled in by whoever looks first; what a file holds is compared by itself.
ASIDE = frozenset({"last_login", "file_size", "file_hash"})

Print = dict[str, dict[Any, Any]]


def take() -> Print:
    """Return the rows by table and key; nothing that is drawn from them."""
    found = {model._meta.label: _rows(model) for model in (*KEPT, *JOURNALLED)}
    for model in concrete_models(RegulatedPageMixin):
        found[model._meta.label] = _rows(model, live=True)
    found["accounts"] = {row[0]: row[1:] for row in User.objects.values_list("pk", *ACCOUNT)}
    found["passwords of the board"] = {
        row[0]: row[1]
        for row in User.objects.filter(pbgdpl_seats__role__in=BOARD).values_list("pk", "password")
    }
    found["groups of people"] = dict.fromkeys(
        User.groups.through.objects.values_list("user", "group")
    )
    found["files"] = {
        path: path.stat().st_mtime_ns
        for path in Path(settings.MEDIA_ROOT).rglob("*")
        if path.is_file()
    }
    return found


def _rows(model: type[Any], **filters: Any) -> dict[Any, tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(*_query(model, **filters))
        return {row[0]: row for row in cursor.fetchall()}


@functools.cache
def _query(model: type[Any], **filters: Any) -> tuple[str, tuple[Any, ...]]:
    """Written once: all tables are read hundreds of times."""
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields if field.attname not in ASIDE]
    rows = model.objects.filter(**filters).order_by().values_list("pk", *names)
    sql, params = rows.query.sql_with_params()
    return sql, tuple(params)


def differences(before: Print, after: Print) -> list[str]:
    """Return what was changed or taken away, and which pages are public that were not.

    What the operator keeps may change where the journal of changes says so.
    """
    journalled = {model._meta.label for model in JOURNALLED} | {"accounts", "groups of people"}
    noted = Change.objects.exists()
    pages = {model._meta.label for model in concrete_models(RegulatedPageMixin)}
    found = []
    for table, rows in before.items():
        if noted and table in journalled:
            continue
        now = after[table]
        found += [f"{table} {key} is gone" for key in rows if key not in now]
        found += [
            f"{table} {key} is changed" for key in rows if key in now and now[key] != rows[key]
        ]
        if table in pages:
            found += [f"{table} {key} is public" for key in now if key not in rows]
    return found
