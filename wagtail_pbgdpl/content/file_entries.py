"""What the search finds in the files of public pages: PDF and Word documents (C14, D1).

Their text is read in the background, kept, and entered as a hit of its own that names its page.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model

from ..core.base_page import base_page_model
from ..file_text import process
from ..file_text.process import FoundText
from ..file_text.reasons import MOST_BYTES, Fault
from ..media.shown import documents_on_pages
from ..search import index
from ..search.entries import Entry, FileFacts, register, register_kind
from ..search.file_models import FileText
from .search_entries import _date, _fields, _office

FILES = "files"
KIND = "file"
#: Seconds that one run of the timed command may read for.
AT_ONCE = 120


class Files:
    """Documents of the library that a page for everybody shows, and whose text was read."""

    def marks(self) -> Iterator[tuple[int, str]]:
        shown = documents_on_pages()
        titles = dict(_documents(shown).values_list("pk", "title"))
        for row in _read(shown).defer("text"):
            said = (row.file, f"{row.read_at}", titles.get(row.document), shown[row.document])
            yield row.document, hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()

    def entries(self, keys: Collection[int]) -> Iterator[Entry]:
        shown = documents_on_pages(keys)
        documents = _documents(shown).in_bulk()
        pages = _pages(shown)
        for row in _read(shown):
            document, page = documents.get(row.document), pages.get(shown[row.document])
            if document is not None and page is not None:
                yield Entry(
                    object_id=document.pk,
                    kind=KIND,
                    title=document.title,
                    date=_date(page),
                    language=page.locale.language_code,
                    text=row.text,
                    fields=_fields(page),
                    office=_office(page),
                    validity=getattr(page, "validity", ""),
                    other=f"{document.filename}\n{page.title}",
                )

    def addresses(self, keys: Collection[int]) -> Mapping[int, str]:
        shown = documents_on_pages(keys)
        return {one.pk: one.url for one in _documents(shown) if one.url}

    def files(self, keys: Collection[int]) -> Mapping[int, FileFacts]:
        shown = documents_on_pages(keys)
        pages = base_page_model()._default_manager.in_bulk(set(shown.values()))
        sizes = dict(_read(shown).values_list("document", "size"))
        return {
            one.pk: FileFacts(
                kind=one.file_extension.upper(),
                size=sizes.get(one.pk, 0),
                page=pages[shown[one.pk]].title,
                address=pages[shown[one.pk]].get_url() or "",
            )
            for one in _documents(shown)
            if shown[one.pk] in pages
        }


def connect() -> None:
    """Once all models are loaded; after the pages."""
    register(FILES, Files())
    register_kind(KIND, _("Files"), is_aside=True)


def read_due(*, again: bool = False, seconds: float = AT_ONCE) -> int:
    """Read what public pages show since the last time; return how many files were read.

    ``again``: also those in which a fault was found. It stops after ``seconds``; the next run goes
    on. In the timed command or a command line, never in a request.
    """
    shown = documents_on_pages()
    documents = _documents(shown).in_bulk()
    rows = FileText.objects.defer("text")
    FileText.objects.exclude(document__in=_documents().values("pk")).delete()
    known = {row.document: row for row in rows}
    end = time.monotonic() + seconds
    count = 0
    for pk, document in sorted(documents.items(), reverse=True):
        row = known.get(pk)
        is_known = row is not None and row.file == document.file.name
        if document.file_extension.lower() not in process.KINDS:
            continue
        if is_known and not (again and row is not None and row.fault):
            continue
        if time.monotonic() > end:
            break
        content = _content(document)
        found = (
            FoundText(fault=Fault.UNREAD)
            if content is None
            else process.read(document.file_extension.lower(), content)
        )
        FileText.objects.update_or_create(
            document=pk,
            defaults={
                "file": document.file.name,
                "size": len(content or b""),
                "fault": found.fault,
                "pages": found.pages,
                "is_whole": found.is_whole,
                "text": found.text,
            },
        )
        count += 1
    index.compare_source(FILES)
    return count


def _content(document: Any) -> bytes | None:
    try:
        with document.open_file() as file:
            return bytes(file.read(MOST_BYTES + 1))
    except (OSError, ValueError):
        # A file that is gone is no reason to leave the others unread.
        return None


def _read(shown: Mapping[int, int]) -> Any:
    return FileText.objects.filter(document__in=shown, fault="")


def _documents(shown: Mapping[int, int] | None = None) -> Any:
    documents = get_document_model()._default_manager.order_by()
    return documents if shown is None else documents.filter(pk__in=shown)


def _pages(shown: Mapping[int, int]) -> Mapping[int, Any]:
    pages = base_page_model()._default_manager.filter(pk__in=set(shown.values()))
    return {page.pk: page for page in pages.select_related("locale").specific()}
