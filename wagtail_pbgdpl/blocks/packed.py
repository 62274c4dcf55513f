"""The widget of a stream, whose blocks are described to the editor's script once a process.

To describe some thirty blocks takes a third of the time of an editor's page, and what is said is
the same for everybody who reads the admin in the same language.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms.widgets import ChoiceWidget
from django.utils.translation import get_language
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, FieldBlock, ListBlock
from wagtail.blocks.base import BlockWidget
from wagtail.blocks.field_block import BaseChoiceBlock

__all__ = ["PackedBlockWidget", "is_steady"]


class PackedBlockWidget(BlockWidget):
    """A widget that keeps the description of its blocks beside them, by language."""

    _js_context: Any
    _block_json: str | None

    def _build_block_json(self) -> None:
        if not is_steady(self.block_def):
            super()._build_block_json()
            return
        kept: dict[str | None, Any] = self.block_def.__dict__.setdefault("_packed", {})
        language = get_language()
        if language not in kept:
            super()._build_block_json()
            kept[language] = self._js_context, self._block_json
        self._js_context, self._block_json = kept[language]


def is_steady(stream: Block) -> bool:
    """Whether the description of a block is always the same: no choice and no default is looked up.

    Found out once; the blocks within blocks count.
    """
    found: bool | None = stream.__dict__.get("_is_steady")
    if found is None:
        found = stream.__dict__["_is_steady"] = not any(map(_looks_up, _all_of(stream)))
    return found


def _all_of(block: Block) -> Iterator[Block]:
    yield block
    if isinstance(block, ListBlock):
        yield from _all_of(block.child_block)
    elif isinstance(block, (BaseStreamBlock, BaseStructBlock)):
        for child in block.child_blocks.values():
            yield from _all_of(child)


def _looks_up(block: Block) -> bool:
    if callable(getattr(block.meta, "default", None)):
        return True
    if isinstance(block, BaseChoiceBlock):
        return callable(block._constructor_kwargs["choices"])
    return isinstance(block, FieldBlock) and isinstance(block.field.widget, ChoiceWidget)
