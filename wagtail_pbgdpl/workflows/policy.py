"""The permission policy that Wagtail asks for queries of pages, kept to what may be seen (R11)."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.models import AbstractPage
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from ..core.accounts import Visitor
from ..core.permission_policies import narrow
from .visibility import may_see, visible_to


class SeenPagesPolicy(PagePermissionPolicy):
    """What the groups allow, on the pages that the person may see."""

    def instances_user_has_any_permission_for(
        self, user: Visitor, actions: Iterable[str]
    ) -> PageQuerySet:
        return visible_to(user, super().instances_user_has_any_permission_for(user, actions))

    def user_has_any_permission_for_instance(
        self, user: Visitor, actions: Iterable[str], instance: AbstractPage
    ) -> bool:
        allowed = super().user_has_any_permission_for_instance(user, actions, instance)
        return bool(allowed) and may_see(user, instance)


def narrow_policy() -> None:
    """Let Wagtail's own policy for pages keep to what may be seen."""
    narrow(AbstractPage, SeenPagesPolicy)
