"""Questions in the Wagtail admin: one list, from which each leads to the page of its matter.

There is no other page of a question: whatever happens to it happens by its matter (Q1–Q6, R11).
"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import permissions
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from ..matters.kinds import kind_named
from ..matters.timeliness import seen_by
from ..regulations.labels import QUESTION_KINDS
from .contact import contact
from .files import question_file
from .kinds import KINDS
from .lifecycle import QUESTION
from .models import Question

SEEN_WITH = "wagtail_pbgdpl.view_matter"
# In which the list looks for what is typed; never in what says who asked.
SEARCHED = ("number", "code", "heading", "text")


class OnlyListed(ModelPermissionPolicy):
    """Who sees matters sees the list; nobody adds, changes or deletes a question in the admin."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(user.has_perm(SEEN_WITH))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and seen(user).filter(pk=instance.pk).exists()

    def instances_user_has_permission_for(self, user: Any, action: str) -> Any:
        return seen(user) if self.user_has_permission(user, action) else Question.objects.none()

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        found = self.user_has_any_permission(user, actions)
        return seen(user) if found else Question.objects.none()


def seen(user: Any) -> QuerySet[Question]:
    """Return the questions that the user sees, each with the state and key of its matter (R11)."""
    matters = seen_by(user).filter(kind__in=KINDS)
    mine = matters.filter(kind=OuterRef("kind"), subject=OuterRef("pk"))
    found: QuerySet[Question] = Question.objects.annotate(
        matter_key=Subquery(mine.values("pk")[:1]),
        matter_state=Subquery(mine.values("state")[:1]),
        matter_unit=Subquery(mine.values("unit__name")[:1]),
        matter_due=Subquery(mine.values("due_at")[:1]),
        matter_closed=Subquery(mine.values("closed_at")[:1]),
    ).exclude(matter_key=None)
    return found


class QuestionFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=list(QUESTION_KINDS.items()))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        field_name="matter_state",
        choices=[(state.code, state.label) for state in QUESTION.states.values()],
    )

    class Meta:
        model = Question
        fields = ["kind"]


class QuestionIndexView(generic.IndexView):
    any_permission_required = ["view"]

    def get_base_queryset(self) -> QuerySet[Question]:
        return seen(self.request.user).select_related("legal_field").order_by("-pk")

    def search_queryset(self, queryset: Any) -> Any:
        words = str(self.search_query or "").strip()
        found = Q()
        for name in SEARCHED if words else ():
            value = "".join(words.split()).replace("-", "") if name == "code" else words
            found |= Q(**{f"{name}__icontains": value})
        return queryset.filter(found)

    def get_edit_url(self, instance: Any) -> str:
        """The page of its matter."""
        return reverse("pbgdpl_matter", args=[instance.matter_key])

    def get_copy_url(self, instance: Any) -> None:
        return None

    def get_delete_url(self, instance: Any) -> None:
        return None

    @cached_property
    def add_url(self) -> None:
        return None

    def get_list_buttons(self, instance: Any) -> list[Any]:
        return []


def _state(question: Any) -> str:
    kind = kind_named(question.kind)
    return str(kind.lifecycle.states[question.matter_state].label)


class QuestionViewSet(ModelViewSet):
    """The list alone: it has no address at which a question could be edited, copied or deleted."""

    model = Question
    icon = "help"
    name = "pbgdpl_questions"
    url_prefix = "pbgdpl/questions"
    menu_label = _("Questions and answers")
    menu_order = 540
    add_to_admin_menu = True
    index_view_class = QuestionIndexView
    list_per_page = 50
    is_searchable = True
    search_fields = list(SEARCHED)
    form_fields: list[str] = []
    filterset_class = QuestionFilterSet
    list_display = [
        "number",
        "heading",
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("state", label=_("State"), accessor=_state),
        Column("unit", label=_("Unit"), accessor="matter_unit"),
        DateColumn("due", label=_("Due at"), accessor="matter_due"),
        DateColumn("received_at", label=_("Received at")),
    ]

    @property
    def permission_policy(self) -> OnlyListed:
        return OnlyListed(Question)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]


def register_policy() -> None:
    """Tell Wagtail of the policy; 7.4 has no registry and asks the view set alone."""
    register = getattr(permissions, "register_permission_policy", None)
    if register is not None:
        register(Question, OnlyListed(Question))


def urls() -> list[URLPattern]:
    return [
        path("pbgdpl/questions/<int:pk>/contact/", contact, name="pbgdpl_question_contact"),
        path(
            "pbgdpl/questions/<int:pk>/files/<int:file>/",
            question_file,
            name="pbgdpl_question_file",
        ),
    ]
