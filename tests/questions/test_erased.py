"""Erasure: nothing of the asker in any table or file; number, history and figures stay (Q7, X5)."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from tests.factories import UnitFactory, seated
from tests.intake.conftest import stored_files
from tests.questions.case import NAME, WORDS, day, make, received, send, signed_in, state
from tests.questions.test_files import attached
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.public_answers import begin
from wagtail_pbgdpl.core.text import nfc
from wagtail_pbgdpl.intake.sender import RETENTION_DAYS
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.pages.models import AnswerPage
from wagtail_pbgdpl.questions import cases
from wagtail_pbgdpl.questions.models import Question

pytestmark = pytest.mark.django_db

APPS = ("wagtail_pbgdpl", "wagtail_pbgdpl_pages", "wagtailcore", "wagtailsearch", "admin")
SECRETS = {
    "name": NAME,
    "e-mail": "nguoi-hoi@example.vn",
    "telephone": "0912345678",
    "postal address": "Thôn Nà Ảng, xã Yên Cư",
    "text": WORDS,
    "commune": "Xã Nông Hạ",
    "supplied": "Thửa đất số 12 của bố tôi",
    "wanted": "Bà cho biết thửa đất nào?",
    "part": "Hồ sơ của bố bà đã lưu",
    "asked": "Hồ sơ địa chính của bố bà?",
    "answer": "Kính gửi bà, theo Điều 651",
    "comment": "Cảm ơn ông Nông Văn Trả Lời",
    "file": "Đơn của tôi.pdf",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(day(2), tick=False) as frozen:
        yield frozen


@pytest.fixture
def question(secretary: Any, portal: Any) -> Question:
    """With all that can come with one, and answered."""
    lead, other = UnitFactory(categories=["C6"]), UnitFactory(categories=["C6"])
    head, other_head = seated("unit_head", unit=lead), seated("unit_head", unit=other)
    sender = {
        "full_name": NAME,
        "email": SECRETS["e-mail"],
        "phone": SECRETS["telephone"],
        "postal_address": SECRETS["postal address"],
        "name_may_be_shown": True,
    }
    question = cases.receive("question", WORDS, sender, commune=SECRETS["commune"])
    attached(question)
    said = {"topic": "noi-dung-khac", "unit": lead.pk, "others": other.pk}
    said |= {"heading": "Thừa kế đất đai", "asked": SECRETS["asked"]}
    make(secretary, question, "forward", **said)
    make(head, question, "ask_more", wanted=SECRETS["wanted"])
    cases.supplied(question, SECRETS["supplied"])
    part = Matter.objects.get(kind="question_part")
    send(other_head, part, "part_draft", part=SECRETS["part"])
    send(other_head, part, "part_sign")
    make(head, question, "draft", answer=SECRETS["answer"])
    make(head, question, "approve")
    cases.rate(question, 4, SECRETS["comment"])
    begin(question, head)
    return Question.objects.get(pk=question.pk)


def dump() -> str:
    """Every row of every table that the portal fills, as its models read it."""
    models = [model for label in APPS for model in apps.get_app_config(label).get_models()]
    rows = [
        json.dumps(field.value_to_string(row), ensure_ascii=False, default=str)
        for model in models
        for row in model._base_manager.all()
        for field in model._meta.concrete_fields
    ]
    # JSON in JSON may say a letter by its number.
    return nfc(re.sub(r"\\+u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), " ".join(rows)))


def hits() -> set[str]:
    everything = dump()
    return {name for name, secret in SECRETS.items() if nfc(secret) in everything}


def kept(question: Question) -> list[Any]:
    row = question.matter
    return [
        question.number,
        question.rating,
        question.received_at,
        [row.state, row.outcome, row.closed_at, row.due_at, row.unit_at_close_id],
        list(row.events.exclude(move="erase").values_list("move", "at", "by_name", "detail")),
    ]


def test_by_an_official(
    question: Question, secretary: Any, django_capture_on_commit_callbacks: Any
) -> None:
    other = received()
    # The dump is one that can find: all stands somewhere now, the other asker's too.
    assert hits() == set(SECRETS)
    page = AnswerPage.objects.get()
    assert page.asker_name == NAME
    page.question_text = WORDS
    page.save_revision()
    page.question_text = "Con có được hưởng di sản là đất đai không?"
    page.body = [("rich_text", "<p>Có, theo Điều 651 Bộ luật Dân sự.</p>")]
    publish(page)
    files = {row.file.name for row in question.files.all()}
    assert files & stored_files()
    before = kept(Question.objects.get(pk=question.pk))
    cases.withdraw(other)
    make(secretary, other, "erase", text="Người hỏi đề nghị")
    assert hits() == set(SECRETS)
    with django_capture_on_commit_callbacks(execute=True):
        make(secretary, question, "erase", text="Người hỏi đề nghị")

    assert hits() == set()
    assert not files & stored_files()
    question.refresh_from_db()
    assert kept(question) == before
    event = question.matter.events.get(move="erase")
    assert (event.by, event.text) == (secretary, "Người hỏi đề nghị")
    page = AnswerPage.objects.get()
    assert page.live
    assert "Có, theo Điều 651" in str(page.body)
    assert "Có, theo Điều 651" in str(page.revisions.order_by("pk").first().as_object().body)
    assert question.heading == ""
    # Officials are told of their steps as before.
    assert Notice.objects.exclude(recipient=None).exists()

    client = signed_in(secretary)
    html = client.get(question.matter.address).content.decode()
    assert "02/03/2026 09:00" in html
    contact = reverse("pbgdpl_question_contact", args=[question.pk])
    assert contact not in html
    assert client.get(contact).status_code == 404
    assert not {"erase", "reopen"} & {
        one["name"] for one in client.get(question.matter.address).context["ways"]
    }
    for way in ("erase", "reopen"):
        said = {"way": way, f"{way}-text": "Lại"}
        assert client.post(question.matter.address, said).status_code == 422
    assert state(question) == "published"


def test_who_may_not(question: Question) -> None:
    """The unit, a superuser without a seat; and nobody while the question is open."""
    unit = question.matter.unit
    for user in (seated("contact_officer", unit=unit), seated("unit_head", unit=unit)):
        assert send(user, question.matter, "erase", text="Xóa").status_code == 422
    secretary, still_open = seated("secretary"), received()
    assert send(secretary, still_open.matter, "erase", text="Xóa").status_code == 422
    assert send(secretary, question.matter, "erase", text=" ").status_code == 422
    assert Question.objects.filter(erased_at=None).count() == 2
    assert send(seated("chief"), question.matter, "erase", text="Xóa").status_code == 302


def test_when_the_time_for_keeping_is_over(
    question: Question, clock: Any, django_capture_on_commit_callbacks: Any
) -> None:
    still_open = received()
    Question.objects.filter(pk=still_open.pk).update(text="Câu hỏi khác", full_name="Lý Văn Khác")
    Notice.objects.filter(key__contains=still_open.number).update(address="khac@example.vn")
    Question.objects.filter(pk=still_open.pk).update(email="khac@example.vn", phone="")
    files = {row.file.name for row in question.files.all()}
    before = kept(question)
    for days, expected in ((RETENTION_DAYS - 1, set(SECRETS)), (RETENTION_DAYS, set())):
        clock.move_to(day(2) + datetime.timedelta(days=days), tick=False)
        for _time in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                call_command("pbgdpl_tick", verbosity=0)
        assert hits() == expected, days
    question.refresh_from_db()
    rest = question.matter.events.filter(move="expired")
    assert rest.count() == 1
    found = kept(question)
    assert found[:-1] == before[:-1]
    assert found[-1][:-1] == before[-1]
    assert Question.objects.get(pk=still_open.pk).full_name == "Lý Văn Khác"
    assert not AnswerPage.objects.exists()
    assert not files & stored_files()
