"""Narrow the listing of a category to a year or a tag, kept while one turns the pages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from ..core.text import nfc
from .tags import ContentTag

YEAR = "nam"
TAG = "the"
FIRST_YEAR = 1945


@dataclass(frozen=True, slots=True)
class ListingFilter:
    """``year``: of first publication, in the time zone of the site. ``tag``: the tag's slug."""

    year: int | None = None
    tag: str = ""
    tag_name: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> ListingFilter:
        """Read the filter from the address; what makes no sense there is left out."""
        query: QueryDict = request.GET
        year = query.get(YEAR, "").strip()
        tag = nfc(query.get(TAG, "")).replace("\x00", "").strip()[:100]
        found = ContentTag.objects.filter(slug=tag).first() if tag else None
        return cls(
            year=int(year) if _is_year(year) else None,
            tag=tag,
            tag_name=found.name if found else tag,
        )

    def __bool__(self) -> bool:
        return bool(self.year or self.tag)

    def apply(self, pages: Any) -> Any:
        """Return the pages of a queryset that the filter lets through."""
        if self.year:
            zone = timezone.get_current_timezone()
            start = datetime.datetime(self.year, 1, 1, tzinfo=zone)
            end = datetime.datetime(self.year + 1, 1, 1, tzinfo=zone)
            pages = pages.filter(published_at__gte=start, published_at__lt=end)
        if self.tag and hasattr(pages.model, "tags"):
            pages = pages.filter(tags__slug=self.tag)
        return pages

    @property
    def query_prefix(self) -> str:
        """The filter as it stands in an address before the number of the page: ``nam=2026&``."""
        parts = [(YEAR, self.year), (TAG, self.tag)]
        query = urlencode([(name, value) for name, value in parts if value])
        return f"{query}&" if query else ""

    @property
    def latest_year(self) -> int:
        return timezone.localdate().year


def _is_year(text: str) -> bool:
    four = len(text) == 4 and text.isascii() and text.isdigit()
    return four and FIRST_YEAR <= int(text) < datetime.MAXYEAR
