"""Draws a chart as SVG, without script, style attribute or outside file.

Coordinates are those of the drawing (its ``viewBox``), not pixels. Colours are attributes, so that
a stylesheet can overrule them by class.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from django.utils.formats import get_format
from django.utils.html import format_html, format_html_join
from django.utils.numberformat import format as format_digits
from django.utils.safestring import SafeString

from .chart_data import ChartData

__all__ = ["COLOURS", "HALF", "NARROW", "WIDE", "Sheet", "draw", "draw_both", "format_number"]


class Sheet(NamedTuple):
    """What a chart is drawn on; ``names``: where the names of bars end, ``letters`` their width."""

    width: int
    height: int
    names: int
    letters: int


WIDE = Sheet(720, 400, 210, 24)
#: For a chart that stands beside another. No pie: its names have no place there.
HALF = Sheet(580, 360, 200, 22)
#: For the width of a phone, at which the letters of the wide one would be too small to read.
NARROW = Sheet(344, 300, 118, 13)
LINE = 18  # height of a line of text
# Each is at least 4.5 : 1 against white.
COLOURS = (
    "#0b5394",
    "#a14d00",
    "#2f6b1f",
    "#a50034",
    "#674ea7",
    "#0f6674",
    "#6b5900",
    "#4d4d4d",
)
DASHES = ("none", "8 4", "2 3", "10 3 2 3", "5 5", "1 4", "12 4", "6 2 2 2")


def format_number(value: Decimal | float) -> str:
    """Write a number as the active language does: ``1.234,5`` in Vietnamese."""
    plain = f"{value:f}" if isinstance(value, Decimal) else f"{value:.10g}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return format_digits(
        plain,
        get_format("DECIMAL_SEPARATOR"),
        grouping=3,
        thousand_sep=get_format("THOUSAND_SEPARATOR"),
        force_grouping=True,
    )


def draw(
    kind: str, data: ChartData, *, title: str, description: str, sheet: Sheet = WIDE
) -> SafeString:
    """Return the chart of ``kind`` (bar, column, line, pie), or nothing if there are no numbers.

    On a narrow sheet columns that would be too thin to read lie down as bars.
    """
    if not data.numbers:
        return SafeString("")
    if kind == "column" and sheet is NARROW and _is_crowded(data, sheet):
        kind = "bar"
    painter = {"bar": _bars, "column": _columns, "line": _lines, "pie": _pie}[kind]
    body, height = painter(data, sheet)
    return format_html(
        '<svg class="pbgdpl-chart__drawing{}" viewBox="0 0 {} {}" role="img" aria-label="{}" '
        'font-size="14" fill="currentColor"><title>{}</title><desc>{}</desc>{}</svg>',
        " pbgdpl-chart__drawing--narrow" if sheet is NARROW else "",
        sheet.width,
        height,
        title,
        title,
        description,
        body,
    )


def draw_both(
    kind: str, data: ChartData, *, title: str, description: str, wide: Sheet = WIDE
) -> SafeString:
    """Return the chart twice, for wide screens and for phones; the stylesheet shows one of them."""
    drawings = (
        draw(kind, data, title=title, description=description, sheet=sheet)
        for sheet in (wide, NARROW)
    )
    return _join(list(drawings))


def _is_crowded(data: ChartData, sheet: Sheet) -> bool:
    band = (sheet.width - 56) / len(data.labels)
    return band < max(_room(data.labels), 22 * len(data.series))


def _room(labels: list[str]) -> float:
    """The width that the longest word of the labels takes."""
    return 8.0 * max(len(word) for label in labels for word in label.split() or [""]) + 4


def _number(value: float) -> str:
    """A coordinate: at most two decimals and never the decimal sign of a language."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _tag(name: str, content: str = "", /, **attributes: object) -> SafeString:
    pairs = [
        (key.rstrip("_").replace("_", "-"), _number(v) if isinstance(v, float | int) else v)
        for key, v in attributes.items()
    ]
    joined = format_html_join("", ' {}="{}"', pairs)
    return format_html("<{}{}>{}</{}>", name, joined, content, name)


