"""One gate before the views of the Wagtail admin that are about a single page (R11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext

from django.apps import apps
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.models import AbstractPage

from ..authority.scope import scope_of
from ..changes.actor import acting_in, tell_actor
from ..core.accounts import Request, Visitor
from ..core.looking import looking
from ..regulations import RegulationError
from . import type_report
from .keys import as_keys
from .today import follow_today
from .unusable import answer
from .visibility import base_page, chooses_all, hidden_from, sees_all

# What the names of addresses of the admin begin with; those of the public site begin otherwise.
ADMIN = ("wagtailadmin", "wagtail_bulk_action", "wagtailforms", "simple_translation", "pbgdpl_")
# How Wagtail's addresses name pages.
PAGE_KEYS = frozenset({"page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id"})
PAGES = "wagtailadmin_pages"
SESSIONS = "wagtailadmin_editing_sessions"
BULK = "wagtail_bulk_action"
CHOSEN = "wagtailadmin_choose_page_chosen_multiple"
CHOOSER = frozenset({"wagtailadmin_choose_page_child", CHOSEN})
NOT_YOURS = _(
    "What is not public yet is read by the people of its unit, by the editorial board, and by whom "
    "it waits for. You hold no seat today by which you read this."
)
# It lists what oneself has locked, whatever one may see of it today.
LOCKED = "locked_pages"

Gate = Callable[[Request, dict[str, object]], HttpResponse | None]
_gates: list[Gate] = []


def add_gate(gate: Gate) -> None:
    """Ask ``gate`` too, with the request to an address and its arguments by name.

    It returns the answer to give in place of the view's, or ``None``. Rooms above know of more
    than pages.
    """
    if gate not in _gates:
        _gates.append(gate)


class ReadingMiddleware:
    """Refuse every address of the admin that is about an item which the person may not see.

    Stands after Django's ``AuthenticationMiddleware`` and ``MessageMiddleware``. Answers as Wagtail
    does: the home page of the admin with a message. One that guesses learns nothing: keys of pages
    that do not exist go on to the view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        changes_nothing = looking() if request.method in ("GET", "HEAD") else nullcontext()
        with acting_in(request), changes_nothing:
            return self.get_response(request)

    def process_view(
        self, request: Request, view: object, args: Sequence[object], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        in_admin = request.path.startswith(reverse("wagtailadmin_home"))
        if in_admin:
            follow_today(request.user)
        if is_of_the_admin(request.resolver_match):
            asked = Asked(request, args, kwargs)
            if asked.is_any and may_enter(request.user) and not asked.is_allowed(request.user):
                if asked.is_report:
                    return type_report.answer(request)
                tell_actor(str(NOT_YOURS))
                return permission_denied(request)
        # Public addresses never ask who is there: their answers are the same for everybody.
        gates = _gates if in_admin else ()
        return next(filter(None, (gate(request, kwargs) for gate in gates)), None)

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RegulationError):
            return answer(request, exception)
        return None


def may_enter(user: Visitor) -> bool:
    """Whether somebody may open the admin; who may not, or is not signed in, learns it there."""
    return bool(user.has_perm("wagtailadmin.access_admin"))


def is_of_the_admin(match: ResolverMatch) -> bool:
    """Whether an address is one of Wagtail's or this package's admin, not of the public site."""
    first = match.namespaces[0] if match.namespaces else match.url_name or ""
    return first.startswith(ADMIN)


class Asked:
    """The pages that a request to the admin is about."""

    def __init__(self, request: Request, args: Sequence[object], kwargs: dict[str, object]) -> None:
        match = request.resolver_match
        self.name = match.url_name or ""
        self.namespace = match.namespaces[0] if match.namespaces else ""
        self.keys = set(self._keys(request, args, kwargs))
        self.is_report = self.name.startswith(type_report.NAMES)
        # «All» are all of a listing, also those that it left out for the person.
        self.listing = _listing(request) if self.name == BULK and "all" in self.keys else None

    @property
    def is_any(self) -> bool:
        return self.is_report or bool(self.keys)

    def is_allowed(self, user: Visitor) -> bool:
        if self.is_report:
            return scope_of(user).everything
        if self.listing is not None:
            return not hidden_from(user).filter(self.listing).exists()
        keys = as_keys(self.keys)
        return chooses_all(user, keys) if self.name in CHOOSER else sees_all(user, keys)

    def _keys(
        self, request: Request, args: Sequence[object], kwargs: dict[str, object]
    ) -> Iterator[object]:
        yield from (kwargs[name] for name in PAGE_KEYS & kwargs.keys())
        if self.namespace == PAGES:
            # The comparison of revisions names its page by place in 7.4, and by ``pk`` in 8.0.
            yield from args[:1]
            yield from (kwargs[name] for name in ("pk",) if name in kwargs)
        if self.namespace == SESSIONS and _is_page(kwargs.get("model_name"), kwargs):
            yield kwargs["object_id"]
        if self.name == CHOSEN or (self.name == BULK and _is_page(kwargs["model_name"], kwargs)):
            yield from ids_of(request)
        if self.name.startswith(LOCKED) and request.user.pk:
            locked = base_page()._base_manager.filter(locked=True, locked_by=request.user)
            yield from locked.values_list("pk", flat=True)


def _listing(request: Request) -> Q:
    """Return the condition on the pages that a bulk action takes for «all»."""
    keys = as_keys([request.GET.get("childOf", "")])
    parent = base_page()._base_manager.filter(pk__in=keys).first()
    if parent is None:
        return Q()
    below = Q(path__startswith=parent.path)
    # A search looks through all that is below, a listing shows the children.
    return below if request.GET.get("q") else below & Q(depth=parent.depth + 1)


def ids_of(request: Request) -> list[str]:
    """Return the keys that a request names beside its address."""
    return [*request.GET.getlist("id"), *request.POST.getlist("id")]


def _is_page(model_name: object, kwargs: dict[str, object]) -> bool:
    try:
        return bool(model_name) and issubclass(
            apps.get_model(str(kwargs["app_label"]), str(model_name)), AbstractPage
        )
    except LookupError:
        return False
