"""Text of before Unicode: TCVN3 (ABC, the fonts ``.VnTime``) and VNI (``VNI-Times``).

Both put Vietnamese letters at places where other signs stand, so that a file shows «Quy®Þnh» or
«Quy ñònh» where its font is missing. TCVN3 has one sign a letter, VNI a letter and a sign for
its marks. Capitals with marks are in TCVN3 the small letters in a font of capitals (``.VnTimeH``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from ..core.text import nfc


class Encoding(StrEnum):
    TCVN3 = "tcvn3"
    VNI = "vni"


# Letters in the order of their places from 0xA1 on; a space where there is none.
_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè"  # A1 to CC
    " ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"  # CD to FE
)
_TCVN3 = {chr(0xA1 + place): letter for place, letter in enumerate(_TCVN3_LETTERS) if letter != " "}
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = "\u0302"
_BREVE = "\u0306"
# Marks of the vowels a, e and o; the latter three for a alone.
_MARKED = {
    "â": _CIRCUMFLEX,
    "á": f"{_CIRCUMFLEX}\u0301",
    "à": f"{_CIRCUMFLEX}\u0300",
    "å": f"{_CIRCUMFLEX}\u0309",
    "ã": f"{_CIRCUMFLEX}\u0303",
    "ä": f"{_CIRCUMFLEX}\u0323",
}
_BREVES = {
    "ê": _BREVE,
    "é": f"{_BREVE}\u0301",
    "è": f"{_BREVE}\u0300",
    "ú": f"{_BREVE}\u0309",
    "ü": f"{_BREVE}\u0303",
    "ë": f"{_BREVE}\u0323",
}
_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    small = dict(_ALONE)
    for vowel in "aeiouyôö":
        letter = _ALONE.get(vowel, vowel)
        marks = dict(_TONES)
        if vowel in "aeo":
            marks |= _MARKED
        if vowel == "a":
            marks |= _BREVES
        for sign, mark in marks.items():
            small[vowel + sign] = nfc(letter + mark)
    large = {sign.upper(): letter.upper() for sign, letter in small.items() if sign.upper() != sign}
    # A capital may have its mark as a small sign.
    mixed = {
        sign[0].upper() + sign[1:]: letter.upper()
        for sign, letter in small.items()
        if len(sign) > 1
    }
    return mixed | large | small


_VNI = _vni()
_VNI_SIGNS = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))
# Word keeps signs of its symbol fonts here.
_PRIVATE = {place: place - 0xF000 for place in range(0xF020, 0xF100)}

# Letters that Unicode has for Vietnamese alone: where they stand, nothing is to be converted.
_VIETNAMESE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0323]")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"(?:uyê|uyu|oai|oay|oeo|uây|uya|iêu|yêu|uôi|ươi|ươu|oao|uao"
    r"|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|oo|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu"
    r"|ya|yê|[aăâeêioôơuưy])"
    r"(?:ch|nh|ng|[cmnpt])?"
)
_MARKS = dict.fromkeys(map(ord, _TONES.values()))
# Of so few words nothing can be told.
_FEWEST_WORDS = 3
_SHARE = 0.8


def encoding_of_font(font: str) -> Encoding | None:
    """Return for which encoding a font is made, by its name."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return Encoding.TCVN3
    return Encoding.VNI if name.startswith("vni") else None


def converted(text: str, encoding: Encoding, font: str = "") -> str:
    """Return the text in Unicode (NFC); ``font``: one of capitals makes capitals."""
    text = text.translate(_PRIVATE)
    if encoding == Encoding.VNI:
        return nfc(_VNI_SIGNS.sub(lambda match: _VNI[match[0]], text))
    read = "".join(_TCVN3.get(char, char) for char in text)
    is_of_capitals = font.strip().lower().startswith(".vn") and font.strip().endswith("H")
    return read.upper() if is_of_capitals else read


def is_modern(text: str) -> bool:
    """Whether a text has letters that Unicode has for Vietnamese alone."""
    return bool(_VIETNAMESE.search(nfc(text)))


def is_old(line: str, encoding: Encoding) -> bool:
    """Whether a line has signs that are letters in that encoding, and none that Unicode has."""
    return not is_modern(line) and converted(line, encoding) != line


def encoding_in(lines: Iterable[str]) -> Encoding | None:
    """Return the encoding in which lines read as Vietnamese, where they do not as they stand."""
    texts = [line for line in lines if not line.isascii() and not is_modern(line)]
    shares = {one: _share(texts, one) for one in Encoding}
    best = max(shares, key=lambda one: shares[one])
    return best if shares[best] >= _SHARE and shares[best] > _share(texts, None) else None


def _share(texts: list[str], encoding: Encoding | None) -> float:
    """Return how many of the words that are at stake are syllables of Vietnamese."""
    words = [word for text in texts for word in _at_stake(text)]
    if len(words) < _FEWEST_WORDS:
        return 0.0
    read = [converted(word, encoding) if encoding else word for word in words]
    return sum(map(_is_syllable, read)) / len(words)


def _at_stake(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,.;:()/\d\"“”]+", text) if word and not word.isascii()]


def _is_syllable(word: str) -> bool:
    plain = nfc(unicodedata.normalize("NFD", word.lower()).translate(_MARKS))
    return bool(_SYLLABLE.fullmatch(plain))
