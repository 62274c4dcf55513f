"""The full text of legal documents, with a link for every article, clause and point.

Clause: BP20 Điều 12.2 (D3). The words Phần, Chương, Mục, Tiểu mục, Điều are those of the law and
are not translated.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BlockGroup,
    CharBlock,
    ChoiceBlock,
    ListBlock,
    ListBlockValidationError,
    RegexBlock,
    StructBlockValidationError,
    TextBlock,
)

from ..legal.anchors import anchor_of, read_clauses
from ..legal.grammar import NUMBER
from .base import GROUP_LAW, LabelledStructBlock, PortalStructBlock
from .outline import Heading, OutlineEntry

__all__ = ["LegalArticleBlock", "LegalClauseBlock", "LegalHeadingBlock"]

LEVELS = [
    ("phan", _("Part (Phần)")),
    ("chuong", _("Chapter (Chương)")),
    ("muc", _("Section (Mục)")),
    ("tieu-muc", _("Subsection (Tiểu mục)")),
    ("phu-luc", _("Annex (Phụ lục)")),
]
# Rank in the outline, and the word of the law.
HEADINGS = {
    "phan": (1, "Phần"),
    "phu-luc": (1, "Phụ lục"),
    "chuong": (2, "Chương"),
    "muc": (3, "Mục"),
    "tieu-muc": (4, "Tiểu mục"),
}
ARTICLE_RANK = 5
ALONE = rf"^{NUMBER}$"


def _prefix() -> RegexBlock:
    return RegexBlock(
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=_("Prefix of the links"),
        required=False,
        max_length=40,
        error_messages={"invalid": _("Use small letters without accents, digits and hyphens.")},
        help_text=_(
            "Only for a text with several parts that count their articles anew, for example "
            "quyet-dinh and quy-che."
        ),
    )


class LegalHeadingBlock(PortalStructBlock):
    """The heading of a part, chapter, section or annex; anchors are ``chuong-ii``, ``muc-1``."""

    level = ChoiceBlock(label=_("Level"), choices=LEVELS, default="chuong")
    number = CharBlock(
        label=_("Number"), required=False, max_length=30, help_text=_("For example II or 1.")
    )
    title = CharBlock(label=_("Title"), required=False, max_length=500)
    prefix = _prefix()

    def outline_entry(self, value: Any) -> Heading:
        level = value.get("level") if value.get("level") in HEADINGS else "chuong"
        rank, word = HEADINGS[level]
        number = value.get("number") or ""
        anchor = anchor_of(value.get("prefix") or "", level, number)
        return Heading(rank, f"{word} {number}".strip(), value.get("title") or "", anchor)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        context["outline_entry"] = context.get("outline_entry") or _alone(self.outline_entry(value))
        return context

    class Meta:
        icon = "title"
        label = _("Heading of a legal text")
        group = GROUP_LAW
        description = _("A part, chapter, section or annex of a legal document.")
        template = "wagtail_pbgdpl/blocks/legal_heading.html"
        form_layout = BlockGroup(children=["level", "number", "title"], settings=["prefix"])
        preview_value = {
            "level": "chuong",
            "number": "II",
            "title": "CUNG CẤP, CẬP NHẬT THÔNG TIN",
            "prefix": "",
        }


class LegalClauseBlock(LabelledStructBlock):
    number = RegexBlock(
        regex=ALONE,
        label=_("Number of the clause"),
        required=False,
        max_length=5,
        error_messages={"invalid": _("Write the number only, for example 3 or 3a.")},
        help_text=_("Leave it empty for an article without numbered clauses."),
    )
    text = TextBlock(
        label=_("Text"),
        rows=4,
        help_text=_("Begin each point on a new line with its letter, for example a) or đ)."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Clause")


class LegalArticleBlock(PortalStructBlock):
    """An article: ``dieu-9`` is its anchor, ``dieu-9-khoan-3-diem-dd`` that of a point."""

    number = RegexBlock(
        regex=ALONE,
        label=_("Number of the article"),
        max_length=6,
        error_messages={"invalid": _("Write the number only, for example 9 or 9a.")},
    )
    title = CharBlock(label=_("Title"), required=False, max_length=500)
    lead = TextBlock(
        label=_("Text before the clauses"), required=False, rows=2, help_text=_("Often empty.")
    )
    clauses = ListBlock(LegalClauseBlock(), label=_("Clauses"), default=[])
    prefix = _prefix()

    def article_anchor(self, value: Any) -> str:
        """Return the anchor that the article asks for; in one stream no two may be the same."""
        return anchor_of(value.get("prefix") or "", "dieu", value.get("number") or "")

    def outline_entry(self, value: Any) -> Heading:
        label = f"Điều {value.get('number') or ''}".strip()
        return Heading(ARTICLE_RANK, label, value.get("title") or "", self.article_anchor(value))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        seen: set[str] = set()
        errors = {}
        for index, clause in enumerate(cleaned["clauses"]):
            number = clause["number"]
            if number and number in seen:
                repeated = ValidationError(
                    _("This article has a clause with this number already."), code="repeated"
                )
                errors[index] = StructBlockValidationError({"number": repeated})
            seen.add(number)
        if errors and not self.is_deferred_validation:
            raise StructBlockValidationError({"clauses": ListBlockValidationError(errors)})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        place = context.get("outline_entry") or _alone(self.outline_entry(value))
        pairs = [
            (clause.get("number") or "", clause.get("text") or "")
            for clause in value.get("clauses") or []
        ]
        context["outline_entry"] = place
        context["lead"] = [line for line in (value.get("lead") or "").splitlines() if line.strip()]
        context["clauses"] = read_clauses(pairs, place.anchor)
        return context

    class Meta:
        icon = "doc-full"
        label = _("Article of a legal text")
        group = GROUP_LAW
        description = _("An article with its clauses and points; readers can link to each.")
        template = "wagtail_pbgdpl/blocks/legal_article.html"
        form_layout = BlockGroup(
            children=["number", "title", "lead", "clauses"], settings=["prefix"]
        )
        label_format = "Điều {number}. {title}"
        preview_value = {
            "number": "12",
            "title": "Thời hạn cung cấp và xử lý thông tin",
            "lead": "",
            "clauses": [
                {
                    "number": "1",
                    "text": (
                        "Thời hạn cung cấp thông tin:\n"
                        "a) Cập nhật ngay sau khi có quyết định thay đổi;\n"
                        "b) Không quá 10 ngày làm việc kể từ ngày ban hành."
                    ),
                },
                {"number": "2", "text": "Bảo đảm tính chính xác của thông tin được cung cấp."},
            ],
            "prefix": "",
        }


def _alone(heading: Heading) -> OutlineEntry:
    """The place of a block that is shown outside a stream."""
    return OutlineEntry(min(1 + heading.rank, 3), heading.label, heading.title, heading.anchor)
