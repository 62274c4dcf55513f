"""Which documents the public is shown, and on which pages (R8)."""

from __future__ import annotations

from collections.abc import Collection as Keys
from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, ReferenceIndex

from ..core.base_page import base_page_model
from ..workflows.visibility import for_everybody
from .access import _of_pages


def documents_on_pages(keys: Keys[int] | None = None) -> Mapping[int, int]:
    """Return the documents that a page for everybody shows, each with the first such page.

    ``keys``: of which documents; all where it is ``None``. Documents in a private collection are
    left out. Three queries.
    """
    model = get_document_model()
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    references = ReferenceIndex.objects.filter(_of_pages(), to_content_type=kind)
    if keys is not None:
        references = references.filter(to_object_id__in=[str(key) for key in keys])
    rows = [
        (int(document), int(page))
        for document, page in references.values_list("to_object_id", "object_id").distinct()
    ]
    pages = base_page_model()._base_manager.filter(pk__in={page for _document, page in rows})
    shown = set(for_everybody(pages).values_list("pk", flat=True))
    found: dict[int, int] = {}
    for document, page in sorted(rows):
        if page in shown:
            found.setdefault(document, page)
    closed = _closed(model, found)
    return {document: page for document, page in found.items() if document not in closed}


def _closed(model: type[Any], keys: Keys[int]) -> set[int]:
    paths = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    private = Q()
    for path in paths:
        private |= Q(collection__path__startswith=path)
    if not private:
        return set()
    return set(model._default_manager.filter(private, pk__in=keys).values_list("pk", flat=True))
