"""The editors' view of the access statistics, as reports of the Wagtail admin (C14, P3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber, TruncMonth
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from ..blocks.chart_data import ChartData, Series
from ..blocks.chart_svg import draw, format_number
from ..core.base_page import base_page_model
from ..core.permission_policies import policy_of
from ..regulations.active import get_regulation
from ..reporting.fields import Field, LabelledNumber
from ..reporting.report import DrawnReport
from ..search.index_models import SearchSynonym
from .models import TrafficDay, TrafficHelpful, TrafficPage, TrafficSearch

MONTHS_DRAWN = 13  # a year, and the same month of the year before
PAGES_DRAWN = 10
PAGES_OF_A_CATEGORY = 5
NO_CATEGORY = "-"  # in an address, where the empty code would mean «all»


def category_name(code: str) -> str:
    """Return the name of a category, also of one that the regulation no longer has."""
    category = get_regulation().categories.get(code)
    if category is not None:
        return f"{code} · {category.name}"
    return code or gettext("Outside the categories")


def _categories() -> list[tuple[str, str]]:
    return [
        *((code, category_name(code)) for code in get_regulation().categories),
        (NO_CATEGORY, category_name("")),
    ]


def _years() -> list[tuple[str, str]]:
    years = TrafficDay.objects.dates("date", "year", order="DESC")
    return [(str(day.year), str(day.year)) for day in years]


def _months() -> list[tuple[str, str]]:
    months = TrafficPage.objects.dates("month", "month", order="DESC")
    return [(day.isoformat(), month_name(day)) for day in months]


def month_name(month: date) -> str:
    return f"{month:%m/%Y}"


def category_place() -> Callable[[str], tuple[int, str]]:
    """Return the key that sorts codes as the regulation lists them, all others after those."""
    places = {code: place for place, code in enumerate(get_regulation().categories)}
    return lambda code: (places.get(code, len(places)), code)


class CategoryFilterSet(WagtailFilterSet):
    category = django_filters.ChoiceFilter(
        label=_("Category"), choices=_categories, method="of_category"
    )

    def of_category(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(category="" if value == NO_CATEGORY else value)


class MonthsFilterSet(CategoryFilterSet):
    year = django_filters.ChoiceFilter(
        label=_("Year"), choices=_years, field_name="date", lookup_expr="year"
    )


def _years_of_opinions() -> list[tuple[str, str]]:
    years = TrafficHelpful.objects.dates("date", "year", order="DESC")
    return [(str(day.year), str(day.year)) for day in years]


def _months_of_searches() -> list[tuple[str, str]]:
    months = TrafficSearch.objects.dates("month", "month", order="DESC")
    return [(day.isoformat(), month_name(day)) for day in months]


def _search_address(words: str) -> str:
    return f"{reverse('wagtail_pbgdpl:search')}?{urlencode({'q': words})}"


def _synonym_address(words: str) -> str:
    return f"{reverse('pbgdpl_search_synonyms:add')}?{urlencode({'phrases': words})}"


class OpinionsFilterSet(WagtailFilterSet):
    year = django_filters.ChoiceFilter(
        label=_("Year"), choices=_years_of_opinions, field_name="date", lookup_expr="year"
    )


class PagesFilterSet(CategoryFilterSet):
    month = django_filters.ChoiceFilter(label=_("Month"), choices=_months)


def _number(name: str, label: Any) -> Field:
    """A field of whole numbers, shown as in the drawing."""
    return Field(
        name,
        label,
        shown=lambda row: format_number(Decimal(row[name])),
        column=LabelledNumber,
    )


MONTH = Field("month", _("Month"), lambda row: month_name(row["month"]))
CATEGORY = Field("category", _("Category"), lambda row: category_name(row["category"]))
TOTAL = _number("total", pgettext_lazy("visits", "Views"))
HELPFUL = _number("helpful", _("Helpful"))
NOT_HELPFUL = _number("not_helpful", _("Not helpful"))
SHARE = Field(
    "share",
    _("Share of «helpful» (%)"),
    lambda row: round(100 * row["helpful"] / (row["helpful"] + row["not_helpful"])),
    column=LabelledNumber,
)
SEARCHED = Field("words", _("Searched words"), link=lambda row: _search_address(row["words"]))
SEARCHES = _number("total", _("Searches"))
WITHOUT_RESULT = _number("empty", _("Without result"))
ADD_WORDS = Field(
    "add",
    _("Words that mean the same"),
    lambda row: _("Add") if row["empty"] else "",
    link=lambda row: _synonym_address(row["words"]) if row["empty"] else None,
    in_files=False,
)
PAGE_NUMBER = Field("page_id", _("Number of the page"))
TITLE = Field("title", _("Page"), link=lambda row: row["url"])


class TrafficReport(DrawnReport):
    """What the reports share: who may see them, the drawing above the table."""

    permission_policy = ModelPermissionPolicy(TrafficDay)
    header_icon = "view"
    page_title = _("Access statistics")
    #: On the button by which the other reports lead here.
    button_label: Any = ""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(report.button_label, url=reverse(report.index_url_name), icon_name="view")
            for report in REPORTS
            if not isinstance(self, report)
        ]


def _drawing(kind: str, title: str, numbers: list[tuple[str, int]]) -> SafeString:
    data = ChartData(
        [label for label, _number in numbers],
        [Series(pgettext("visits", "Views"), [Decimal(number) for _label, number in numbers])],
    )
    return draw(kind, data, title=title, description=gettext("The numbers are in the table below."))


class MonthsReport(TrafficReport):
    """Views by month and category (P3)."""

    page_subtitle = _("by month and category")
    button_label = _("By month and category")
    index_url_name = "pbgdpl_traffic"
    menu_order = 1100
    filterset_class = MonthsFilterSet
    export_filename = "thong-ke-truy-cap-theo-thang"

    fields = (MONTH, CATEGORY, TOTAL)

    def get_base_queryset(self) -> QuerySet[Any]:
        months = TrafficDay.objects.annotate(month=TruncMonth("date"))
        return months.values("month", "category").annotate(total=Sum("views"))

    def get_filtered_queryset(self) -> list[dict[str, Any]]:
        place = category_place()
        return sorted(
            super().get_filtered_queryset(),
            key=lambda row: (-row["month"].toordinal(), place(row["category"])),
        )

    def get_drawing(self) -> SafeString:
        months = self.filter_queryset(TrafficDay.objects.annotate(month=TruncMonth("date")))
        sums = months.order_by("-month").values_list("month").annotate(total=Sum("views"))
        newest = [(f"{month:%m/%y}", total) for month, total in sums[:MONTHS_DRAWN]]
        return _drawing("line", gettext("Views by month"), newest[::-1])


class PagesReport(TrafficReport):
    """The pages that are read most, in one month or in all.

    A page that was given another category is one row, with the category that it was counted under
    last; filtered by category, it has the views that were counted there.
    """

    page_subtitle = _("most read pages")
    button_label = _("Most read pages")
    index_url_name = "pbgdpl_traffic_pages"
    filterset_class = PagesFilterSet
    default_ordering: tuple[str, ...] | None = ("-total", "page_id")
    fields = (PAGE_NUMBER, TITLE, CATEGORY, TOTAL)
    on_screen = ("title", "category", "total")
    export_filename = "thong-ke-truy-cap-theo-trang"

    def get_base_queryset(self) -> QuerySet[Any]:
        return TrafficPage.objects.values("page_id").annotate(total=Sum("views"))

    def get_table(self, object_list: Iterable[Any]) -> Any:
        # Wagtail makes the table before it calls the method below.
        return super().get_table(with_titles(object_list))

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> list[dict[str, Any]]:
        return with_titles(object_list)

    def get_drawing(self) -> SafeString:
        most = with_titles(self.get_filtered_queryset()[:PAGES_DRAWN])
        return _drawing(
            "bar", gettext("Most read pages"), [(row["title"], row["total"]) for row in most]
        )


class CategoriesReport(PagesReport):
    """The pages read most in each category, in one month or in all."""

    page_subtitle = _("most read of each category")
    button_label = _("Most read of each category")
    index_url_name = "pbgdpl_traffic_categories"
    default_ordering = None
    fields = (CATEGORY, PAGE_NUMBER, TITLE, TOTAL)
    on_screen = ("category", "title", "total")
    export_filename = "thong-ke-truy-cap-theo-chuyen-muc"

    def get_base_queryset(self) -> QuerySet[Any]:
        return TrafficPage.objects.values("page_id", "category").annotate(total=Sum("views"))

    def get_filtered_queryset(self) -> list[dict[str, Any]]:
        views = self.filter_queryset(self.get_base_queryset())
        place = Window(
            RowNumber(), partition_by="category", order_by=[F("total").desc(), F("page_id")]
        )
        rows = views.annotate(place=place).filter(place__lte=PAGES_OF_A_CATEGORY)
        category = category_place()
        return sorted(rows, key=lambda row: (category(row["category"]), row["place"]))

    def get_drawing(self) -> SafeString:
        views = self.filter_queryset(TrafficPage.objects.all())
        sums = dict(views.order_by().values_list("category").annotate(total=Sum("views")))
        place = category_place()
        return _drawing(
            "bar",
            gettext("Views by category"),
            [(category_name(code), sums[code]) for code in sorted(sums, key=place)],
        )


class HelpfulReport(TrafficReport):
    """Which answers readers found helpful, those first that many did not (C6)."""

    page_subtitle = _("helpful answers")
    button_label = _("Helpful answers")
    index_url_name = "pbgdpl_traffic_helpful"
    export_filename = "y-kien-ve-cau-tra-loi"
    filterset_class = OpinionsFilterSet
    fields = (PAGE_NUMBER, TITLE, HELPFUL, NOT_HELPFUL, SHARE)
    on_screen = ("title", "helpful", "not_helpful", "share")

    def get_base_queryset(self) -> QuerySet[Any]:
        return TrafficHelpful.objects.values("page_id").annotate(
            helpful=Sum("presses", filter=Q(is_helpful=True), default=0),
            not_helpful=Sum("presses", filter=Q(is_helpful=False), default=0),
        )

    def get_filtered_queryset(self) -> QuerySet[Any]:
        return super().get_filtered_queryset().order_by("-not_helpful", "-helpful", "page_id")

    def get_table(self, object_list: Iterable[Any]) -> Any:
        return super().get_table(with_titles(object_list))

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> list[dict[str, Any]]:
        return with_titles(object_list)

    def get_drawing(self) -> SafeString:
        # A few numbers of each answer: the table says it all.
        return SafeString("")


class SearchesFilterSet(WagtailFilterSet):
    month = django_filters.ChoiceFilter(label=_("Month"), choices=_months_of_searches)
    is_empty = django_filters.ChoiceFilter(
        label=_("Results"),
        choices=[("1", _("Nothing was found")), ("0", _("Something was found"))],
        method="of_result",
    )

    def of_result(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(is_empty=value == "1")


class SearchesReport(TrafficReport):
    """What was searched, most often first; what was found never, to be mended by the editors."""

    page_subtitle = _("what is searched")
    button_label = _("What is searched")
    index_url_name = "pbgdpl_traffic_searches"
    export_filename = "tu-khoa-tim-kiem"
    filterset_class = SearchesFilterSet

    def get_fields(self) -> Sequence[Field]:
        adds = policy_of(SearchSynonym).user_has_permission(self.request.user, "add")
        own = (SEARCHED, SEARCHES, WITHOUT_RESULT)
        return (*own, ADD_WORDS) if adds else own

    def get_base_queryset(self) -> QuerySet[Any]:
        return TrafficSearch.objects.values("words").annotate(
            total=Sum("searches"), empty=Sum("searches", filter=Q(is_empty=True), default=0)
        )

    def get_filtered_queryset(self) -> QuerySet[Any]:
        return super().get_filtered_queryset().order_by("-empty", "-total", "words")

    def get_drawing(self) -> SafeString:
        return SafeString("")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        own = [
            HeaderButton(
                gettext("Words that mean the same"),
                url=reverse("pbgdpl_search_synonyms:index"),
                icon_name="link",
            ),
            HeaderButton(
                gettext("Pinned results"),
                url=reverse("pbgdpl_search_pins:index"),
                icon_name="thumbtack",
            ),
        ]
        return [*super().header_buttons, *own]


REPORTS: tuple[type[TrafficReport], ...] = (
    MonthsReport,
    PagesReport,
    CategoriesReport,
    HelpfulReport,
    SearchesReport,
)


def with_titles(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with ``title``, ``url`` and ``category`` of their pages; two queries for all.

    A category that is there already stays.
    """
    found = [dict(row) for row in rows]
    numbers = {row["page_id"] for row in found}
    titles = dict(
        base_page_model()._default_manager.filter(pk__in=numbers).values_list("pk", "title")
    )
    counted = TrafficPage.objects.filter(page_id__in=numbers).order_by("month", "pk")
    categories = dict(counted.values_list("page_id", "category"))
    for row in found:
        number = row["page_id"]
        deleted = gettext("Deleted page no. %(number)s") % {"number": number}
        row["title"] = titles.get(number, deleted)
        row["url"] = reverse("wagtailadmin_explore", args=[number]) if number in titles else None
        row.setdefault("category", categories.get(number, ""))
    return found
