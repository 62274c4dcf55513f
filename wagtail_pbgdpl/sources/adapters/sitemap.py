"""Sitemaps: addresses with the day of their last change, and titles out of the addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext_lazy as _

from ..reasons import SourceError
from ..slugs import title_of
from ..texts import instant, web_address
from .base import Adapter, Answer, Record
from .xml import checked

MOST = 200


class SitemapAdapter(Adapter):
    """``contains``: only addresses with these characters are taken, the newest 200 of them."""

    label = _("sitemap")
    keys = frozenset({"contains"})
    accept = "application/xml, text/xml"

    def rows(self, answer: Answer, mapping: Mapping[str, Any]) -> Sequence[Any]:
        root = fromstring(checked(answer.text))
        if not root.tag.endswith("urlset"):
            raise SourceError("broken", "no urlset")
        part = str(mapping.get("contains", ""))
        found = []
        for entry in root:
            said = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in entry}
            if part in said.get("loc", ""):
                found.append(said)
        found.sort(key=lambda said: said.get("lastmod", ""), reverse=True)
        return found[:MOST]

    def record(self, row: Any, answer: Answer, mapping: Mapping[str, Any]) -> Record:
        link = web_address(row.get("loc"), answer.address, 1000)
        return Record(title_of(link), link, published_at=instant(row.get("lastmod")))
