"""The buttons of the home page: what somebody of each role does most, three for a role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.components import Component

from ..authority.reach import reach_of
from ..core.accounts import AdminRequest, User
from ..core.text import LazyText
from ..organisation.models import Seat
from ..regulations import RoleCode, get_regulation
from ..regulations.active import is_usable
from ..worktime.active import today
from .base import ContentMixin
from .documents import DocumentMixin
from .obligations import form_below, index_page_of

#: Kinds of categories: news; documents of law, then those of the province.
NEWS, DOCUMENTS = ("C2",), ("C7", "C3")


@dataclass(frozen=True, slots=True)
class Job:
    """``address`` returns where it is done; empty for who may not."""

    label: LazyText
    icon: str
    address: Callable[[User], str]


def _writing(mixin: type[Any], *kinds: str) -> Callable[[User], str]:
    """Return where a page is begun, in the first category of the kinds that is theirs."""

    def address(user: User) -> str:
        reach = reach_of(user)
        for kind in kinds:
            for code, category in get_regulation().categories.items():
                if category.kind != kind or not reach.has(code):
                    continue
                if found := form_below(index_page_of(code), user, mixin):
                    return found
        return ""

    return address


def _page(name: str, permission: str = "", **query: str) -> Callable[[User], str]:
    def address(user: User) -> str:
        if permission and not user.has_perm(f"wagtail_pbgdpl.{permission}"):
            return ""
        return reverse(name) + (f"?{urlencode(query)}" if query else "")

    return address


def _questions(role: RoleCode) -> Callable[[User], str]:
    return _page("pbgdpl_questions:list", "view_matter", role=role)


def _delegating(*, to_deputies_alone: bool) -> Callable[[User], str]:
    """Return where it is done; for the one kind of regulation or the other, which may know none."""

    def address(user: User) -> str:
        roles = {entry.delegate for entry in get_regulation().delegations.values()}
        if not roles or (roles == {RoleCode.DEPUTY_CHIEF}) is not to_deputies_alone:
            return ""
        return _page("pbgdpl_delegations:add", "add_delegation")(user)

    return address


def _owing(user: User) -> str:
    return reverse("pbgdpl_owe") if reach_of(user) else ""


WRITE = Job(_("Write news"), "edit", _writing(ContentMixin, *NEWS))
ENTER = Job(_("Enter a document"), "doc-full", _writing(DocumentMixin, *DOCUMENTS))
WAITING = Job(_("Decide what waits for me"), "clipboard-list", _page("pbgdpl_waiting"))
LEDGER = Job(_("Ledger of publication"), "time", _page("pbgdpl_ledger", "view_matter"))
OWE = Job(_("Enter what is owed"), "plus", _owing)
TO_THE_DEPUTY = Job(_("Delegate to the deputy"), "key", _delegating(to_deputies_alone=True))
DELEGATE = Job(_("Give a delegation"), "key", _delegating(to_deputies_alone=False))
SEAT = Job(_("Give somebody a role"), "user", _page("pbgdpl_seats:add", "add_seat"))
CALENDAR = Job(
    _("Office calendar"), "calendar", _page("pbgdpl_calendar", "change_calendarexception")
)
SOURCES = Job(
    _("Linked systems"), "link-external", _page("pbgdpl_sources:index", "view_externalsource")
)

JOBS: dict[RoleCode, tuple[Job, ...]] = {
    RoleCode.CONTACT_OFFICER: (
        WRITE,
        ENTER,
        Job(_("Answer questions"), "help", _questions(RoleCode.CONTACT_OFFICER)),
    ),
    RoleCode.UNIT_HEAD: (
        WAITING,
        OWE,
        Job(_("Questions for me"), "help", _questions(RoleCode.UNIT_HEAD)),
    ),
    RoleCode.SECRETARY: (
        WAITING,
        OWE,
        Job(_("Receive questions"), "help", _questions(RoleCode.SECRETARY)),
    ),
    RoleCode.MEMBER: (WAITING, LEDGER, OWE),
    RoleCode.DEPUTY_CHIEF: (WAITING, LEDGER, OWE),
    RoleCode.CHIEF: (WAITING, TO_THE_DEPUTY, DELEGATE, LEDGER),
    RoleCode.OPERATOR: (SEAT, CALENDAR, SOURCES),
    RoleCode.EXPERT: (WAITING,),
}


class JobsPanel(Component):
    name = "pbgdpl_jobs"
    template_name = "wagtail_pbgdpl/admin/jobs_panel.html"
    order = 50

    @property
    def media(self) -> Media:
        return Media(css={"all": [versioned_static("wagtail_pbgdpl/admin/home.css")]})

    def __init__(self, jobs: list[dict[str, Any]]) -> None:
        self.jobs = jobs

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"jobs": self.jobs}


def jobs_of(user: User) -> Iterator[dict[str, Any]]:
    """Yield what the roles of today's seats do most and the user may do, each job once."""
    roles = set(Seat.objects.filter(user=user).on(today()).values_list("role", flat=True))
    wanted = dict.fromkeys(job for role, jobs in JOBS.items() if role in roles for job in jobs)
    for job in wanted:
        if address := job.address(user):
            yield {"label": job.label, "icon": job.icon, "address": address}


def add_panel(request: AdminRequest, panels: list[Any]) -> None:
    if is_usable() and (jobs := list(jobs_of(request.user))):
        panels.append(JobsPanel(jobs))
