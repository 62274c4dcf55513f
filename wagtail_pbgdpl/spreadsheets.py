"""What reports that leave as CSV have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

# Excel takes a CSV file for UTF-8 only if it begins with this.
BYTE_ORDER_MARK = "\ufeff".encode()


def plain_text(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


class MarkedCSVMixin:
    """For Wagtail's report views: accents arrive in Excel."""

    def stream_csv(self, queryset: Iterable[Any]) -> Iterator[bytes]:
        yield BYTE_ORDER_MARK
        yield from super().stream_csv(queryset)  # type: ignore[misc]
