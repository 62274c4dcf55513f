"""Lists on pages of others, SharePoint and Domino ones too (PBGDPL of the ministry)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext, gettext_lazy
from soupsieve import SelectorSyntaxError
from soupsieve import compile as compiled

from ..facts import FACTS, read
from ..reasons import SourceError
from ..slugs import title_of
from ..texts import instant, plain, web_address
from .base import LONGEST_SUMMARY, LONGEST_TITLE, Adapter, Answer, Record

SELECTORS = ("rows", "title", "link", "summary", "published", *FACTS)


class HtmlAdapter(Adapter):
    """``rows``: a CSS selector of the records; the other selectors look inside each of them.

    Without ``title`` it is the text of the link, without ``link`` the first link; ``"title":
    "slug"`` takes the title from the address.
    """

    label = gettext_lazy("list on a page (HTML)")
    keys = frozenset({*SELECTORS, "error"})
    needed = frozenset({"rows"})
    accept = "text/html"

    def wrong_in(self, mapping: Mapping[str, Any]) -> str:
        for key in (*SELECTORS, "error"):
            try:
                compiled(str(mapping.get(key, "a")))
            except SelectorSyntaxError:
                return gettext("%(key)s is no CSS selector.") % {"key": key}
        return super().wrong_in(mapping)

    def rows(self, answer: Answer, mapping: Mapping[str, Any]) -> Sequence[Any]:
        page = BeautifulSoup(answer.text, "html.parser")
        if "error" in mapping and (said := page.select_one(mapping["error"])):
            raise SourceError("error", plain(said.get_text(" "), 200))
        rows = page.select(mapping["rows"])
        if not rows:
            raise SourceError("mapping", mapping["rows"])
        return rows

    def record(self, row: Tag, answer: Answer, mapping: Mapping[str, Any]) -> Record:
        anchor = row.select_one(mapping.get("link", "a[href]"))
        if anchor is None and row.has_attr("href"):
            anchor = row
        if anchor is None:
            raise ValueError("no link")
        link = web_address(anchor.get("href"), answer.address, 1000)
        title = mapping.get("title", "")
        if title == "slug":
            words = title_of(link)
        else:
            words = plain(_text(row.select_one(title) if title else anchor), LONGEST_TITLE)
        return Record(
            title=words,
            link=link,
            summary=plain(self._of(row, mapping, "summary"), LONGEST_SUMMARY),
            published_at=instant(self._of(row, mapping, "published")),
            facts=read(lambda name: self._of(row, mapping, name)),
        )

    def _of(self, row: Tag, mapping: Mapping[str, Any], key: str) -> str:
        return _text(row.select_one(mapping[key])) if key in mapping else ""


def _text(tag: Tag | None) -> str:
    if tag is None:
        return ""
    said = tag.get("datetime") or tag.get_text(" ")
    # Shown as text, so that it is cleaned as such.
    return str(said).replace("<", "&lt;")
