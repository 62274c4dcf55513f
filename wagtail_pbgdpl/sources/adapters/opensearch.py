"""OpenSearch 1.1: how a site says under which address its search answers with a feed."""

from __future__ import annotations

import re

from defusedxml.ElementTree import fromstring

from ..reasons import SourceError
from ..texts import web_address
from .base import Answer
from .xml import checked

#: In the order in which they are liked.
FEEDS = ("application/atom+xml", "application/rss+xml")
LONGEST = 1000
_WORDS = "{searchTerms}"
# What may be left empty: «{startPage?}».
_OPTIONAL = re.compile(r"\{[\w:]+\?\}")
_NUMBERS = {"{startPage}": "1", "{startIndex}": "1", "{count}": "10", "{language}": "vi"}


def template_in(answer: Answer) -> str:
    """Return the address of the search with ``{query}``.

    Raises ``SourceError`` where the answer is no description, or names no feed.
    """
    root = fromstring(checked(answer.text))
    found = {
        one.get("type", "").partition(";")[0].strip().lower(): one.get("template", "")
        for one in root.iter()
        if one.tag.rpartition("}")[2] == "Url" and _WORDS in one.get("template", "")
    }
    template = next((found[kind] for kind in FEEDS if kind in found), "")
    for place, value in _NUMBERS.items():
        template = template.replace(place, value)
    template = _OPTIONAL.sub("", template)
    if not template:
        raise SourceError("mapping", "no feed in the description")
    try:
        # The place of the words is none of an address.
        whole = web_address(template.replace(_WORDS, "QUERY"), answer.address, LONGEST)
    except ValueError:
        raise SourceError("address", template[:200]) from None
    if "{" in whole or template.count(_WORDS) != 1 or whole.count("QUERY") != 1:
        raise SourceError("mapping", template[:200])
    return whole.replace("QUERY", "{query}")
