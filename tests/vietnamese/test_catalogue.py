"""I6: every word of Wagtail in Vietnamese, on the version that is installed, and well formed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest

from wagtail_pbgdpl.vietnamese import sources

# Another version of Wagtail has other words: both runs try all of it.
pytestmark = pytest.mark.shared_out

FOLDER = sources.LOCALE / "vi" / "LC_MESSAGES"
CATALOGUES = {domain: sources.catalogue(FOLDER / f"{domain}.po") for domain in sources.DOMAINS}
ENTRIES = [(domain, entry) for domain, found in CATALOGUES.items() for entry in found]

PLACEHOLDER = re.compile(r"%\(\w+\)[#0 +-]*\d*[a-z]|%[sdr%]|\{\w*\}")
MARKUP = re.compile(r"</?\w[^>]*>|&\w+;")
EDGES = re.compile(r"\A\s*|\s*\Z")
SUBSTITUTED = re.compile(r"%\(\w+\)s|\{\w+\}|<[^>]*>")
#: What is counted are pages, always; in the search Wagtail puts «None» in for their name.
PAGES = "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"
#: Where one word of English is two of Vietnamese, by its capital letter.
TWO_WORDS = {"active", "any", "created"}


def said(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr)


def pairs() -> Iterator[tuple[str, str]]:
    """Yield each source beside its Vietnamese: that of the plural, which has all placeholders."""
    for _domain, entry in ENTRIES:
        yield entry.msgid_plural or entry.msgid, said(entry)


@pytest.fixture(scope="module")
def wanted() -> dict[sources.Key, sources.Message]:
    return sources.messages()


class TestCoverage:
    def test_everything_is_translated(self, wanted: dict[sources.Key, sources.Message]) -> None:
        assert len(wanted) > 2_000
        have = {(domain, e.msgctxt or "", e.msgid) for domain, e in ENTRIES if e.translated()}
        assert [wanted[key].text for key in wanted if key not in have] == []

    def test_plurals_are_those_of_the_source(
        self, wanted: dict[sources.Key, sources.Message]
    ) -> None:
        """``ngettext`` finds an entry with a plural alone, ``gettext`` one without."""
        entries = {(domain, e.msgctxt or "", e.msgid): e for domain, e in ENTRIES}
        assert [
            key
            for key, message in wanted.items()
            if key in entries and bool(message.plural) != bool(entries[key].msgid_plural)
        ] == []

    def test_each_file_of_an_app_is_found(self, wanted: dict[sources.Key, sources.Message]) -> None:
        apps = {app for message in wanted.values() for app in message.apps}
        assert apps >= {"wagtail", "wagtail.admin", "wagtail_modeladmin", "taggit", "django.conf"}
        assert apps >= {"django_filters", "treebeard", "modelsearch", "axes", sources.OWN}
        assert {message.domain for message in wanted.values()} == set(sources.DOMAINS)


class TestEntries:
    @pytest.mark.parametrize("pattern", [PLACEHOLDER, MARKUP], ids=["placeholders", "markup"])
    def test_it_holds_what_the_source_holds(self, pattern: re.Pattern[str]) -> None:
        assert [
            (source, text)
            for source, text in pairs()
            if Counter(pattern.findall(source)) != Counter(pattern.findall(text))
            and not (source.startswith(PAGES) and "%(items_count)s trang" in text)
        ] == []

    def test_spaces_and_lines_are_those_of_the_source(self) -> None:
        assert [
            pair
            for pair in pairs()
            if EDGES.findall(pair[0]) != EDGES.findall(pair[1])
            or pair[0].count("\n") != pair[1].count("\n")
        ] == []

    def test_a_label_keeps_its_capital(self) -> None:
        """Sentences begin with one; what stands inside others has none, as in the source."""
        assert [
            (source, text)
            for source, text in pairs()
            if source[:1].isupper() and not source[:2].isupper() and text[:1].islower()
        ] == []

    def test_it_is_precomposed(self) -> None:
        """I7: TCVN 6909:2001."""
        assert [
            text for _source, text in pairs() if not unicodedata.is_normalized("NFC", text)
        ] == []

    def test_nothing_is_guessed_or_left_over(self) -> None:
        for found in CATALOGUES.values():
            assert found.fuzzy_entries() == found.obsolete_entries() == []
            assert found.metadata["Plural-Forms"] == "nplurals=1; plural=0;"

    @pytest.mark.parametrize("domain", sources.DOMAINS)
    def test_the_compiled_file_is_up_to_date(self, domain: str) -> None:
        compiled = polib.mofile(str(FOLDER / f"{domain}.mo"))
        assert {(e.msgctxt, e.msgid): said(e) for e in compiled} == {
            (e.msgctxt, e.msgid): said(e) for e in CATALOGUES[domain]
        }

    def test_one_word_is_translated_in_one_way(self) -> None:
        """Also between server and browser, and whatever its capitals and its colon."""
        found: dict[str, set[str]] = defaultdict(set)
        for _domain, entry in ENTRIES:
            found[entry.msgid.casefold().strip(" :.…")].add(said(entry).casefold().strip(" :.…"))
        assert {word: texts for word, texts in found.items() if len(texts) > 1}.keys() == TWO_WORDS


class TestBeside:
    def test_the_portal_takes_no_word_of_wagtails_for_another_meaning(self) -> None:
        """Its own catalogue stands before: what it says of one English text, all of the admin says.

        A text with another meaning has a context.
        """
        path = sources.LOCALE.parents[1] / "locale" / "vi" / "LC_MESSAGES" / "django.po"
        own = {(e.msgctxt, e.msgid): said(e) for e in sources.catalogue(path) if e.translated()}
        here = {(e.msgctxt, e.msgid): said(e) for e in CATALOGUES["django"]}
        both = own.keys() & here.keys()
        assert len(both) > 50
        assert {key: (own[key], here[key]) for key in both if own[key] != here[key]} == {}


class Term:
    """A row of the glossary: an English word, its Vietnamese, what else may stand for it."""

    def __init__(self, row: str) -> None:
        self.english, self.vietnamese, others = (
            cell.strip() for cell in row.strip("| ").split(" | ")
        )
        self.checked = others != "by the sentence"
        words = [self.vietnamese, *others.split("; ")]
        self.allowed = [self._pattern(word) for word in words if word not in ("", "–")]
        self.pattern = re.compile(rf"(?<![\w./-]){re.escape(self.english)}s?(?![\w=/-])", re.I)

    @staticmethod
    def _pattern(word: str) -> re.Pattern[str]:
        """«gỡ … xuống» has something between its two words."""
        return re.compile(".*".join(map(re.escape, word.split(" … "))), re.I | re.S)

    def is_broken_by(self, source: str, text: str) -> bool:
        return (
            self.english in source.lower()  # quicker
            and bool(self.pattern.search(SUBSTITUTED.sub(" ", source)))
            and not any(pattern.search(text) for pattern in self.allowed)
        )


def terms(repository: Path) -> list[Term]:
    glossary = (repository / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
    section = glossary.partition("## Wagtail's words\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    return [Term(row) for row in rows[1:]]


#: Sentences that say a term in other words, and why.
OTHER_WORDS = {
    "Approve with comment": "what is said with a decision is no note in a text",
    "Privacy settings determine who is able to view documents in this collection.": (
        "phạm vi truy cập"
    ),
    "You can edit the privacy settings on:": "phạm vi truy cập",
    "You haven't created any %(snippet_type_name)s snippets. Why not "
    '<a href="%(wagtailsnippets_create_snippet_url)s" target="_blank" rel="noreferrer">'
    "create one now</a>?": "the type is named before",
    "title tag": "the element of HTML, which editors do not know",
    "Use proper heading tags": "the element of HTML",
    "Convert alias": "says into what",
    "From field": "a column of a table",
    "To field": "a column of a table",
}


class TestGlossary:
    def test_terms_are_used_as_it_says(self, repository: Path) -> None:
        found = terms(repository)
        assert len(found) > 60
        broken: dict[str, list[Any]] = defaultdict(list)
        for term in found:
            for domain, entry in ENTRIES:
                if term.checked and entry.msgid not in OTHER_WORDS and of_wagtail(entry):
                    for source in filter(None, (entry.msgid, entry.msgid_plural)):
                        if term.is_broken_by(source, said(entry)):
                            broken[term.english].append((domain, source, said(entry)))
        assert broken == {}

    def test_another_word_is_found(self) -> None:
        term = Term("| unpublish | gỡ xuống | gỡ … xuống |")
        assert not term.is_broken_by("Unpublish this page", "Gỡ trang này xuống")
        assert term.is_broken_by("Unpublish this page", "Thu hồi trang này")
        assert not term.is_broken_by("unpublished", "chưa đăng")


def of_wagtail(entry: polib.POEntry) -> bool:
    return any(app.startswith(("wagtail", "taggit")) for app, _line in entry.occurrences)
