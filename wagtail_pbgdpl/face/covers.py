"""Covers for items without a picture: the weave of the portal with a sign of the item's kind.

Which weave, in which of the portal's colours and where, follows from category and number of the
item: the same item looks the same each time, and neighbours differ. Colours are those of
the stylesheet, so that a province's own reach the covers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import Filter
from wagtail.images.shortcuts import get_rendition_or_not_found

from ..content.cards import card_of
from ..serving.listing import COVER
from .glyphs import glyph

WIDTH, HEIGHT = 240, 160
SCHEMES = 5


def _diamonds(y: int) -> str:
    rows = "l12-12 12 12-12 12-12-12zm24 0" * 10
    inner = "l5-5 5 5-5 5-5-5zm24 0" * 10
    return f'<path class="a" d="M0 {y}{rows}"/><path class="b" d="M7 {y}{inner}"/>'


def _zigzag(y: int) -> str:
    rows = "l10-12 10 12" * 12
    return (
        f'<path class="l a" d="M0 {y + 2}{rows}"/><path class="l b" d="M0 {y + 11}{rows}"/>'
        f'<path class="l c" d="M0 {y - 7}{rows}"/>'
    )


def _woven(y: int) -> str:
    lines = "".join(f"M{shift} {y + step}H240" for shift, step in ((0, -8), (8, 0), (0, 8)))
    return f'<path class="w a" d="{lines}"/><path class="l b" d="M0 {y - 15}H240M0 {y + 15}H240"/>'


def _steps(y: int) -> str:
    rows = "h5v-6h5v-6h6v6h5v6h3" * 10
    return f'<path class="a" d="M0 {y + 4}{rows}v8H0z"/><path class="l b" d="M0 {y - 12}{rows}"/>'


def _stars(y: int) -> str:
    rows = "l3 7 7-3-3 7 7 3-7 3 3 7-7-3-3 7-3-7-7 3 3-7-7-3 7-3-3-7 7 3zm30 0" * 8
    edges = f'<path class="l b" d="M0 {y - 19}H240M0 {y + 19}H240"/>'
    return f'<path class="a" d="M15 {y - 14}{rows}"/>{edges}'


WEAVES: tuple[Callable[[int], str], ...] = (_diamonds, _zigzag, _woven, _steps, _stars)
# Where the weave lies, and where the sign stands.
PLACES = (
    (lambda weave: weave(122), (84, 24)),
    (lambda weave: weave(38), (84, 66)),
    (lambda weave: f'<g transform="translate(56 0) rotate(90)">{weave(28)}</g>', (116, 44)),
)


def small_cover(item: Any, css_class: str) -> SafeString:
    """Return the picture of an item in a list; no query where ``listing.with_covers`` read it.

    Wagtail's own tag would write each rendition to the cache anew.
    """
    if item.cover is None:
        return cover_of(item, css_class)
    read = getattr(item.cover, "prefetched_renditions", ())
    rendition = next((one for one in read if one.filter_spec == COVER), None)
    if rendition is None:
        rendition = get_rendition_or_not_found(item.cover, Filter(COVER))
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="" class="{}" loading="lazy">',
        rendition.url,
        rendition.width,
        rendition.height,
        css_class,
    )


def cover_of(item: Any, css_class: str) -> SafeString:
    """Return the drawing for an item of content; ``css_class``: further classes of the element."""
    number = int(item.pk or 0)
    shift = sum(map(ord, item.category or ""))
    weave = WEAVES[(number + shift) % len(WEAVES)]
    place, (x, y) = PLACES[(number // len(WEAVES) + number) % len(PLACES)]
    return format_html(
        '<svg class="pbgdpl-cover pbgdpl-cover--{} {}" viewBox="0 0 {} {}" aria-hidden="true"'
        ' preserveAspectRatio="xMidYMid slice">{}<g class="g">{}</g></svg>',
        (number // 3 + shift) % SCHEMES,
        css_class,
        WIDTH,
        HEIGHT,
        mark_safe(place(weave)),  # noqa: S308 - made of numbers alone
        glyph(card_of(item).glyph, x, y, 3),
    )
