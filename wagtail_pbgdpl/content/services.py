"""Thống kê truy cập, tìm kiếm: a category in BK21 (Điều 9.14; C14), in every portal a service."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel

from ..core.fields import NFCTextField
from ..regulations import Kind
from ..regulations.active import get_regulation, is_usable
from ..serving.listing import published
from ..site.languages import categories_of, in_active_language
from ..workflows.item_bar import ItemBar
from .regulated import RegulatedPageMixin
from .search_results import search_context

KIND = Kind.C14
TOO_MANY = 429


class ServiceMixin(RegulatedPageMixin):
    """A service of the portal for visitors, whatever its categories are.

    It stands below the home of the portal; below the index page of C14 where the regulation has
    such a category.
    """

    introduction = NFCTextField(_("introduction"), blank=True)

    category_kinds = (KIND,)
    content_panels = [ItemBar(), TitleFieldPanel("title"), FieldPanel("introduction")]

    class Meta:
        abstract = True

    @property
    def category(self) -> str:  # type: ignore[override]
        """The code of the category for services; empty where the regulation has none."""
        if not is_usable():
            return ""
        return next((one.code for one in get_regulation().categories_of_kind(KIND)), "")

    @classmethod
    def can_exist_under(cls, parent: Any) -> bool:
        if getattr(parent.specific_deferred, "takes_services", False):
            # What Wagtail asks; a portal has no kind of category to ask for.
            return bool(super(RegulatedPageMixin, cls).can_exist_under(parent))
        return super().can_exist_under(parent)


class StatisticsMixin(ServiceMixin):
    """Figures of the portal: how many items stand in each category.

    How often they are read is asked by the template.
    """

    page_template = "wagtail_pbgdpl/pages/statistics_page.html"

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        items = in_active_language(published())
        counts = dict(items.order_by().values_list("category").annotate(count=Count("pk")))
        context["counts"] = [
            (category, counts.get(category.code, 0))
            for category in categories_of(context.get("menu", ()))
        ]
        context["total"] = sum(counts.values())
        return context


class SearchMixin(ServiceMixin):
    """The search as a page of the tree, such as in the category for it.

    The box of every page asks a fixed address, which answers without this page too.
    """

    page_template = "wagtail_pbgdpl/pages/search_page.html"

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | search_context(request)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().serve(request, *args, **kwargs)
        if getattr(response, "context_data", None) and response.context_data["search"].is_refused:
            response.status_code = TOO_MANY
        return response
