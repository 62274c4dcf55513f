"""Streams of blocks and running text, with each number of a record replaced by another name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from wagtail.blocks import ChooserBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.images.blocks import ImageBlock

from ..core import portable
from .unportable import Unportable

#: Given a kind and what names a record, returns what names it on the other side.
Rename = Callable[[str, Any], Any]

_TAG = re.compile(r"<(?:a|embed)\b[^>]*>")
_KIND = re.compile(r"\b(?:linktype|embedtype)=\"(\w+)\"")
_ID = re.compile(r"(?<=\sid=\")[^\"]*(?=\")")
_RICH = {"page": "page", "document": "document", "image": "image"}


def stream(block: StreamBlock, value: Any, rename: Rename) -> Any:
    """Return the raw data of a stream, as a list, with its names of records replaced."""
    return [
        {**one, "value": _value(child, one.get("value"), rename)}
        if (child := block.child_blocks.get(one.get("type"))) is not None
        else one
        for one in value
        if isinstance(one, dict)
    ]


def rich(html: str, rename: Rename) -> str:
    """Return running text with its names of records replaced."""

    def replaced(tag: re.Match[str]) -> str:
        kind = _KIND.search(tag[0])
        if kind is None or kind[1] not in _RICH:
            return tag[0]
        record = _RICH[kind[1]]
        # What is gone is called nothing on either side.
        return _ID.sub(
            lambda found: str((found[0] != "0" and rename(record, found[0])) or 0), tag[0], count=1
        )

    return _TAG.sub(replaced, html) if "type=" in html else html


def _value(block: Any, value: Any, rename: Rename) -> Any:
    if value is None:
        return None
    if isinstance(block, ChooserBlock):
        kind = portable.kind_of(block.model_class)
        if kind is None:
            raise Unportable(f"{type(block).__name__} → {block.model_class._meta.label}")
        return rename(kind, value)
    if isinstance(block, ImageBlock) and not isinstance(value, dict):
        # As it was stored before it had an alternative text.
        return rename("image", value)
    if isinstance(block, RichTextBlock):
        return rich(value, rename) if isinstance(value, str) else value
    if isinstance(block, StreamBlock):
        return stream(block, value, rename) if isinstance(value, list) else value
    if isinstance(block, ListBlock):
        return [_item(block.child_block, one, rename) for one in value or ()]
    if isinstance(block, StructBlock) and isinstance(value, dict):
        blocks = block.child_blocks
        return {
            name: _value(blocks[name], one, rename) if name in blocks else one
            for name, one in value.items()
        }
    return value


def _item(block: Any, one: Any, rename: Rename) -> Any:
    if isinstance(one, dict) and one.get("type") == "item" and "value" in one:
        return {**one, "value": _value(block, one["value"], rename)}
    return _value(block, one, rename)
