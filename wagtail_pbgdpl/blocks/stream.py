"""The stream of blocks of one field."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock, StreamBlock, StreamBlockValidationError, StreamValue
from wagtail.blocks.struct_block import StructBlockValidationError

from .outline import positions
from .rich_text import is_blank

__all__ = ["PortalStreamBlock", "leads"]


def leads(child: Any) -> bool:
    """Whether a block of a stream stands above the text: drawn with ``leading`` in the context."""
    return getattr(child.block, "may_lead", False) and child.block.leads(child.value)


class PortalStreamBlock(StreamBlock):
    """A stream whose headings know their level, and whose articles have anchors of their own.

    Paragraphs in which nothing is written are no mistake: they are left out of what is stored.
    With ``leading`` in the context it draws what stands above the text, else the rest.
    """

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks, **kwargs)
        for block in self.child_blocks.values():
            if isinstance(block, RichTextBlock):
                block.field_options["required"] = False

    def clean(self, value: StreamValue) -> StreamValue:
        """Refuse two articles with one number: a link to «Điều 9» must lead to one place."""
        cleaned = super().clean(value)
        seen: set[str] = set()
        errors = {}
        for index, child in enumerate(cleaned):
            anchor_of = getattr(child.block, "article_anchor", None)
            if anchor_of is None:
                continue
            anchor = anchor_of(child.value)
            if anchor in seen:
                errors[index] = StructBlockValidationError({"number": _repeated()})
            seen.add(anchor)
        if errors and not self.is_deferred_validation:
            raise StreamBlockValidationError(block_errors=errors)
        return self._written(cleaned)

    def _written(self, value: StreamValue) -> StreamValue:
        kept = [child for child in value if not _is_unwritten(child)]
        if len(kept) == len(value):
            return value
        return StreamValue(self, [(one.block_type, one.value, one.id) for one in kept])

    def render_basic(self, value: StreamValue, context: dict[str, Any] | None = None) -> SafeString:
        leading = bool((context or {}).get("leading"))
        # A law has hundreds of blocks, which need not be read to see that none of them leads.
        if leading and not any(
            getattr(self.child_blocks.get(raw["type"]), "may_lead", False) for raw in value.raw_data
        ):
            return SafeString("")
        places = {} if leading else positions(value)
        return format_html_join(
            "\n",
            '<div class="pbgdpl-block pbgdpl-block--{}">{}</div>',
            (
                (
                    child.block_type,
                    child.render(
                        {
                            **(context or {}),
                            "outline_entry": places.get(index),
                            "block_id": child.id,
                        }
                    ),
                )
                for index, child in enumerate(value)
                if leads(child) == leading
            ),
        )


def _is_unwritten(child: StreamValue.StreamChild) -> bool:
    return isinstance(child.block, RichTextBlock) and is_blank(child.value.source)


def _repeated() -> ValidationError:
    return ValidationError(
        _(
            "This number stands above already. If the text has several parts that count "
            "their articles anew, fill in the prefix of the links."
        ),
        code="repeated",
    )
