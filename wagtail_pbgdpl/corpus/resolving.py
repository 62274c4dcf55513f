"""Which pages of the portal are the documents that a text cites; links in HTML that is drawn."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ..core.base_page import base_page_model
from ..legal.mentions import Mention, mentions
from ..serving.listing import public
from ..serving.process_cache import of_version
from .models import DocumentRecord

_TAG = re.compile(r"(<[^>]*>)")
# What stands in these is a link already, or no text.
_CLOSED = re.compile(r"<(/?)(a|button|h1|option|script|select|style|svg|textarea|title)\b", re.I)
# Drawn anew each time a page is not in the page cache; texts are long, and seldom change.
KEPT_TEXTS = 128
CLASS = "pbgdpl-citation"


class Cited(NamedTuple):
    """A public page of a document; ``places`` as in its record."""

    page: int
    original: int
    address: str
    title: str
    places: dict[str, str]


def cited(keys: Iterable[str], page: Any) -> dict[str, Cited]:
    """Return the public documents that the keys of citations mean, in the language of ``page``.

    A key that several documents have means none. Two queries, asked again after a second.
    """
    wanted = tuple(sorted(set(keys)))
    if not wanted:
        return {}
    return of_version(("cited", wanted, page.locale_id), lambda: _cited(wanted, page))


def linked(html: str, page: Any) -> SafeString:
    """Return ``html`` with links where it cites documents that the portal has.

    What is a link already, the own document and text of other kinds stay as they are. ``html`` is
    what templates have drawn, and safe. No query where nothing is cited.
    """
    found = _mentions(str(html))
    if not found:
        return mark_safe(html)  # noqa: S308
    documents = cited((one.key for _place, each in found for one in each), page)
    own = getattr(page, "alias_of_id", None) or page.pk
    documents = {
        key: one for key, one in documents.items() if own != one.original and page.pk != one.page
    }
    if not documents:
        return mark_safe(html)  # noqa: S308
    pieces = _TAG.split(str(html))
    for place, each in found:
        pieces[place] = "".join(_with_links(pieces[place], each, documents))
    return mark_safe("".join(pieces))  # noqa: S308


@lru_cache(maxsize=KEPT_TEXTS)
def _mentions(html: str) -> tuple[tuple[int, tuple[Mention, ...]], ...]:
    """Return which pieces between tags cite something, each with what it cites."""
    found, closed = [], 0
    for place, piece in enumerate(_TAG.split(html)):
        if place % 2:
            if (match := _CLOSED.match(piece)) and not piece.endswith("/>"):
                closed = max(0, closed + (-1 if match[1] else 1))
        elif not closed and len(piece) > 5 and (each := mentions(piece)):
            found.append((place, tuple(each)))
    return tuple(found)


def _with_links(text: str, found: Iterable[Mention], documents: dict[str, Cited]) -> Iterator[str]:
    at = 0
    for one in found:
        document = documents.get(one.key)
        if document is None:
            continue
        for provision in one.provisions:
            if provision.start >= at:
                yield text[at : provision.start]
                yield _link(document, text[provision.start : provision.end], provision.anchor)
                at = provision.end
        if one.start >= at:
            yield text[at : one.start]
            yield _link(document, text[one.start : one.end])
            at = one.end
    yield text[at:]


def _link(document: Cited, words: str, anchor: str = "") -> str:
    place = place_of(anchor, document.places)
    address = f"{document.address}#{place}" if place else document.address
    # The words are a piece of HTML as it was drawn.
    return format_html(
        '<a class="{}" href="{}" title="{}">{}</a>',
        CLASS,
        address,
        document.title,
        mark_safe(words),  # noqa: S308
    )


def place_of(anchor: str, places: dict[str, str]) -> str:
    """Return where an article, clause or point stands in a document; empty where nobody can tell.

    In a decision with its regulation, «Điều 9» is that of the part that alone has one.
    """
    match = re.match(r"dieu-([0-9]+[a-z]*)(.*)", anchor)
    if match is None:
        return ""
    place = places.get(match[1].replace("dd", "đ"), f"dieu-{match[1]}")
    return f"{place}{match[2]}" if place else ""


def _cited(keys: tuple[str, ...], page: Any) -> dict[str, Cited]:
    numbers = [key[2:] for key in keys if key.startswith("n:")]
    laws = [key[2:] for key in keys if key.startswith("l:")]
    rows = DocumentRecord.objects.filter(Q(number_key__in=numbers) | Q(law__in=laws))
    records = {one.page: one for one in rows.exclude(number_key="", law="")}
    if not records:
        return {}
    found: dict[str, dict[int, Cited]] = defaultdict(dict)
    pages = public(base_page_model()._default_manager.filter(pk__in=records))
    for one in sorted(pages, key=lambda one: (one.locale_id != page.locale_id, one.pk)):
        record = records[one.pk]
        document = Cited(one.pk, record.original, one.get_url() or "", one.title, record.places)
        for key in (f"n:{record.number_key}", f"l:{record.law}"):
            found[key].setdefault(record.original, document)
    return {key: next(iter(found[key].values())) for key in keys if len(found.get(key, ())) == 1}
