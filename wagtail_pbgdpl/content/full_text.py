"""D3 (BP20 Điều 12.2): a document is published with its full text, not with a word or a picture."""

from __future__ import annotations

from typing import Any

from wagtail.blocks import RichTextBlock

from ..blocks.legal import LegalArticleBlock

# No machine knows whether a text is complete; these tell one from a remark or a summary. Words are
# what stands between spaces: in Vietnamese, syllables. Decisions of one article are short.
ARTICLE_WORDS = 10
RUNNING_WORDS = 100


def is_full_text(body: Any) -> bool:
    """Say whether the blocks of ``body`` can be the full text of a document.

    They are where its articles (Điều) have at least ``ARTICLE_WORDS`` words, or articles and
    paragraphs together at least ``RUNNING_WORDS``. Pictures, files and tables do not count.
    """
    articles = _words(body, LegalArticleBlock)
    return articles >= ARTICLE_WORDS or articles + _words(body, RichTextBlock) >= RUNNING_WORDS


def _words(body: Any, kind: type[Any]) -> int:
    return sum(
        len(text.split())
        for child in body or ()
        if isinstance(child.block, kind)
        for text in child.block.get_searchable_content(child.value)
    )
