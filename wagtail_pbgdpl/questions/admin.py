"""Questions in the Wagtail admin: one list, from which each leads to the page of its matter.

There is no other page of a question: whatever happens to it happens by its matter (Q1–Q6, R11).
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from ..matters.timeliness import seen_by
from . import saved_views
from .batches import gather
from .bulk import bulk
from .contact import contact
from .files import question_file
from .kinds import KINDS
from .listing import QuestionList
from .models import Question
from .saved_views import SEEN_WITH
from .transfer_slip import transfer_slip


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
    """Return the questions that the user sees (R11)."""
    matters = seen_by(user).filter(kind__in=KINDS)
    return Question.objects.filter(pk__in=matters.values("subject"))


class QuestionViewSet(ModelViewSet):
    """The list alone: it has no address at which a question could be edited, copied or deleted."""

    model = Question
    icon = "help"
    name = "pbgdpl_questions"
    url_prefix = "pbgdpl/questions"
    menu_label = _("Questions and answers")
    menu_order = 540
    add_to_admin_menu = True
    form_fields: list[str] = []

    @property
    def permission_policy(self) -> OnlyListed:
        return OnlyListed(Question)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self._list(), name="index"),
            path("results/", self._list(results_only=True), name="index_results"),
        ]

    def _list(self, **others: Any) -> Any:
        return QuestionList.as_view(
            permission_policy=self.permission_policy,
            index_url_name=self.get_url_name("index"),
            index_results_url_name=self.get_url_name("index_results"),
            **others,
        )


def urls() -> list[URLPattern]:
    return [
        path("pbgdpl/questions/views/", saved_views.save, name="pbgdpl_questions_view"),
        path(
            "pbgdpl/questions/views/<int:pk>/delete/",
            saved_views.end,
            name="pbgdpl_questions_view_end",
        ),
        path("pbgdpl/questions/bulk/<slug:way>/", bulk, name="pbgdpl_questions_bulk"),
        path("pbgdpl/questions/batch/", gather, name="pbgdpl_question_batch"),
        path("pbgdpl/questions/<int:pk>/contact/", contact, name="pbgdpl_question_contact"),
        path("pbgdpl/questions/<int:pk>/slip/", transfer_slip, name="pbgdpl_question_slip"),
        path(
            "pbgdpl/questions/<int:pk>/files/<int:file>/",
            question_file,
            name="pbgdpl_question_file",
        ),
    ]
