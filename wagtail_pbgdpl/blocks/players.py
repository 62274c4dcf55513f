"""Players of platforms: the address that a frame would show, and nothing asked of anybody.

A reader's browser goes there after a press alone (I5). YouTube's is the one that sets no cookie
before the film runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

from bs4 import BeautifulSoup

FILM = re.compile(r"[\w-]{6,20}", re.ASCII)
YOUTUBE = frozenset({"youtube.com", "youtube-nocookie.com"})
FACEBOOK = frozenset({"facebook.com", "fb.watch"})
PLUGINS = "https://www.facebook.com/plugins"


@dataclass(frozen=True, slots=True)
class Player:
    """``address``: what a frame shows; ``platform``: whom the browser then asks, as people say."""

    address: str
    platform: str


def known_player(url: str) -> Player | None:
    """Return the player of a film or a post on YouTube or Facebook by its address alone."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower().removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    if host == "youtu.be" or host in YOUTUBE:
        return _youtube(parts, host)
    return _facebook(parts, host, url) if host in FACEBOOK else None


def player_of(video: Any) -> Player | None:
    """Return the player of an embed value. Of other platforms their own answer is read.

    ``None`` where that is no frame.
    """
    if known := known_player(video.url):
        return known
    frames = BeautifulSoup(video.html, "html.parser").find_all("iframe")
    if len(frames) != 1 or not (address := str(frames[0].get("src", ""))):
        return None
    return Player(address, urlsplit(video.url).hostname or "")


def _youtube(parts: SplitResult, host: str) -> Player | None:
    way = parts.path.strip("/").split("/")
    if host == "youtu.be":
        film = way[0]
    elif way[0] in ("shorts", "embed", "live") and len(way) > 1:
        film = way[1]
    else:
        film = parse_qs(parts.query).get("v", [""])[0]
    if not FILM.fullmatch(film):
        return None
    return Player(f"https://www.youtube-nocookie.com/embed/{film}", "YouTube")


def _facebook(parts: SplitResult, host: str, url: str) -> Player | None:
    way = parts.path.strip("/")
    if not way:
        return None
    is_film = host == "fb.watch" or re.search(r"(^|/)(videos|watch|reel)(/|$)", way)
    if is_film:
        address = f"{PLUGINS}/video.php?{urlencode({'href': url, 'show_text': 'false'})}"
    elif "/" in way or parts.query:
        address = f"{PLUGINS}/post.php?{urlencode({'href': url})}"
    else:
        return None
    return Player(address, "Facebook")
