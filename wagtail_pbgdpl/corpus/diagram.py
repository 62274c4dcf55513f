"""The relations of a document as a drawing (SVG), from top to bottom so that it fits a phone.

Above stand the documents that act on it, below those that it acts on; the list beside says the
same. Pure.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 340
LEFT = 28  # of the boxes; the line that joins them runs before
LETTERS = 44  # in a line of a box
LINES = 3
LINE, PADDING, GAP, LABEL = 16, 9, 12, 18  # heights
#: More than these are in the list alone.
MOST = 12


class Box(NamedTuple):
    """A document; ``label`` says what it does to the middle one, or that does to it."""

    name: str
    label: str = ""
    provisions: str = ""


def draw(middle: str, above: Sequence[Box], below: Sequence[Box], described_by: str) -> SafeString:
    """Return the drawing; its words are escaped. ``described_by``: the id of the list."""
    y, parts = 4, []
    ends: list[int] = []
    for box in above[:MOST]:
        part, at, y = _box(box, y, "pbgdpl-diagram__other")
        parts.append(part)
        ends.append(at)
    part, centre, y = _box(Box(middle), y, "pbgdpl-diagram__own")
    parts.append(part)
    starts: list[int] = []
    for box in below[:MOST]:
        part, at, y = _box(box, y, "pbgdpl-diagram__other")
        parts.append(part)
        starts.append(at)
    lines = [*_lines(ends, centre, into=True), *_lines(starts, centre, into=False)]
    return format_html(
        '<svg class="pbgdpl-diagram" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'aria-labelledby="{}" focusable="false">{}{}</svg>',
        WIDTH,
        y,
        WIDTH,
        y,
        described_by,
        format_html_join("", "{}", ((one,) for one in lines)),
        format_html_join("", "{}", ((one,) for one in parts)),
    )


def _box(box: Box, y: int, style: str) -> tuple[SafeString, int, int]:
    """Return a box, the height at which its line ends, and where the next one begins."""
    top = y + (LABEL if box.label else 0)
    lines = _wrapped(box.name, LINES)
    height = len(lines) * LINE + 2 * PADDING
    words = f"{box.label} ({box.provisions})" if box.provisions else box.label
    label = (
        format_html(
            '<text class="pbgdpl-diagram__label" x="{}" y="{}">{}</text>',
            LEFT,
            top - 6,
            _wrapped(words, 1)[0],
        )
        if box.label
        else ""
    )
    rows = (
        (LEFT + 10, top + PADDING + 12 + number * LINE, line) for number, line in enumerate(lines)
    )
    part = format_html(
        '{}<g class="{}"><rect x="{}" y="{}" width="{}" height="{}" rx="4"/>{}</g>',
        label,
        style,
        LEFT,
        top,
        WIDTH - LEFT - 1,
        height,
        format_html_join("", '<text x="{}" y="{}">{}</text>', rows),
    )
    return part, top + height // 2, top + height + GAP


def _wrapped(text: str, most: int) -> list[str]:
    return textwrap.wrap(text, LETTERS, max_lines=most, placeholder=" …") or [""]


def _lines(places: Iterable[int], centre: int, *, into: bool) -> list[SafeString]:
    """Return the lines between boxes and the middle one, an arrow where somebody is acted on."""
    spine = 10 if into else 16
    found = []
    for place in places:
        path = f"M{LEFT} {place}H{spine}V{centre}H{LEFT}"
        found.append(format_html('<path class="pbgdpl-diagram__line" d="{}"/>', path))
        tip = centre if into else place
        arrow = f"M{LEFT - 7} {tip - 4}L{LEFT} {tip}L{LEFT - 7} {tip + 4}Z"
        found.append(format_html('<path class="pbgdpl-diagram__arrow" d="{}"/>', arrow))
    return found
