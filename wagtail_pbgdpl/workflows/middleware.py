"""One gate before the views of the Wagtail admin that are about a single page (R11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from wagtail.admin.auth import permission_denied
from wagtail.models import AbstractPage

from .visibility import base_page, chooses_all, reach_of, sees_all

# What the names of addresses of the admin begin with; those of the public site begin otherwise.
ADMIN = ("wagtailadmin", "wagtail_bulk_action", "wagtailforms", "simple_translation", "pbgdpl_")
# How Wagtail's addresses name pages.
PAGE_KEYS = frozenset({"page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id"})
PAGES = "wagtailadmin_pages"
SESSIONS = "wagtailadmin_editing_sessions"
BULK = "wagtail_bulk_action"
CHOSEN = "wagtailadmin_choose_page_chosen_multiple"
CHOOSER = frozenset({"wagtailadmin_choose_page_child", CHOSEN})
# It names the page of each type that was edited last, of whichever unit.
FOR_THE_BOARD = "page_types_usage"
# It lists what oneself has locked, whatever one may see of it today.
LOCKED = "locked_pages"


class ReadingMiddleware:
    """Refuse every address of the admin that is about an item which the person may not see.

    Stands after Django's ``AuthenticationMiddleware`` and ``MessageMiddleware``. Answers as Wagtail
    does: the home page of the admin with a message. One that guesses learns nothing: keys of pages
    that do not exist go on to the view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Any, args: Sequence[Any], kwargs: dict[str, Any]
    ) -> Any:
        match = request.resolver_match
        if not is_of_the_admin(match):
            return None
        asked = Asked(request, args, kwargs)
        # Who is not signed in, or has no access, learns it from the view.
        if not asked.is_any or not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        return None if asked.is_allowed(request.user) else permission_denied(request)


def is_of_the_admin(match: Any) -> bool:
    """Whether an address is one of Wagtail's or this package's admin, not of the public site."""
    first = match.namespaces[0] if match.namespaces else match.url_name or ""
    return first.startswith(ADMIN)


class Asked:
    """The pages that a request to the admin is about."""

    def __init__(self, request: Any, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
        match = request.resolver_match
        self.name = match.url_name or ""
        self.namespace = match.namespaces[0] if match.namespaces else ""
        self.keys = set(self._keys(request, args, kwargs))
        self.needs_everything = self.name.startswith(FOR_THE_BOARD) or (
            # «All» are all below an index page, also those that the listing left out.
            self.name == BULK and "all" in self.keys
        )

    @property
    def is_any(self) -> bool:
        return self.needs_everything or bool(self.keys)

    def is_allowed(self, user: Any) -> bool:
        if self.needs_everything:
            return reach_of(user).everything
        keys = [int(key) for key in self.keys if str(key).isdecimal()]
        return chooses_all(user, keys) if self.name in CHOOSER else sees_all(user, keys)

    def _keys(self, request: Any, args: Sequence[Any], kwargs: dict[str, Any]) -> Iterator[Any]:
        yield from (kwargs[name] for name in PAGE_KEYS & kwargs.keys())
        if self.namespace == PAGES:
            # The comparison of revisions names its page by place in 7.4, and by ``pk`` in 8.0.
            yield from args[:1]
            yield from (kwargs[name] for name in ("pk",) if name in kwargs)
        if self.namespace == SESSIONS and _is_page(kwargs.get("model_name"), kwargs):
            yield kwargs["object_id"]
        if self.name == CHOSEN or (self.name == BULK and _is_page(kwargs["model_name"], kwargs)):
            yield from request.GET.getlist("id")
        if self.name.startswith(LOCKED) and request.user.pk:
            locked = base_page()._base_manager.filter(locked=True, locked_by=request.user)
            yield from locked.values_list("pk", flat=True)


def _is_page(model_name: str | None, kwargs: dict[str, Any]) -> bool:
    try:
        return bool(model_name) and issubclass(
            apps.get_model(kwargs["app_label"], str(model_name)), AbstractPage
        )
    except LookupError:
        return False
