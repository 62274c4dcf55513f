"""The signs of the portal, drawn in lines on a square of 24 units."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Paths of SVG; a circle is written as two arcs.
_PATHS = {
    "ask": "M4 5h16v11H10l-4 4v-4H4zM10 9a2 2 0 1 1 2.6 1.9c-.5.2-.6.5-.6 1.1M12 13.9v.1",
    "aid": "M12 4v16M8 20h8M5 7h14M5 7l-3 6.5a3 3 0 0 0 6 0zM19 7l-3 6.5a3 3 0 0 0 6 0z",
    "find": (
        "M13 20H5V4h9l4 4v3M14 4v4h4M8 11h5M8 14h3M13.5 16.5a3 3 0 1 0 6 0a3 3 0 1 0-6 0"
        "M19 19l2.5 2.5"
    ),
    "comment": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3M12 20h8",
    "call": (
        "M6 4h3l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v3"
        "a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z"
    ),
    "learn": "M12 6C10 4.5 7 4 3 4v14c4 0 7 .5 9 2 2-1.5 5-2 9-2V4c-4 0-7 .5-9 2zM12 6v14",
    "news": "M4 10v4h3l8 4V6l-8 4zM7 14l1.5 5h2.5l-1-4M18 9.5a4 4 0 0 1 0 5M20.5 7.5a7 7 0 0 1 0 9",
    "paper": "M6 3h9l4 4v14H6zM15 3v4h4M9 11h7M9 14h7M9 17h4",
    "leaflet": "M3 5l6 2v13l-6-2zM9 7l6-2v13l-6 2zM15 5l6 2v13l-6-2zM11 11l2-.7M11 14l2-.7",
    "film": "M4 5h16v14H4zM10 9l5 3-5 3zM4 9h2M4 12h2M4 15h2M18 9h2M18 12h2M18 15h2",
    "picture": "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0",
    "chart": "M4 4v16h16M8 16v-4M12 16V8M16 16v-6",
    "people": (
        "M9 11a3 3 0 1 0 0-6a3 3 0 1 0 0 6M3 19c0-3.5 2.5-5.5 6-5.5s6 2 6 5.5"
        "M16 11a2.5 2.5 0 1 0 0-5M17 14c2.5.5 4 2.5 4 5"
    ),
    "star": "M12 3.5l2.6 5.3 5.9.9-4.2 4.1 1 5.8-5.3-2.7-5.3 2.7 1-5.8-4.2-4.1 5.9-.9z",
    "play": (
        "M4 5c3 1.5 5 1.5 8 0 3 1.5 5 1.5 8 0v7c0 5-4 8-8 8s-8-3-8-8zM8.5 10.5v.5"
        "M15.5 10.5v.5M8.5 14.5c2 2 5 2 7 0"
    ),
    "speech": "M4 4h11v8H9l-3 3v-3H4zM17 9h3v8h-2v3l-3-3h-5v-2",
    "notes": "M5 3h14v18H5zM8 8h8M8 12h8M8 16h5M5 3v18",
    "flag": "M5 3v18M5 4c4-2 7 2 14 0v9c-7 2-10-2-14 0",
    "share": "M4 12l16-8-5 16-3-6zM12 14l8-10",
    "home": "M3 11l9-7 9 7M5 10v10h14V10M10 20v-6h4v6",
}


def glyph(name: str, x: float = 0, y: float = 0, scale: float = 1) -> SafeString:
    """Return the lines of a sign, without the element around it; an unknown one is a paper."""
    placed = format_html(' transform="translate({} {}) scale({})"', x, y, scale)
    path = _PATHS.get(name, _PATHS["paper"])
    return format_html('<path d="{}"{}/>', path, placed if scale != 1 else mark_safe(""))
