"""P9 (LC19 III.5b): short surveys by address; counts alone are kept, and none after the end."""

from __future__ import annotations

import csv
import io
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from tests.factories import UserFactory, seated
from tests.questions.case import signed_in
from wagtail_pbgdpl.intake.models import Sending
from wagtail_pbgdpl.surveys.answering import close_due
from wagtail_pbgdpl.surveys.blocks import SurveyBlock
from wagtail_pbgdpl.surveys.models import Survey, SurveyCount, SurveyMark
from wagtail_pbgdpl.surveys.views import COOKIE

from .conftest import BLOCK, CLOSES, FOUND, SATISFIED, WAYS, at, stream

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
REPORT = "/admin/reports/pbgdpl/surveys/"


def counts() -> dict[tuple[str, str], int]:
    return {(row.question, row.choice): row.number for row in SurveyCount.objects.all()}


def test_an_answer_is_counted_and_nobody_is_known(person: Any, page: Any) -> None:
    one = person()
    one.open()
    assert "no name" in one.text or "Neither name nor address" in one.text
    one.send(q1="5 – Rất", q2="Dễ", q3=["Báo", "Người quen"])
    assert "has been counted" in one.text
    assert (
        counts()[SATISFIED, "5 – Rất"] == counts()[WAYS, "Báo"] == counts()[WAYS, "Người quen"] == 1
    )
    assert counts()[FOUND, "Khó"] == 0
    survey = Survey.objects.get()
    assert (survey.page, survey.block, survey.answers) == (page.pk, BLOCK, 1)

    cookie = one.client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["path"] == one.path
    token = cookie.value.split(":")[0]
    mark = SurveyMark.objects.get()
    assert token not in mark.digest
    # What the limits know of the address has no way to what was answered.
    assert set(Sending.objects.values_list("purpose", "result")) == {("survey", "counted")}


def test_one_answer_of_a_browser(person: Any) -> None:
    one, other = person(), person()
    one.open()
    first = one.form()
    one.send(q1="1 – Không", q2="Khó")
    # The same form once more, another form of the same browser, and the address again.
    for form in (first, {**first, "q1": "2", "q2": "Dễ"}):
        one.client.post(one.path, {**form, "q1": "2", "q2": "Dễ"})
    one.open()
    assert "has been counted" in one.text
    assert not one.soup.select("form [type=radio]")
    other.open()
    other.send(q1="4", q2="Khó")
    assert Survey.objects.get().answers == 2
    assert counts()[FOUND, "Khó"] == 2


def test_mistakes_are_told_and_nothing_is_lost(person: Any) -> None:
    one = person()
    one.open()
    one.send(q1="3", q3="Báo")
    assert one.response.status_code == 422
    assert one.soup.select_one("[role=alert] a")["href"] == "#id_q2"
    assert one.soup.select_one("fieldset#id_q2")
    assert {box["value"] for box in one.soup.select("[checked]")} == {"3", "Báo"}
    one.send(q1="9", q2="Dễ")
    assert one.response.status_code == 422
    one.client.cookies.clear()
    one.send(q1="3", q2="Dễ")
    assert "cookie" in one.text
    assert not Survey.objects.exists()


@pytest.mark.parametrize(("said", "wait"), [({"website": "x"}, 60), ({}, 0)])
def test_programs_are_refused_as_at_questions(person: Any, said: Any, wait: int) -> None:
    one = person()
    one.open()
    one.send(wait=wait, q1="3", q2="Dễ", **said)
    assert one.response.status_code == 422
    assert not Survey.objects.exists()


def test_the_last_day_counts_whole(person: Any, clock: Any) -> None:
    one, late = person(), person()
    clock.move_to(at(20, 23, 58, 30), tick=False)
    one.open()
    late.open()
    one.send(wait=60, q1="5 – Rất", q2="Dễ")
    assert "has been counted" in one.text
    late.send(wait=60, q1="1 – Không", q2="Khó")
    assert late.response.status_code == 409
    assert "was not counted" in late.text
    assert Survey.objects.get().answers == 1


def test_before_it_opens_and_where_there_is_none(
    person: Any, clock: Any, page: Any, client: Any
) -> None:
    clock.move_to(at(1), tick=False)
    one = person()
    one.open()
    assert not one.soup.select("form [type=radio]")
    page.unpublish()
    assert client.get(one.path).status_code == 404
    assert client.get(f"/pbgdpl/khao-sat/{page.pk}/{uuid.uuid4()}/").status_code == 404
    assert client.get(f"/pbgdpl/khao-sat/{10**15}/{BLOCK}/").status_code == 404


