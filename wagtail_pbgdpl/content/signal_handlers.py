"""What must happen when Wagtail, not we, changes something."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
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

from ..consultations.signals import dates_moved, shown_anew
from ..core import signals
from ..core.base_page import base_page_model
from ..core.discovery import concrete_models
from ..matters import ledger
from ..matters.publications import Move
from ..media import ownership, references
from ..questions import publication
from ..questions.erasure import asker_erased
from ..reference.models import ReferenceItem
from ..reviews.models import LawChange, Review
from ..serving import process_cache, site_version
from ..site.portal import PortalSettings
from ..sources.models import TakenItem
from ..workflows import journal, progress
from . import consulting, differences, law_changes, public_answers, recording
from .answers import AnswerMixin
from .base import ContentMixin
from .consultations import ConsultationMixin
from .documents import DocumentMixin
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
    Review,
    LawChange,
    *ownership.FILES,
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


def follow_change(**kwargs: Any) -> None:
    """Something that visitors see was saved or deleted."""
    if not _is_draft(kwargs.get("update_fields")):
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
    if not instance.counts_in_ledger:
        return
    decision = journal.behind(instance.pk, getattr(revision, "pk", None))
    with ledger.held(instance):
        writers = progress.writers_now(instance)
        if decision is None:
            by = getattr(revision, "user", None)
            ledger.published(instance, by=by, writers=writers)
        else:
            ledger.published(
                instance,
                by=decision.by,
                authority=decision.authority,
                emergency=decision.move == Move.EMERGENCY,
                writers=writers,
            )


def enter_withdrawal(*, instance: Any, **kwargs: Any) -> None:
    """A page was taken down; what was published once stays written."""
    if not instance.counts_in_ledger:
        return
    decision = journal.last_of(instance.pk)
    if decision is not None and decision.move == Move.TAKEN_DOWN:
        ledger.withdrawn(instance, by=decision.by, grounds=decision.text)
    else:
        ledger.withdrawn(instance)


def enter_loss(*, instance: Any, **kwargs: Any) -> None:
    """A page was deleted: what it referred to is forgotten, what it came from is free again."""
    references.forget([instance.pk])
    recording.forget_all(instance.pk)
    TakenItem.objects.filter(page=instance.pk, is_current=True).update(is_current=False)


def follow_dates(*, consultation: Any, **kwargs: Any) -> None:
    """A consultation was prolonged: its page says the same."""
    consulting.keep_dates(concrete_models(ConsultationMixin), consultation)


def begin_consultations() -> int:
    """Begin those of pages that were public before consultations were kept; return how many."""
    return consulting.begin_missing(concrete_models(ConsultationMixin))


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
    # Whatever its type, a page that is deleted has a row of the base page.
    post_delete.connect(enter_loss, sender=base_page_model())
    signals.connect(post_save, ownership.follow_upload, *ownership.FILES)
    signals.connect(post_delete, ownership.follow_deletion, *ownership.FILES)
    signals.connect(page_published, enter_publication, ContentMixin)
    signals.connect(page_unpublished, enter_withdrawal, ContentMixin)
    signals.connect(page_published, public_answers.follow_publication, AnswerMixin)
    signals.connect(page_unpublished, public_answers.follow_withdrawal, AnswerMixin)
    signals.connect(page_published, recording.follow_publication, ContentMixin)
    signals.connect(page_unpublished, recording.follow_withdrawal, ContentMixin)
    signals.connect(page_published, law_changes.follow_publication, ContentMixin)
    signals.connect(page_unpublished, law_changes.follow_withdrawal, ContentMixin)
    signals.connect(page_published, law_changes.follow_document, DocumentMixin)
    signals.connect(page_published, differences.follow_document, DocumentMixin)
    signals.connect(page_published, consulting.follow_publication, ConsultationMixin)
    signals.connect(post_delete, consulting.follow_loss, ConsultationMixin)
    dates_moved.connect(follow_dates)
    shown_anew.connect(follow_change)
    asker_erased.connect(public_answers.forget_asker)
    asker_erased.connect(follow_change)
    publication.offer(public_answers.offers)
    signals.connect(post_page_move, follow_place, AbstractPage)
    copy_for_translation_done.connect(follow_translation, sender=CopyPageForTranslationAction)
    for signal in (post_save, post_delete):
        signals.connect(signal, follow_change, *SHOWN)
