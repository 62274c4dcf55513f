"""How Vietnamese is spelled, told apart and typed by mistake. Pure functions.

A syllable is compared folded (``phap``), without accents; its *code* (``phap5``) keeps them in an
order of its own, so that «hòa» and «hoà» have one code. Numbers of VNI stand for the signs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..core.text import nfc
from .words import LONGEST_SYLLABLE, alike_in_sound, syllables

# Combining signs: of quality behind their letter, of tone at the end of the syllable.
_QUALITY = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
_TONE = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.?!;:\n]+")

# Behind the sounds that a syllable begins with, these letters are signs of Telex.
_ONSET = re.compile(r"(dd|tr|[sxr]|[bcdghklmnpqtv]*)(.*)")
_SIGNS = re.compile(r"[sfrxjzw]")
_LONE_W = re.compile(r"(?<![aou])w")
_DOUBLED = re.compile(r"(aa|ee|oo)")
_ENDS = (("ng", "n"), ("n", "ng"), ("t", "c"), ("c", "t"), ("nh", "n"), ("n", "nh"), ("ch", "c"))


def code(word: str) -> str:
    """Return a word (NFC, one syllable) with its signs as digits, the tone last: «luật» → lua6t5.

    ``đ`` is ``d9``. Final ``y`` is written as in ``words.syllables``. Equal to the folded syllable
    where it has no sign.
    """
    return _code(word.lower())


@lru_cache(maxsize=20_000)
def _code(word: str) -> str:
    found, tone = [], ""
    for char in unicodedata.normalize("NFD", word):
        if char == "đ":
            found.append("d9")
        elif char in _QUALITY:
            found.append(_QUALITY[char])
        elif char in _TONE:
            tone = _TONE[char]
        elif char.isascii() and char.isalnum():
            found.append(char)
    plain = "".join(found)
    same = syllables(plain)
    return (same[0] if len(same) == 1 else plain) + tone


def spoken(text: str) -> list[list[tuple[str, str]]]:
    """Return the words of ``text`` by sentences, each as its folded syllable and its code.

    As ``words.sentences``: the first of the pairs are what that returns.
    """
    runs = []
    for part in _SENTENCE.split(nfc(text)):
        run = []
        for word in _WORD.findall(part):
            for syllable in _syllables(word):
                run.append((syllable, _code_of(word, syllable)))
        if run:
            runs.append(run)
    return runs


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> tuple[str, ...]:
    return tuple(syllables(word))


@lru_cache(maxsize=20_000)
def _code_of(word: str, syllable: str) -> str:
    whole = code(word)
    # Of a word that folds into several syllables nobody types the signs of one.
    return whole if len(_syllables(word)) == 1 and len(whole) <= LONGEST_SYLLABLE * 2 else syllable


def untyped(syllable: str) -> str:
    """Return ``syllable`` without what an input method left in it; it may be what it was.

    Telex ``luaatj`` and ``dduowngf``, VNI ``lua65t`` → ``luat``, ``duong``.
    """
    if not syllable.isalpha():
        bare = re.sub(r"[1-9]", "", syllable)
        return bare if bare.isalpha() and syllable[0].isalpha() else syllable
    onset, rest = _ONSET.fullmatch(syllable).groups()  # type: ignore[union-attr]
    # «w» alone is «ư»: «dwx», «ddwowcj».
    rest = _SIGNS.sub("", _LONE_W.sub("u", rest))
    rest = _DOUBLED.sub(lambda found: found[0][0], rest)
    # The sign of «đ» may come at the end: «dduowngd».
    if len(rest) > 1 and onset == "d" and rest.endswith("d"):
        rest = rest[:-1]
    whole = ("d" if onset == "dd" else onset) + rest
    return (syllables(whole) or [""])[0] if rest else syllable


def sounds_alike(syllable: str) -> set[str]:
    """Return what is confused with ``syllable`` in speaking: tr and ch, n and l, -n and -ng."""
    found = alike_in_sound(syllable)
    for one in (syllable, *tuple(found)):
        for end, other in _ENDS:
            if one.endswith(end):
                found.add(one[: -len(end)] + other)
    return found - {syllable}
