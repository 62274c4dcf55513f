"""C12: a new version of the draft keeps every comment at its provision, and none vanishes."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from tests.asking.conftest import Browser
from tests.consultations.conftest import BODY
from tests.consultations.test_closing import comment
from tests.consultations.test_played import make, public_text, table
from tests.questions.case import signed_in
from wagtail_pbgdpl.consultations.models import Comment, Consultation
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.core.base_page import page_of

NEW = (
    "legal_article",
    {
        "number": "1",
        "title": "Giải thích từ ngữ",
        "lead": "Trong Quy chế này, cộng tác viên là người gửi tin, bài cho Cổng.",
        "clauses": [],
        "prefix": "",
    },
)


def renumbered(article: Any, number: str, **others: Any) -> Any:
    kind, value = article
    return (kind, {**value, "number": number, **others})


def publish_with(page: Any, *body: Any) -> None:
    page = page_of(page.pk)
    page.body = list(body)
    publish(page)


def standing(comment: Comment) -> tuple[str, bool]:
    comment.refresh_from_db()
    return comment.place, comment.is_homeless


def test_each_stands_where_its_provision_stands(
    page: Any, consultation: Consultation, secretary: Any, officer: Any
) -> None:
    anchors = ("dieu-1", "dieu-1-khoan-2", "dieu-1-khoan-1-diem-d-2", "dieu-2", "", "cau-hoi-2")
    have = {row[0] for row in consultation.latest_version.provisions} | {""}
    made = {anchor: comment(consultation, anchor) for anchor in anchors if anchor in have}
    first = BODY[0][1]["clauses"]
    publish_with(page, NEW, renumbered(BODY[0], "2", clauses=[first[0]]), renumbered(BODY[1], "3"))
    assert standing(made["dieu-1"]) == ("dieu-2", False)
    assert standing(made["dieu-1-khoan-2"]) == ("dieu-2", True), "what it stood in"
    assert standing(made["dieu-2"]) == ("dieu-3", False)
    assert standing(made[""]) == ("", False)
    assert standing(made["cau-hoi-2"]) == ("cau-hoi-2", False)
    # What they were made on stays as it was.
    assert made["dieu-2"].anchor == "dieu-2"
    assert made["dieu-2"].quoted == "Điều 2. Hiệu lực\nTừ ngày ký."
    for row in made.values():
        make(secretary, row.matter, "comment_show")
    html = BeautifulSoup(Client().get(page.url).content, "lxml")
    assert "(2)" in html.select_one("#dieu-2 a[href*='gop-y']").text
    shown = public_text(f"/pbgdpl/du-thao/{page.pk}/y-kien/?dieu=dieu-3")
    assert "Điều 2 (theo phiên bản 1 của dự thảo)" in shown
    chain = html.select_one("a[href*='thay-doi']")
    changes = public_text(chain["href"])
    assert "Giải thích từ ngữ" in changes
    assert (
        "Áp dụng trên địa bàn tỉnh."
        in BeautifulSoup(Client().get(chain["href"]).content, "lxml").select_one("del").get_text()
    )
    for guessed in (f"/pbgdpl/du-thao/{page.pk}/thay-doi/1/", "/pbgdpl/du-thao/999/thay-doi/2/"):
        assert Client().get(guessed).status_code == 404
    desk = BeautifulSoup(signed_in(officer).get(table(consultation)).content, "lxml").text
    assert "góp ý vào Điều 2 của phiên bản 1" in " ".join(desk.split())
    assert "nay không còn" in desk
    assert "Điều 3" in desk


def test_who_read_the_version_before_comments_on_that(
    page: Any, consultation: Consultation, browser: Browser
) -> None:
    browser.open(f"/pbgdpl/du-thao/{page.pk}/gop-y/dieu-2/")
    publish_with(page, NEW, renumbered(BODY[0], "2"), renumbered(BODY[1], "3"))
    browser.send(text="Nên có hiệu lực từ đầu năm.", consent="on")
    made = Comment.objects.get()
    assert (made.version.number, made.anchor, made.label) == (1, "dieu-2", "Điều 2")
    assert standing(made) == ("dieu-3", False)


def test_a_version_that_nobody_has_read(
    page: Any, consultation: Consultation, browser: Browser
) -> None:
    for number in ("9", "x", "9" * 20):
        browser.open(f"/pbgdpl/du-thao/{page.pk}/gop-y/dieu-2/")
        browser.send(text="Nên bỏ.", consent="on", version=number)
    assert {one.version.number for one in Comment.objects.all()} <= {1}