def _join(parts: list[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _text(x: float, y: float, content: str, anchor: str = "middle") -> SafeString:
    return _tag("text", content, x=x, y=y, text_anchor=anchor)


def _label(x: float, y: float, label: str, width: int, anchor: str = "middle") -> SafeString:
    """A label in two lines of ``width`` characters at most, cut with an ellipsis."""
    lines = textwrap.wrap(label, max(width, 3)) or [""]
    if len(lines) > 2:
        lines = [lines[0], lines[1][: max(width, 3) - 1] + "…"]
    return _join([_text(x, y + LINE * i, line, anchor) for i, line in enumerate(lines)])


def _paint(index: int) -> dict[str, str]:
    return {"class_": f"pbgdpl-chart__s{index + 1}", "fill": COLOURS[index % len(COLOURS)]}


def _stroke(index: int) -> dict[str, object]:
    return {
        "class_": f"pbgdpl-chart__l{index + 1}",
        "fill": "none",
        "stroke": COLOURS[index % len(COLOURS)],
        "stroke_width": 3,
        "stroke_dasharray": DASHES[index % len(DASHES)],
    }


def _legend(names: list[str], y: float, sheet: Sheet, *, lines: bool) -> tuple[SafeString, float]:
    """Names with their colours or lines, two in a row; also the height that they take."""
    parts = []
    for index, name in enumerate(names):
        x = 16 + (index % 2) * sheet.width / 2
        top = y + (index // 2) * 24
        if lines:
            ends = {"x1": x, "y1": top + 7, "x2": x + 36, "y2": top + 7}
            parts.append(_tag("line", **ends, **_stroke(index)))
        else:
            parts.append(_tag("rect", x=x, y=top, width=14, height=14, **_paint(index)))
        written = textwrap.shorten(name, sheet.width // 18, placeholder="…")
        parts.append(_text(x + (44 if lines else 22), top + 12, written, "start"))
    return _join(parts), math.ceil(len(names) / 2) * 24


def _ticks(data: ChartData) -> list[float]:
    """Round numbers from the lowest to the highest value, with zero among them."""
    low = min(0.0, *map(float, data.numbers))
    high = max(0.0, *map(float, data.numbers))
    span = (high - low) or 1.0
    step = 10 ** math.floor(math.log10(span / 4))
    step *= next(factor for factor in (1, 2, 5, 10) if span / (step * factor) <= 5)
    first, last = math.floor(low / step), math.ceil(high / step) or 1
    return [index * step for index in range(first, last + 1)]


def _upright(
    data: ChartData, sheet: Sheet, *, is_line: bool = False
) -> tuple[list[SafeString], float, float, float, list[float]]:
    """The frame of columns and lines: grid, ticks and labels; also left, width, zero, heights."""
    ticks = _ticks(data)
    low, high = ticks[0], ticks[-1]
    left = 24 + 8.0 * max(len(format_number(tick)) for tick in ticks)
    top, bottom = 24, sheet.height - 48

    def height(value: float) -> float:
        return bottom - (value - low) / (high - low) * (bottom - top)

    parts = []
    for tick in ticks:
        y = height(tick)
        parts.append(
            _tag(
                "line",
                x1=left,
                y1=y,
                x2=sheet.width,
                y2=y,
                stroke="#767676" if tick == 0 else "#d9d9d9",
            )
        )
        parts.append(_text(left - 8, y + 5, format_number(tick), "end"))
    band = (sheet.width - left) / len(data.labels)
    # Where all names would run into each other, each second or third stands for the others.
    step = math.ceil(_room(data.labels) / band) if is_line else 1
    for index, label in enumerate(data.labels):
        if index % step:
            continue
        parts.append(_label(left + band * (index + 0.5), bottom + 20, label, int(band * step / 8)))
    heights = [
        height(float(value)) if value is not None else math.nan
        for one in data.series
        for value in one.values
    ]
    return parts, left, band, height(0), heights


def _with_legend(
    parts: list[SafeString], data: ChartData, sheet: Sheet, height: float, *, lines: bool = False
) -> tuple[SafeString, int]:
    if len(data.series) > 1:
        legend, more = _legend([one.name for one in data.series], height + 8, sheet, lines=lines)
        parts.append(legend)
        height += more + 8
    return _join(parts), math.ceil(height)


def _columns(data: ChartData, sheet: Sheet) -> tuple[SafeString, int]:
    parts, left, band, zero, heights = _upright(data, sheet)
    width = band * 0.8 / len(data.series)
    for index, one in enumerate(data.series):
        for row, value in enumerate(one.values):
            if value is None:
                continue
            y = heights[index * len(data.labels) + row]
            x = left + band * (row + 0.1) + width * index
            parts.append(
                _tag(
                    "rect",
                    x=x,
                    y=min(y, zero),
                    width=width - 2,
                    height=abs(zero - y),
                    **_paint(index),
                )
            )
            written = format_number(value)
            if len(written) * 8 <= width + 8:
                parts.append(
                    _text(x + width / 2 - 1, y - 6 if value >= 0 else y + LINE - 2, written)
                )
    return _with_legend(parts, data, sheet, sheet.height)


def _lines(data: ChartData, sheet: Sheet) -> tuple[SafeString, int]:
    parts, left, band, _zero, heights = _upright(data, sheet, is_line=True)
    widest = max(len(format_number(value)) for value in data.numbers)
    # Where all numbers would run into each other, the lowest, highest and last are written.
    is_crowded = 8 * widest > band
    for index, one in enumerate(data.series):
        points = [
            (left + band * (row + 0.5), heights[index * len(data.labels) + row])
            for row in range(len(one.values))
        ]
        # A gap in the numbers is a gap in the line.
        for (x1, y1), (x2, y2) in pairwise(points):
            if not math.isnan(y1) and not math.isnan(y2):
                parts.append(_tag("line", x1=x1, y1=y1, x2=x2, y2=y2, **_stroke(index)))
        told = _telling(one.values) if is_crowded else range(len(points))
        lowest = min((value for value in one.values if value is not None), default=None)
        for row, ((x, y), value) in enumerate(zip(points, one.values, strict=True)):
            if value is not None:
                parts.append(_tag("circle", cx=x, cy=y, r=4, **_paint(index)))
                if len(data.series) == 1 and row in told:
                    written = format_number(value)
                    at, anchor = _within(x, 4.0 * len(written), left, sheet)
                    below = is_crowded and value == lowest
                    parts.append(_text(at, y + LINE + 2 if below else y - 10, written, anchor))
    return _with_legend(parts, data, sheet, sheet.height, lines=True)


def _telling(values: Sequence[Decimal | None]) -> set[int]:
    """The places of the lowest, the highest and the last number, as far as they lie apart."""
    known = [(value, place) for place, value in enumerate(values) if value is not None]
    if not known:
        return set()
    found: list[int] = []
    for place in (max(known)[1], known[-1][1], min(known)[1]):
        if all(abs(place - other) > 2 for other in found):
            found.append(place)
    return set(found)


def _within(x: float, half: float, left: float, sheet: Sheet) -> tuple[float, str]:
    """Where a number of ``2 * half`` stands that is not to leave the frame, and by which end."""
    if x + half > sheet.width:
        return float(sheet.width), "end"
    return (left + 2, "start") if x - half < left else (x, "middle")


def _bars(data: ChartData, sheet: Sheet) -> tuple[SafeString, int]:
    ticks = _ticks(data)
    low, high = ticks[0], ticks[-1]
    left, right = sheet.names, sheet.width - (60 if sheet is NARROW else 80)
    thickness = 22
    band = max(thickness * len(data.series), 2 * LINE) + 14

    def across(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    zero = across(0)
    bottom = band * len(data.labels) + 8
    parts = [_tag("line", x1=zero, y1=0, x2=zero, y2=bottom, stroke="#767676")]
    for row, label in enumerate(data.labels):
        top = 8 + band * row
        parts.append(_label(left - 12, top + 16, label, sheet.letters, "end"))
        for index, one in enumerate(data.series):
            value = one.values[row]
            if value is None:
                continue
            x, y = across(float(value)), top + thickness * index
            parts.append(
                _tag(
                    "rect",
                    x=min(x, zero),
                    y=y,
                    width=abs(x - zero),
                    height=thickness - 2,
                    **_paint(index),
                )
            )
            parts.append(_text(max(x, zero) + 6, y + 15, format_number(value), "start"))
    return _with_legend(parts, data, sheet, bottom)


def _pie(data: ChartData, sheet: Sheet) -> tuple[SafeString, int]:
    """The first series as parts of a whole, each named with its number and share."""
    values = [
        (label, value)
        for label, value in zip(data.labels, data.series[0].values, strict=True)
        if value is not None and value > 0
    ]
    total = sum((value for _label, value in values), Decimal(0))
    if not total:
        return SafeString(""), 1
    radius = 160.0 if sheet is WIDE else 120.0
    x, y = (180.0, 176.0) if sheet is WIDE else (sheet.width / 2, radius + 8)
    parts, names, start = [], [], 0.0
    for index, (label, value) in enumerate(values):
        share = float(value / total)
        if share >= 1:
            parts.append(_tag("circle", cx=x, cy=y, r=radius, **_paint(index)))
        else:
            end = start + share
            (x1, y1), (x2, y2) = (
                (x + radius * math.sin(2 * math.pi * at), y - radius * math.cos(2 * math.pi * at))
                for at in (start, end)
            )
            path = "M{} {}L{} {}A{} {} 0 {} 1 {} {}Z".format(
                *map(_number, (x, y, x1, y1, radius, radius)),
                int(share > 0.5),
                *map(_number, (x2, y2)),
            )
            parts.append(_tag("path", d=path, stroke="#fff", stroke_width=2, **_paint(index)))
            start = end
        percent = format_number(round(Decimal(share * 100), 1))
        short = textwrap.shorten(label, 46, placeholder="…")
        names.append(f"{short}: {format_number(value)} ({percent}%)")
    # The names stand beside the pie, or below it where there is no room.
    at, below, letters = (380, 24, 40) if sheet is WIDE else (8, 2 * radius + 28, 38)
    for index, name in enumerate(names):
        top = below + 40 * index
        parts.append(_tag("rect", x=at, y=top, width=14, height=14, **_paint(index)))
        parts.append(_label(at + 24, top + 12, name, letters, "start"))
    return _join(parts), math.ceil(max(2 * radius + 32, below + 40 * len(names)))
