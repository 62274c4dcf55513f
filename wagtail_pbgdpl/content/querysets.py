"""Queries on pages of the portal whose text Wagtail's own columns hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from ..core.text import nfc


class RegulatedPageQuerySet(PageQuerySet):
    """Composes (NFC) what Wagtail's plain columns would store or compare as it comes (I7).

    Values inside ``Q`` and ``Value`` objects are the caller's.
    """

    def filter(self, *args: Any, **kwargs: Any) -> Any:
        return super().filter(*args, **nfc(kwargs))

    def exclude(self, *args: Any, **kwargs: Any) -> Any:
        return super().exclude(*args, **nfc(kwargs))

    def update(self, **kwargs: Any) -> int:
        return super().update(**nfc(kwargs))

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> int:
        pages = list(objs)
        for page in pages:
            page.compose_text()
        return super().bulk_update(pages, *args, **kwargs)

    bulk_update.alters_data = True  # type: ignore[attr-defined]


RegulatedPageManager = PageManager.from_queryset(RegulatedPageQuerySet)
