"""The Vietnamese translation: complete, well formed, and on every page (I6, I7).

Vietnamese comes first: BK18 Điều 3.2, BK21 Điều 8.1.
"""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from bs4 import BeautifulSoup
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from wagtail.blocks import Block, ChoiceBlock, ListBlock, StructBlock
from wagtail.images.blocks import ImageBlock

import wagtail_pbgdpl
from tests.both import rows_here
from tests.conftest import missing
from tests.factories import (
    AudienceFactory,
    DocumentTypeFactory,
    IssuingBodyFactory,
    LegalFieldFactory,
    factory_for,
)
from wagtail_pbgdpl.blocks.defaults import DEFAULTS
from wagtail_pbgdpl.content.base import ContentMixin
from wagtail_pbgdpl.content.regulated import RegulatedPageMixin
from wagtail_pbgdpl.core.discovery import concrete_models
from wagtail_pbgdpl.pages import models as pages

MESSAGES = Path(wagtail_pbgdpl.__file__).parent / "locale" / "vi" / "LC_MESSAGES"
CATALOGUE = polib.pofile(str(MESSAGES / "django.po"))

PLACEHOLDER = re.compile(r"%\(\w+\)[#0 +-]*\d*[a-z]|%[sd]|\{\w*\}")
MARKUP = re.compile(r"</?\w[^>]*>")
NAMES_OF_SETTINGS = {"USE_TZ", "TIME_ZONE", "LANGUAGE_CODE", "WAGTAILADMIN_PERMITTED_LANGUAGES"}
# Choices of a form, which begin with a capital in Vietnamese.
CHOICES = {"day off", "worked"}
DAY = datetime.date(2026, 4, 20)

# The texts of the package that a reader would notice to be English.
ENGLISH = {
    form
    for entry in CATALOGUE
    if entry.msgstr and entry.msgstr != entry.msgid
    for form in (entry.msgid, capfirst(entry.msgid))
}

CONTENT_TYPES = [model for model in concrete_models(ContentMixin) if model.is_creatable]
PAGE_TYPES = [
    model for model in concrete_models(RegulatedPageMixin) if getattr(model, "is_creatable", True)
]
BLOCKS = [(use, name, source) for use, blocks in DEFAULTS.items() for name, source in blocks]
# Their samples lack the file or the address that the block shows.
NEEDY = {"image", "gallery", "video", "embedded_video", "audio", "attachment", "document_list"}
SAMPLES = [(name, source) for _use, name, source in BLOCKS if name not in NEEDY]
LANGUAGES = ["vi", "en"]


