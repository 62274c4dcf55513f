"""Saved views of the list, and texts that go into a draft; by address (Q2, Q3, R11)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import LegalFieldFactory, UserFactory, seated
from tests.questions.case import make, received, send, signed_in, state
from wagtail_pbgdpl.questions.desk_models import AnswerText, SavedView
from wagtail_pbgdpl.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LIST = "/admin/pbgdpl/questions/"
SAVE = "/admin/pbgdpl/questions/views/"


def ended(view: SavedView) -> str:
    return reverse("pbgdpl_questions_view_end", args=[view.pk])


class TestViews:
    def test_the_filters_in_use_are_saved_and_opened(self, secretary: Any, unit: Any) -> None:
        new, forwarded = received(), received()
        make(secretary, forwarded, "forward", unit=unit.pk, topic="noi-dung-khac")
        client = signed_in(secretary)
        query = {"state": "received", "kind": "", "q": "Nguyễn Văn A", "p": "1"}
        page = BeautifulSoup(client.get(LIST, query).content, "lxml")
        form = page.select_one(f"form[action='{SAVE}']")
        said = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
        # Words that are looked for are not kept: they may tell who asked.
        assert said["query"] == "state=received"
        response = client.post(SAVE, said | {"name": "Chờ chuyển", "is_shared": "on"})
        assert response["Location"] == f"{LIST}?state=received"
        page = BeautifulSoup(client.get(LIST).content, "lxml")
        link = page.find("a", string="Chờ chuyển (shared)")
        rows = client.get(link["href"]).context["object_list"]
        assert [row.question for row in rows] == [new]
        client.post(SAVE, said | {"name": "Chờ chuyển", "query": "state=spam"})
        assert SavedView.objects.get().query == "state=spam"
        client.post(SAVE, said | {"name": " ", "query": "state=spam"})
        client.post(SAVE, said | {"name": "Dài", "query": "state=" + "x" * 2000})
        assert SavedView.objects.count() == 1

    def test_who_shares_sees_and_deletes(self, secretary: Any, unit: Any) -> None:
        officer, other = seated("contact_officer", unit=unit), seated("contact_officer")
        for user in (secretary, officer):
            said = {"name": f"Của {user.pk}", "query": "state=received", "is_shared": "on"}
            signed_in(user).post(SAVE, said)
        of_board, of_unit = SavedView.objects.order_by("pk")
        # A unit shares nothing; what the board shares shows nobody a row that is not theirs.
        assert (of_board.is_shared, of_unit.is_shared) == (True, False)
        received()
        for user, mine in ((officer, {of_board, of_unit}), (other, {of_board})):
            client = signed_in(user)
            assert {one[0] for one in client.get(LIST).context["saved_views"]} == mine
            assert not client.get(f"{LIST}?{of_board.query}").context["object_list"]
        assert signed_in(other).post(ended(of_unit)).status_code == 404
        assert signed_in(other).post(ended(of_board)).status_code == 404
        assert signed_in(secretary).post(ended(of_unit)).status_code == 404
        assert signed_in(officer).get(ended(of_unit)).status_code == 405
        outsider = UserFactory()
        assert signed_in(outsider).post(SAVE, {"name": "A", "query": ""}).status_code in (302, 403)
        assert Client().post(ended(of_board)).status_code == 302
        assert SavedView.objects.count() == 2
        signed_in(officer).post(ended(of_unit))
        signed_in(seated("chief")).post(ended(of_board))
        assert not SavedView.objects.exists()


class TestTexts:
    @pytest.fixture
    def question(self, secretary: Any, unit: Any) -> Question:
        field = LegalFieldFactory(name="Đất đai")
        found = received(legal_field=field)
        said = {"unit": unit.pk, "topic": "noi-dung-khac", "legal_field": field.pk}
        make(secretary, found, "forward", **said)
        return found

    def test_put_in_without_javascript(self, question: Question, unit: Any) -> None:
        officer = seated("contact_officer", unit=unit)
        general = AnswerText.objects.create(title="Chào", text="Kính gửi ông/bà,")
        land = AnswerText.objects.create(
            title="Đất", text="Theo Luật Đất đai …", legal_field=question.legal_field
        )
        AnswerText.objects.create(title="Khác", text="Khác", legal_field=LegalFieldFactory())
        client = signed_in(officer)
        page = BeautifulSoup(client.get(question.matter.address).content, "lxml")
        form = page.select_one("input[name=way][value=draft]").find_parent("form")
        choice = form.select_one("select[name=draft-inserted]")
        offered = [one["value"] for one in choice.select("option")]
        assert offered == ["", str(land.pk), str(general.pk)]
        assert form.select_one("button[name=fill]")["value"] == "1"
        seen = form.select_one("input[name=draft-seen]")["value"]
        typed = {"way": "draft", "draft-seen": seen, "draft-answer": "Tôi viết.", "fill": "1"}

        shown = client.post(question.matter.address, typed | {"draft-inserted": land.pk})
        assert shown.status_code == 200
        form = BeautifulSoup(shown.content, "lxml").select_one("textarea[name=draft-answer]")
        assert form.text.strip() == "Tôi viết.\n\nTheo Luật Đất đai …"
        assert f'name="draft-seen" value="{seen}"' in shown.content.decode()
        assert (state(question), Question.objects.get().answer) == ("with_unit", "")
        for wrong in ("", "x", 999_999):
            shown = client.post(question.matter.address, typed | {"draft-inserted": wrong})
            text = BeautifulSoup(shown.content, "lxml").select_one("textarea[name=draft-answer]")
            assert text.text.strip() == "Tôi viết."
        # Chosen and sent without being put in: nobody means that.
        assert (
            send(
                officer, question.matter, "draft", answer="Tôi viết.", inserted=land.pk
            ).status_code
            == 422
        )
        make(officer, question, "draft", answer="Tôi viết.\n\nTheo Luật Đất đai …")
        assert state(question) == "drafted"

    def test_another_move_is_not_filled(self, question: Question, secretary: Any) -> None:
        client = signed_in(secretary)
        said = {"way": "extend", "extend-days": "5", "extend-text": "Lâu", "fill": "1"}
        shown = client.post(question.matter.address, said)
        assert shown.status_code == 200
        assert ">Lâu</textarea>" in re.sub(r">\s+", ">", shown.content.decode())
        assert not question.matter.events.filter(move="extend").exists()

    def test_the_secretary_alone_writes_them(self, secretary: Any, unit: Any) -> None:
        add = reverse("pbgdpl_answer_texts:add")
        said = {"title": "Chào", "text": "Kính gửi ông/bà,", "legal_field": ""}
        for user in (
            seated("contact_officer", unit=unit),
            seated("unit_head", unit=unit),
            seated("member"),
            seated("operator"),
        ):
            assert signed_in(user).post(add, said).status_code in (302, 403)
            assert not AnswerText.objects.exists(), user
        client = signed_in(secretary)
        assert client.post(add, said).status_code == 302
        row = AnswerText.objects.get()
        assert "Chào" in client.get(reverse("pbgdpl_answer_texts:index")).content.decode()
        edit = reverse("pbgdpl_answer_texts:edit", args=[row.pk])
        assert client.post(edit, said | {"title": "Kính gửi"}).status_code == 302
        stranger = signed_in(seated("contact_officer", unit=unit))
        delete = reverse("pbgdpl_answer_texts:delete", args=[row.pk])
        assert stranger.post(delete).status_code in (302, 403)
        assert AnswerText.objects.get().title == "Kính gửi"
        assert client.post(delete).status_code == 302
        assert not AnswerText.objects.exists()
