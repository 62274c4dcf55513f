"""Tables that are there for the look of a page, and are no tables of figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEAD = re.compile(r"CỘNG HO[ÀÁ]|CỘNG H[ÒÓ]A|ĐẢNG CỘNG SẢN|Độc lập\s*[-–]\s*Tự do")
_FOOT = re.compile(r"^Nơi nhận|^(?:TM|KT|TL|TUQ|Q)\.\s|^CHỦ TỊCH$|^GIÁM ĐỐC$", re.MULTILINE)
_MOST_ROWS = 6


def is_layout(cells: Sequence[Sequence[str]]) -> bool:
    """Whether a table holds a letterhead, signatures, or one column of text.

    ``cells``: row by row, lines parted by line breaks.
    """
    width = max((sum(1 for cell in row if cell) for row in cells), default=0)
    if width <= 1:
        return True
    if width > 3 or len(cells) > _MOST_ROWS:
        return False
    whole = "\n".join("\n".join(row) for row in cells)
    return bool(_HEAD.search(whole) or _FOOT.search(whole))
