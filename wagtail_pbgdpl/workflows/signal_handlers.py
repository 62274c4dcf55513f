"""Lists follow wherever Wagtail moves an item; mails go out when a step begins."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import AbstractPage, WorkflowState

from ..authority import facts
from ..organisation.models import Delegation
from . import confirming, kept, letters, progress, superusers
from .middleware import add_gate


def forget_page(*, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, AbstractPage):
        progress.forget(instance.pk)


def connect() -> None:
    facts.connect()
    add_gate(superusers.refuse_copy)
    kept.connect()
    letters.connect()
    post_save.connect(
        progress.follow, sender=WorkflowState, dispatch_uid="wagtail_pbgdpl.follow_workflow"
    )
    pre_save.connect(
        confirming.confirm_own, sender=Delegation, dispatch_uid="wagtail_pbgdpl.confirm_own"
    )
    post_delete.connect(forget_page, dispatch_uid="wagtail_pbgdpl.forget_page")
