"""The outline of a stream: one entry for each heading and article, each with an anchor of its own.

A block takes part by having a method ``outline_entry(value) -> Heading | None``.
"""

from __future__ import annotations

from typing import NamedTuple

from wagtail.blocks import StreamValue

from ..legal.anchors import unique

__all__ = ["Heading", "OutlineEntry", "outline", "positions"]

TOP_LEVEL = 2  # the title of the page is the first level
LOWEST_LEVEL = 6


class Heading(NamedTuple):
    """What a block says of itself.

    ``rank`` orders the kinds of headings: one of a higher number stands below those of a lower.
    """

    rank: int
    label: str
    title: str
    anchor: str


class OutlineEntry(NamedTuple):
    """``level`` is that of the HTML heading, from 2 to 6."""

    level: int
    label: str
    title: str
    anchor: str


def positions(stream: StreamValue) -> dict[int, OutlineEntry]:
    """Return the entry of each block that has one, by the block's index in the stream."""
    found: dict[int, OutlineEntry] = {}
    taken: set[str] = set()
    above: list[int] = []
    for index, child in enumerate(stream):
        entry_of = getattr(child.block, "outline_entry", None)
        heading = entry_of(child.value) if entry_of else None
        if heading is None:
            continue
        while above and above[-1] >= heading.rank:
            above.pop()
        level = min(TOP_LEVEL + len(above), LOWEST_LEVEL)
        above.append(heading.rank)
        found[index] = OutlineEntry(
            level, heading.label, heading.title, unique(heading.anchor, taken)
        )
    return found


def outline(stream: StreamValue) -> list[OutlineEntry]:
    """Return the entries of a stream in order, for a table of contents."""
    return list(positions(stream).values())
