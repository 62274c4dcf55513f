"""The sections that come with the package: lists, the search box, documents and their articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..blocks.outline import OutlineEntry, positions
from ..content.base import ContentMixin
from ..content.consultations import open_consultations
from ..content.documents import DocumentMixin
from ..content.indexes import IntegrationMixin, QuestionIndexMixin
from ..core.discovery import root_model
from ..regulations import Kind
from ..regulations.active import get_regulation
from ..serving.listing import is_public, public, published_in
from ..site.menu import locale_of
from .sections import Choice, Section, Shown, register

NEWEST = 5
# What a line shows of an item.
LINE = ("title", "url_path", "locale", "content_type", "published_at")
LIST = "wagtail_pbgdpl/embedding/list.html"
SEARCH = "wagtail_pbgdpl/embedding/search.html"
DOCUMENT = "wagtail_pbgdpl/embedding/document.html"
ARTICLE = "wagtail_pbgdpl/embedding/article.html"


def register_all() -> None:
    for section in (
        Section("moi-nhat", gettext_lazy("Newest of a category"), _categories, _newest),
        Section("hoi-dap", gettext_lazy("Answered questions"), _of_questions, _answers),
        Section(
            "lay-y-kien",
            gettext_lazy("Drafts open for comments"),
            _of_consultations,
            _consultations,
        ),
        Section("tim-kiem", gettext_lazy("Search box"), _of_search, _search),
        Section(
            "van-ban",
            gettext_lazy("A document, or an article of it"),
            _document,
            _text,
            gettext_lazy("Open the document and choose «Show on your site» below «Share»."),
        ),
    ):
        register(section)


def _on_portal(request: HttpRequest, page: Any) -> str:
    """The address of a page at the host under which the section was asked for."""
    return request.build_absolute_uri(page.get_url(request))


# Lists


def _categories(request: HttpRequest, portal: Any) -> Iterator[Choice]:
    for page in _index_pages(portal):
        yield Choice(f"{page.category}/", page.title, _on_portal(request, page))


def _index_pages(portal: Any) -> list[Any]:
    # What stands below the other index pages is no list of news.
    own = (QuestionIndexMixin, IntegrationMixin)
    return [page for page in portal.category_pages() if not isinstance(page, own)]


def _newest(request: HttpRequest, portal: Any, key: str) -> Shown | None:
    index = next((page for page in _index_pages(portal) if f"{page.category}/" == key), None)
    return index and _list_of(request, index)


def _question_index(portal: Any) -> Any:
    pages = (page for page in portal.category_pages() if isinstance(page, QuestionIndexMixin))
    return next(pages, None)


def _of_questions(request: HttpRequest, portal: Any) -> Iterator[Choice]:
    if (index := _question_index(portal)) is not None:
        yield Choice("", index.title, _on_portal(request, index))


def _answers(request: HttpRequest, portal: Any, key: str) -> Shown | None:
    index = _question_index(portal)
    return None if key or index is None else _list_of(request, index, *index.listed_with)


def _list_of(request: HttpRequest, index: Any, *related: str) -> Shown | None:
    if not is_public(index):
        return None
    names = [f"{one}__name" for one in related]
    items = published_in(index).only(*LINE, *related, *names).select_related(*related)[:NEWEST]
    address = _on_portal(request, index)
    return Shown(index.title, address, LIST, {"items": list(items), "with_unit": bool(related)})


def _consultation_index(portal: Any) -> Any:
    codes = {one.code for one in get_regulation().categories_of_kind(Kind.C12)}
    return next((page for page in portal.category_pages() if page.category in codes), None)


def _of_consultations(request: HttpRequest, portal: Any) -> Iterator[Choice]:
    if (index := _consultation_index(portal)) is not None:
        yield Choice("", _("Drafts open for comments"), _on_portal(request, index))


def _consultations(request: HttpRequest, portal: Any, key: str) -> Shown | None:
    index = _consultation_index(portal)
    if key or index is None or not is_public(index):
        return None
    context = {"items": open_consultations(NEWEST)}
    return Shown(_("Drafts open for comments"), _on_portal(request, index), LIST, context)


# The search box


def _of_search(request: HttpRequest, portal: Any) -> Iterator[Choice]:
    yield Choice("", _("Search the portal"), _search_address(request))


def _search(request: HttpRequest, portal: Any, key: str) -> Shown | None:
    return None if key else Shown(_("Search the portal"), _search_address(request), SEARCH)


def _search_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("wagtail_pbgdpl:search"))


# Documents


def _document(request: HttpRequest, portal: Any) -> Iterator[Choice]:
    """The document that ``?van-ban=`` of the helper's address names, and its articles."""
    page = _read_document(portal, request.GET.get("van-ban", ""))
    if page is None:
        return
    address = _on_portal(request, page)
    yield Choice(f"{page.pk}/", page.title, address)
    for _child, entry in articles_of(page):
        name = f"{entry.label}. {entry.title}".rstrip(". ")
        yield Choice(f"{page.pk}/{entry.anchor}/", name, f"{address}#{entry.anchor}")


def _text(request: HttpRequest, portal: Any, key: str) -> Shown | None:
    number, _slash, anchor = key.partition("/")
    page = _read_document(portal, number)
    if page is None:
        return None
    address = _on_portal(request, page)
    language = page.locale.language_code
    if not anchor:
        return Shown(page.title, address, DOCUMENT, {"page": page}, language, is_text=True)
    for child, entry in articles_of(page):
        if f"{entry.anchor}/" == anchor:
            # Below the heading of the frame, whatever chapters stand above it in the document.
            context = {"page": page, "article": child, "outline_entry": entry._replace(level=2)}
            address = f"{address}#{entry.anchor}"
            return Shown(page.title, address, ARTICLE, context, language, is_text=True)
    return None


def articles_of(page: Any) -> list[tuple[Any, OutlineEntry]]:
    """Return the articles of a document, each as its block and its place in the outline."""
    places = positions(page.body)
    return [
        (child, places[index])
        for index, child in enumerate(page.body)
        if index in places and hasattr(child.block, "article_anchor")
    ]


def _read_document(portal: Any, number: str) -> Any:
    """Return the public document below the portal with a key as it stands in an address."""
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        return None
    rows = root_model(ContentMixin)._default_manager.descendant_of(portal)
    # An alias would give away what its source, in a private section, does not.
    row = public(rows.filter(pk=int(number), alias_of=None)).first()
    if row is None or not issubclass(row.specific_class or object, DocumentMixin):
        return None
    page = row.specific_class.read(row.pk)
    page.locale = locale_of(page)
    return page
