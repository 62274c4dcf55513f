"""What a visitor reads: by the public addresses, in a browser that is signed in nowhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from tests.workflows.board import fresh
from wagtail_pbgdpl.serving import process_cache


def read(address: str, client: Client | None = None) -> tuple[int, bytes]:
    """Return the status and the bytes that an address answers with, with nothing remembered."""
    process_cache.forget()
    cache.clear()
    response = (client or Client()).get(address)
    return response.status_code, content_of(response)


def content_of(response: Any) -> bytes:
    if isinstance(response, (str, bytes)):
        return response.encode() if isinstance(response, str) else response
    return b"".join(response.streaming_content) if response.streaming else response.content


def page_text(page: Any) -> str:
    """Return the public page, or nothing where there is none."""
    page = type(page)._default_manager.filter(pk=page.pk).first()
    status, content = read(page.get_url()) if page is not None else (404, b"")
    return content.decode() if status == 200 else ""


def is_public(page: Any) -> bool:
    """Whether visitors read the page, under its title."""
    return str(fresh(page).title) in page_text(page)


def reads(words: str, *pages: Any) -> bool:
    """Whether visitors read the words on one of the pages."""
    return any(words in page_text(page) for page in pages)


def files_of(page: Any) -> dict[str, bytes]:
    """Return what visitors get of the files that the public page shows: covers, images, links.

    By place and not by address: another address with the same bytes is the same file.
    """
    soup = BeautifulSoup(page_text(page), "lxml")
    found: dict[str, bytes] = {}
    places = [("cover", "img.pbgdpl-entry__cover", "src"), ("image", ".pbgdpl-body img", "src")]
    places.append(("document", '.pbgdpl-body a[href*="/documents/"]', "href"))
    for name, selector, attribute in places:
        for number, tag in enumerate(soup.select(selector)):
            status, content = read(urljoin("/", str(tag[attribute])))
            found[f"{name} {number}"] = content if status == 200 else b""
    return found


def emblem_of(page: Any) -> bytes:
    soup = BeautifulSoup(page_text(page), "lxml")
    tag = soup.select_one("img.pbgdpl-brand__emblem")
    return read(str(tag["src"]))[1] if tag else b""


def names_of_files(page: Any) -> list[str]:
    """Return the words by which the public page names the files in its text."""
    soup = BeautifulSoup(page_text(page), "lxml")
    return [tag.get_text(" ", strip=True) for tag in soup.select(".pbgdpl-documents__item")]
