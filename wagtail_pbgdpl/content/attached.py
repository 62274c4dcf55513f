"""The files that pages have attached, without reading a text of theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.documents import get_document_model


def attached(pages: Iterable[Any], field: str) -> dict[int, list[tuple[Any, str]]]:
    """Return the files in a field of ``pages`` with what each is, by key of the page; one query.

    A file that is not there any more is left out.
    """
    raw = {
        page.pk: [
            (one["value"].get("document") or 0, one["value"].get("kind") or "")
            for one in getattr(page, field).raw_data
            if one["type"] == "attachment"
        ]
        for page in pages
    }
    wanted = {key for each in raw.values() for key, _kind in each}
    documents = get_document_model()._default_manager.in_bulk(wanted) if wanted else {}
    return {
        pk: [(documents[key], kind) for key, kind in each if key in documents]
        for pk, each in raw.items()
    }
