"""Q7: a copy, a correction and the erasure of who commented, by the mechanism of the questions."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.asking.conftest import Browser
from tests.consultations.test_guarded import ADDRESS, LOOK_UP, NAME, sent
from tests.consultations.test_played import make, public_text
from tests.questions.case import day, send
from wagtail_pbgdpl.consultations.models import Comment, Consultation
from wagtail_pbgdpl.intake import tokens
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.own_data import requests
from wagtail_pbgdpl.own_data.models import DataRequest


def ask(browser: Browser, comment: Comment, sort: str, text: str = "", fact: str = ADDRESS) -> Any:
    """Ask where the comment stands; return the matter of the request."""
    browser.open(LOOK_UP)
    browser.send(code=comment.code, fact=fact)
    browser.send("data", **{"du-lieu-sort": sort, "du-lieu-text": text})
    assert browser.response.status_code == 200, browser.text
    return DataRequest.objects.latest("pk").matter


def test_copy_correction_erasure(
    page: Any,
    consultation: Consultation,
    browser: Browser,
    secretary: Any,
    officer: Any,
    now: Any,
) -> None:
    comment = sent(consultation, "Nên bỏ khoản 1.", name_may_be_shown=True)
    make(secretary, comment.matter, "comment_show")
    listed = f"/pbgdpl/du-thao/{page.pk}/y-kien/"
    assert NAME in public_text(listed)

    matter = ask(browser, comment, "copy")
    assert send(officer, matter, "data_grant").status_code != 302
    copy = f"{browser.path}ban-sao/"
    assert browser.client.get(copy).status_code == 404
    # Nobody erases while the author waits for something.
    assert send(secretary, comment.matter, "comment_erase", text="Hết hạn").status_code != 302
    make(secretary, matter, "data_grant")
    text = browser.client.get(copy).content.decode()
    assert "Nên bỏ khoản 1." in text
    assert NAME in text
    other = sent(consultation)
    token = tokens.token_for(other.pk, Comment.purpose)
    address = reverse("wagtail_pbgdpl:comment_copy", args=[token])
    assert browser.client.get(address).status_code == 404

    matter = ask(browser, comment, "correction", "Họ tên đúng là Lò Văn Bá.")
    make(secretary, matter, "data_grant", full_name="Lò Văn Bá", email="ba@example.vn")
    assert "Lò Văn Bá" in public_text(listed)
    assert not Notice.objects.filter(address=ADDRESS, key__contains=comment.number).exists()

    # After the closing too; what the public reads stays, without the name, and is answered.
    now.move_to(day(31, 23) + (day(2) - day(1)), tick=False)
    matter = ask(browser, comment, "erasure", fact="ba@example.vn")
    make(secretary, matter, "data_grant")
    comment.refresh_from_db()
    assert (comment.full_name, comment.email) == ("", "")
    shown = public_text(listed)
    assert "Nên bỏ khoản 1." in shown
    assert "Lò Văn" not in shown
    assert comment.matter.state == "comment_to_answer"
    told = Notice.objects.get(key__startswith="comment_data_erased")
    assert told.address == "ba@example.vn"
    with pytest.raises(ValidationError):
        requests.ask(comment, "copy")


def test_what_nobody_has_looked_at_goes_whole(
    consultation: Consultation, browser: Browser, secretary: Any
) -> None:
    comment = sent(consultation, "Chưa ai xem.")
    make(secretary, ask(browser, comment, "erasure"), "data_grant")
    assert comment.matter.state == "comment_withdrawn"
    assert comment.wording is not None
    assert comment.wording.text == ""