def forms_of(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Return each translated text of an entry beside the source it stands for."""
    if entry.msgid_plural:
        return [(entry.msgid_plural, text) for text in entry.msgstr_plural.values()]
    return [(entry.msgid, entry.msgstr)]


def keys(catalogue: polib.POFile) -> set[tuple[str | None, str, str]]:
    return {(e.msgctxt, e.msgid, e.msgid_plural) for e in catalogue if not e.obsolete}


@pytest.fixture(scope="module")
def extracted(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """All messages of the source as it stands now."""
    if shutil.which("xgettext") is None:
        missing("xgettext (GNU gettext)")
    copy = tmp_path_factory.mktemp("extraction") / "wagtail_pbgdpl"
    # The app for Wagtail's words has a catalogue of its own.
    ignored = shutil.ignore_patterns("__pycache__", "locale", "vietnamese")
    shutil.copytree(repository / "wagtail_pbgdpl", copy, ignore=ignored)
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "vi", "--keep-pot"]
    # The settings of the tests cannot be imported from there, and are not needed.
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
    return polib.pofile(str(copy / "locale" / "django.pot"))


class TestCatalogue:
    def test_every_message_of_the_source_is_there_and_no_other(
        self, extracted: polib.POFile
    ) -> None:
        """I6."""
        assert len(extracted) > 500
        assert keys(CATALOGUE) == keys(extracted)

    def test_every_message_is_translated(self) -> None:
        """I6: nothing empty, nothing guessed (fuzzy), nothing left over (obsolete)."""
        assert [entry.msgid for entry in CATALOGUE if not entry.translated()] == []
        assert CATALOGUE.fuzzy_entries() == []
        assert CATALOGUE.obsolete_entries() == []
        assert not CATALOGUE.metadata_is_fuzzy

    def test_placeholders_and_markup_agree(self) -> None:
        """A placeholder that is misspelt would break the page, one left out hide a fact."""
        differing = [
            (source, text)
            for entry in CATALOGUE
            for source, text in forms_of(entry)
            for pattern in (PLACEHOLDER, MARKUP)
            if Counter(pattern.findall(source)) != Counter(pattern.findall(text))
        ]
        assert differing == []

    def test_texts_are_precomposed(self) -> None:
        """I7: TCVN 6909:2001."""
        texts = [text for entry in CATALOGUE for _source, text in forms_of(entry)]
        assert [text for text in texts if not unicodedata.is_normalized("NFC", text)] == []

    def test_white_space_and_capitals_follow_the_source(self) -> None:
        """A label that stands alone has a capital; one that Django capitalises itself has none."""
        pairs = [pair for entry in CATALOGUE for pair in forms_of(entry)]
        assert [text for source, text in pairs if text != text.strip()] == []
        assert [
            (source, text)
            for source, text in pairs
            if source[0].isalpha()
            and text[0].isalpha()
            and source.split()[0] not in NAMES_OF_SETTINGS
            and source not in CHOICES
            and source[0].isupper() != text[0].isupper()
        ] == []

    def test_the_header_names_the_language(self) -> None:
        assert CATALOGUE.metadata["Project-Id-Version"] == "wagtail-pbgdpl"
        assert CATALOGUE.metadata["Language"] == "vi"
        assert CATALOGUE.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
        assert CATALOGUE.metadata["Content-Type"] == "text/plain; charset=UTF-8"

    def test_the_compiled_file_is_up_to_date(self) -> None:
        """What Django reads is the ``.mo``; a forgotten ``compilemessages`` must not ship."""
        compiled = polib.mofile(str(MESSAGES / "django.mo"))
        assert contents(compiled) == contents(CATALOGUE)

    def test_django_finds_it(self) -> None:
        with translation.override("vi"):
            assert translation.gettext("issuing body") == "cơ quan ban hành"
            text = translation.ngettext("%(count)d working day", "%(count)d working days", 15)
            assert text % {"count": 15} == "15 ngày làm việc"


class TestGlossary:
    def test_it_says_what_the_interface_says(self, repository: Path) -> None:
        glossary = (repository / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
        own = glossary.partition("## Wagtail's words")[0]
        rows = [line.split(" | ") for line in own.splitlines() if line.startswith("| ")]
        terms = {row[0].removeprefix("| "): row[1] for row in rows}
        shipped = {entry.msgid: entry.msgstr for entry in CATALOGUE if entry.msgid in terms}
        assert len(shipped) > 40
        assert {term: terms[term] for term in shipped} == shipped


def contents(catalogue: Any) -> dict[tuple[str | None, str], Any]:
    return {(e.msgctxt, e.msgid): e.msgstr_plural or e.msgstr for e in catalogue}


def filled(model: type[Any]) -> dict[str, Any]:
    """Return a value for each field of a page type, so that the page shows all its labels."""
    own = [field for field in model._meta.get_fields() if is_own(field)]
    values = {field.name: value_for(field) for field in own}
    many = {"legal_fields": LegalFieldFactory, "audiences": AudienceFactory}
    for name, factory in many.items():
        if hasattr(model, name):
            values[name] = [factory()]
    return {name: value for name, value in values.items() if value is not None}


def is_own(field: Any) -> bool:
    shared = {"author", "source", "summary", "category", "published_at"}
    inherited = pages.Page._meta.get_fields()
    return (
        field.concrete
        and field.editable
        and not field.many_to_many
        and field.name not in shared
        and field.name not in {other.name for other in inherited}
        and not getattr(field.remote_field, "parent_link", False)
    )


def value_for(field: Any) -> Any:
    if field.choices:
        return field.choices[0][0]
    if field.is_relation:
        factories = {"document_type": DocumentTypeFactory, "issuing_body": IssuingBodyFactory}
        return factories[field.name]() if field.name in factories else None
    if isinstance(field, models.DateTimeField):
        return datetime.datetime.combine(DAY, datetime.time(8), tzinfo=datetime.UTC)
    if isinstance(field, models.DateField):
        return DAY
    if isinstance(field, models.URLField):
        return "https://vbpl.vn/"
    if isinstance(field, (models.CharField, models.TextField)) and not is_stream(field):
        return "Giá trị thử"
    return None


def is_stream(field: models.Field) -> bool:
    return hasattr(field, "stream_block")


def english_texts(html: str, elements: str | None = None) -> set[str]:
    """Return the package's English texts that a person reads, or hears, in a page.

    ``elements`` is a CSS selector for the elements whose text counts; by default all count.
    """
    soup = BeautifulSoup(html, "lxml")
    for hidden in soup(["script", "style"]):
        hidden.decompose()
    spoken = {"aria-label", "title", "alt", "placeholder"}
    if elements:
        found = [element.get_text() for element in soup.select(elements)]
    else:
        found = list(soup.stripped_strings)
        found += [tag[name] for tag in soup.find_all(True) for name in spoken & set(tag.attrs)]
    return {text for text in map(tidied, found) if text in ENGLISH}


def tidied(text: str) -> str:
    """Return a label without the signs that templates put beside it."""
    return " ".join(text.split()).strip(":* ")


def texts_of_block(block: Block) -> Iterator[str]:
    """Yield what an editor reads of a block and of the blocks in it."""
    meta = (block.label, block.meta.group, getattr(block.meta, "description", ""))
    field = getattr(block, "field", None)
    yield from map(str, filter(None, (*meta, getattr(field, "help_text", ""))))
    if isinstance(block, ChoiceBlock):
        yield from (str(label) for _value, label in field.choices)
    # What is inside Wagtail's own ImageBlock is labelled, or not, by Wagtail.
    if isinstance(block, StructBlock) and not isinstance(block, ImageBlock):
        for child in block.child_blocks.values():
            yield from texts_of_block(child)
    elif isinstance(block, ListBlock):
        yield from texts_of_block(block.child_block)


@pytest.fixture(params=rows_here([LANGUAGES]))
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Vietnamese, which is tested; and English, which proves once that the test could fail."""
    with translation.override(request.param):
        yield request.param


@pytest.mark.django_db
class TestPublicPages:
    @pytest.mark.parametrize("model", CONTENT_TYPES, ids=lambda model: model.__name__)
    def test_content(
        self, model: type[Any], language: str, portal: Any, index_of: Any, client: Client
    ) -> None:
        """I6, C1–C15: no label of the package is English."""
        page = factory_for(model)(
            parent=index_of(model.category_kinds[0]), tags=["hòa giải"], **filled(model)
        )
        html = client.get(page.url).content.decode()
        assert f'<html lang="{language}">' in html
        assert bool(english_texts(html)) == (language == "en"), english_texts(html)

    def test_indexes_and_services(self, language: str, portal: Any, client: Client) -> None:
        """I6, C6, C13, C14: the portal, its categories, the search and the statistics."""
        below = portal.get_descendants(inclusive=True).live()
        found = {
            page.url: english_texts(client.get(page.url, {"q": "pháp luật"}).content.decode())
            for page in below
        }
        assert len(found) >= 18
        assert [url for url, texts in found.items() if bool(texts) != (language == "en")] == []

    @pytest.mark.parametrize(("name", "source"), SAMPLES, ids=[name for name, _source in SAMPLES])
    def test_samples_of_blocks(self, name: str, source: Any) -> None:
        """I6: what a block adds to the words of its editor."""
        block = source()
        block.set_name(name)
        with translation.override("vi"):
            assert english_texts(block.render(block.get_preview_value())) == set()


@pytest.mark.django_db
class TestEditor:
    @pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
    def test_form_of_each_page_type(
        self, model: type[Any], language: str, portal: Any, index_of: Any, editor: Any
    ) -> None:
        """I6: labels, headings, choices and help of the form in which a page is made."""
        parents = [portal.get_parent(), portal, *portal.get_children().specific()]
        parent = next(page for page in parents if model.can_create_at(page))
        client = Client()
        client.force_login(editor)
        address = reverse(
            "wagtailadmin_pages:add",
            args=(model._meta.app_label, model._meta.model_name, parent.pk),
        )
        response = client.get(address)
        assert response.status_code == 200
        html = response.content.decode()
        found = english_texts(html, "#page-edit-form :is(label, legend, option, h1, h2, h3, .help)")
        assert bool(found) == (language == "en"), found

    @pytest.mark.parametrize(
        ("name", "source"),
        [(name, source) for _use, name, source in BLOCKS],
        ids=[f"{use}-{name}" for use, name, _source in BLOCKS],
    )
    def test_labels_of_each_block(self, name: str, source: Any, language: str) -> None:
        """I6: the block in the picker and in the form."""
        block = source()
        block.set_name(name)
        found = ENGLISH.intersection(texts_of_block(block))
        assert bool(found) == (language == "en"), found
