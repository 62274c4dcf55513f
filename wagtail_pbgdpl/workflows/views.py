"""The page on which an item is decided, with everything that was decided before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ..authority.candidates import candidates
from ..authority.rules import Act, Item, State
from ..desk.panels import of_page
from ..matters.models import Event
from ..matters.worklist import in_full, waiting_for
from ..regulations import Action
from ..worktime.active import get_calendar
from . import decisions, forms
from .contents import mark_of
from .emergencies import open_emergencies, review_due
from .guard import ModeratedMixin
from .heads import said_of_the_head
from .items import item_of
from .locking import too_late
from .rights import ON_THE_PUBLIC, may, may_on
from .visibility import base_page

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Way:
    """One way to decide: its form, its words and what it does.

    ``decide`` takes the page, the user and what the form gives.
    """

    act: Act
    form: type[forms.DecisionForm]
    heading: Any
    help_text: Any
    button: Any
    decide: Callable[..., Any]
    serious: bool = False


def _pass(page: Any, user: Any, *, step: int | None, **values: Any) -> Event:
    return decisions.pass_step(_step(page, step), user, **values)


def _send_back(page: Any, user: Any, *, step: int | None, **values: Any) -> Event:
    return decisions.send_back(_step(page, step), user, **values)


def _step(page: Any, seen: int | None) -> int:
    """Return the step that the item is at. Raises ``Refused`` where another one was looked at."""
    state = page.current_workflow_task_state
    if state is None or (seen is not None and seen != state.pk):
        raise decisions.Refused(too_late(page.pk))
    return int(state.pk)


WAYS: dict[str, Way] = {
    "pass": Way(
        Act.APPROVE,
        forms.CommentForm,
        gettext_lazy("Pass on"),
        "",
        gettext_lazy("Pass on"),
        _pass,
    ),
    "return": Way(
        Act.RETURN,
        forms.ReturnForm,
        gettext_lazy("Return for correction"),
        gettext_lazy("The sender corrects the item and sends it again from the first step."),
        gettext_lazy("Return"),
        _send_back,
        serious=True,
    ),
    "take-back": Way(
        Act.WITHDRAW,
        forms.TakeBackForm,
        gettext_lazy("Take back"),
        gettext_lazy("The item becomes a draft of its unit again."),
        gettext_lazy("Take back"),
        decisions.take_back,
    ),
    "review": Way(
        Act.REVIEW,
        forms.ReviewForm,
        gettext_lazy("Review after the emergency"),
        gettext_lazy("The item was published without the steps. Check it, and close the matter."),
        gettext_lazy("Close the review"),
        decisions.review,
    ),
    "emergency": Way(
        Act.EMERGENCY,
        forms.EmergencyForm,
        gettext_lazy("Emergency publication"),
        gettext_lazy(
            "Publishes the present text at once, without the steps. It is marked and reported, and "
            "somebody else reviews it."
        ),
        gettext_lazy("Publish in an emergency"),
        decisions.publish_in_emergency,
        serious=True,
    ),
    "take-down": Way(
        Act.UNPUBLISH,
        forms.TakeDownForm,
        gettext_lazy("Take down"),
        gettext_lazy("The public no longer sees the item; what was decided stays written."),
        gettext_lazy("Take down"),
        decisions.take_down,
        serious=True,
    ),
}
PASSING: dict[str, Any] = {
    Action.UNIT_APPROVE: gettext_lazy("Approve and send to the board"),
    Action.COLLECT_EDIT: gettext_lazy("Pass on to the next step"),
    Action.VERIFY: gettext_lazy("Confirm"),
    Action.APPROVE: gettext_lazy("Approve"),
    Action.PUBLISH: gettext_lazy("Publish"),
}


def item(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show an item with its history, and what the user may decide; decide it."""
    page = _page_for(request.user, page_id)
    way_name = request.POST.get("way", "")
    bound: dict[str, forms.DecisionForm] = {}
    if request.method == "POST":
        way = WAYS.get(way_name)
        if way is None:
            raise PermissionDenied
        form = bound[way_name] = way.form(request.POST, prefix=way_name)
        form.about(page)
        if form.is_valid() and _carried_out(request, way, page, form):
            return redirect(_afterwards(request.user, page.pk))
        page = _page_for(request.user, page_id)
    status = 422 if bound else 200
    return TemplateResponse(
        request, "wagtail_pbgdpl/admin/item.html", _context(request, page, bound), status=status
    )


