"""A back-end of Wagtail's search for the boxes of the admin: explorer, lists and choosers.

It reads Vietnamese as the search of the portal does, and keeps Wagtail's own tables, which have
drafts too and stay right by Wagtail's own signals. So words are found without accents and with
them, numbers of documents in any spelling, abbreviations written out, and the beginning of the last
word. Where nothing has them, what is one slip of a finger or of the ear away. ::

    WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail_pbgdpl.search.backend"}}

After that is set, ``manage.py update_index`` once.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import Any

from django.db.models import Value
from modelsearch.backends.database import SearchBackend as stock
from modelsearch.query import And, Boost, Not, Or, Phrase, PlainText

from ..core.text import nfc
from . import citations
from .expressions import Expression, Has, every, for_postgres, for_sqlite, has, some
from .reading import LONGEST, Unit, read
from .spelling import sounds_alike, untyped
from .stores import documents_with
from .words import halves, syllables, variants

# Stands between the parts of a number: neither database parts a word at a letter.
_JOINT = "x"
_NOTHING = Has("xnothingx")
#: A slip is looked for in so many words, in those of so many letters.
MOST_SLIPPED = 8
SHORTEST_SLIPPED = 3


def SearchBackend(params: dict[str, Any]) -> Any:
    """Return Wagtail's back-end for the database of the site, so that it reads Vietnamese."""
    plain = {"SEARCH_CONFIG": "simple", "AUTOCOMPLETE_SEARCH_CONFIG": "simple"}
    backend = stock(plain | params)
    used = type(backend)
    if "postgres" in used.__module__:
        compiling: type = _OnPostgres
    elif "sqlite" in used.__module__:
        compiling = _OnSqlite
    else:
        return backend
    backend.index_class = _mixed(_Written, used.index_class)
    backend.index_class.reader = import_module(used.__module__).ObjectIndexer
    backend.query_compiler_class = _mixed(compiling, used.query_compiler_class)
    backend.autocomplete_query_compiler_class = _mixed(
        compiling, used.autocomplete_query_compiler_class
    )
    return backend


def written(text: str) -> str:
    """Return a text as it is entered: its syllables, and the numbers of documents in it."""
    text = nfc(text)
    numbers = {_one_word(path) for one in citations.cited(text) for path in one.paths()}
    return " ".join([*syllables(text), *sorted(numbers)])


def asked(text: str, *, any_word: bool = False) -> Expression:
    """Return what is looked for: the words as they stand there, or what they mean."""
    text = nfc(text).replace("\x00", " ")[:LONGEST]
    typed = syllables(text)
    if not typed:
        return _NOTHING
    words = [_said(word, is_last=place == len(typed)) for place, word in enumerate(typed, start=1)]
    if any_word:
        return some(words)
    said = every(words)
    wish = read(text, documents_with)
    meant = [
        *(Has(_one_word(number.path()), is_beginning=True) for number in wish.numbers),
        *(has("dieu", one.article) for one in wish.articles),
        *(_meant(unit) for unit in wish.units),
    ]
    return some([said, every(meant)]) if meant else said


def slipped(text: str) -> Expression | None:
    """Return what is one slip away: one word of ``text`` with a letter wrong, left out, too many or
    in the wrong place, or two written as one. ``None`` where each word is too short to tell.

    It asks for spellings, not for words that are known: what is a draft yet has words of its own.
    """
    typed = syllables(nfc(text).replace("\x00", " ")[:LONGEST])[:MOST_SLIPPED]
    exact = [_said(word, is_last=place == len(typed)) for place, word in enumerate(typed, start=1)]
    ways = [
        every([*exact[:place], _slips(word, is_last=place + 1 == len(typed)), *exact[place + 1 :]])
        for place, word in enumerate(typed)
        if len(word) >= SHORTEST_SLIPPED and word.isalpha()
    ]
    return some(ways) if ways else None


def _slips(word: str, *, is_last: bool) -> Expression:
    alike = [
        Has(one, is_beginning=is_last and len(one) >= SHORTEST_SLIPPED)
        for one in sorted(variants(word) | sounds_alike(word))
        if len(one) > 1
    ]
    return some([*alike, *(has(*parts) for parts in halves(word))])


