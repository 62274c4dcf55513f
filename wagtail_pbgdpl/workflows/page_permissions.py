"""What Wagtail's admin asks before it offers or does anything with a page of the portal.

Answered by the rules of authority, not by groups: those open the admin. Nobody publishes or takes
down through Wagtail's own buttons; that is done by a decision.
"""

from __future__ import annotations

from wagtail.models import AbstractPage
from wagtail.models.pages import PagePermissionTester

from ..authority.facts import person
from ..authority.rules import Act, Item
from ..core.accounts import Visitor
from ..regulations import RoleCode
from ..worktime.active import today
from .items import item_of
from .rights import may_add, may_on
from .visibility import base_page


class PortalPagePermissionTester(PagePermissionTester):
    def __init__(self, user: Visitor, page: AbstractPage) -> None:
        super().__init__(user, page.specific)
        self._item: Item | None = None

    @property
    def item(self) -> Item:
        if self._item is None:
            self._item = item_of(self.page)
        return self._item

    def _may(self, act: Act) -> bool:
        return bool(self.user.is_active and may_on(self.user, act, self.item))

    def can_edit(self) -> bool:
        """Who may read an item may open it in the editor, locked unless it is theirs."""
        return self._may(Act.READ)

    def can_add_subpage(self) -> bool:
        takes = any(
            model.can_create_at(self.page) for model in type(self.page).creatable_subpage_models()
        )
        return takes and self.user.is_active and may_add(self.user, self.page)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.page.is_leaf() and self._may(Act.DELETE)

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return self._may(Act.EMERGENCY)

    def can_submit_for_moderation(self) -> bool:
        return bool(super().can_submit_for_moderation()) and self._may(Act.SUBMIT)

    def can_set_view_restrictions(self) -> bool:
        """Closing a public page to some is as much as taking it down."""
        return self._may(Act.EMERGENCY)

    def can_reorder_children(self) -> bool:
        """The order of the menu; one of items does not exist, they stand by date."""
        return self._holds(RoleCode.CHIEF) or self._holds(RoleCode.SECRETARY)

    def can_lock(self) -> bool:
        return self._may(Act.EDIT)

    def can_unlock(self) -> bool:
        return self.user_has_lock() or self._holds(RoleCode.CHIEF) or self.user.is_superuser

    def can_move(self) -> bool:
        """What is or was public stays where it was approved for; a draft may be moved."""
        return self.page.is_leaf() and not self.item.was_public and self._may(Act.DELETE)

    def can_move_to(self, destination: AbstractPage) -> bool:
        if self.page == destination or destination.is_descendant_of(self.page):
            return False
        above = destination.permissions_for_user(self.user)
        if self.page.is_child_of(destination):
            # It stays where it is, in another place among its neighbours.
            return self.can_move() or bool(above.can_reorder_children())
        if not self.page.can_move_to(destination):
            return False
        return self.can_move() and above.can_add_subpage()

    def can_copy(self) -> bool:
        return self._may(Act.READ)

    def can_view_revisions(self) -> bool:
        return self._may(Act.READ)

    def _holds(self, role: RoleCode) -> bool:
        posts = person(self.user).posts
        return any(post.role is role and post.holds(today()) for post in posts)


def ask_the_specific_page() -> None:
    """Let a page that a view read by Wagtail's own model answer as what it is.

    Some views, such as the one that orders the menu, ask the parent of a page without looking for
    its type: of itself Wagtail then answers by groups alone.
    """
    model = base_page()
    stock = model.permissions_for_user

    def permissions_for_user(page: AbstractPage, user: Visitor) -> PagePermissionTester:
        if type(page) is model and hasattr(page.specific_class, "moderated"):
            return PortalPagePermissionTester(user, page)
        return stock(page, user)

    model.permissions_for_user = permissions_for_user
