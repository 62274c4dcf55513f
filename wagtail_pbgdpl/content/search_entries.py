"""What the search finds of the portal's pages: all content, and the pages of the categories.

Documents are entered with their articles, so that a result leads to the very one. Of copies the
original alone is entered.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.search import index

from ..blocks.legal import LegalArticleBlock
from ..blocks.outline import OutlineEntry, positions
from ..consultations import summing
from ..core.base_page import base_page_model
from ..core.discovery import concrete_models
from ..core.listed import ListedMixin
from ..core.text import LazyText
from ..search.entries import Entry, Section, register, register_kind
from ..serving.listing import public
from ..serving.prepared import PreparedQuery, in_parts, places
from ..serving.process_cache import of_version
from ..site.addresses import addresses_of
from .answers import AnswerMixin
from .consultations import ConsultationMixin
from .documents import DocumentMixin
from .events import EventMixin
from .exemplars import ExemplarMixin
from .guidance import GuidanceMixin
from .indexes import CategoryIndexMixin
from .materials import MaterialMixin

PAGES = "pages"
OTHER, CATEGORY = "page", "category"
# Kinds of results by the class that a page has, the last that fits: a draft that is put out for
# comment is no document yet.
KINDS: tuple[tuple[str, LazyText, tuple[type, ...]], ...] = (
    (OTHER, _("Other pages"), (object,)),
    ("document", pgettext_lazy("law", "Documents"), (DocumentMixin,)),
    ("answer", _("Questions and answers"), (AnswerMixin,)),
    ("material", _("Materials and guidance"), (MaterialMixin, GuidanceMixin)),
    ("news", _("News and events"), (EventMixin, ExemplarMixin)),
    ("draft", _("Drafts for comment"), (ConsultationMixin,)),
    (CATEGORY, _("Categories of the portal"), (CategoryIndexMixin,)),
)
# What is shown above the text, and what the reader of a text does not see there.
LEADS = ("summary", "document_abstract", "question_text", "introduction", "abstract")
BESIDE = ("author", "source", "signer", "document_number", "asker_name")
# Columns that say nothing of the content.
NOT_CONTENT = frozenset(
    (
        *("path", "depth", "numchild", "translation_key", "draft_title"),
        *("has_unpublished_changes", "latest_revision"),
        *("latest_revision_created_at", "live_revision", "locked"),
        *("locked_at", "locked_by", "owner", "go_live_at", "expire_at", "expired"),
        *("alias_of", "url_path", "slug", "show_in_menus", "content_type", "cover"),
        "deadline_rule",
    )
)
_EARLIEST = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_ARTICLE_DEPTH, _CLAUSE_DEPTH, _POINT_DEPTH = 7, 8, 9


class Pages:
    """Every page type of the site that lists content, or is the page of a category."""

    def marks(self) -> Iterator[tuple[int, str]]:
        summaries = summing.marks()
        for model in searched_models():
            columns = [_column(field) for field in _content_fields(model)]
            for pk, *row in _public(model).values_list("pk", *columns).iterator():
                row += [summaries[pk]] if pk in summaries else []
                yield pk, hashlib.blake2b(repr(row).encode(), digest_size=16).hexdigest()

    def entries(self, keys: Collection[int]) -> Iterator[Entry]:
        for model, own in _by_model(keys):
            related = [name for name in ("locale", "unit", "issuing_body") if _has(model, name)]
            for page in _public(model).filter(pk__in=own).select_related(*related):
                yield entry_of(page, page.locale.language_code)

    def addresses(self, keys: Collection[int]) -> Mapping[int, str]:
        # The private sections, which it leaves out, are known for a second.
        query = of_version(("query", "search.addresses"), lambda: PreparedQuery(_shown))
        rows = (row for part in in_parts(keys) for row in query(**part))
        return {key: address for key, address in addresses_of(rows) if address}


def _shown() -> Any:
    model = base_page_model()
    pages = public(model._default_manager.filter(pk__in=places(model._meta.pk)).order_by())
    return pages.values_list("pk", "url_path", "locale_id")


@cache
def searched_models() -> tuple[type[Any], ...]:
    """Return the most special models with content, and those of categories."""
    models = concrete_models(ListedMixin) + concrete_models(CategoryIndexMixin)
    return tuple(dict.fromkeys(models))


def connect() -> None:
    """Once all models are loaded."""
    register(PAGES, Pages())
    for name, label, _mixins in (*KINDS[1:], KINDS[0]):
        register_kind(name, label, is_aside=name == CATEGORY)


def entry_of(page: Any, language: str) -> Entry:
    """Return what is entered of a public page."""
    values = dict(_texts(page))
    text, sections = _body(getattr(page, "body", None))
    said = summing.words_of(page.pk) if isinstance(page, ConsultationMixin) else []
    shown = [text, *said, *(one for name, one in values.items() if name not in (*LEADS, *BESIDE))]
    return Entry(
        object_id=page.pk,
        kind=kind_of(page.__class__),
        title=page.title,
        date=_date(page),
        language=language,
        lead="\n".join(values[name] for name in LEADS if values.get(name)),
        text="\n".join(filter(None, shown)),
        sections=sections,
        number=getattr(page, "document_number", ""),
        day=getattr(page, "issued_on", None),
        fields=_fields(page),
        office=_office(page),
        validity=getattr(page, "validity", ""),
        other="\n".join(values[name] for name in BESIDE if values.get(name)),
    )


def kind_of(model: type[Any]) -> str:
    """Return the kind of the results of a page type."""
    return next(name for name, _label, mixins in reversed(KINDS) if issubclass(model, mixins))


def _by_model(keys: Collection[int]) -> Iterator[tuple[type[Any], list[int]]]:
    types: dict[int, list[int]] = defaultdict(list)
    rows = base_page_model()._default_manager.filter(pk__in=keys, live=True).order_by()
    for pk, content_type in rows.values_list("pk", "content_type"):
        types[content_type].append(pk)
    for content_type, own in types.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model in searched_models():
            yield model, own


def _public(model: type[Any]) -> Any:
    # Of a table that others extend, what is of no more special type.
    own = ContentType.objects.get_for_model(model)
    return public(model._default_manager.filter(alias_of=None, content_type=own).order_by())


def _has(model: type[Any], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _content_fields(model: Any) -> tuple[models.Field[Any, Any], ...]:
    return tuple(
        field
        for field in model._meta.concrete_fields
        if field.name not in NOT_CONTENT and not field.primary_key and field.name[-4:] != "_ptr"
    )


def _column(field: models.Field[Any, Any]) -> Any:
    # As the column has it: to make blocks of it costs a hundred times as much.
    return (
        Cast(field.attname, models.TextField()) if hasattr(field, "stream_block") else field.attname
    )


def _date(page: Any) -> Any:
    return (
        getattr(page, "published_at", None)
        or page.first_published_at
        or page.last_published_at
        or _EARLIEST
    )


def _fields(page: Any) -> list[str]:
    return (
        sorted(field.code for field in page.legal_fields.all())
        if hasattr(page, "legal_fields")
        else []
    )


def _office(page: Any) -> str:
    """Return the code of the body that issued a document, of the unit that supplied an item."""
    if getattr(page, "issuing_body", None) is not None:
        return f"b-{page.issuing_body.code}"
    unit = getattr(page, "unit", None)
    return f"u-{unit.code}" if unit is not None else ""


def _texts(page: Any) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the search fields of a page, and of its lead, but the body."""
    names = dict.fromkeys(LEADS)
    for field in page.get_search_fields():
        if isinstance(field, index.SearchField):
            names[field.field_name] = None
    for name in names:
        if name in ("title", "body") or not hasattr(page, name):
            continue
        if text := _text(page, name):
            yield name, text


