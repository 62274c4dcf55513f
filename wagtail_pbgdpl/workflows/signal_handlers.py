"""Lists follow wherever Wagtail moves an item; mails go out when a step begins."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, WorkflowState

from . import facts, letters, progress


def forget_page(*, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        progress.forget(instance.pk)


def connect() -> None:
    facts.connect()
    letters.connect()
    post_save.connect(
        progress.follow, sender=WorkflowState, dispatch_uid="wagtail_pbgdpl.follow_workflow"
    )
    post_delete.connect(forget_page, dispatch_uid="wagtail_pbgdpl.forget_page")
