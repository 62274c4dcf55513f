"""Ways of numbering that are met in files, put as the law writes them."""

from __future__ import annotations

import re

from .grammar import LETTER, NUMBER

# «Điều 5 Luật Trợ giúp pháp lý quy định …» is a citation, and no article begins there.
_CITED = r"(?:Luật|Bộ luật|Hiến pháp|Pháp lệnh|Nghị|Quyết định|Thông tư|Quy|Chương|Điều|Khoản)\b"
_ARTICLE = re.compile(
    rf"(?:[ĐÐ]iều|[ĐÐ]IỀU)\s*({NUMBER})(?:\s*[.:]\s*|\s+[-–]\s+|\s+(?!{_CITED})(?=[^\W\d_a-zà-ỹ])|$)(.*)"
)
_CLAUSE = re.compile(rf"(?!\d{{4}})({NUMBER})(?:\s*[)/]\s+|\s*[-–]\s+|\.(?=[^\W\d_]))(.*)")
_POINT = re.compile(rf"({LETTER})(?:\s*[./]\s+|\s*[-–]\s+|\s+\)\s*|\)(?=[^\W_]))(.*)")
_FORMS = ((_ARTICLE, "Điều {}. {}"), (_CLAUSE, "{}. {}"), (_POINT, "{}) {}"))


def as_usual(line: str) -> str | None:
    """Return «1. …» of «1) …», «a) …» of «a. …», «Điều 5. …» of «Điều 5: …».

    ``None`` where the line is written so already, or has no number.
    """
    for pattern, form in _FORMS:
        if match := pattern.fullmatch(line):
            usual = form.format(*match.groups()).strip()
            return usual if usual != line else None
    return None
