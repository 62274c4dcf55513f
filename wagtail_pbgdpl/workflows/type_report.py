"""Wagtail's report on page types, without the types of items for whom does not see every item.

It names the page of each type that was edited last, of whichever unit. The types of the site around
the portal stay in it.
"""

from __future__ import annotations

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

from .visibility import item_models

#: What the names of its addresses begin with.
NAMES = "page_types_usage"


class TypesOfTheSite(PageTypesUsageReportView):  # type: ignore[misc]
    def get_queryset(self) -> QuerySet[ContentType]:
        models = [model for model in apps.get_models() if issubclass(model, item_models())]
        of_items = ContentType.objects.get_for_models(*models, for_concrete_models=False).values()
        return super().get_queryset().exclude(pk__in=[one.pk for one in of_items])


def answer(request: HttpRequest) -> HttpResponse:
    """Answer in place of Wagtail's view, as that does: in the language of whoever is signed in."""
    results = request.resolver_match.url_name.endswith("_results")  # type: ignore[union-attr]
    return require_admin_access(TypesOfTheSite.as_view(results_only=results))(request)