def _text(page: Any, name: str) -> str:
    value = index.SearchField(name).get_value(page)
    parts = value if isinstance(value, list | tuple) else [value]
    return "\n".join(str(part).strip() for part in parts if part)


class _Written:
    """A text as it grows, with the places of its parts."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.sections: list[Section] = []
        self.length = 0

    def add(self, *lines: Any) -> None:
        for one in lines:
            for line in str(one or "").splitlines():
                if line := " ".join(line.split()):
                    self.lines.append(line)
                    self.length += len(line) + 1

    def begin(self, depth: int, anchor: str, label: str, article: str = "") -> None:
        if anchor:
            self.sections.append(Section(self.length, depth, anchor, label, article))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def _body(body: Any) -> tuple[str, Sequence[Section]]:
    written = _Written()
    places = positions(body) if body else {}
    for number, child in enumerate(body or ()):
        place = places.get(number)
        if place is not None and isinstance(child.block, LegalArticleBlock):
            _article(written, child, place)
        elif place is not None:
            name = " ".join(filter(None, (place.label, place.title)))
            written.begin(place.level, place.anchor, name)
            written.add(name)
        else:
            written.add(*_lines(child))
    return written.text, written.sections


def _lines(child: Any) -> Iterable[Any]:
    return child.block.get_searchable_content(child.value)


def _article(written: _Written, child: Any, place: OutlineEntry) -> None:
    shown = child.block.get_context(child.value, {"outline_entry": place})
    name = f"{place.label}. {place.title}".rstrip(". ")
    written.begin(_ARTICLE_DEPTH, place.anchor, name, child.value.get("number") or "")
    written.add(name, *shown["lead"])
    for clause in shown["clauses"]:
        written.begin(_CLAUSE_DEPTH, clause.anchor, f"{place.label}, khoản {clause.number}")
        first, *rest = clause.paragraphs or [""]
        written.add(f"{clause.number}. {first}" if clause.number else first, *rest)
        for point in clause.points:
            label = f"{place.label}, khoản {clause.number}, điểm {point.letter}"
            written.begin(_POINT_DEPTH, point.anchor, label)
            first, *rest = point.paragraphs or [""]
            written.add(f"{point.letter}) {first}", *rest)
