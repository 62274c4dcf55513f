"""How surveys stand, at any time, for those who see their pages in the admin; CSV and XLSX (P9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.permission_policies import ModelPermissionPolicy

from ..core.base_page import base_page_model
from ..matters.models import Matter
from ..reporting.fields import Field
from ..reporting.report import DrawnReport
from ..workflows.visibility import visible_to
from .models import Survey, SurveyCount
from .results import drawings, results_of, share


def seen_by(user: Any) -> QuerySet[Survey]:
    """Return the surveys whose pages somebody sees in the admin."""
    places = Survey.objects.values_list("page", flat=True)
    pages = base_page_model()._default_manager.filter(pk__in=list(places))
    return Survey.objects.filter(page__in=visible_to(user, pages).values_list("pk", flat=True))


def _offered(request: Any) -> QuerySet[Survey]:
    return Survey.objects.none() if request is None else seen_by(request.user)


class SurveyFilterSet(WagtailFilterSet):
    survey = django_filters.ModelChoiceFilter(label=_("Survey"), queryset=_offered)


class SurveyReport(DrawnReport):
    """A row for each choice; bars where one survey is chosen."""

    page_title = _("Surveys")
    header_icon = "form"
    menu_order = 1016
    index_url_name = "pbgdpl_surveys"
    permission_policy = ModelPermissionPolicy(Matter)
    filterset_class = SurveyFilterSet
    default_ordering = ("-survey", "pk")
    export_filename = "khao-sat"
    fields: Sequence[Field] = (
        Field("survey", _("Survey")),
        Field("answers", _("Answers in all"), "survey.answers"),
        Field("closes_on", _("Closes on"), "survey.closes_on"),
        Field("question", _("Question")),
        Field("choice", _("Choice")),
        Field("number", _("Chosen by")),
        Field("share", _("Share (%)"), lambda row: share(row.number, row.survey.answers)),
    )

    def get_base_queryset(self) -> QuerySet[SurveyCount]:
        rows = SurveyCount.objects.filter(survey__in=seen_by(self.request.user))
        return rows.select_related("survey").order_by("-survey", "pk")

    def get_drawing(self) -> SafeString:
        chosen = None
        if self.filters is not None and self.filters.is_valid():
            chosen = self.filters.form.cleaned_data.get("survey")
        return SafeString("") if chosen is None else drawings(results_of(chosen))
