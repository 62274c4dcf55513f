"""Where the Wagtail admin shows pages, it shows those that one may see (R11: BK18 Điều 6.1b).

Listings, search, reports and the log ask the policy; what does not is narrowed by hooks. Single
pages with a guessed address are closed by ``ReadingMiddleware``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.core.exceptions import PermissionDenied
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import AbstractPage, Revision, WorkflowState
from wagtail.query import PageQuerySet

from ..authority.scope import scope_of
from ..core.accounts import AdminRequest, User
from .visibility import base_page, choosable_by, may_see, visible_to


class SeenPagesAPIViewSet(PagesAdminAPIViewSet):
    """The admin's own API: in 7.4 it makes a policy of its own."""

    def get_base_queryset(self) -> PageQuerySet:
        return visible_to(self.request.user, super().get_base_queryset())


def narrow_api(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", SeenPagesAPIViewSet)


def narrow_explorer(
    parent_page: AbstractPage, pages: PageQuerySet, request: AdminRequest
) -> PageQuerySet:
    """Raise ``PermissionDenied`` for the address of an item; its header would name it."""
    if not may_see(request.user, parent_page):
        raise PermissionDenied
    return visible_to(request.user, pages)


def narrow_chooser(pages: PageQuerySet, request: AdminRequest) -> PageQuerySet:
    return choosable_by(request.user, pages)


def guard_copy(request: AdminRequest, page: AbstractPage) -> None:
    """Raise ``PermissionDenied``: in Wagtail, everybody may copy any page."""
    if not may_see(request.user, page):
        raise PermissionDenied


class HomeContext(TypedDict):
    """What the home page of the admin tells its panels."""

    request: AdminRequest


class PagesContext(TypedDict, total=False):
    """What of pages Wagtail's panels show, each its part."""

    last_edits: list[tuple[Revision, AbstractPage]]
    locked_pages: PageQuerySet
    workflow_states: Iterable[WorkflowState]
    states: list[dict[str, object]]


class _SeenPanel:
    """Of what one once worked on, only what one may still see."""

    def get_context_data(self, parent_context: HomeContext) -> PagesContext:
        context = super().get_context_data(parent_context)  # type: ignore[misc]
        return self.narrow(context, parent_context["request"].user)

    def narrow(self, context: PagesContext, user: User) -> PagesContext:
        raise NotImplementedError


class RecentEditsPanel(_SeenPanel, home.RecentEditsPanel):
    def narrow(self, context: PagesContext, user: User) -> PagesContext:
        seen = _seen(user, [page for _, page in context["last_edits"]])
        context["last_edits"] = [pair for pair in context["last_edits"] if pair[1].pk in seen]
        return context


class LockedPagesPanel(_SeenPanel, home.LockedPagesPanel):
    def narrow(self, context: PagesContext, user: User) -> PagesContext:
        context["locked_pages"] = visible_to(user, context["locked_pages"])
        return context


class UserObjectsInWorkflowModerationPanel(_SeenPanel, home.UserObjectsInWorkflowModerationPanel):
    def narrow(self, context: PagesContext, user: User) -> PagesContext:
        states = list(context["workflow_states"])
        seen = _seen(user, [state.content_object for state in states])
        context["workflow_states"] = [
            state for state in states if _is_shown(state.content_object, seen)
        ]
        return context


class WorkflowObjectsToModeratePanel(_SeenPanel, home.WorkflowObjectsToModeratePanel):
    def narrow(self, context: PagesContext, user: User) -> PagesContext:
        seen = _seen(user, [state["obj"] for state in context["states"]])
        context["states"] = [state for state in context["states"] if _is_shown(state["obj"], seen)]
        return context


PANELS: dict[type[Component], type[Component]] = {
    home.RecentEditsPanel: RecentEditsPanel,
    home.LockedPagesPanel: LockedPagesPanel,
    home.UserObjectsInWorkflowModerationPanel: UserObjectsInWorkflowModerationPanel,
    home.WorkflowObjectsToModeratePanel: WorkflowObjectsToModeratePanel,
}


def narrow_panels(request: AdminRequest, panels: list[Component]) -> None:
    """Put our panels of the home page in the place of Wagtail's."""
    panels[:] = [PANELS[type(panel)]() if type(panel) in PANELS else panel for panel in panels]


def narrow_reports_menu(request: AdminRequest, items: list[MenuItem]) -> None:
    """Leave out the usage of page types, which names the page of each that was edited last."""
    if not scope_of(request.user).everything:
        items[:] = [item for item in items if item.name != "page-types-usage"]


def _seen(user: User, objects: Iterable[object]) -> set[int]:
    pages = base_page()._base_manager.filter(
        pk__in=[one.pk for one in objects if isinstance(one, base_page())]
    )
    return set(visible_to(user, pages).values_list("pk", flat=True))


def _is_shown(found: object, seen: set[int]) -> bool:
    return not isinstance(found, base_page()) or found.pk in seen
