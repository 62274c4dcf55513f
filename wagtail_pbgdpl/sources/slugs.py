"""Titles out of addresses, for sources that give their documents none (Công báo).

«/van-ban/luat-so-148-2025-qh15-468708.htm» → «Luật số 148/2025/QH15».
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from ..core.text import nfc

TYPES = {
    "hien-phap": "Hiến pháp",
    "bo-luat": "Bộ luật",
    "luat": "Luật",
    "phap-lenh": "Pháp lệnh",
    "lenh": "Lệnh",
    "nghi-quyet-lien-tich": "Nghị quyết liên tịch",
    "nghi-quyet": "Nghị quyết",
    "nghi-dinh": "Nghị định",
    "quyet-dinh": "Quyết định",
    "chi-thi": "Chỉ thị",
    "thong-tu-lien-tich": "Thông tư liên tịch",
    "thong-tu": "Thông tư",
    "thong-bao": "Thông báo",
    "cong-dien": "Công điện",
    "cong-van": "Công văn",
    "ke-hoach": "Kế hoạch",
    "van-ban-hop-nhat": "Văn bản hợp nhất",
}
# Signs that are not written in capitals without accents.
SIGNS = {"nd": "NĐ", "qd": "QĐ", "hdnd": "HĐND", "ttg": "TTg", "bgddt": "BGDĐT", "nqlt": "NQLT"}
_NUMBERED = re.compile(r"^(?P<type>[a-z-]+?)-so-(?P<number>\d+[a-z]?)-(?P<rest>.+)$")


def title_of(address: str) -> str:
    """Return a title for the last part of an address; its words where no number is found."""
    last = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2]
    slug = re.sub(r"\.\w{2,5}$", "", last).replace("_", "-").lower()
    # The key of the record at the source.
    slug = re.sub(r"-{1,2}\d{5,}$", "", slug).strip("-")
    match = _NUMBERED.match(slug)
    if match is None or match["type"] not in TYPES:
        return nfc(" ".join(slug.split("-"))).strip().capitalize()
    year, signs = "", match["rest"].split("-")
    if re.fullmatch(r"(19|20)\d\d", signs[0]) and len(signs) > 1:
        year = f"/{signs.pop(0)}"
    return f"{TYPES[match['type']]} số {match['number']}{year}/{'-'.join(map(_sign, signs))}"


def _sign(part: str) -> str:
    return SIGNS.get(part, part.upper())
