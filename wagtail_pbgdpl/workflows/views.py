"""The page on which an item is decided, with everything that was decided before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Concatenate, Generic, NamedTuple, ParamSpec

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.models import TaskState

from ..authority.rules import Act, Item, State
from ..core.accounts import AdminRequest, User
from ..core.text import LazyText
from ..desk.acting import carried_out, way, whose_turn
from ..desk.panels import of_page
from ..matters.models import Event
from ..matters.publications import LIFECYCLE, Move
from ..regulations import Action
from ..worktime import moment
from ..worktime.active import get_calendar
from . import decisions, forms
from .contents import mark_of
from .emergencies import open_emergencies, review_due
from .guard import ModeratedMixin
from .heads import said_of_the_head
from .item_bar import has_something_for
from .items import item_of
from .locking import too_late
from .pages import ModeratedPage
from .rights import ON_THE_PUBLIC, may, may_on
from .visibility import base_page

Arguments = ParamSpec("Arguments")


class Way(NamedTuple, Generic[Arguments]):
    """One way to decide: its move, its form, and what takes the page, the user and the form's
    arguments."""

    move: Move
    form: type[forms.DecisionForm]
    decide: Callable[Concatenate[ModeratedPage, User, Arguments], Event]

    @property
    def act(self) -> Act:
        found = LIFECYCLE.moves[self.move].act
        assert found  # noqa: S101
        return found


def _pass(page: ModeratedPage, user: User, *, step: int | None, comment: str, seen: str) -> Event:
    return decisions.pass_step(_step(page, step), user, comment=comment, seen=seen)


def _send_back(
    page: ModeratedPage, user: User, *, step: int | None, grounds: list[str], explanation: str
) -> Event:
    number = _step(page, step)
    return decisions.send_back(number, user, grounds=grounds, explanation=explanation)


def _step(page: ModeratedPage, seen: int | None) -> int:
    """Return the step that the item is at. Raises ``Refused`` where another one was looked at."""
    state = page.current_workflow_task_state
    if state is None or (seen is not None and seen != state.pk):
        raise decisions.Refused(too_late(page.pk))
    return int(state.pk)


WAYS: dict[str, Way] = {
    "pass": Way(Move.PASSED, forms.CommentForm, _pass),
    "return": Way(Move.RETURNED, forms.ReturnForm, _send_back),
    "take-back": Way(Move.WITHDRAWN, forms.TakeBackForm, decisions.take_back),
    "review": Way(Move.REVIEWED, forms.ReviewForm, decisions.review),
    "emergency": Way(Move.EMERGENCY, forms.EmergencyForm, decisions.publish_in_emergency),
    "take-down": Way(Move.TAKEN_DOWN, forms.TakeDownForm, decisions.take_down),
}
PASSING: dict[str, LazyText] = {
    Action.UNIT_APPROVE: gettext_lazy("Approve and send to the board"),
    Action.COLLECT_EDIT: gettext_lazy("Pass on to the next step"),
    Action.VERIFY: gettext_lazy("Confirm"),
    Action.APPROVE: gettext_lazy("Approve"),
    Action.PUBLISH: gettext_lazy("Publish"),
}


def item(request: AdminRequest, page_id: int) -> HttpResponse:
    """Show an item with its history, and what the user may decide; decide it."""
    page = _page_for(request.user, page_id)
    way_name = request.POST.get("way", "")
    bound: dict[str, forms.DecisionForm] = {}
    if request.method == "POST":
        chosen = WAYS.get(way_name)
        if chosen is None:
            raise PermissionDenied
        form = bound[way_name] = chosen.form(request.POST, prefix=way_name)
        form.about(page)
        if form.is_valid() and carried_out(
            request, form, lambda: chosen.decide(page, request.user, **form.arguments())
        ):
            return redirect(_afterwards(request.user, page.pk))
        page = _page_for(request.user, page_id)
    status = 422 if bound else 200
    return TemplateResponse(
        request, "wagtail_pbgdpl/admin/item.html", _context(request, page, bound), status=status
    )


def _page_for(user: User, page_id: int) -> ModeratedMixin:
    """Return the page. Raises ``PermissionDenied`` for who may not read it."""
    page = get_object_or_404(base_page(), pk=page_id).specific
    if not isinstance(page, ModeratedMixin) or not may(user, Act.READ, page):
        raise PermissionDenied
    return page


def _afterwards(user: User, page_id: int) -> str:
    """Return where to go on: who could read the item at their step alone is done with it."""
    page = base_page()._default_manager.get(pk=page_id).specific
    if may(user, Act.READ, page):
        return reverse("pbgdpl_item", args=[page_id])
    return reverse("pbgdpl_waiting")


def _context(
    request: AdminRequest, page: ModeratedPage, bound: dict[str, forms.DecisionForm]
) -> dict[str, object]:
    at = item_of(page)
    state = page.current_workflow_task_state
    emergency = open_emergencies().of_page(page.pk).first()
    return {
        "page": page,
        "title": page.draft_title or page.title,
        "state": _state_in_words(page, state, at),
        "taken_down": _taking_down(page),
        "step": state.task if state else None,
        "clause": getattr(state.task.specific, "clause", "") if state else "",
        **whose_turn(at),
        "clock": of_page(page),
        "changed": state is not None and decisions.is_changed(page, state),
        "review_until": emergency and review_due(emergency, get_calendar()),
        "now": timezone.now(),
        **_sorted(_ways(request, page, at, bound)),
        "history": _history(page),
        "edit_address": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "draft_address": reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
    }


def _history(page: ModeratedPage) -> list[tuple[Event, str]]:
    """Return what was decided about a page, with what its head said of it."""
    rows = Event.objects.decisions().of_page(page.pk).select_related("matter")
    return [(event, said_of_the_head(event)) for event in rows]


def _ways(
    request: AdminRequest, page: ModeratedPage, at: Item, bound: dict[str, forms.DecisionForm]
) -> Iterator[dict[str, object]]:
    user, asked = request.user, request.GET.get("way")
    state = page.current_workflow_task_state
    initial = {"seen": mark_of(page.get_latest_revision()), "step": state.pk if state else None}
    public = item_of(page, public=True)
    for name, one in WAYS.items():
        if not has_something_for(page, one.act):
            continue
        if not may_on(user, one.act, public if one.act in ON_THE_PUBLIC else at):
            continue
        form = bound.get(name)
        if form is None:
            form = one.form(prefix=name, initial=initial)
            form.about(page)
        if name in bound:
            # Whoever was refused has been told what changed.
            form.renew(initial)
        shown = way(LIFECYCLE.moves[one.move], form, bound, name)
        # Who decides passes on or returns: one press is not to come before the other.
        shown["open"] = shown["open"] or name in (asked, "return")
        if name == asked:
            form.begin_here()
        if name == "pass" and at.step is not None:
            shown["heading"] = shown["button"] = PASSING.get(at.step.action, shown["button"])
        yield shown


def _sorted(ways: Iterable[dict[str, object]]) -> dict[str, object]:
    """Return the usual ways, and those past all steps, which stand below what was decided."""
    listed = list(ways)
    past = [one for one in listed if one["name"] == "emergency"]
    usual = [one for one in listed if one not in past]
    return {"ways": listed, "usual_ways": usual, "past_the_steps": past}


def _taking_down(page: ModeratedPage) -> Event | None:
    """Return by what decision the page is not public any more, if by one."""
    if page.live:
        return None
    last = Event.objects.of_page(page.pk).filter(Q(move=Move.TAKEN_DOWN) | Q(clears=True)).last()
    return last if last is not None and last.move == Move.TAKEN_DOWN else None


def _state_in_words(page: ModeratedPage, state: TaskState | None, at: Item) -> str:
    if state is not None:
        return _("At the step «%(step)s»") % {"step": state.task.name}
    if page.current_workflow_state is not None:
        return _("Returned for correction")
    if at.state is State.EMERGENCY:
        return _("Public by an emergency publication, not yet reviewed")
    if page.live and page.has_unpublished_changes:
        return _("Public, with changes not sent yet")
    if page.live:
        return pgettext("page", "Public")
    latest = page.get_latest_revision()
    if latest is not None and (when := latest.approved_go_live_at):
        return _("Approved, becomes public by itself at %(moment)s") % {"moment": moment(when)}
    return _("Taken down") if _taking_down(page) else pgettext("page", "Draft")
