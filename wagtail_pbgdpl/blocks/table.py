"""Tables, pasted from a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
)

from .base import GROUP_DATA, PortalStructBlock
from .pasted import Table, parse_table

__all__ = ["TableBlock", "TableValue", "table_errors"]

PASTE_HELP = _(
    "Select the cells in Excel or Word, copy them and paste them here. The first line holds the "
    "headings of the columns. When typing, separate the cells with the sign |."
)


class TableValue(StructValue):
    @cached_property
    def table(self) -> Table:
        return parse_table(self.get("data") or "")

    @property
    def labelled_rows(self) -> list[list[tuple[str, str]]]:
        """The rows of the table, each cell with the heading of its column."""
        return [list(zip(self.table.header, row, strict=True)) for row in self.table.rows]


def table_errors(table: Table) -> list[ValidationError]:
    """Return what keeps a pasted text from being shown as a table."""
    if len(table.header) < 2:
        return [
            ValidationError(
                _("No columns were found. Paste the cells of a table, with two columns or more."),
                code="no_columns",
            )
        ]
    errors = [
        ValidationError(
            _("Row %(row)d has more cells than the first row has headings."),
            code="too_long",
            params={"row": row},
        )
        for row in table.too_long
    ]
    if not table.rows:
        errors.append(ValidationError(_("There is no row below the headings."), code="no_rows"))
    return errors


class TableBlock(PortalStructBlock):
    """A table of text. ``value.table`` holds the parsed cells."""

    caption = CharBlock(
        label=_("Caption"), max_length=255, help_text=_("Say in a few words what the table shows.")
    )
    data = TextBlock(label=_("Cells"), rows=8, help_text=PASTE_HELP)
    row_headings = BooleanBlock(
        label=_("The first column names the rows"), required=False, default=True
    )
    source = CharBlock(label=_("Source"), required=False, max_length=255)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = table_errors(cleaned.table) if cleaned["data"] else []
        if errors:
            raise StructBlockValidationError({"data": ValidationError(errors)})
        return cleaned

    class Meta:
        icon = "table"
        label = _("Table")
        group = GROUP_DATA
        description = _("A table pasted from Excel or Word.")
        value_class = TableValue
        template = "wagtail_pbgdpl/blocks/table.html"
        preview_value = {
            "caption": "Kết quả phổ biến, giáo dục pháp luật 6 tháng đầu năm",
            "data": (
                "Hình thức\tSố cuộc\tSố lượt người\n"
                "Tuyên truyền trực tiếp\t1.245\t86.310\n"
                "Thi tìm hiểu pháp luật\t12\t9.874\n"
                "Phiên tòa giả định\t8\t2.150"
            ),
            "row_headings": True,
            "source": "Sở Tư pháp",
        }
