"""What the public statistics page says about visits (C14)."""

from __future__ import annotations

from typing import Any

from ..content.listing import published
from ..regulations.active import get_regulation
from .figures import public_figures, reading


def access_statistics() -> dict[str, Any]:
    """Return how often the portal was read; a minute old at most, and nothing about readers."""
    views = reading()
    pages = published().in_bulk([page_id for page_id, _views in views.most_read])
    return {
        "access": public_figures(),
        "views": [
            (category, views.month.get(code, 0), views.total.get(code, 0))
            for code, category in get_regulation().categories.items()
        ],
        "most_read": [
            (pages[page_id], number) for page_id, number in views.most_read if page_id in pages
        ],
    }
