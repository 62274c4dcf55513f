"""Which requests stand for a person who reads. Pure functions of the request's headers."""

from __future__ import annotations

from collections.abc import Mapping

from crawleruseragents import is_crawler

# A browser that fetches ahead says so in one of these; the reader may never come.
AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
LONGEST_USER_AGENT = 1000


def is_reader(headers: Mapping[str, str]) -> bool:
    """Say whether the headers are those of a person's browser on a page of this site.

    ``headers`` finds names in any case, as ``request.headers`` does. Left out are robots by their
    ``User-Agent``, what is fetched ahead, and other sites that send counts.
    """
    user_agent = headers.get("User-Agent", "").strip()[:LONGEST_USER_AGENT]
    if not user_agent or is_crawler(user_agent):
        return False
    if any(
        "pre" in headers.get(name, "").lower() for name in AHEAD
    ):  # prefetch, prerender, preview
        return False
    return headers.get("Sec-Fetch-Site", "same-origin").lower() == "same-origin"
