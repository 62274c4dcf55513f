"""Who sees questions in the Wagtail admin (R11)."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import Http404
from wagtail.permission_policies import ModelPermissionPolicy

from ..matters.timeliness import seen_by
from .kinds import KINDS
from .models import Question
from .saved_views import SEEN_WITH


class OnlySeen(ModelPermissionPolicy):
    """Who sees matters sees the questions of their own; nobody adds, changes or deletes one here.

    A superuser neither: what the citizen wrote stands as it came.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(user.has_perm(SEEN_WITH))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and seen(user).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return any(
            self.user_has_permission_for_instance(user, action, instance) for action in actions
        )

    def instances_user_has_permission_for(self, user: Any, action: str) -> Any:
        return seen(user) if self.user_has_permission(user, action) else Question.objects.none()

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        found = self.user_has_any_permission(user, actions)
        return seen(user) if found else Question.objects.none()


POLICY = OnlySeen(Question)


def seen(user: Any) -> QuerySet[Question]:
    """Return the questions that the user sees (R11)."""
    matters = seen_by(user).filter(kind__in=KINDS)
    return Question.objects.filter(pk__in=matters.values("subject"))


def offered(user: Any) -> QuerySet[Question]:
    """Return the questions that the admin shows the user."""
    found: QuerySet[Question] = POLICY.instances_user_has_permission_for(user, "view")
    return found


def seen_or_404(user: Any, key: object) -> Question:
    """Return the question with a key out of an address. Raises ``Http404``."""
    pk = unquote(str(key))
    # What is no number, no database has to judge.
    if not pk.isascii() or not pk.isdigit() or len(pk) > 18:
        raise Http404
    found = offered(user).filter(pk=int(pk)).first()
    if found is None:
        raise Http404
    return found
