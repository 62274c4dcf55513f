"""Thống kê truy cập, tìm kiếm: a category in BK21 (Điều 9.14; C14), in every portal a service."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel

from ..core.fields import NFCTextField
from ..core.text import nfc
from ..regulations import Kind
from ..regulations.active import get_regulation, is_usable
from ..serving.listing import published, with_covers
from ..site.languages import categories_of, in_active_language
from .regulated import RegulatedPageMixin

KIND = Kind.C14
RESULTS_PER_PAGE = 20
LONGEST_QUERY = 200


def search_words(query: str) -> str:
    """Return the words of ``query`` without signs that a search back-end could take for commands.

    Signs inside a word stay, as in ``17/2018/QĐ-UBND``.
    """
    plain = (
        char if char in "/.-" or unicodedata.category(char)[0] in "LMN" else " " for char in query
    )
    words = (word.strip("/.-") for word in "".join(plain).split())
    return " ".join(word for word in words if word)


class ServiceMixin(RegulatedPageMixin):
    """A service of the portal for visitors, whatever its categories are.

    It stands below the home of the portal; below the index page of C14 where the regulation has
    such a category.
    """

    introduction = NFCTextField(_("introduction"), blank=True)

    category_kinds = (KIND,)
    content_panels = [TitleFieldPanel("title"), FieldPanel("introduction")]

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
    """Search over everything that is published."""

    page_template = "wagtail_pbgdpl/pages/search_page.html"

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        query = nfc(request.GET.get("q", "")).replace("\x00", "").strip()[:LONGEST_QUERY]
        results: Any = []
        words = search_words(query)
        if words:
            results = with_covers(in_active_language(published())).search(
                words, order_by_relevance=True
            )
        context["query"] = query
        context["query_prefix"] = f"{urlencode({'q': query})}&"
        context["page_of_items"] = Paginator(results, RESULTS_PER_PAGE).get_page(
            request.GET.get("trang")
        )
        return context
