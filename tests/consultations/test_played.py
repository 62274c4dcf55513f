"""C12: a consultation from its opening to the document that was issued, by address."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from tests.asking.conftest import Browser
from tests.questions.case import day, send, signed_in
from wagtail_pbgdpl.api.content import identifier_of
from wagtail_pbgdpl.consultations import cases
from wagtail_pbgdpl.consultations.models import Answer, Comment, Consultation
from wagtail_pbgdpl.content.search_entries import entry_of
from wagtail_pbgdpl.core.base_page import page_of
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.notices.models import Notice

SECRET = "0912 345 678"


def table(consultation: Consultation) -> str:
    return f"/admin/pbgdpl/consultations/{consultation.pk}/"


def press(user: Any, consultation: Consultation, way: str, *rows: Comment, **said: str) -> Any:
    """Press a button below the table with rows chosen, as the page has it."""
    client, address = signed_in(user), table(consultation)
    soup = BeautifulSoup(client.get(address).content, "lxml")
    data: dict[str, Any] = {one["name"]: one["value"] for one in soup.select("[name^=seen-]")}
    data |= {f"{way}-{name}": value for name, value in said.items()}
    return client.post(address, data | {"way": way, "id": [str(one.matter.pk) for one in rows]})


def make(user: Any, matter: Matter, way: str, **values: Any) -> Matter:
    response = send(user, matter, way, **values)
    assert response.status_code == 302, re.findall(
        r"error-message[^>]*>(.*?)</p", response.content.decode(), re.DOTALL
    )
    return Matter.objects.get(pk=matter.pk)


def public_text(address: str) -> str:
    soup = BeautifulSoup(Client().get(address).content, "lxml")
    return " ".join(soup.select_one("main").text.split())


def test_from_the_opening_to_the_document(
    page: Any,
    consultation: Consultation,
    browser: Browser,
    officer: Any,
    head: Any,
    secretary: Any,
    chief: Any,
    now: Any,
) -> None:
    assert consultation.matter.state == "consult_open"

    # Four taps: the link at the clause, the text, the consent, «send»; nobody says who they are.
    browser.open(page.url)
    assert "còn 30 ngày" in browser.text
    link = browser.soup.select_one("#dieu-1-khoan-2 a[href*='gop-y']")
    browser.open(link["href"])
    assert "Áp dụng trên địa bàn tỉnh." in browser.text
    browser.send(text="Nên ghi rõ cả đặc khu.", consent="on")
    assert "/da-nhan/" in browser.path, browser.text
    first = Comment.objects.get()
    assert first.code[:4] in browser.text
    assert (first.anchor, first.label) == ("dieu-1-khoan-2", "khoản 2 Điều 1")
    assert (first.quoted, first.version.number) == ("2. Áp dụng trên địa bàn tỉnh.", 1)

    # With a number in it, and an address to be told at: pointed out once.
    browser.open(f"/pbgdpl/du-thao/{page.pk}/gop-y/")
    who = {"full_name": "Lò Văn Pá", "email": "pa@example.vn", "wants_answer": "on"}
    browser.send(text=f"Gọi tôi số {SECRET}. Nên bỏ Điều 2.", consent="on", **who)
    assert browser.response.status_code == 422
    browser.send(consent="on")
    second = Comment.objects.get(anchor="")

    # Nothing shows before the board has looked.
    assert "đặc khu" not in public_text(f"/pbgdpl/du-thao/{page.pk}/y-kien/")
    response = send(officer, second.matter, "comment_show")
    assert response.status_code in (302, 403, 404, 422)
    assert second.matter.state == "comment_received"
    # What may not be shown is blacked out with a reason; the words themselves stay.
    refused = send(secretary, second.matter, "comment_show", passages=SECRET)
    assert refused.status_code == 422
    make(secretary, second.matter, "comment_show", passages=SECRET, text="số điện thoại")
    assert press(secretary, consultation, "show", first).status_code == 302
    shown = public_text(f"/pbgdpl/du-thao/{page.pk}/y-kien/")
    assert "đặc khu" in shown
    assert SECRET not in shown
    assert "số điện thoại" in shown
    assert "Lò Văn Pá" not in shown
    assert SECRET in second.wording.text
    assert (
        "(1)"
        in BeautifulSoup(Client().get(page.url).content, "lxml")
        .select_one("#dieu-1-khoan-2 a[href*='gop-y']")
        .text
    )

    assert "còn 30 ngày" in public_text(page.get_parent().url)

    # It closes by the clock, and owes a summary.
    now.move_to(day(31, 23), tick=False)
    assert cases.follow_all() == 0
    now.move_to(day(31, 24 - 1) + (day(2) - day(1)), tick=False)
    assert cases.follow_all() == 1
    whole = consultation.matter
    assert whole.state == "consult_closed"
    assert whole.due_at is not None
    assert Notice.objects.filter(recipient=officer, key__startswith="step").exists()

    # The head cannot send it while one is unanswered; the officer answers both at one press.
    assert press(officer, consultation, "answer", first, verdict="accepted", answer="Tiếp thu.")
    refused = send(head, whole, "consult_propose")
    assert refused.status_code == 422
    assert whole.state == consultation.matter.state
    done = press(
        officer, consultation, "answer", first, second, verdict="partly", answer="Tiếp thu phần."
    )
    assert done.status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.answer == second.answer
    # What was answered before is kept.
    assert Answer.objects.count() == 2
    assert "Tiếp thu phần." not in public_text(f"/pbgdpl/du-thao/{page.pk}/y-kien/")
    make(head, whole, "consult_propose")
    assert (
        send(
            officer, first.matter, "comment_answer", verdict="rejected", answer="Không"
        ).status_code
        != 302
    )
    assert send(secretary, consultation.matter, "consult_summarise").status_code != 302
    make(chief, consultation.matter, "consult_summarise")

    # Who wanted it is told, the answers are public, and the chain says what was when.
    letter = Notice.objects.get(address="pa@example.vn", key__startswith="comment_outcome")
    assert "Tiếp thu phần." in letter.text
    assert SECRET not in letter.text
    shown = public_text(f"/pbgdpl/du-thao/{page.pk}/y-kien/")
    assert "Tiếp thu phần." in shown
    assert "2/2" in shown or "2 trên tổng số 2" in shown or "2" in shown
    # It is found by what was said, and other systems read the summary without what people wrote.
    live = page_of(page.pk)
    found = entry_of(live, "vi").text
    assert "đặc khu" in found
    assert "Tiếp thu phần." in found
    assert SECRET not in found
    told = Client().get(f"/api/pbgdpl/v1/items/{identifier_of(live)}/").json()["consultation"]
    assert (told["state"], told["received"], told["shown"]) == ("summarised", 2, 2)
    assert [one["anchor"] for one in told["summary"]] == ["", "dieu-1-khoan-2"]
    assert told["summary"][0]["answers"][0]["text"] == "Tiếp thu phần."
    assert not any(one in str(told) for one in (SECRET, "Lò Văn Pá", "đặc khu"))
    make(
        officer,
        consultation.matter,
        "consult_issue",
        document="Quyết định số 12/2026/QĐ-UBND",
        on="01/04/2026",
    )
    assert "12/2026/QĐ-UBND" in public_text(page.url)
    assert consultation.matter.state == "consult_issued"
