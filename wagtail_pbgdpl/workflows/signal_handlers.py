"""Lists follow wherever Wagtail moves an item; mails go out when a step begins."""

from __future__ import annotations

from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import AbstractPage, WorkflowState
from wagtail.signals import page_published, page_unpublished

from ..authority import facts
from ..core import signals
from ..core.base_page import base_page_model
from ..matters import ledger
from ..organisation.models import Delegation
from . import confirming, kept, letters, progress, superusers
from .guard import ModeratedMixin
from .middleware import add_gate


def forget_page(*, instance: AbstractPage, **kwargs: object) -> None:
    """A page was deleted: what was owed is owed again."""
    ledger.lost(instance.pk)


def forget_workflow(*, instance: WorkflowState, **kwargs: object) -> None:
    """Wagtail deletes the state with its workflow, or its page: the item is at no step then."""
    if issubclass(instance.base_content_type.model_class() or object, AbstractPage):
        ledger.off_its_way(instance.object_id)


def settle(*, instance: AbstractPage, **kwargs: object) -> None:
    """A page of the portal was published or taken down; of what counts, the ledger writes that."""
    if not (instance.live and ledger.is_counted(instance)):
        progress.settle(instance)


def connect() -> None:
    facts.connect()
    add_gate(superusers.refuse_copy)
    superusers.offer_no_copy()
    kept.connect()
    letters.connect()
    post_save.connect(
        progress.follow, sender=WorkflowState, dispatch_uid="wagtail_pbgdpl.follow_workflow"
    )
    post_delete.connect(
        forget_workflow, sender=WorkflowState, dispatch_uid="wagtail_pbgdpl.forget_workflow"
    )
    pre_save.connect(
        confirming.confirm_own, sender=Delegation, dispatch_uid="wagtail_pbgdpl.confirm_own"
    )
    signals.connect(page_published, settle, ModeratedMixin)
    signals.connect(page_unpublished, settle, ModeratedMixin)
    # Whatever its type, a page that is deleted has a row of the base page.
    post_delete.connect(forget_page, sender=base_page_model())
