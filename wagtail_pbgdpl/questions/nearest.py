"""For whoever drafts an answer: the public answers nearest to the question, and what they rest on.

They are offered and go nowhere by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from ..search.alike import Alike, alike
from .models import Question

SHOWN = 3


def nearest_rows(question: Question) -> Iterator[tuple[object, object]]:
    """Yield a row with links to answers and to the documents that they cite, if there are any.

    None once the question has an answer that is public.
    """
    if question.public_address:
        return
    found = alike(f"{question.heading}. {question.text}" if question.heading else question.text)
    if shown := found[:SHOWN]:
        yield _("public answers that look alike"), format_html_join("\n", "{}", _lines(shown))


def _lines(found: list[Alike]) -> Iterator[tuple[Any]]:
    for one in found:
        yield (_link(one.title, one.address),)
        for basis in one.basis:
            yield (format_html("– {}", _link(basis.label, basis.address)),)


def _link(label: str, address: str) -> Any:
    if not address:
        return label
    return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', address, label)
