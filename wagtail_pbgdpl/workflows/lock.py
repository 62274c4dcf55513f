"""The lock of an item for those who may read it and not change it now."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractPage, Task

from ..authority.candidates import able_to, candidates
from ..authority.refusals import explanation_of
from ..authority.rules import Answer
from ..core.accounts import User
from ..core.history import name_of
from .items import item_of
from .rights import Act, may

# Of those who can, by name; the others are counted.
NAMED = 6


class AuthorityLock(WorkflowLock):
    """Locks by the rules of authority, and says why.

    One of Wagtail's workflow locks, so that the editor offers the same beside it.
    """

    def __init__(self, page: AbstractPage, task: Task | None = None) -> None:
        super().__init__(page, task)
        self._answers: dict[int, Answer] = {}

    def for_user(self, user: User) -> bool:
        return not self._answer(user)

    def get_message(self, user: User) -> str | None:
        answer = self._answer(user)
        if answer:
            return None
        if self.task is not None:
            clause = getattr(self.task.specific, "clause", "")
            said = _("The item is at the step «%(step)s»; its text is locked for you.") % {
                "step": f"{self.task.name} ({clause})" if clause else self.task.name
            }
            return f"{said} {_who(candidates(item_of(self.object)))}"
        said = _("You can read this item, but not change it now. %(reason)s") % {
            "reason": explanation_of(answer)
        }
        return f"{said} {_who(able_to(Act.EDIT, item_of(self.object)))}"

    def get_locked_by(self, user: User, can_lock: bool = False) -> str:
        return _("Locked for you") if self.for_user(user) else _("Open to you")

    def get_description(self, user: User, can_lock: bool = False) -> str:
        return explanation_of(self._answer(user)) or _("You may change this item.")

    def _answer(self, user: User) -> Answer:
        if user.pk not in self._answers:
            self._answers[user.pk] = may(user, Act.EDIT, self.object)
        return self._answers[user.pk]


def _who(able: Sequence[User]) -> str:
    """Say who can go on with the item today, by name."""
    if not able:
        return _("Nobody can go on with it today: a seat or a delegation is missing.")
    names = ", ".join(name_of(user) for user in able[:NAMED])
    if (more := len(able) - NAMED) > 0:
        names = _("%(names)s and %(count)d more") % {"names": names, "count": more}
    return _("Who can go on with it: %(names)s.") % {"names": names}
