"""Charts, drawn by the server, with their numbers as a table."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlockValidationError, TextBlock

from .base import GROUP_DATA, PortalStructBlock
from .chart_data import ChartData, read_chart
from .chart_svg import COLOURS, draw_both, format_number
from .table import PASTE_HELP, TableValue, table_errors

__all__ = ["KINDS", "MAX_ROWS", "ChartBlock", "ChartValue", "chart_errors"]

KINDS = [
    ("column", _("Columns: compare numbers")),
    ("bar", _("Bars: compare numbers with long names")),
    ("line", _("Line: a development over time")),
    ("pie", _("Pie: parts of a whole")),
]
MAX_ROWS = 40
# Far beyond what a province counts, and within what can be drawn exactly.
MAX_DIGITS = 15
MAX_DECIMALS = 10


class ChartValue(TableValue):
    @cached_property
    def chart(self) -> ChartData:
        return read_chart(self.table)

    @property
    def number_rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The rows of the table: the label, and the name of each column with its number.

        Numbers are written as the active language does.
        """
        return [
            (label, [(one.name, _written(one.values[row])) for one in self.chart.series])
            for row, label in enumerate(self.chart.labels)
        ]


def _written(number: Decimal | None) -> str:
    return "–" if number is None else format_number(number)


def chart_errors(kind: str, data: ChartData) -> list[ValidationError]:
    """Return what keeps the numbers from being drawn; each error names its row and column."""
    errors = [
        ValidationError(
            _(
                "Row %(row)d, column “%(column)s”: “%(text)s” is not a number. "
                "Write numbers as 1.234,5."
            ),
            code="not_a_number",
            params={"row": bad.row, "column": bad.column, "text": bad.text},
        )
        for bad in data.bad
    ]
    if any(_is_too_long(number) for number in data.numbers):
        errors.append(
            ValidationError(
                _("A number of a chart has up to %(digits)d digits and %(decimals)d decimals."),
                code="too_many_digits",
                params={"digits": MAX_DIGITS, "decimals": MAX_DECIMALS},
            )
        )
    if not errors and not data.numbers:
        errors.append(ValidationError(_("There are no numbers."), code="no_numbers"))
    if len(data.labels) > MAX_ROWS:
        errors.append(
            ValidationError(
                _("A chart shows up to %(limit)d rows. Use a table for more."),
                code="too_many_rows",
                params={"limit": MAX_ROWS},
            )
        )
    if len(data.series) > len(COLOURS):
        errors.append(
            ValidationError(
                _("A chart shows up to %(limit)d columns of numbers."),
                code="too_many_columns",
                params={"limit": len(COLOURS)},
            )
        )
    if kind == "pie":
        errors += _pie_errors(data)
    return errors


def _is_too_long(number: Decimal) -> bool:
    decimals = -int(number.as_tuple().exponent)
    return number.adjusted() >= MAX_DIGITS or decimals > MAX_DECIMALS


def _pie_errors(data: ChartData) -> list[ValidationError]:
    errors = []
    if len(data.series) > 1:
        errors.append(
            ValidationError(_("A pie shows one column of numbers only."), code="pie_columns")
        )
    if len(data.labels) > len(COLOURS):
        errors.append(
            ValidationError(
                _("A pie shows up to %(limit)d parts."),
                code="pie_parts",
                params={"limit": len(COLOURS)},
            )
        )
    if any(number < 0 for number in data.numbers) or (data.numbers and not any(data.numbers)):
        errors.append(
            ValidationError(_("A pie needs numbers greater than zero."), code="pie_numbers")
        )
    return errors


class ChartBlock(PortalStructBlock):
    """A chart and the table of its numbers. Clause: BK21 Điều 9.3 (C3)."""

    caption = CharBlock(
        label=_("Caption"), max_length=255, help_text=_("Say in a few words what the chart shows.")
    )
    kind = ChoiceBlock(label=_("Kind of chart"), choices=KINDS, default="column")
    data = TextBlock(label=_("Numbers"), rows=8, help_text=PASTE_HELP)
    unit = CharBlock(
        label=_("Unit"),
        required=False,
        max_length=60,
        help_text=_("What is counted or measured, for example persons, sessions or %."),
    )
    summary = TextBlock(
        label=_("What the chart says"),
        required=False,
        rows=2,
        help_text=_("One or two sentences for those who cannot see the drawing."),
    )
    source = CharBlock(label=_("Source"), required=False, max_length=255)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["data"]:
            errors = table_errors(cleaned.table)
            errors = errors or chart_errors(cleaned["kind"], cleaned.chart)
            if errors:
                raise StructBlockValidationError({"data": ValidationError(errors)})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        kind = value.get("kind")
        # A draft may hold what was not validated: then there is the table alone.
        if kind in dict(KINDS) and not chart_errors(kind, value.chart):
            context["drawing"] = draw_both(
                kind,
                value.chart,
                title=value["caption"],
                description=value.get("summary") or str(_("The numbers are in the table below.")),
            )
        return context

    class Meta:
        icon = "table"
        label = _("Chart")
        group = GROUP_DATA
        description = _("A chart of numbers pasted from Excel, with the numbers as a table.")
        value_class = ChartValue
        template = "wagtail_pbgdpl/blocks/chart.html"
        preview_value = {
            "caption": "Số cuộc phổ biến, giáo dục pháp luật theo quý",
            "kind": "column",
            "data": (
                "Quý\tTrực tiếp\tTrực tuyến\n"
                "Quý I\t312\t48\nQuý II\t405\t96\nQuý III\t388\t131\nQuý IV\t520\t260"
            ),
            "unit": "cuộc",
            "summary": "Số cuộc tăng dần trong năm và cao nhất vào quý IV.",
            "source": "Sở Tư pháp",
        }