def _said(word: str, *, is_last: bool) -> Expression:
    """Return a syllable, or what is left of it without the signs of Telex and VNI."""
    return some(Has(one, is_beginning=is_last) for one in (word, untyped(word)))


def _meant(unit: Unit) -> Expression:
    return some(has(*way) for way in (unit.syllables, *unit.others))


def _one_word(path: str) -> str:
    return _JOINT + path.replace(".", _JOINT)


class _Asked(PlainText):
    """What somebody typed, for a compiler that asks the database for it."""

    def __init__(self, text: str, operator: str) -> None:
        super().__init__(text)
        any_word = operator.lower() == "or"
        self.expression = asked(text, any_word=any_word)
        self.may_have_slipped = not any_word

    def mend(self) -> None:
        """Ask for what is one slip away from now on."""
        self.expression = slipped(self.query_string) or self.expression


def _translated(query: Any, operator: str) -> Any:
    match query:
        case str():
            return _Asked(query, operator)
        case PlainText():
            return _Asked(query.query_string, query.operator)
        case Phrase():
            return _Asked(query.query_string, "and")
        case And() | Or():
            return type(query)([_translated(one, operator) for one in query.subqueries])
        case Not():
            return Not(_translated(query.subquery, operator))
        case Boost():
            return Boost(_translated(query.subquery, operator), query.boost)
    return query


class _Written:
    """Enters what ``written`` makes of an object's fields; ``reader`` is Wagtail's own."""

    reader: Any
    backend: Any

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        said = [_Said(obj, self.reader(obj, self.backend)) for obj in objs]
        super().add_items(model, said)  # type: ignore[misc]


class _Said:
    """An object as the indexer sees it: each field says what is entered of it."""

    def __init__(self, obj: Any, reader: Any) -> None:
        self.pk = obj.pk
        self._fields = list(self._read(obj, reader))

    @staticmethod
    def _read(obj: Any, reader: Any) -> Iterator[Any]:
        for each in obj.get_search_fields():
            for field, *_weight, value in reader.prepare_field(obj, each):
                said = copy.copy(field)
                said.get_value = partial(_given, written(value))
                yield said

    def get_search_fields(self) -> list[Any]:
        return self._fields


def _given(value: str, _obj: Any) -> str:
    return value


class _Compiling:
    def __init__(
        self, queryset: Any, query: Any, fields: Any = None, operator: Any = None, **others: Any
    ) -> None:
        # Columns of single fields have their accents; what is entered of all has none.
        super().__init__(queryset, _translated(query, operator or "and"), **others)  # type: ignore[call-arg]

    def search(self, config: Any, start: Any, stop: Any, **others: Any) -> Any:
        find = super().search  # type: ignore[misc]
        asked_for = self.query  # type: ignore[attr-defined]
        if isinstance(asked_for, _Asked) and asked_for.may_have_slipped:
            # Asked once: the page of what was found, and how many there are, are of the same.
            asked_for.may_have_slipped = False
            if not find(config, None, None, **others).exists():
                asked_for.mend()
        return find(config, start, stop, **others)


class _OnPostgres(_Compiling):
    def build_tsquery_content(self, query: Any, config: Any = None, invert: bool = False) -> Any:
        if isinstance(query, _Asked):
            from django.contrib.postgres.search import SearchQuery

            written_out = for_postgres(query.expression)
            return SearchQuery(written_out, search_type="raw", config=config, invert=invert)
        return super().build_tsquery_content(query, config=config, invert=invert)  # type: ignore[misc]


class _OnSqlite(_Compiling):
    def build_search_query_content(self, query: Any, config: Any = None) -> Any:
        if isinstance(query, _Asked):
            from modelsearch.backends.database.sqlite.query import SearchQueryExpression

            return SearchQueryExpression(Value(for_sqlite(query.expression)), config=config)
        return super().build_search_query_content(query, config=config)  # type: ignore[misc]


def _mixed(ours: type, theirs: type) -> type:
    return type(theirs.__name__, (ours, theirs), {})
