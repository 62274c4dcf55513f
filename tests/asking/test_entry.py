"""The ways to the form: links alone, so that the pages they stand on stay the same for all."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from .conftest import ASK, LOOK_UP

pytestmark = pytest.mark.usefixtures("searched")


def links(response: Any, place: str) -> list[str]:
    assert not response.cookies
    return [one["href"] for one in BeautifulSoup(response.content, "lxml").select(f"{place} a")]


def test_from_every_page(client: Any, portal: Any, index_of: Any) -> None:
    """In the menu and the foot of all; in the middle of those on which somebody looks for help."""
    home = client.get(portal.url)
    for place in (".pbgdpl-nav", "main", "footer"):
        assert ASK in links(home, place)
    assert {"/pbgdpl/gop-y/", "/pbgdpl/phan-anh/", LOOK_UP} <= set(links(home, "footer"))
    answers = client.get(index_of("C6").url)
    assert links(answers, "main").count(ASK) == 2
    assert ASK in links(client.get("/khong-co-trang-nay/"), "main")


def test_from_a_search_without_result(client: Any, portal: Any) -> None:
    response = client.get("/pbgdpl/tim-kiem/", {"q": "zzzz"}, follow=True)
    assert ASK in links(response, "main")


def test_a_cached_page_holds_neither_form_nor_token(client: Any, portal: Any) -> None:
    response = client.get(portal.url)
    soup = BeautifulSoup(response.content, "lxml")
    assert getattr(response, "pbgdpl_public", False)
    assert not soup.select("[name=sending_key], [name=csrfmiddlewaretoken], form[method=post]")
    for path in (ASK, LOOK_UP):
        form = client.get(path)
        assert not getattr(form, "pbgdpl_public", False)
        assert "no-store" in form["Cache-Control"]
