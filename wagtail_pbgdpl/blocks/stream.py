"""The stream of blocks of one field."""

from __future__ import annotations

from wagtail.blocks import StreamBlock

__all__ = ["RegulatedStreamBlock"]


class RegulatedStreamBlock(StreamBlock):
    pass
