"""The steps of the regulation as Wagtail's tasks.

Clauses: BK21 Điều 10.4, Điều 14.2, Điều 15.2, Điều 20.1, Điều 21; BP20 Điều 12.3, Điều 15; QT24
Điều 4.2, Điều 6 (R2, R3, R6–R9, R12).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, WorkflowState

from ..core.accounts import User
from ..core.text import LazyText
from .steps import StepMixin

if TYPE_CHECKING:
    from .lock import AuthorityLock
    from .pages import ModeratedPage


class StepTask(StepMixin, Task):
    """A step of a workflow of the regulation (bước): its words, and what Wagtail asks of a task.

    It hands that on to the room; what it asks there knows a step by ``StepMixin`` and not by this.
    """

    class Meta:
        app_label = "wagtail_pbgdpl"
        verbose_name = _("step of the regulation")
        verbose_name_plural = _("steps of the regulation")

    @property
    def lock_class(self) -> type[AuthorityLock]:
        """The lock that says why, instead of Wagtail's, which knows groups alone."""
        from .lock import AuthorityLock

        return AuthorityLock

    @classmethod
    def get_description(cls) -> LazyText:
        return _("A step that the regulation lays down; made by the set-up of the portal.")

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Begin the step that is due; after a refusal that is the first one again (R9)."""
        from . import progress

        return progress.start(self, workflow_state, user)

    def on_action(
        self, task_state: TaskState, user: User, action_name: str, **kwargs: object
    ) -> None:
        """Pass the step or send the item back, as ``decisions`` does.

        What a browser sends beside the comment and the grounds is not used. Raises
        ``PermissionDenied`` where the person, the item or the step is not the right one.
        """
        from . import decisions

        if task_state.task_id != self.pk:
            raise PermissionDenied
        comment = str(kwargs.get("comment") or "")
        if action_name == "approve":
            decisions.pass_step(task_state.pk, user, comment=comment)
        elif action_name == "reject":
            grounds = kwargs.get("grounds")
            listed = [str(code) for code in grounds] if isinstance(grounds, list) else []
            decisions.send_back(task_state.pk, user, grounds=listed, explanation=comment)
        else:
            raise PermissionDenied

    def user_can_access_editor(self, obj: ModeratedPage, user: User) -> bool:
        from . import rights

        return bool(rights.may(user, rights.Act.READ, obj))

    def locked_for_user(self, obj: ModeratedPage, user: User) -> bool:
        from . import rights

        return not rights.may(user, rights.Act.EDIT, obj)
