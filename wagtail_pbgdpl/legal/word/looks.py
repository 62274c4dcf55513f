"""Bold and italic type in the text of a row, by signs that no text has.

Unicode keeps them from every text («noncharacters»); they outlast what tidies and converts lines.
"""

from __future__ import annotations

import re
import unicodedata

BOLD, ITALIC = "b", "i"
_SIGNS = {BOLD: ("\ufdd0", "\ufdd1"), ITALIC: ("\ufdd2", "\ufdd3")}
_TAGS = str.maketrans(
    {
        sign: tag
        for look, signs in _SIGNS.items()
        for sign, tag in zip(signs, (f"<{look}>", f"</{look}>"), strict=True)
    }
)
_NONE = dict.fromkeys(_TAGS)
# Not the space around, and each line for itself.
_IN_LINE = re.compile(r"\S(?:[^\n]*\S)?")


def marked(text: str, looks: str) -> str:
    """Return the text with signs around it; ``looks``: letters of :data:`BOLD` and its like."""
    text = text.translate(_NONE)
    # An accent belongs to the letter before it.
    if not looks or unicodedata.combining(text[:1] or " "):
        return text
    before = "".join(_SIGNS[look][0] for look in looks)
    after = "".join(_SIGNS[look][1] for look in reversed(looks))
    return _IN_LINE.sub(lambda found: f"{before}{found[0]}{after}", text)


def unmarked(text: str) -> str:
    return text.translate(_NONE)


def tagged(html: str) -> str:
    """Return HTML with tags in the place of the signs."""
    return html.translate(_TAGS)
