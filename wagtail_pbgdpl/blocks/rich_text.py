"""Running text."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock

from .base import GROUP_TEXT

__all__ = ["FEATURES", "PortalRichTextBlock", "is_blank", "lines_of"]

# What a text of a state office needs. Headings begin at the third level: the title of the page is
# the first, and the heading block gives the second.
FEATURES = [
    "h3",
    "h4",
    "bold",
    "italic",
    "ol",
    "ul",
    "link",
    "document-link",
    "superscript",
    "subscript",
    "hr",
    "blockquote",
]
# What is a paragraph where the text is written without its form.
_PARAGRAPHS = ("p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote")
# What formatted text shows without a word.
_SHOWN_WITHOUT_WORDS = ("hr", "img", "embed")


def lines_of(html: str, *, bullet: str = "") -> Iterator[str]:
    """Yield the paragraphs of formatted text without their form; ``bullet`` begins list items."""
    soup = BeautifulSoup(html, "html.parser")
    for mark in soup("br"):
        mark.replace_with("\n")
    for element in soup.find_all(_PARAGRAPHS):
        # What stands beside an inner list is a paragraph as well.
        element.insert_before("\n")
        element.insert_after("\n")
        if bullet and element.name == "li":
            element.insert(0, bullet)
    yield from filter(None, map(str.strip, soup.get_text().splitlines()))


def is_blank(html: str) -> bool:
    """Whether formatted text shows nothing: no words, no line and no picture."""
    soup = BeautifulSoup(html, "html.parser")
    return not soup.get_text(strip=True) and not soup.find(_SHOWN_WITHOUT_WORDS)


class PortalRichTextBlock(RichTextBlock):
    """Formatted text with the features of :data:`FEATURES`, unless others are given."""

    def __init__(self, features: list[str] | None = None, **kwargs: object) -> None:
        super().__init__(features=FEATURES if features is None else features, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraphs")
        group = GROUP_TEXT
        description = _("Paragraphs with headings, lists, links and emphasis.")
        template = "wagtail_pbgdpl/blocks/rich_text.html"
        preview_template = "wagtail_pbgdpl/block_previews/base.html"
        preview_value = (
            "<h3>Hưởng ứng Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam</h3>"
            "<p>Sở Tư pháp phối hợp với các cơ quan, đơn vị tổ chức <b>phổ biến, giáo dục pháp "
            "luật</b> cho cán bộ và nhân dân trên địa bàn tỉnh:</p>"
            "<ul><li>tuyên truyền lưu động tại các xã;</li><li>cấp phát tờ gấp, tài liệu hỏi – đáp "
            "pháp luật.</li></ul>"
        )
