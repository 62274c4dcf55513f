"""What holds for every template of the package."""

from __future__ import annotations

import re
from pathlib import Path

import wagtail_pbgdpl

TEMPLATES = Path(wagtail_pbgdpl.__file__).parent / "templates"
BOX = re.compile(r'<\w+[^>]*class="[^"]*w-overflow-x-auto[^>]*>')


def test_what_scrolls_sideways_in_the_admin_can_be_reached_by_keyboard() -> None:
    """I6: whether a table is wider than the screen is chance; the keyboard reaches every one."""
    boxes = [box for path in TEMPLATES.rglob("*.html") for box in BOX.findall(path.read_text())]
    assert len(boxes) > 10
    assert [box for box in boxes if 'tabindex="0"' not in box or "aria-label" not in box] == []
