"""The permission policy that Wagtail asks for queries of pages, kept to what may be seen (R11)."""

from __future__ import annotations

from typing import Any

from wagtail.models import AbstractPage
from wagtail.permission_policies.pages import PagePermissionPolicy

from ..core.permission_policies import narrow
from .visibility import may_see, visible_to


class SeenPagesPolicy(PagePermissionPolicy):
    """What the groups allow, on the pages that the person may see."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        return visible_to(user, super().instances_user_has_any_permission_for(user, actions))

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        allowed = super().user_has_any_permission_for_instance(user, actions, instance)
        return bool(allowed) and may_see(user, instance)


def narrow_policy() -> None:
    """Let Wagtail's own policy for pages keep to what may be seen."""
    narrow(AbstractPage, SeenPagesPolicy)
