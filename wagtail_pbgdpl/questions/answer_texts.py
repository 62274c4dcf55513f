"""Texts that whoever drafts an answer puts into it; the secretary writes them (Q3)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from ..core.search_boxes import ForgivingIndexView
from ..regulations import RegulationError
from .desk_models import AnswerText
from .rules import receives


class BySecretary(ModelPermissionPolicy):
    """Whoever classifies and forwards questions writes the texts."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        try:
            return receives(user)
        except RegulationError:
            # The menu asks on every page, those of the host too; which one is wrong is said there.
            return False

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return self.user_has_permission(user, "view")


class AnswerTextViewSet(ModelViewSet):
    model = AnswerText
    icon = "copy"
    name = "pbgdpl_answer_texts"
    url_prefix = "pbgdpl/answer-texts"
    menu_label = _("Texts for answers")
    menu_order = 545
    add_to_admin_menu = True
    index_view_class = ForgivingIndexView
    copy_view_enabled = False
    form_fields = ["title", "legal_field", "text"]
    list_display = ["title", "legal_field"]
    search_fields = ["title__folded", "text__folded"]
    search_backend_name = None

    @property
    def permission_policy(self) -> BySecretary:
        return BySecretary(AnswerText)
