"""The columns of a table of documents: their keys, their headings, what stands in them."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from ..core.text import LazyText, fold


class Column(NamedTuple):
    """``key`` names it in JSON lines; ``heading`` in tables, in the words of the law."""

    key: str
    heading: str
    help: LazyText
    example: str = ""


COLUMNS: tuple[Column, ...] = (
    Column("number", "Số, ký hiệu", _("As on the document."), "17/2018/QĐ-UBND"),
    Column("type", "Loại văn bản", _("Name or code of the reference table."), "Quyết định"),
    Column(
        "issuing_body",
        "Cơ quan ban hành",
        _("Name or code of the reference table."),
        "Ủy ban nhân dân tỉnh",
    ),
    Column(
        "abstract",
        "Trích yếu",
        _("Word for word as on the document."),
        "Ban hành Quy chế tổ chức, hoạt động của Cổng thông tin điện tử tỉnh",
    ),
    Column("issued_on", "Ngày ban hành", _("Day/month/year."), "31/07/2018"),
    Column("effective_on", "Ngày có hiệu lực", _("Day/month/year."), "10/08/2018"),
    Column("expired_on", "Ngày hết hiệu lực", _("Day/month/year; empty while it is in force.")),
    Column("signer", "Người ký", _("Full name."), "Lý Thái Hải"),
    Column("legal_fields", "Lĩnh vực", _("Names of the reference table, parted by semicolons.")),
    Column(
        "national_database_url",
        "Địa chỉ trên CSDL quốc gia về pháp luật",
        _("Begins with https://."),
    ),
    Column("category", "Chuyên mục", _("Code of the category; empty: the one for new documents.")),
    Column("unit", "Đơn vị cung cấp", _("Name or code; empty: your own.")),
    Column("author", "Tác giả", _("Empty: the issuing body.")),
    Column("source", "Nguồn", _("Empty: the issuing body.")),
    Column("title", "Tiêu đề trang", _("Empty: type, number and abstract.")),
    Column("full_text", "Toàn văn", _("The whole text; articles and clauses are recognised.")),
)
BY_KEY = {column.key: column for column in COLUMNS}


def key_of(heading: str) -> str:
    """Return the key of a column by its heading or key, however it is spelt; empty for none."""
    wanted = _spelt(heading)
    return next(
        (one.key for one in COLUMNS if wanted in (_spelt(one.key), _spelt(one.heading))), ""
    )


def _spelt(text: str) -> str:
    return "".join(char for char in fold(text).lower() if char.isalnum())