def waiting(request: HttpRequest) -> HttpResponse:
    """List everything that waits for the user."""
    rows = waiting_for(request.user)
    page: Any = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    page.object_list = in_full(list(page.object_list))
    return TemplateResponse(
        request, "wagtail_pbgdpl/admin/waiting.html", {"rows": page, "now": timezone.now()}
    )


def _page_for(user: Any, page_id: int) -> Any:
    """Return the page. Raises ``PermissionDenied`` for who may not read it."""
    page = get_object_or_404(base_page(), pk=page_id).specific
    if not isinstance(page, ModeratedMixin) or not may(user, Act.READ, page):
        raise PermissionDenied
    return page


def _afterwards(user: Any, page_id: int) -> str:
    """Return where to go on: who could read the item at their step alone is done with it."""
    page = base_page()._default_manager.get(pk=page_id).specific
    if may(user, Act.READ, page):
        return reverse("pbgdpl_item", args=[page_id])
    return reverse("pbgdpl_waiting")


def _carried_out(request: HttpRequest, way: Way, page: Any, form: forms.DecisionForm) -> bool:
    """Decide; on a refusal say why, beside what was typed."""
    try:
        decision = way.decide(page, request.user, **form.arguments())
    except decisions.Refused as refusal:
        messages.error(request, refusal.message)
        return False
    except ValidationError as error:
        for name, texts in getattr(error, "message_dict", {None: error.messages}).items():
            form.add_error(name if name in form.fields else None, texts)
        return False
    messages.success(
        request,
        _("«%(title)s»: %(decision)s.")
        % {"title": decision.title, "decision": decision.get_move_display()},
    )
    return True


def _context(
    request: HttpRequest, page: Any, bound: dict[str, forms.DecisionForm]
) -> dict[str, Any]:
    at = item_of(page)
    state = page.current_workflow_task_state
    emergency = open_emergencies().filter(subject=page.pk).first()
    able = candidates(at, heeding_quiet=True)
    return {
        "page": page,
        "title": page.draft_title or page.title,
        "state": _state_in_words(page, state, at),
        "step": state.task if state else None,
        "clause": getattr(state.task.specific, "clause", "") if state else "",
        "candidates": able,
        "waiting_candidates": [] if able else candidates(at),
        "clock": of_page(page),
        "changed": state is not None and decisions.is_changed(page, state),
        "review_until": emergency and review_due(emergency, get_calendar()),
        "now": timezone.now(),
        "ways": list(_ways(request.user, page, at, bound)),
        "history": _history(page),
        "edit_address": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "draft_address": reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
    }


def _history(page: Any) -> list[tuple[Event, str]]:
    """Return what was decided about a page, with what its head said of it."""
    rows = Event.objects.decisions().filter(subject=page.pk)
    return [(event, said_of_the_head(event)) for event in rows]


def _ways(user: Any, page: Any, at: Any, bound: dict[str, forms.DecisionForm]) -> Any:
    state = page.current_workflow_task_state
    initial = {"seen": mark_of(page.get_latest_revision()), "step": state.pk if state else None}
    public = item_of(page, public=True)
    for name, way in WAYS.items():
        if way.act is Act.EMERGENCY and page.live and not page.has_unpublished_changes:
            continue
        if not may_on(user, way.act, public if way.act in ON_THE_PUBLIC else at):
            continue
        form = bound.get(name)
        if form is None:
            form = way.form(prefix=name, initial=initial)
            form.about(page)
        if name in bound:
            # Whoever was refused has been told what changed.
            form.renew(initial)
        heading, button = way.heading, way.button
        if name == "pass" and at.step is not None:
            heading = button = PASSING.get(at.step.action, button)
        yield {
            "name": name,
            "way": way,
            "form": form,
            "heading": heading,
            "button": button,
            "open": name in bound,
        }


def _state_in_words(page: Any, state: Any, at: Item) -> str:
    if state is not None:
        return _("At the step «%(step)s»") % {"step": state.task.name}
    if page.current_workflow_state is not None:
        return _("Returned for correction")
    if at.state is State.EMERGENCY:
        return _("Public by an emergency publication, not yet reviewed")
    if page.live and page.has_unpublished_changes:
        return _("Public, with changes not sent yet")
    return _("Public") if page.live else _("Draft")
