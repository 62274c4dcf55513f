"""An entry as a set of tokens: all that the databases know of Vietnamese. Pure.

A token is of ``[a-z0-9._]``: both databases take it as it is, so that both find the same. What
stands before its full stop says where or what it is:

- none: a syllable or a pair of neighbours (``phap_luat``) anywhere; ``c.`` a syllable with its
  signs (``c.lua6t5``), where it has any;
- ``t.`` and ``tc.``: the same in the title; ``s.`` and ``sc.``: in title and lead;
- ``m.``: a pair that the entry says again and again;
- ``o.17.2018.qd.ubnd.``: its own number, ``o.`` alone: that it has one; ``n.…``: one that it
  cites; ``a.dieu.9``: an article of its own, and ``h.9.…`` the words of its heading;
- ``k.`` kind, ``l.`` language, ``u.`` office, ``f.`` field, ``y.`` year, ``v.`` validity.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from ..core.text import fold, nfc
from . import citations
from .entries import Entry
from .spelling import spoken
from .words import joined

TOKEN = re.compile(r"[a-z0-9._]+")
TITLE, LEAD, DENSE, CODE, HEADING = "t", "s", "m", "c", "h"
#: What bears a number of its own.
NUMBERED = "o."
#: So many words of the text stand for a lead too.
LEAD_WORDS = 60
# PostgreSQL takes no more than a megabyte of one entry; a book of 800 pages has less.
MOST_BYTES = 900_000
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
LEAST_OFTEN = 3
WORDS_FOR_ONE = 250

Spoken = Sequence[tuple[str, str]]


def tokens(entry: Entry) -> list[str]:
    """Return the tokens of an entry, each once, those that matter most first."""
    title = spoken(entry.title)
    text = spoken(entry.text)
    lead = [*title, *spoken(entry.lead), *_first(text, LEAD_WORDS)]
    everything = [*lead, *text, *spoken(entry.other)]
    found = dict.fromkeys(
        chain(
            _of_document(entry),
            filters(entry),
            _of(title, f"{TITLE}.", f"{TITLE}{CODE}."),
            _of(lead, f"{LEAD}.", f"{LEAD}{CODE}."),
            _dense(everything),
            _of(everything, "", f"{CODE}."),
        )
    )
    return list(_limited(found))


def heading(article: str) -> str:
    """Return the scope of the words in the heading of an article."""
    return f"{HEADING}.{article}"


def filters(entry: Entry) -> Iterator[str]:
    """Yield the tokens by which results are narrowed."""
    yield filter_token("k", entry.kind)
    yield filter_token("l", entry.language)
    yield filter_token("y", entry.year)
    yield from (filter_token("f", code) for code in entry.fields)
    if entry.office:
        yield filter_token("u", entry.office)
    if entry.validity:
        yield filter_token("v", entry.validity)


def filter_token(name: str, code: str) -> str:
    """Return the token of a code; no two codes have the same."""
    written = "".join(char if char in _PLAIN else f"_{ord(char):x}_" for char in code)
    return f"{name}.{written}"


def vocabulary(found: Iterable[str]) -> list[str]:
    """Return, of tokens, the syllables and pairs that stand anywhere."""
    return [token for token in found if "." not in token]


def folded(title: str) -> str:
    """Return a title as its syllables, by which results are put in order."""
    return " ".join(syllable for run in spoken(title) for syllable, _code in run)


def _of(runs: Iterable[Spoken], prefix: str, code_prefix: str) -> Iterator[str]:
    for run in runs:
        for syllable, code in run:
            yield f"{prefix}{syllable}"
            if code != syllable:
                yield f"{code_prefix}{code}"
        for (one, _one), (other, _other) in pairwise(run):
            yield f"{prefix}{joined(one, other)}"


def _first(runs: Iterable[Spoken], words: int) -> Iterator[Spoken]:
    for run in runs:
        yield run[:words]
        words -= len(run)
        if words <= 0:
            return


def _dense(runs: Sequence[Spoken]) -> Iterator[str]:
    counts = Counter(
        joined(one, other) for run in runs for (one, _one), (other, _other) in pairwise(run)
    )
    least = max(LEAST_OFTEN, sum(map(len, runs)) / WORDS_FOR_ONE)
    return (f"{DENSE}.{pair}" for pair, count in counts.items() if count >= least)


def _of_document(entry: Entry) -> Iterator[str]:
    number = citations.own(entry.number) if entry.number else None
    if number:
        yield NUMBERED
        yield from (f"o.{_ascii(path)}" for path in number.own_paths())
        yield from (f"n.{_ascii(path)}" for path in number.paths())
    for one in citations.cited(nfc("\n".join((entry.title, entry.lead, entry.text)))):
        yield from (f"n.{_ascii(path)}" for path in one.paths())
    for section in entry.sections:
        if article := _ascii(fold(section.article).lower()):
            yield f"a.dieu.{article}"
            prefix = f"{heading(article)}."
            yield from _of(spoken(section.label), prefix, f"{HEADING}{CODE}.{article}.")


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9._]", "", text)


def _limited(found: Iterable[str]) -> Iterator[str]:
    left = MOST_BYTES
    for token in found:
        left -= len(token) + 4
        if left < 0:
            return
        yield token
