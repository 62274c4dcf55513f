"""Who may see the mails of which no question came, and take them in (R11)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from ..authority.scope import scope_of
from ..core.accounts import Visitor
from .models import Outcome, ReceivedMail

SEEN_WITH = "wagtail_pbgdpl.view_matter"


class MailPolicy(ModelPermissionPolicy):
    """Who sees every question sees the list; nobody adds, changes or deletes a mail."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and sees_mails(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


def sees_mails(user: Visitor) -> bool:
    """Say whether the user sees what belongs to no unit yet."""
    return bool(user.has_perm(SEEN_WITH)) and scope_of(user).everything


def set_aside(user: Visitor) -> QuerySet[ReceivedMail]:
    """Return the mails that were set aside, for who sees them."""
    rows = ReceivedMail.objects if sees_mails(user) else ReceivedMail.objects.none()
    found: QuerySet[ReceivedMail] = rows.filter(outcome=Outcome.SET_ASIDE)
    return found
