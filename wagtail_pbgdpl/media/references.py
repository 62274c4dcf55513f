"""What the latest version of each page of the portal refers to, kept beside Wagtail's own index.

Wagtail's index follows the rows of pages, and so knows no drafts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from ..workflows.references import Reference, files, models, references_in, references_of
from .models import LatestReference

__all__ = [
    "Reference",
    "files",
    "forget",
    "keep",
    "kept",
    "models",
    "references_in",
    "references_of",
    "used_in_versions",
]


def keep(page: Any) -> None:
    """Remember what ``page``, just stored as a version, refers to; one query if nothing changed."""
    now = {reference.target for reference in references_of(page)}
    rows = LatestReference.objects.filter(page_id=page.pk)
    before = {(row.model, row.object_id): row.pk for row in rows}
    gone = [pk for target, pk in before.items() if target not in now]
    if gone:
        rows.filter(pk__in=gone).delete()
    new = [
        LatestReference(page_id=page.pk, model=model, object_id=key)
        for model, key in sorted(now - before.keys())
    ]
    LatestReference.objects.bulk_create(new, ignore_conflicts=True)


def kept(page: Any) -> set[tuple[str, int]]:
    """Return the targets to which the latest version of ``page`` refers."""
    rows = LatestReference.objects.filter(page_id=page.pk)
    return set(rows.values_list("model", "object_id"))


def forget(pages: Iterable[Any]) -> None:
    """Remember nothing more of pages with these keys, which are gone."""
    LatestReference.objects.filter(page_id__in=list(pages)).delete()


def used_in_versions(model: type[Any], pages: Any = None) -> QuerySet[Any, Any]:
    """Return the keys of the ``model`` to which latest versions of ``pages``, or of any, refer."""
    rows = LatestReference.objects.filter(model=model._meta.label)
    if pages is not None:
        rows = rows.filter(page_id__in=pages)
    return rows.values("object_id")
