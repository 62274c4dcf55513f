"""What other sites find for the words of a visitor, asked when the visitor wishes it (I4).

Each site has the same few seconds, all of them at once, and no site's answer is trusted more than
that of a linked system. What it found is kept for some minutes; one that failed is left in peace.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from django.core.cache import cache

from ..serving.process_cache import remembered
from . import reasons
from .adapters.base import Answer, Record
from .adapters.feed import FeedAdapter
from .adapters.opensearch import template_in
from .fetching import fetch
from .models import ExternalSource
from .reasons import SourceError
from .search_form import QUERY, SearchForm, form_of

#: Of the clock, for each site.
SECONDS = 4
MOST_SITES = 6
MOST_FOUND = 5
KEPT_SECONDS, FAILED_SECONDS, DESCRIBED_SECONDS = 600, 60, 86_400

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a site found, or the code why nothing is shown. ``form`` searches on the site itself."""

    name: str
    home: str
    form: SearchForm | None
    records: Sequence[Record] = ()
    fault: str = ""

    @property
    def reason(self) -> str:
        # In the language of who reads it: threads have one of their own.
        return reasons.words(self.fault)


def is_any() -> bool:
    """Whether there are sites to be asked; at most a second old."""
    return bool(_sites())


def search(words: str) -> list[Elsewhere]:
    """Ask every site, at once; it takes no longer than the slowest may. Writes nothing down."""
    sites = _sites()
    if not sites or not words:
        return []
    with ThreadPoolExecutor(max_workers=len(sites)) as pool:
        return list(pool.map(lambda site: _found(site, words), sites))


def _sites() -> tuple[ExternalSource, ...]:
    return remembered(
        "sources.searched",
        lambda: tuple(
            ExternalSource.objects.filter(is_on=True).exclude(search_feed="")[:MOST_SITES]
        ),
    )


def _found(site: ExternalSource, words: str) -> Elsewhere:
    shown: dict[str, Any] = {
        "name": site.name,
        "home": site.link,
        "form": form_of(site.search_address),
    }
    said = hashlib.blake2b(f"{site.search_feed}\n{words}".encode(), digest_size=16).hexdigest()
    key, failed = f"pbgdpl-elsewhere-{site.pk}-{said}", f"pbgdpl-elsewhere-failed-{site.pk}"
    known = cache.get_many([key, failed])
    if key in known:
        return Elsewhere(**shown, records=known[key])
    if failed in known:
        return Elsewhere(**shown, fault=known[failed])
    try:
        records = _records(site, words)
    except SourceError as error:
        cache.set(failed, error.reason, FAILED_SECONDS)
        return Elsewhere(**shown, fault=error.reason)
    except Exception:
        # Whatever a site answers, the others are shown.
        logger.exception("What %s found could not be read.", site.code)
        return Elsewhere(**shown, fault="unexpected")
    cache.set(key, records, KEPT_SECONDS)
    return Elsewhere(**shown, records=records)


def _records(site: ExternalSource, words: str) -> list[Record]:
    adapter = FeedAdapter()
    address = _template(site).replace(QUERY, quote(words, safe=""))
    answer = _answer(site, address, adapter.accept)
    found: list[Record] = []
    for row in adapter.rows(answer, {}):
        try:
            record = adapter.record(row, answer, {})
        except ValueError:
            # It leads nowhere.
            continue
        if record.title:
            found.append(record)
        if len(found) == MOST_FOUND:
            break
    return found


def _template(site: ExternalSource) -> str:
    """Return the address with ``{query}``: as it was entered, or as the site describes it."""
    if QUERY in site.search_feed:
        return str(site.search_feed)
    said = hashlib.blake2b(site.search_feed.encode(), digest_size=16).hexdigest()
    key = f"pbgdpl-opensearch-{site.pk}-{said}"
    template = cache.get(key)
    if template is None:
        template = template_in(_answer(site, site.search_feed, "application/xml"))
        cache.set(key, template, DESCRIBED_SECONDS)
    return str(template)


def _answer(site: ExternalSource, address: str, accept: str) -> Answer:
    host = re.sub(r"\s", "", urlsplit(site.search_feed).hostname or "").lower()
    fetched = fetch(address, site.hosts | {host}, accept=accept, seconds=SECONDS)
    if fetched.answer is None:
        raise SourceError("broken", "nothing")
    return fetched.answer
