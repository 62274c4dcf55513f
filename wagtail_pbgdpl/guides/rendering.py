"""A guide as HTML: its headings can be linked to, its links stay inside the admin.

Pictures are left out: who reads it here has the thing itself in front of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePosixPath

import nh3
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .sources import text_of

TAGS = nh3.ALLOWED_TAGS - {"img"}
ATTRIBUTES = {"a": {"href"}, **{f"h{level}": {"id"} for level in range(1, 5)}}


@dataclass(frozen=True, slots=True)
class Guide:
    """``chapters``: anchor and heading of each."""

    name: str
    title: str
    html: SafeString
    chapters: tuple[tuple[str, str], ...]

    def anchor_of(self, heading: str) -> str:
        """Return the anchor of a chapter; empty where there is none of this heading."""
        return next((anchor for anchor, text in self.chapters if text == heading), "")


@lru_cache(maxsize=32)
def guide(name: str) -> Guide | None:
    """Return a guide, rendered once in each process; ``None`` where there is none."""
    text = text_of(name)
    if text is None:
        return None
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    title, chapters = "", []
    for token, inner in pairwise(tokens):
        if token.type != "heading_open":
            continue
        heading = _plain(inner)
        token.attrSet("id", anchor(heading))
        if token.tag == "h1":
            title = heading
        elif token.tag == "h2":
            chapters.append((anchor(heading), heading))
    for token in tokens:
        if token.children:
            token.children = _within(token.children)
    # The title stands in the head of the page.
    shown = [token for token in tokens if not _is_of_title(token, tokens)]
    html = parser.renderer.render(shown, parser.options, {})
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None)
    return Guide(name, title, mark_safe(clean), tuple(chapters))  # noqa: S308 (clean above)


def anchor(heading: str) -> str:
    """Return the anchor of a heading, as those who read the file elsewhere have it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or () if child.content)


def _is_of_title(token: Token, tokens: list[Token]) -> bool:
    end = next((at for at, one in enumerate(tokens) if one.type == "heading_close"), -1)
    return tokens[0].tag == "h1" and token in tokens[: end + 1]


def _within(children: list[Token]) -> list[Token]:
    """Lead links to guides, and leave out pictures and what leads to no page of the admin."""
    kept: list[Token] = []
    leads = False
    for child in children:
        if child.type == "image":
            continue
        if child.type == "link_open":
            address = _address(str(child.attrGet("href") or ""))
            leads = bool(address)
            child.attrSet("href", address)
        if child.type not in ("link_open", "link_close") or leads:
            kept.append(child)
    return kept


def _address(target: str) -> str:
    if target.startswith(("https://", "http://", "mailto:", "#")):
        return target
    path, _, place = target.partition("#")
    name = PurePosixPath(path).stem
    if text_of(name) is None:
        return ""
    return reverse("pbgdpl_guide", args=[name]) + (f"#{place}" if place else "")
