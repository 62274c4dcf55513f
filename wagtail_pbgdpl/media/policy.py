"""The permission policies that Wagtail asks about images and documents, kept to R11.

Groups open the choosers and the upload. In the portal's collections, what somebody is offered is
what they may see, and what somebody may change or delete follows from their seats.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from ..authority.scope import scope_of
from ..core.permission_policies import narrow
from .access import changeable_media, is_ours, ours, paths_of_ours, seen_media
from .frozen import is_frozen
from .references import files

CHANGES = frozenset({"change", "delete"})


class SeatedMediaPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's rules outside the portal's collections; for superusers everywhere."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if not super().user_has_permission(user, action):
            return False
        return (
            user.is_superuser
            or self.collections_user_has_any_permission_for(user, [action]).exists()
        )

    def collections_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        found = super().collections_user_has_any_permission_for(user, actions)
        # Who is only offered what is public adds nothing to it.
        if set(actions) <= {"choose"} or not user.is_authenticated or is_seated(user):
            return found
        for path in paths_of_ours():
            found = found.exclude(path__startswith=path)
        return found

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        if CHANGES.issuperset(actions) and is_frozen(instance):
            return False
        if user.is_superuser or not is_ours(instance):
            return bool(super().user_has_any_permission_for_instance(user, actions, instance))
        rows = self.model._default_manager.filter(pk=instance.pk)
        return bool(self._among_ours(user, actions, rows).exists())

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        allowed = super().instances_user_has_any_permission_for(user, actions)
        if user.is_superuser or not user.is_authenticated:
            return allowed
        rows = self.model._default_manager
        among = self._among_ours(user, actions, rows.all())
        elsewhere = allowed.filter(~ours())
        return rows.filter(Q(pk__in=elsewhere.values("pk")) | Q(pk__in=among.values("pk")))

    def _among_ours(self, user: Any, actions: Any, rows: Any) -> Any:
        """Return those of ``rows`` in the portal's collections for which one action is allowed."""
        found = rows.none()
        if not (user.is_active and user.is_authenticated):
            return found
        rows = rows.filter(ours())
        if "choose" in actions:
            offered = super().instances_user_has_any_permission_for(user, ["choose"])
            found |= seen_media(user, rows.filter(pk__in=offered.values("pk")))
        if CHANGES & set(actions):
            found |= changeable_media(user, rows)
        return found


def is_seated(user: Any) -> bool:
    """Whether the person's seats of today let them handle files of the portal."""
    scope = scope_of(user)
    return scope.everything or scope.is_of_a_unit


def narrow_policies() -> None:
    """Let Wagtail's own policies for images and documents follow the seats.

    To be called once all apps are loaded: those of images and documents bring their policies.
    """
    for model in files():
        narrow(model, SeatedMediaPolicy, "auth_model", "owner_field_name")
