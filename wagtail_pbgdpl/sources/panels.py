"""On the overview of the admin: how each linked system does, for who may see them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from ..core.accounts import AdminRequest
from . import health
from .adapters.registry import has_list
from .models import ExternalSource, SourceRun
from .reasons import words


class SourcesPanel(Component):
    name = "pbgdpl_sources"
    template_name = "wagtail_pbgdpl/admin/sources_panel.html"
    order = 90

    def __init__(self, sources: list[Any], may_change: bool) -> None:
        self.sources = sources
        self.may_change = may_change

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"rows": list(map(self._row, self.sources))}

    def _row(self, source: Any) -> dict[str, Any]:
        state = health.state_of(source, has_list(source.kind), timezone.now())
        way = "edit" if self.may_change else "inspect"
        return {
            "source": source,
            "words": health.in_words(state),
            "is_bad": state in (health.FAILING, health.DOWN),
            "why": words(source.why) if source.failing_since and source.why else "",
            "address": reverse(f"pbgdpl_sources:{way}", args=[source.pk]),
        }


def add_panel(request: AdminRequest, panels: list[Any]) -> None:
    """Show the panel to those who may see linked systems, once one is switched on; one query."""
    if not request.user.has_perm("wagtail_pbgdpl.view_externalsource"):
        return
    latest = SourceRun.objects.filter(source=OuterRef("pk"))
    sources = ExternalSource.objects.filter(is_on=True).annotate(
        records=Count("items", filter=Q(items__gone_at=None)),
        why=Subquery(latest.values("reason")[:1]),
    )
    if found := list(sources):
        may_change = request.user.has_perm("wagtail_pbgdpl.change_externalsource")
        panels.append(SourcesPanel(found, may_change))
