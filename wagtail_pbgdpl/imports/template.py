"""The workbook to fill in: headings on one sheet, what they mean on the other."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .columns import COLUMNS

_WIDTH = 24
_ROWS = 1_000


def template() -> bytes:
    """Return an empty table of documents as a workbook (.xlsx)."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = pgettext("law", "Documents")[:31]
    sheet.append([column.heading for column in COLUMNS])
    for number, _column in enumerate(COLUMNS, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDTH
        for row in range(2, _ROWS + 2):
            # As text: Excel would make a day of «1/2» and cut the noughts of «043/2025».
            sheet[f"{letter}{row}"].number_format = "@"
    guide = book.create_sheet(_("How to fill it in")[:31])
    guide.append([_("Column"), _("Name in JSON lines"), _("What stands in it"), _("Example")])
    for column in COLUMNS:
        guide.append([column.heading, column.key, str(column.help), column.example])
    for one in (sheet, guide):
        one.freeze_panes = "A2"
        for cell in one[1]:
            cell.font = Font(bold=True)
    for letter in "ABCD":
        guide.column_dimensions[letter].width = 40
        for cell in guide[letter]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()
