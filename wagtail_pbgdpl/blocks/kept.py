"""Which bodies may be drawn once for everybody."""

from __future__ import annotations

from wagtail.blocks import StreamValue

from .defaults import DEFAULTS

__all__ = ["is_same_for_everybody"]

# What a site has registered or made of these may look at the reader: of it nothing is known.
_KEPT = frozenset(block for _name, block in DEFAULTS["body"])


def is_same_for_everybody(value: StreamValue) -> bool:
    """Whether no block of the stream looks at the request or the page around it."""
    blocks = value.stream_block.child_blocks
    return all(type(blocks.get(raw["type"])) in _KEPT for raw in value.raw_data)
