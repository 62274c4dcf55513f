"""The files that came with a question, for whom may see it (Q1, R11)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import UnitFactory, UserFactory, seated
from tests.questions.case import make, received, signed_in
from wagtail_pbgdpl.intake.files import Sound
from wagtail_pbgdpl.questions.models import Part, Question, QuestionFile

pytestmark = pytest.mark.django_db


def attached(question: Question, name: str = "Đơn của tôi.pdf") -> QuestionFile:
    row = QuestionFile(question=question)
    row.keep(Sound(name, "pdf", b"%PDF-1.7 cua toi"))
    row.save()
    return row


def address(row: QuestionFile) -> str:
    return reverse("pbgdpl_question_file", args=[row.question_id, row.pk])


def test_for_whom_sees_the_question() -> None:
    unit, other, asked = (UnitFactory(categories=["C6"]) for _number in range(3))
    secretary, officer = seated("secretary"), seated("contact_officer", unit=unit)
    asked_for_a_part = seated("contact_officer", unit=asked)
    question, another = received(), received()
    row, of_another = attached(question), attached(another)
    said = {"topic": "noi-dung-khac", "unit": unit.pk, "others": asked.pk}
    make(secretary, question, "forward", **said)

    for user, page in (
        (officer, question.matter.address),
        (asked_for_a_part, None),
        (secretary, question.matter.address),
    ):
        client = signed_in(user)
        if page:
            assert f'href="{address(row)}"' in client.get(page).content.decode()
        response = client.get(address(row))
        assert b"".join(response.streaming_content) == b"%PDF-1.7 cua toi"
        assert response["Content-Disposition"].startswith("attachment")
        assert "no-store" in response["Cache-Control"]
    assert Part.objects.filter(question=question).exists()

    wrong = reverse("pbgdpl_question_file", args=[question.pk, of_another.pk])
    assert signed_in(secretary).get(wrong).status_code == 404
    assert signed_in(secretary).get(wrong.replace(str(of_another.pk), "99999")).status_code == 404
    for user in (seated("contact_officer", unit=other), seated("operator"), UserFactory()):
        assert signed_in(user).get(address(row)).status_code in (302, 404), user
    for user in (officer, asked_for_a_part):
        assert signed_in(user).get(address(of_another)).status_code == 404
    assert Client().get(address(row)).status_code == 302
    row.file.storage.delete(row.file.name)
    assert signed_in(officer).get(address(row)).status_code == 404
