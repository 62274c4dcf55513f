"""Of a page what its moderation needs. Whatever mixes ``guard.ModeratedMixin`` into a page of
Wagtail's has it."""

from __future__ import annotations

from typing import Protocol

from django.db.models import QuerySet
from wagtail.models import Revision, TaskState, WorkflowState

from ..matters.pages import RecordedPage


class ModeratedPage(RecordedPage, Protocol):
    """A page that the board decides on.

    Of an item the rules of authority also read ``unit_id`` and ``category``; an index page has a
    category alone.
    """

    owner_id: int | None
    has_unpublished_changes: bool
    live_revision_id: int | None
    latest_revision_id: int | None
    latest_revision: Revision | None

    @property
    def revisions(self) -> QuerySet[Revision]: ...

    @property
    def current_workflow_state(self) -> WorkflowState | None: ...

    @property
    def current_workflow_task_state(self) -> TaskState | None: ...

    def get_latest_revision(self) -> Revision: ...
