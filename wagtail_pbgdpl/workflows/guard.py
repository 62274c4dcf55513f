"""Nothing goes live without the board, whatever the way in (R8: BK21 Điều 10.4, QT24 Điều 6.4).

Wagtail has many ways to publish: editor, create, copy, alias, bulk action, schedule, API, commands,
superusers. All of them end in ``save()`` of a page that is live, and there the guard stands: the
version that becomes public must have been cleared by a decision.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.locks import BaseLock
from wagtail.models import Revision, Workflow, WorkflowState

from ..core.accounts import User, Visitor
from ..core.looking import looked_at
from ..matters import ledger
from . import journal, locking, progress
from .lock import AuthorityLock
from .page_permissions import PortalPagePermissionTester
from .rights import Act, may

if TYPE_CHECKING:
    from wagtail.models import Page as MixinBase
else:
    MixinBase = models.Model

logger = logging.getLogger(__name__)

_program: ContextVar[bool] = ContextVar("pbgdpl_program", default=False)
# Fields of which one at least must be saved for the public to see anything else.
PUBLIC_FIELDS = frozenset({"live", "live_revision", "live_revision_id", "alias_of", "alias_of_id"})


@contextmanager
def as_program() -> Iterator[None]:
    """Let a set-up or import write drafts in the name of users who hold no seat."""
    token = _program.set(True)
    try:
        yield
    finally:
        _program.reset(token)


def is_program() -> bool:
    """Whether a set-up or import is at work."""
    return _program.get()


class ModeratedMixin(MixinBase):
    """A page that goes live only as a version that was cleared by a decision."""

    #: Says so to whom cannot import this class.
    moderated = True
    category: str

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Visitor) -> PortalPagePermissionTester:
        return PortalPagePermissionTester(user, self)

    def get_lock(self) -> BaseLock | None:
        """Wagtail's locks; and where there is none, that of who may not change the item now."""
        return super().get_lock() or AuthorityLock(self)

    def get_workflow(self) -> Workflow | None:
        return locking.starting(super().get_workflow())

    @property
    def current_workflow_state(self) -> WorkflowState | None:
        return looked_at(("workflow", self.pk), self._current_workflow_state)

    def _current_workflow_state(self) -> WorkflowState | None:
        return locking.resuming(super().current_workflow_state, self)

    @property
    def status_string(self) -> str:
        """Wagtail's word for where it stands; what the public read once is no draft."""
        on_its_way = self.expired or self.approved_schedule or self.workflow_in_progress
        if not (self.live or self.first_published_at is None or on_its_way):
            matter = ledger.of_page(self)
            if matter is not None and matter.is_taken_down:
                return matter.state_label
        return str(super().status_string)

    def publish(self, revision: Revision, user: User | None = None, **kwargs: object) -> None:
        """A time of publication that nobody approved lapses, and keeps no other item back."""
        due = user is None and revision.approved_go_live_at is not None
        if due and not journal.is_cleared(self, revision.pk):
            logger.warning("Nobody approved what was to be published: page %s", self.pk)
            type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            return None
        return super().publish(revision, user=user, **kwargs)

    def save(self, *args: object, **kwargs: object) -> None:
        """Raises ``PublishPagePermissionError`` where an uncleared version would become public."""
        fields = cast("Iterable[str] | None", kwargs.get("update_fields"))
        if self.live and (fields is None or PUBLIC_FIELDS & set(fields)):
            self._refuse_uncleared()
        return super().save(*args, **kwargs)

    def save_revision(self, *args: object, **kwargs: object) -> Revision:
        """Raises ``PermissionDenied`` where the user may not change the item now."""
        user = cast("User | None", kwargs.get("user"))
        if user is not None and self.pk and not is_program() and not may(user, Act.EDIT, self):
            raise PermissionDenied(_("You may not change this item now."))
        overwritten: Revision | None = kwargs.get("overwrite_revision")
        if overwritten is not None and journal.names(overwritten):
            # The editor saves by itself over its last version; what was decided on stays as it was.
            kwargs["overwrite_revision"] = None
        revision = super().save_revision(*args, **kwargs)
        if self.pk:
            progress.written(self, revision.user)
        return revision

    def _refuse_uncleared(self) -> None:
        rows = type(self)._base_manager
        columns = rows.filter(pk=self.pk).values_list("live", "live_revision_id", "alias_of_id")
        before = columns.first()
        # An alias that becomes a page of its own shows a version that nobody decided on.
        if self.pk and before == (True, self.live_revision_id, self.alias_of_id):
            return
        if self.alias_of_id is not None:
            # An alias shows what was cleared for the same category.
            source = rows.filter(pk=self.alias_of_id).first()
            cleared = bool(source and source.live) and (
                getattr(source, "category", "") == getattr(self, "category", "")
            )
            if not cleared and self.pk:
                # It must not keep its source back, which was approved; it stays unseen itself.
                self.live = False
                return
        else:
            cleared = journal.is_cleared(self, self.live_revision_id)
        if not cleared:
            raise PublishPagePermissionError(
                _("This version was not approved by the editorial board.")
            )
