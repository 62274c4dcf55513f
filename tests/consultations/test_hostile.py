"""X5, R11: what is sent to harm, to the forms of questions and of comments alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.asking.conftest import ASK, Browser
from tests.consultations.test_played import make, public_text
from tests.intake.conftest import upload
from tests.intake.hostile import FILES, SCRIPT, TEXTS
from wagtail_pbgdpl.consultations.models import Comment, Consultation
from wagtail_pbgdpl.questions.models import Question

NAMES = ("full_name", "postal_address", "organisation", "author", "version", "warned", "captcha")
WHO = {"full_name": "Hoàng Thị Hòa", "email": "hoa@example.vn", "consent": "on"}


@pytest.fixture
def form_of(page: Any) -> Callable[[str], tuple[str, Any]]:
    """A function that returns where a form stands, and the newest that came in by it."""

    def found(what: str) -> tuple[str, Any]:
        if what == "question":
            return ASK, Question.objects
        return f"/pbgdpl/du-thao/{page.pk}/gop-y/dieu-1/", Comment.objects

    return found


@pytest.mark.parametrize("what", ["question", "comment"])
def test_texts_and_files(what: str, form_of: Any, browser: Browser, settings: LazySettings) -> None:
    """What is refused stays in the form, and what is kept is a text and nothing else."""
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"INTAKE_PER_ADDRESS_UNSOLVED": 99}
    path, rows = form_of(what)
    for name, (sent, kept) in TEXTS.items():
        before = rows.count()
        browser.open(path)
        browser.send(**WHO | {"text": sent, "alike_seen": "1"})
        if browser.response.status_code == 422 and kept is not None:
            # Pointed out once.
            browser.send()
        assert SCRIPT.encode() not in browser.response.content, name
        assert rows.count() == before + (kept is not None), (name, browser.text)
        if kept is not None:
            row = rows.latest("pk")
            assert (row.text if what == "question" else row.wording.text) == kept, name
        else:
            assert browser.typed()["text"], name
    before = rows.count()
    browser.open(path)
    files = tuple(upload(name, content) for name, content in FILES.items())
    browser.send(_files=files, **WHO | dict.fromkeys(NAMES, SCRIPT) | {"text": "Xin hỏi"})
    assert browser.response.status_code == 422
    assert not browser.soup.select(".pbgdpl-held li")
    browser.open(path)
    browser.send(**WHO | {"text": "Xin hỏi", "website": "http://spam.example"})
    assert (browser.response.status_code, rows.count()) == (422, before)
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"INTAKE_IN_ALL_UNSOLVED": 1}
    browser.open(path)
    browser.send(**WHO | {"text": "Một lần nữa", "alike_seen": "1"})
    assert (browser.response.status_code, rows.count()) == (422, before)
    assert browser.typed()["text"] == "Một lần nữa"


def test_who_comments_and_what_everybody_reads(
    page: Any, consultation: Consultation, browser: Browser, secretary: Any
) -> None:
    """A name that turns the line, a script in what the public reads, and forged answers."""
    path = f"/pbgdpl/du-thao/{page.pk}/gop-y/"
    browser.open(path)
    name = f"Lò \u202eVăn {SCRIPT}"
    said = {"full_name": name, "organisation": SCRIPT, "name_may_be_shown": "on", "consent": "on"}
    browser.send(**said, text=f"{SCRIPT} Nên bỏ")
    comment = Comment.objects.get()
    make(secretary, comment.matter, "comment_show")
    listed = f"/pbgdpl/du-thao/{page.pk}/y-kien/"
    content = Client().get(listed).content.decode()
    assert SCRIPT not in content
    assert "<bdi>" in content
    assert SCRIPT in public_text(listed)
    client = Client()
    assert client.put(path).status_code == 405
    assert client.post(path, "{}", content_type="application/json").status_code == 422
    for version in ("9" * 40, "-1", "x", "\x00"):
        assert client.post(path, {"version": version, "text": "x"}).status_code == 422, version
    for query in ("dieu=%00", "dieu=" + "x" * 5000, "trang=9e9", f"trang={'9' * 40}"):
        assert client.get(f"{listed}?{query}").status_code == 200, query
