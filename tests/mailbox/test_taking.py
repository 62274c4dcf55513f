"""Mails that become questions, and mails that become none (C6, Q1, Q7, X5)."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.urls import reverse

from tests.asking.conftest import Browser
from tests.factories import UnitFactory, seated
from tests.intake.conftest import PDF, picture, stored_files
from tests.mailbox.letters import ASKER, BOX, NAME, SUBJECT, WORDS, raw
from tests.questions.case import day, make
from wagtail_pbgdpl.core.encrypted import cipher
from wagtail_pbgdpl.mailbox import taking
from wagtail_pbgdpl.mailbox.keeping import kept, purge
from wagtail_pbgdpl.mailbox.models import Outcome, Reason, ReceivedMail
from wagtail_pbgdpl.mailbox.taking import Later, take_in
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.questions import cases
from wagtail_pbgdpl.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailbox", "english")]


def reason(content: bytes, **others: Any) -> str:
    """Take a mail in that must become no question, and return why."""
    row = take_in(content, **others).row
    assert (row.outcome, row.question) == (Outcome.SET_ASIDE, None)
    assert not Question.objects.exists()
    return str(row.reason)


class TestAQuestion:
    def test_by_the_way_of_the_form(self, portal: Any) -> None:
        secretary = seated("secretary")
        files = (("đơn.pdf", PDF), ("anh.png", picture("PNG")), ("x.exe", b"MZ"))
        row = take_in(raw(files=files)).row
        question = Question.objects.get()
        assert (row.outcome, row.question) == (Outcome.QUESTION, question)
        assert question.text == f"{SUBJECT}\n\n{WORDS}"
        assert (question.full_name, question.email) == (NAME, ASKER)
        assert (question.received_at, question.matter.state) == (day(2), "received")
        assert [one.name for one in question.files.all()] == ["đơn.pdf", "anh.png"]
        # Nobody agreed to a text that nobody was shown.
        assert (question.consent_version, question.consented_at) == ("", None)
        assert not question.name_may_be_shown
        assert question.matter.events.filter(move="by_mail").exists()
        letter = Notice.objects.get(address=ASKER)
        code = question.code
        for said in (code[:4] + "-" + code[4:8], "730 ngày", "91/2025/QH15", "x.exe", "mã hóa"):
            assert said in letter.text
        assert WORDS not in letter.text
        assert NAME not in letter.text
        assert Notice.objects.filter(recipient=secretary).exists()

    def test_the_second_fact_is_the_address(self, clock: Any) -> None:
        take_in(raw(From=f"Hòa <{ASKER.upper()}>"))
        question = Question.objects.get()
        browser = Browser(clock)
        browser.open("/pbgdpl/tra-cuu/")
        browser.send(code=question.code, fact="khac@example.org")
        assert browser.response.status_code == 422
        browser.open("/pbgdpl/tra-cuu/")
        browser.send(code=question.code, fact=ASKER)
        assert question.number in browser.text
        assert WORDS in browser.text

    def test_identifiers_are_pointed_out_and_not_repeated(self) -> None:
        take_in(raw("CCCD của tôi là 001099012345, gọi 0912 345 678."))
        letter = Notice.objects.get(address=ASKER)
        assert "có thông tin nhận dạng cá nhân" in letter.text
        assert "001099012345" not in letter.text
        assert "0912" not in letter.text

    @pytest.mark.parametrize(
        ("text", "html", "headers", "asked"),
        [
            ("", "<p>Tôi hỏi</p><script>x</script>", {}, f"{SUBJECT}\n\nTôi hỏi"),
            (unicodedata.normalize("NFD", WORDS), "", {}, f"{SUBJECT}\n\n{WORDS}"),
            (WORDS, "", {"Subject": None}, WORDS),
            (WORDS, "", {"Subject": "!!!"}, WORDS),
            ("Vẫn hỏi\n\n> trích", "", {"Subject": None}, "Vẫn hỏi\n\n> trích"),
        ],
    )
    def test_what_is_asked(self, text: str, html: str, headers: Any, asked: str) -> None:
        take_in(raw(text, html=html, **headers))
        assert Question.objects.get().text == asked

    def test_with_files_alone(self) -> None:
        take_in(raw("", files=(("don.pdf", PDF),), Subject=None))
        question = Question.objects.get()
        assert question.text.startswith("(")
        assert question.files.count() == 1

    def test_a_long_one_is_cut_and_the_whole_kept(self) -> None:
        row = take_in(raw("chữ " * 20_000)).row
        question = Question.objects.get()
        assert len(question.text) <= taking.LONGEST
        assert "Cut here" in question.text
        assert kept(row).count(b"ch=E1=BB=AF") or len(kept(row)) > 60_000

    def test_more_files_than_may_come(self) -> None:
        take_in(raw(files=tuple((f"{number}.pdf", PDF) for number in range(8))))
        assert Question.objects.get().files.count() == 5
        assert "7.pdf" in Notice.objects.get(address=ASKER).text

    def test_without_a_name_it_is_the_address(self) -> None:
        take_in(raw(From=ASKER))
        assert Question.objects.get().full_name == ASKER


class TestOnce:
    def test_the_same_mail_twice(self) -> None:
        content = raw()
        assert take_in(content).first
        again = take_in(b"Received: from mx2\r\n" + content)
        assert not again.first
        assert Question.objects.count() == 1
        assert Notice.objects.filter(address=ASKER).count() == 1
        assert len(stored_files()) >= 1

    def test_without_an_identifier_by_its_content(self) -> None:
        content = raw(Message_ID=None)
        take_in(content)
        take_in(content)
        take_in(raw("Câu khác", Message_ID=None))
        assert Question.objects.count() == 2

    def test_nobody_keeps_another_s_mail_out_by_its_identifier(self) -> None:
        content = raw()
        identifier = content.partition(b"Message-ID: ")[2].partition(b"\r\n")[0].decode()
        take_in(raw("Giả", From="gia@example.org", Message_ID=identifier))
        take_in(content)
        assert Question.objects.count() == 2


class TestNoQuestion:
    @pytest.mark.parametrize(
        ("headers", "why"),
        [
            ({"Auto_Submitted": "auto-replied"}, Reason.AUTOMATIC),
            ({"Precedence": "bulk"}, Reason.AUTOMATIC),
            ({"List_Id": "<x.example.vn>"}, Reason.AUTOMATIC),
            ({"From": BOX}, Reason.AUTOMATIC),
            ({"Return_Path": "<>"}, Reason.BOUNCE),
            ({"From": "không địa chỉ"}, Reason.NO_SENDER),
            ({"From": f"a@{'b' * 300}.vn"}, Reason.NO_SENDER),
            ({"From": None}, Reason.NO_SENDER),
        ],
    )
    def test_and_no_answer_either(self, headers: dict[str, Any], why: Reason) -> None:
        assert reason(raw(**headers)) == why
        assert not Notice.objects.filter(recipient=None).exists()

    def test_nothing_at_all(self) -> None:
        for _time in range(3):
            assert reason(raw(" ", Subject=None)) == Reason.EMPTY
        # Told once a day, so that two machines do not write to each other for ever.
        (letter,) = Notice.objects.filter(recipient=None)
        assert letter.address == ASKER
        assert "không có nội dung và không có tệp" in letter.text
        assert not letter.reply

    def test_what_cannot_be_read(self) -> None:
        many = b"From: a@b.vn\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        assert reason(many + b"--b\r\n\r\nx\r\n" * 1_000) == Reason.UNREADABLE
        assert kept(ReceivedMail.objects.get()).startswith(many)

    def test_where_the_regulation_takes_none(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(taking.rules, "is_taken", lambda kind: False)
        assert reason(raw()) == Reason.NOT_TAKEN

    def test_one_that_breaks_the_program_is_set_aside(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(taking.letters, "receipt", lambda *args: 1 / 0)
        before = stored_files()
        assert reason(raw(files=(("don.pdf", PDF),))) == Reason.UNREADABLE
        # Of what was rolled back nothing is left but the mail itself.
        assert len(stored_files() - before) == 1
        assert not take_in(raw(files=(("don.pdf", PDF),), Message_ID="<khac@x>")).row.question

    def test_officials_are_told_once_a_day(self) -> None:
        secretary = seated("secretary")
        for sender in ("a b", "c d"):
            reason(raw(From=sender))
        (letter,) = Notice.objects.filter(recipient=secretary, key__startswith="mail_waits")
        assert reverse("pbgdpl_mails") in letter.text
        reason(raw(Auto_Submitted="auto-replied"))
        assert Notice.objects.filter(key__startswith="mail_waits").count() == 1


class TestLimits:
    def test_a_machine_that_answers_each_receipt_ends(self, settings: Any) -> None:
        """It says nothing of being one; each time it writes anew."""
        most = 5
        for _time in range(most + 3):
            take_in(raw())
        assert Question.objects.count() == most
        rest = ReceivedMail.objects.filter(reason=Reason.TOO_MANY)
        assert rest.count() == 3
        assert Notice.objects.filter(address=ASKER).count() == most

    def test_in_all(self, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"INTAKE_IN_ALL_UNSOLVED": 2}
        for number in range(2):
            take_in(raw(From=f"a{number}@example.org"))
        content = raw()
        with pytest.raises(Later):
            take_in(content)
        assert not ReceivedMail.objects.filter(question=None).exists()
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"INTAKE_IN_ALL_UNSOLVED": 3}
        assert take_in(content).row.outcome == Outcome.QUESTION

    def test_forged_senders_are_not_flooded(self, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"INTAKE_IN_ALL_UNSOLVED": 3}
        for number in range(6):
            take_in(raw(" ", Subject=None, From=f"a{number}@example.org"))
        assert Notice.objects.filter(recipient=None).count() == 3


class TestKept:
    def test_encrypted(self) -> None:
        before = stored_files()
        content = raw()
        row = take_in(content).row
        (name,) = stored_files() - before
        with row.file.storage.open(name) as file:
            stored = file.read()
        assert ASKER.encode() not in stored
        assert cipher().decrypt(stored) == content == kept(row)

    def test_what_became_nothing_goes_after_a_time(
        self, clock: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        before = stored_files()
        reason(raw(" ", Subject=None))
        take_in(raw())
        question = Question.objects.get()
        letters = Notice.objects.filter(address=ASKER)
        assert letters.count() == 2
        clock.move_to(day(2 + 29), tick=False)
        assert purge() == 0
        clock.move_to(day(2 + 29).replace(month=4, day=2), tick=False)
        with django_capture_on_commit_callbacks(execute=True):
            assert purge() == 1
        assert ReceivedMail.objects.get().question == question
        assert len(stored_files() - before) == 1
        assert letters.get().key.startswith("question_")

    def test_erased_with_its_question(self, django_capture_on_commit_callbacks: Any) -> None:
        secretary = seated("secretary")
        UnitFactory(categories=["C6"])
        before = stored_files()
        take_in(raw(files=(("don.pdf", PDF),)))
        question = Question.objects.get()
        assert len(stored_files() - before) == 2
        cases.withdraw(question)
        with django_capture_on_commit_callbacks(execute=True):
            make(secretary, question, "erase", text="Người hỏi đề nghị")
        assert not ReceivedMail.objects.exists()
        assert stored_files() == before
        assert not Notice.objects.filter(address=ASKER).exists()


class TestTheCommand:
    def run(self, content: bytes) -> str:
        out = io.StringIO()
        call_command("pbgdpl_receive_mail", stream=io.BytesIO(content), stdout=out)
        return out.getvalue()

    def test_a_mail_that_is_piped(self) -> None:
        content = raw()
        assert "became a question" in self.run(content)
        assert "known already" in self.run(content)
        assert Question.objects.count() == 1

    @pytest.mark.parametrize(
        "error", [OperationalError("no connection"), OSError("no space"), Later("full")]
    )
    def test_what_may_go_better_later(self, error: Exception, monkeypatch: Any) -> None:
        """75 of sysexits.h: the mail server keeps the mail and brings it again."""

        def fail(*args: Any, **kwargs: Any) -> None:
            raise error

        before = stored_files()
        monkeypatch.setattr(taking.cases, "receive", fail)
        with pytest.raises(CommandError) as caught:
            self.run(raw())
        assert caught.value.returncode == 75
        assert not ReceivedMail.objects.exists()
        assert stored_files() == before

    def test_without_a_mailbox(self, mailbox: Any) -> None:
        mailbox(ADDRESS="")
        with pytest.raises(CommandError) as caught:
            self.run(raw())
        assert caught.value.returncode == 75

    def test_a_mail_that_is_too_large(self, mailbox: Any) -> None:
        mailbox(MEGABYTES=1)
        before = stored_files()
        content = raw(files=(("lon.pdf", PDF + b"x" * 1_500_000),))
        assert "too large" in self.run(content)
        row = ReceivedMail.objects.get()
        assert (row.reason, row.size) == (Reason.TOO_LARGE, len(content))
        assert stored_files() == before
        self.run(content)
        (letter,) = Notice.objects.filter(recipient=None)
        assert letter.address == ASKER
        assert "lớn hơn dung lượng mà Cổng tiếp nhận" in letter.text
