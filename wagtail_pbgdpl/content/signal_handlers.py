"""What must happen when Wagtail, not we, changes something."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import (
    AbstractPage,
    GroupPagePermission,
    Locale,
    PageViewRestriction,
    Site,
    WorkflowPage,
)
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_unpublished,
    post_page_move,
)

from ..matters import record
from ..matters.publications import Move
from ..media import ownership, references
from ..reference.models import ReferenceItem
from ..serving import process_cache, site_version
from ..site.portal import PortalSettings
from ..workflows import journal, progress
from .base import ContentMixin
from .indexes import CategoryIndexMixin, PortalMixin
from .tags import ContentTag

# What Wagtail writes into the row of a page when an editor, or the editor's autosave, keeps a
# draft. Visitors see none of it.
DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)
# What visitors see. A site that shows models of its own calls ``site_version.renew`` when they
# change.
SHOWN = (
    AbstractPage,
    PageViewRestriction,
    Site,
    Locale,
    PortalSettings,
    ContentTag,
    ReferenceItem,
    AbstractImage,
    AbstractDocument,
)


def follow_place(*, instance: Any, **kwargs: Any) -> None:
    """A page moved under another index page belongs to it and its category from now on."""
    show_anew()
    page = instance.specific
    if not isinstance(page, ContentMixin):
        return
    before = (page.category, page.listed_in)
    page.take_place_in_tree()
    if (page.category, page.listed_in) != before:
        page.save(update_fields=["category", "listed_in"], clean=False)


def follow_change(*, instance: Any, **kwargs: Any) -> None:
    """Something that visitors see was saved or deleted."""
    if isinstance(instance, SHOWN) and not _is_draft(kwargs.get("update_fields")):
        show_anew()


def show_anew() -> None:
    """Let nothing from before be shown: by this process from now on, by any from the commit on."""
    process_cache.forget()
    transaction.on_commit(process_cache.forget)
    site_version.renew()


def _is_draft(update_fields: frozenset[str] | None) -> bool:
    return bool(update_fields) and DRAFT_FIELDS.issuperset(update_fields or ())


def enter_publication(*, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    """A page was published: the ledger says when, by whom and by which authority (R12)."""
    if not isinstance(instance, ContentMixin) or not instance.counts_in_ledger:
        return
    decision = journal.behind(instance.pk, getattr(revision, "pk", None))
    with record.held(instance):
        writers = progress.writers_now(instance)
        if decision is None:
            by = getattr(revision, "user", None)
            record.published(instance, by=by, writers=writers)
        else:
            record.published(
                instance,
                by=decision.by,
                authority=decision.authority,
                emergency=decision.move == Move.EMERGENCY,
                writers=writers,
            )


def enter_withdrawal(*, instance: Any, **kwargs: Any) -> None:
    """A page was taken down; what was published once stays written."""
    if not isinstance(instance, ContentMixin) or not instance.counts_in_ledger:
        return
    decision = journal.last_of(instance.pk)
    if decision is not None and decision.move == Move.TAKEN_DOWN:
        record.withdrawn(instance, by=decision.by, grounds=decision.text)
    else:
        record.withdrawn(instance)


def enter_loss(*, instance: Any, **kwargs: Any) -> None:
    """A page was deleted: what it referred to is forgotten."""
    if isinstance(instance, AbstractPage):
        references.forget([instance.pk])


def follow_translation(*, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """The translation of a portal has the editors and the workflow of its source, that of a
    category its workflow."""
    if not isinstance(target_obj, PortalMixin | CategoryIndexMixin):
        return
    for permission in GroupPagePermission.objects.filter(page_id=source_obj.pk):
        GroupPagePermission.objects.get_or_create(
            group_id=permission.group_id,
            page_id=target_obj.pk,
            permission_id=permission.permission_id,
        )
    for workflow in WorkflowPage.objects.filter(page_id=source_obj.pk):
        WorkflowPage.objects.get_or_create(
            page_id=target_obj.pk, defaults={"workflow_id": workflow.workflow_id}
        )


def connect() -> None:
    post_delete.connect(enter_loss, dispatch_uid="wagtail_pbgdpl.enter_loss")
    post_save.connect(ownership.follow_upload, dispatch_uid="wagtail_pbgdpl.follow_upload")
    post_delete.connect(ownership.follow_deletion, dispatch_uid="wagtail_pbgdpl.follow_deletion")
    page_published.connect(enter_publication, dispatch_uid="wagtail_pbgdpl.enter_publication")
    page_unpublished.connect(enter_withdrawal, dispatch_uid="wagtail_pbgdpl.enter_withdrawal")
    post_page_move.connect(follow_place, dispatch_uid="wagtail_pbgdpl.follow_place")
    copy_for_translation_done.connect(
        follow_translation, dispatch_uid="wagtail_pbgdpl.follow_translation"
    )
    for signal in (post_save, post_delete):
        signal.connect(follow_change, dispatch_uid="wagtail_pbgdpl.follow_change")