def test_the_page_leads_there_and_shows_the_results_then(
    person: Any, page: Any, client: Any, clock: Any
) -> None:
    one = person()
    one.open()
    one.send(q1="5 – Rất", q2="Dễ")
    shown = client.get(page.url).content.decode()
    assert one.path in shown
    assert "svg" not in shown.split("pbgdpl-survey")[1].split("</section>")[0]
    clock.move_to(at(21, 0, 0, 1), tick=False)
    shown = client.get(page.url).content.decode().split("pbgdpl-survey")[1].split("</section>")[0]
    assert "pbgdpl-chart__drawing" in shown
    assert "100.0" in shown
    assert one.path not in shown


def test_what_is_closed_stays_closed_and_forgets_who_answered(
    person: Any, page: Any, clock: Any
) -> None:
    one = person()
    one.open()
    one.send(q1="5 – Rất", q2="Dễ")
    assert close_due() == 0
    clock.move_to(at(21), tick=False)
    assert (close_due(), close_due()) == (1, 0)
    survey = Survey.objects.get()
    assert (survey.secret, survey.closed_at) == ("", at(21))
    assert not SurveyMark.objects.exists()
    page.body = stream(closes_on=at(30).date())
    page.save()
    other = person()
    other.open()
    assert not other.soup.select("form [type=radio]")
    assert "1 person answered" in other.text


def test_a_longer_survey_is_not_closed(person: Any, page: Any, clock: Any) -> None:
    one = person()
    one.open()
    one.send(q1="5 – Rất", q2="Dễ")
    page.body = stream(closes_on=at(30).date())
    page.save()
    clock.move_to(at(21), tick=False)
    assert close_due() == 0
    page.unpublish()
    assert close_due() == 1


class TestInTheAdmin:
    def test_the_numbers_are_live_and_leave_as_files(self, person: Any, page: Any) -> None:
        one = person()
        one.open()
        one.send(q1="5 – Rất", q2="Dễ")
        survey = Survey.objects.get()
        client = signed_in(seated("secretary"))
        shown = client.get(REPORT, {"survey": survey.pk}).content.decode()
        assert "pbgdpl-chart__drawing" in shown
        assert FOUND in shown
        content = b"".join(client.get(REPORT, {"export": "csv"}).streaming_content)
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert rows[1][0] == "Khảo sát hài lòng"
        assert [row[4:] for row in rows[1:] if row[3] == FOUND] == [
            ["Dễ", "1", "100.0"],
            ["Khó", "0", "0.0"],
        ]
        book = b"".join(client.get(REPORT, {"export": "xlsx"}).streaming_content)
        assert load_workbook(io.BytesIO(book)).active.max_row == len(rows)

    def test_of_pages_that_somebody_does_not_see_there_is_nothing(
        self, person: Any, page: Any
    ) -> None:
        one = person()
        one.open()
        one.send(q1="5 – Rất", q2="Dễ")
        survey = Survey.objects.get()
        Survey.objects.filter(pk=survey.pk).update(page=10**9)
        client = signed_in(seated("secretary"))
        for asked in ({}, {"survey": survey.pk}):
            assert FOUND not in client.get(REPORT, asked).content.decode()
        client = signed_in(UserFactory())
        assert client.get(REPORT).status_code in {302, 403}


class TestBlock:
    def value(self, **changed: Any) -> Any:
        block = SurveyBlock()
        return block, block.to_python(stream()[0]["value"] | changed)

    def test_a_sound_one(self) -> None:
        block, value = self.value()
        assert block.clean(value)["closes_on"] == CLOSES

    @pytest.mark.parametrize(
        "changed",
        [
            {"closes_on": "2026-03-01"},
            {"closes_on": "2126-03-01"},
            {"questions": []},
            {"questions": stream()[0]["value"]["questions"][:1] * 2},
            {"questions": stream()[0]["value"]["questions"] * 4},
            {
                "questions": [
                    {"type": "one", "value": {"text": "Một?", "choices": ["Có", " có "]}},
                ]
            },
            {"questions": [{"type": "one", "value": {"text": "Một?", "choices": ["Có"]}}]},
        ],
        ids=["order", "year", "none", "repeated", "twelve", "same-choices", "one-choice"],
    )
    def test_what_is_refused(self, changed: Any) -> None:
        block, value = self.value(**changed)
        with pytest.raises(ValidationError):
            block.clean(value)
