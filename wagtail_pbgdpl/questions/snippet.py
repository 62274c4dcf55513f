"""The question as a snippet of Wagtail, of which no address leads round its life (Q1–Q6, R11).

Its list is the working list, its editor and its history are the page of its matter. Whatever else
Wagtail has for a snippet, today or in a version to come, is refused, to a superuser too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import SnippetViewSet

from .listing import QuestionList
from .models import Question
from .policy import POLICY, OnlySeen, offered, seen_or_404

View = Callable[..., Any]
#: Where the page of the matter shows what happened.
HISTORY = "#pbgdpl-history-section"
#: Of the addresses about one question, those that show something.
HISTORIES = ("history", "history_results")
SHOWN = (*HISTORIES, "edit", "inspect", "usage")


def to_its_matter(request: HttpRequest, pk: object) -> HttpResponse:
    """Lead to the page of the matter. Raises ``Http404`` for what is not theirs to see, and
    ``PermissionDenied`` where something is sent."""
    if request.method not in ("GET", "HEAD"):
        return refused(request, pk=pk)
    name = request.resolver_match.url_name if request.resolver_match else ""
    place = HISTORY if name in HISTORIES else ""
    return redirect(f"{seen_or_404(request.user, pk).matter.address}{place}")


def refused(request: HttpRequest, **named: object) -> HttpResponse:
    """Raises ``PermissionDenied``, and ``Http404`` for what is not theirs to see."""
    if "pk" in named:
        seen_or_404(request.user, named["pk"])
    raise PermissionDenied


def closed(patterns: Iterable[URLPattern], views: Mapping[str, View]) -> list[URLPattern]:
    """Return addresses with the views that are named; every other one is refused."""
    return [
        URLPattern(one.pattern, views.get(one.name or "", refused), one.default_args, one.name)
        for one in patterns
    ]


class OfTheirs:
    """Of a chooser: what the person sees, and nothing to be made there."""

    request: Any

    def get_object_list(self) -> Any:
        return offered(self.request.user)

    def get_object(self, pk: str) -> Question:
        return seen_or_404(self.request.user, pk)

    def get_objects(self, pks: Iterable[str]) -> list[Question]:
        return [seen_or_404(self.request.user, pk) for pk in pks]

    def can_create(self) -> bool:
        return False


class ChooseView(OfTheirs, chooser.ChooseView):
    pass


class ChooseResultsView(OfTheirs, chooser.ChooseResultsView):
    pass


class ChosenView(OfTheirs, chooser.SnippetChosenView):
    pass


class ChosenMultipleView(OfTheirs, chooser.SnippetChosenMultipleView):
    pass


class QuestionChooserViewSet(chooser.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns = super().get_urlpatterns()
        known = ("choose", "choose_results", "chosen", "chosen_multiple")
        return closed(patterns, {one.name: one.callback for one in patterns if one.name in known})


class QuestionURLFinder(ModelAdminURLFinder):
    """Where Wagtail links to a question: to who sees it, and to nobody else."""

    edit_url_name = "pbgdpl_questions:edit"

    def get_edit_url(self, instance: Question) -> str | None:
        if self.user and not POLICY.user_has_permission_for_instance(self.user, "view", instance):
            return None
        address: str = self.construct_edit_url(instance)
        return address


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    url_namespace = "pbgdpl_questions"
    url_prefix = "pbgdpl/questions"
    chooser_viewset_class = QuestionChooserViewSet
    url_finder_class = QuestionURLFinder
    menu_label = _("Questions and answers")
    menu_order = 540
    add_to_admin_menu = True
    inspect_view_enabled = True
    # A form of it, wherever one is made, has no field.
    panels: ClassVar[list[Any]] = []

    @property
    def permission_policy(self) -> OnlySeen:
        return POLICY

    def get_urlpatterns(self) -> list[URLPattern]:
        lists = {"list": self._list(), "list_results": self._list(results_only=True)}
        return closed(super().get_urlpatterns(), lists | dict.fromkeys(SHOWN, to_its_matter))

    def _list(self, **others: Any) -> Any:
        return QuestionList.as_view(
            permission_policy=self.permission_policy,
            index_url_name=self.get_url_name("list"),
            index_results_url_name=self.get_url_name("list_results"),
            **others,
        )


class NoBulkDelete(DeleteBulkAction):
    """In the place of Wagtail's own, which asks a superuser nothing."""

    @classproperty
    def models(cls) -> list[Any]:
        return [Question]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise PermissionDenied


def guard_bulk_action(request: Any, action_type: str, objects: Any, action: Any) -> None:
    """Refuse whatever a site or a later Wagtail does to several snippets at once.

    Several questions are acted on in their list. Raises ``PermissionDenied``.
    """
    if issubclass(action.model, Question):
        raise PermissionDenied
