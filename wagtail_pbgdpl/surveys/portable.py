"""The counts of surveys move with a portal; the marks of who answered never do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..core.portable import Portable, register, stays
from .models import Survey, SurveyCount, SurveyMark


def register_all() -> None:
    register(
        Portable(
            kind="survey",
            model=lambda: Survey,
            # Who answered is known by it.
            without=frozenset({"secret"}),
            numbers={"page": "page"},
        ),
        Portable(kind="survey_count", model=lambda: SurveyCount),
    )
    stays(_("by which a browser answers once, until the survey closes"), SurveyMark)
