"""RSS and Atom (Công báo, many news sites)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import feedparser
from django.utils.translation import gettext_lazy as _

from ..reasons import SourceError
from ..slugs import title_of
from ..texts import plain, web_address
from .base import LONGEST_SUMMARY, LONGEST_TITLE, Adapter, Answer, Record
from .xml import checked

_UTF_8 = {"content-type": "application/xml; charset=utf-8"}


class FeedAdapter(Adapter):
    """A feed. ``{"title": "slug"}`` takes the title from the address where the feed has none."""

    label = _("RSS or Atom")
    keys = frozenset({"title"})
    accept = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9"

    def wrong_in(self, mapping: Mapping[str, Any]) -> str:
        if mapping.get("title", "slug") != "slug":
            return str(_("The only value of title is slug."))
        return super().wrong_in(mapping)

    def rows(self, answer: Answer, mapping: Mapping[str, Any]) -> Sequence[Any]:
        read = feedparser.parse(checked(answer.text), response_headers=_UTF_8)
        if not read.get("version"):
            raise SourceError("broken", "no feed")
        return read.entries

    def record(self, row: Any, answer: Answer, mapping: Mapping[str, Any]) -> Record:
        link = web_address(row.get("link"), answer.address, 1000)
        title = plain(row.get("title"), LONGEST_TITLE)
        if not title and mapping.get("title") == "slug":
            title = title_of(link)
        summary = plain(row.get("summary"), LONGEST_SUMMARY)
        at = row.get("published_parsed") or row.get("updated_parsed")
        return Record(
            # A feed without titles says what it is about in its summaries, if anywhere.
            title=title or plain(summary, LONGEST_TITLE),
            link=link,
            key=str(row.get("id") or link),
            summary=summary,
            published_at=_utc(at) if at else None,
        )


def _utc(at: Sequence[int]) -> datetime.datetime:
    year, month, day, hour, minute, second = at[:6]
    return datetime.datetime(year, month, day, hour, minute, second, tzinfo=datetime.UTC)
