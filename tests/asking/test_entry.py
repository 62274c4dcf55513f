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
    # Above the list, below it, and in the bar that stays on a telephone.
    assert links(answers, "main").count(ASK) == 3
    assert ASK in links(client.get("/khong-co-trang-nay/"), "main")


@pytest.mark.parametrize(
    ("profile", "status"),
    [
        ("bac_kan_portal_2018", 200),
        ("binh_phuoc_2020", 200),
        # It has the category, and nobody who would receive a question.
        ("lao_cai_2019", 404),
        ("quang_tri_2024", 404),
    ],
)
def test_where_the_regulation_takes_questions(
    client: Any, portal: Any, settings: Any, profile: str, status: int
) -> None:
    settings.WAGTAIL_PBGDPL = {"PROFILE": profile}
    assert client.get(ASK).status_code == status
    assert client.post(ASK, {"text": "Hỏi"}).status_code == (422 if status == 200 else 404)
    assert (ASK in links(client.get(portal.url), "footer")) is (status == 200)


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
