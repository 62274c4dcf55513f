"""Vietnamese text as terms without accents: syllables, and pairs of neighbours.

Pure functions. Whoever types on a telephone leaves accents out, so that nothing here depends on
them; pairs tell apart what syllables alone do not.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from ..core.text import fold

# Longer ones are no syllables of any language that is asked in here.
LONGEST_SYLLABLE = 20
#: What a pair is joined with. No syllable has it.
JOINT = "_"
_COMMON = """
    a ah ai anh ay bac bao bi biet cac cai can chau chi co cua cung da dang day dc de den deu
    di do dua dung duoc duoi em gi gio giup ha hay hoac hoi i k kg khi khong ko la lai lam lau
    luc luon ma minh moi mot muon nao nay nen neu nguoi nhe nhieu nhu nhung noi o phai qua ra
    rang roi sao sau se tai the theo thi toi tren trong truoc tu u va van vao vay ve vi viec
    voi vua vui xin
"""
# Words that questions are made of, and that tell none from another. Alone they are no terms.
COMMON = frozenset(_COMMON.split())

_SYLLABLE = re.compile(r"[a-z0-9]+")
_SENTENCE = re.compile(r"[.?!;:\n]+")
# Of ``y`` and ``i`` at the end of these people write either: kỹ, kĩ.
_FINAL_Y = re.compile(r"^(h|k|l|m|s|t|v|qu)y$")
# Sounds that are taken for each other, at the beginning of a syllable.
_SOUNDS = (("ch", "tr"), ("s", "x"), ("gi", "d"), ("gi", "r"), ("d", "r"), ("l", "n"), ("k", "c"))
_TONE = re.compile(r"[sfrxj]$")
_TELEX = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("w", ""))


def syllables(text: str) -> list[str]:
    """Return the syllables of ``text`` in their order, as they are compared: «Kỹ» → ``ki``, and
    numbers without zeros before them: «09/11» → ``9``, ``11``."""
    return [syllable for sentence in sentences(text) for syllable in sentence]


def sentences(text: str) -> list[list[str]]:
    """Return the same by sentences; commas do not part any."""
    parts = _SENTENCE.split(fold(text).lower())
    return [found for part in parts if (found := list(_in(part)))]


def terms(run: Sequence[str]) -> Iterator[str]:
    """Yield the terms of the syllables of a sentence, some more than once."""
    yield from (syllable for syllable in run if syllable not in COMMON)
    yield from filter(None, pairs(run))


def pairs(run: Sequence[str]) -> Iterator[str]:
    """Yield the pairs of neighbours in their order; nothing in place of those that tell nothing."""
    for one, other in pairwise(run):
        yield "" if COMMON.issuperset((one, other)) else joined(one, other)


def joined(one: str, other: str) -> str:
    """Return the term of two neighbours."""
    return f"{one}{JOINT}{other}"


def variants(syllable: str) -> set[str]:
    """Return what somebody may have meant who wrote ``syllable``: one letter wrong, left out, too
    many or in the wrong place, a sound that is alike, or signs of an input method left in."""
    cuts = [(syllable[:place], syllable[place:]) for place in range(len(syllable) + 1)]
    letters = string.ascii_lowercase
    found = {head + tail[1:] for head, tail in cuts if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    found |= {head + letter + tail[1:] for head, tail in cuts if tail for letter in letters}
    found |= {head + letter + tail for head, tail in cuts for letter in letters}
    return (found | typed(syllable) | alike_in_sound(syllable)) - {syllable, ""}


def typed(syllable: str) -> set[str]:
    """Return ``syllable`` without signs of Telex and VNI: ``da6t``, ``ddaats`` → ``dat``."""
    bare = _TONE.sub("", syllable)
    for signs, letter in _TELEX:
        bare = bare.replace(signs, letter)
    return {bare, re.sub(r"[1-9]", "", syllable)} - {"", syllable}


def alike_in_sound(syllable: str) -> set[str]:
    found = set()
    for pair in _SOUNDS:
        for one, other in (pair, pair[::-1]):
            if syllable.startswith(one):
                found.add(other + syllable[len(one) :])
    return found


def halves(syllable: str) -> list[tuple[str, str]]:
    """Return the ways to part what may be two syllables written as one: ``lyhon``."""
    return [(_same(syllable[:at]), syllable[at:]) for at in range(2, len(syllable) - 1)]


def said_otherwise(run: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield what the words of the law, or of the people, are for phrases that ``run`` has.

    Before each phrase, where in ``run`` the other begins and ends.
    """
    table, longest = _lay_words()
    for start in range(len(run)):
        for end in range(start + 1, min(start + longest, len(run)) + 1):
            for phrase in table.get(tuple(run[start:end]), ()):
                yield start, end, phrase


@cache
def _lay_words() -> tuple[dict[tuple[str, ...], list[tuple[str, ...]]], int]:
    text = files(__package__).joinpath("data/lay_words.toml").read_text(encoding="utf-8")
    table: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for group in tomllib.loads(text)["same"]:
        phrases = [tuple(syllables(phrase)) for phrase in group]
        for phrase in phrases:
            table.setdefault(phrase, []).extend(one for one in phrases if one != phrase)
    return table, max(map(len, table))


def _in(text: str) -> Iterator[str]:
    for syllable in _SYLLABLE.findall(text):
        if len(syllable) <= LONGEST_SYLLABLE:
            yield _same(syllable)


def _same(syllable: str) -> str:
    if syllable.isdecimal():
        return syllable.lstrip("0") or "0"
    return _FINAL_Y.sub(r"\1i", syllable)
