"""A report of the admin: Wagtail's view of rows, made of fields that are declared once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from ..core.alphabet import in_order
from .fields import Field, plain_text

# Excel takes a CSV file for UTF-8 only if it begins with this.
BYTE_ORDER_MARK = "\ufeff".encode()


class Report(ReportView):  # type: ignore[misc]
    """A list on the screen, as CSV and as XLSX.

    A subclass says, in the words of Wagtail's view, ``page_title``, ``header_icon``,
    ``permission_policy``, ``filterset_class``, ``export_filename``, and ``queryset`` or
    ``get_base_queryset()``: the rows that the user may see. ``index_url_name`` gives the address:
    «pbgdpl_traffic_pages» stands at ``reports/pbgdpl/traffic/pages/``.
    """

    template_name = "wagtail_pbgdpl/admin/report.html"
    #: In the order of the files.
    fields: Sequence[Field] = ()
    #: Names of the fields that are shown, in their order; all unless given.
    on_screen: Sequence[str] = ()
    #: The place among the reports of the admin; ``None``: another report leads here.
    menu_order: int | None = None
    permission_required = "view"

    @cached_property
    def index_results_url_name(self) -> str:
        return f"{self.index_url_name}_results"

    @classmethod
    def is_offered_to(cls, user: Any) -> bool:
        """Say whether the menu shows it."""
        offered: bool = cls.permission_policy.user_has_permission(user, cls.permission_required)
        return offered

    def get_fields(self) -> Sequence[Field]:
        """Return the fields; to be overridden where they are of this request alone."""
        return self.fields

    @cached_property
    def columns(self) -> list[Column]:
        known = {field.name: field for field in self.get_fields()}
        return [known[name].as_column() for name in self.on_screen or known]

    @cached_property
    def _in_files(self) -> dict[str, Field]:
        return {field.name: field for field in self.get_fields() if field.in_files}

    @cached_property
    def list_export(self) -> list[str]:
        return list(self._in_files)

    @cached_property
    def export_headings(self) -> dict[str, Any]:
        return {name: field.label for name, field in self._in_files.items()}

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {name: field.written(item) for name, field in self._in_files.items()}

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        guarded = export_format == self.FORMAT_CSV and isinstance(value, str)
        return plain_text(value) if guarded else value

    def stream_csv(self, queryset: Iterable[Any]) -> Iterator[bytes]:
        yield BYTE_ORDER_MARK
        yield from super().stream_csv(queryset)

    def order_queryset(self, queryset: Any) -> Any:
        """Order by what was chosen, what is empty last on each database, and always the same."""
        if not self.is_explicitly_ordered or not isinstance(self.ordering, str):
            return super().order_queryset(queryset)
        if self.ordering not in self.get_valid_orderings():
            return super().order_queryset(queryset)
        key = in_order(queryset.model, self.ordering.removeprefix("-"))
        chosen = key.desc if self.ordering.startswith("-") else key.asc
        return queryset.order_by(chosen(nulls_last=True), "-pk")

    def get_filterset_kwargs(self) -> dict[str, Any]:
        # Filters narrow what may be seen.
        kwargs: dict[str, Any] = super().get_filterset_kwargs()
        return kwargs | {"queryset": self.get_base_queryset()}


class DrawnReport(Report):
    """A report with a drawing above the table."""

    results_template_name = "wagtail_pbgdpl/admin/drawn_report_results.html"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context if self.is_export else context | {"drawing": self.get_drawing()}

    def get_drawing(self) -> SafeString:
        """Return the drawing as SVG; empty where there is nothing to draw."""
        raise NotImplementedError
