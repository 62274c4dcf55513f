"""Replies: what an asker adds, a draft of the unit, and what must be neither (Q2, Q12, R11)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command

from tests.factories import UnitFactory, UserFactory, seated
from tests.intake.conftest import PDF
from tests.mailbox.letters import ASKER, BOX, bounce, mail, raw, reply
from tests.notices.conftest import mail_server, server_not_yet_asked  # noqa: F401
from tests.questions.case import make, received, state
from wagtail_pbgdpl.mailbox.models import Outcome, Reason, ReceivedMail
from wagtail_pbgdpl.mailbox.taking import take_in
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.notices.replies import notice_of, reply_address, token_of
from wagtail_pbgdpl.organisation.models import Seat
from wagtail_pbgdpl.questions import cases
from wagtail_pbgdpl.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailbox", "english")]

DRAFT = "Kính gửi bà,\n\nTheo Điều 651 Bộ luật Dân sự."
QUOTED = "\n\nVào Th 2, 2 thg 3, 2026 Cổng <a@b.vn> đã viết:\n> Việc: HD"


class Case:
    """A question that waits for the draft of its unit."""

    def __init__(self) -> None:
        self.unit = UnitFactory(categories=["C6"])
        self.officer = seated("contact_officer", unit=self.unit)
        self.head = seated("unit_head", unit=self.unit)
        self.secretary = seated("secretary")
        self.question = received()
        make(
            self.secretary,
            self.question,
            "forward",
            topic="noi-dung-khac",
            unit=self.unit.pk,
            heading="Thừa kế",
        )

    def fresh(self) -> Question:
        return Question.objects.get(pk=self.question.pk)

    def to(self, user: Any) -> Notice:
        """The letter by which it was somebody's turn to draft."""
        return Notice.objects.get(recipient=user, reply=f"draft:{self.question.pk}")

    def to_asker(self, letter: str = "question_received") -> Notice:
        about = self.question.number if letter == "question_received" else ""
        return Notice.objects.filter(key__startswith=f"{letter}:{about}").latest("pk")

    def ask_more(self) -> None:
        make(self.officer, self.question, "ask_more", wanted="Thửa đất nào?")


@pytest.fixture
def case(portal: Any) -> Case:
    return Case()


def outcome(content: bytes) -> tuple[str, str]:
    row = take_in(content).row
    return str(row.outcome), str(row.reason)


class TestTheToken:
    def test_is_of_one_letter(self, case: Case) -> None:
        mine, other = case.to(case.officer), case.to_asker()
        assert notice_of(token_of(mine)) == mine
        number, _dash, signature = token_of(other).partition("-")
        assert notice_of(f"{mine.pk}-{signature}") is None
        for wrong in ("", "x", f"{number}", f"{number}-", "9" * 30 + "-" + signature, f"-{number}"):
            assert notice_of(wrong) is None

    def test_falls_with_what_it_tells_of(self, case: Case) -> None:
        notice = case.to_asker()
        token = token_of(notice)
        Notice.objects.filter(pk=notice.pk).update(address="khac@example.org")
        assert notice_of(token) is None

    def test_outlives_a_new_key(self, case: Case, settings: Any) -> None:
        token = token_of(case.to_asker())
        former = settings.SECRET_KEY
        settings.SECRET_KEY = "another"
        assert notice_of(token) is None
        settings.SECRET_KEY_FALLBACKS = [former]
        assert notice_of(token) is not None

    def test_without_a_mailbox_nothing_is_offered(self, case: Case, mailbox: Any) -> None:
        mailbox(ADDRESS="")
        assert reply_address(case.to_asker()) == ""
        question = received()
        text = Notice.objects.get(key__startswith=f"question_received:{question.number}").text
        assert "reply to this e-mail" not in text

    def test_no_letter_of_another_sort_takes_replies(self, case: Case) -> None:
        """The head's turn is to judge: a word of thanks must not become the answer."""
        make(case.officer, case.question, "draft", answer=DRAFT)
        letter = Notice.objects.filter(recipient=case.head, key__startswith="step").latest("pk")
        assert letter.reply == ""
        assert reply_address(letter) == ""
        content = raw("Đồng ý", From=case.head.email, In_Reply_To=f"<pbgdpl.{token_of(letter)}@x>")
        assert outcome(content) == (Outcome.SET_ASIDE, Reason.NO_REPLY)
        assert case.fresh().answer == DRAFT
        told = Notice.objects.get(recipient=case.head, key__startswith="mail_returned")
        assert "không nhận trả lời" in told.text


class TestTheAsker:
    def test_supplies_what_was_asked_for(self, case: Case) -> None:
        case.ask_more()
        letter = case.to_asker("question_asked")
        assert "trả lời thư này" in letter.text
        content = reply(letter, "Thửa 12." + QUOTED, files=(("so.pdf", PDF),))
        assert outcome(content) == (Outcome.ADDED, "")
        assert state(case.question) == "with_unit"
        (one,) = case.fresh().clarifications.all()
        assert (one.wanted, one.text) == ("Thửa đất nào?", "Thửa 12.")
        assert [file.name for file in case.fresh().files.all()] == ["so.pdf"]
        # The letter itself is kept whole.
        assert ReceivedMail.objects.get().question == case.question
        take_in(content)
        assert case.fresh().clarifications.count() == 1

    def test_adds_without_being_asked(self, case: Case) -> None:
        """To the letter of the receipt, and by the name of the letter alone."""
        Notice.objects.all().update(sent_at=None)
        letter = case.to_asker()
        content = raw("Thêm: thửa 12.", In_Reply_To=f"<pbgdpl.{token_of(letter)}@example.vn>")
        assert outcome(content.replace(b"nguoi-hoi@example.org", letter.address.encode())) == (
            Outcome.ADDED,
            "",
        )
        assert state(case.question) == "with_unit"
        (one,) = case.fresh().clarifications.all()
        assert (one.wanted, one.text) == ("", "Thêm: thửa 12.")
        told = Notice.objects.filter(recipient=case.officer, key__startswith="decision")
        assert told.exists()
        assert "Thêm" not in "".join(told.values_list("text", flat=True))

    def test_is_not_known_by_the_address_alone(self, case: Case) -> None:
        """Without a token it is a letter like any other, and a question of its own."""
        case.ask_more()
        assert outcome(raw("Thửa 12.", From=case.question.email))[0] == Outcome.QUESTION
        assert state(case.question) == "needs_information"

    def test_from_another_address(self, case: Case) -> None:
        case.ask_more()
        letter = case.to_asker("question_asked")
        content = reply(letter, "Thửa 13.", From=f"{letter.address} <gia@example.org>")
        assert outcome(content) == (Outcome.SET_ASIDE, Reason.OTHER_SENDER)
        assert state(case.question) == "needs_information"
        # The one whose letter it was hears of it, and not who wrote.
        told = Notice.objects.get(key__startswith="question_mail_returned")
        assert told.address == letter.address
        assert not Notice.objects.filter(address="gia@example.org").exists()
        waits = Notice.objects.get(recipient=case.secretary, key__startswith="mail_waits")
        assert case.question.number in waits.text

    def test_after_the_end(self, case: Case) -> None:
        cases.withdraw(case.question)
        letter = case.to_asker()
        assert outcome(reply(letter, "Cảm ơn")) == (Outcome.SET_ASIDE, Reason.CLOSED)
        assert outcome(reply(letter, "Cảm ơn nữa")) == (Outcome.SET_ASIDE, Reason.CLOSED)
        assert not case.fresh().clarifications.exists()
        told = Notice.objects.filter(key__startswith="question_mail_returned")
        assert told.count() == 1

    def test_a_reply_without_words(self, case: Case) -> None:
        letter = case.to_asker()
        assert outcome(reply(letter, "> trích\n> trích"))[1] == Reason.EMPTY

    def test_does_not_fill_the_case(self, case: Case) -> None:
        letter = case.to_asker()
        for number in range(7):
            take_in(reply(letter, f"Thêm {number}"))
        assert case.fresh().clarifications.count() == 5
        assert ReceivedMail.objects.filter(reason=Reason.TOO_MANY).count() == 2
        # Whoever sends many fills no other box.
        waits = Notice.objects.filter(recipient=case.secretary, key__startswith="mail_waits")
        assert waits.count() == 1

    def test_an_erased_question(self, case: Case) -> None:
        letter = case.to_asker()
        content = reply(letter, "Cảm ơn")
        cases.withdraw(case.question)
        make(case.secretary, case.question, "erase", text="Người hỏi đề nghị")
        assert outcome(content) == (Outcome.SET_ASIDE, Reason.WRONG_TOKEN)

    def test_a_program_that_replies(self, case: Case) -> None:
        content = reply(case.to_asker(), "Tôi đi vắng", Auto_Submitted="auto-replied")
        assert outcome(content) == (Outcome.SET_ASIDE, Reason.AUTOMATIC)
        assert not case.fresh().clarifications.exists()


class TestTheUnit:
    def test_a_reply_becomes_a_draft(self, case: Case) -> None:
        letter = case.to(case.officer)
        assert "không gửi cho người hỏi" in letter.text
        sent = Notice.objects.filter(recipient=None).count()
        assert outcome(reply(letter, DRAFT + QUOTED)) == (Outcome.DRAFT, "")
        assert (state(case.question), case.fresh().answer) == ("drafted", DRAFT)
        event = case.question.matter.events.get(move="draft")
        assert event.by == case.officer
        # The head is told, the asker is not.
        assert Notice.objects.filter(recipient=case.head, key__startswith="step").exists()
        assert Notice.objects.filter(recipient=None).count() == sent

    def test_of_a_co_ordinating_unit_becomes_its_part(self, case: Case) -> None:
        """Q5: and nothing of the answer; where there is a draft, it stays."""
        other = UnitFactory(categories=["C6"])
        officer, head = (seated(role, unit=other) for role in ("contact_officer", "unit_head"))
        question = received()
        make(
            case.secretary, question, "forward", topic="noi-dung-khac", unit=case.unit.pk,
            others=[other.pk], asked="Về hộ tịch?",
        )  # fmt: skip
        part = question.parts.get()
        letter = Notice.objects.get(recipient=officer, reply=f"part:{part.pk}")
        assert "phần việc" in letter.text
        assert outcome(reply(letter, DRAFT, From=case.officer.email))[1] == Reason.OTHER_SENDER
        assert outcome(reply(letter, DRAFT + QUOTED)) == (Outcome.DRAFT, "")
        part.refresh_from_db()
        assert (part.text, state(question)) == (DRAFT, "with_unit")
        matter = Matter.objects.get(kind="question_part", subject=part.pk)
        assert (matter.state, matter.events.get(move="part_draft").by) == ("part_drafted", officer)
        assert Notice.objects.filter(recipient=head, key__startswith="step").exists()
        assert outcome(reply(letter, "Bản cũ")) == (Outcome.SET_ASIDE, Reason.ELSEWHERE)
        assert ReceivedMail.objects.latest("pk").question == question
        part.refresh_from_db()
        assert (part.text, Question.objects.get(pk=question.pk).answer) == (DRAFT, "")

    def test_html_of_a_mail_program(self, case: Case) -> None:
        html = f"<p>Theo Điều 651.</p><blockquote>{QUOTED}</blockquote>"
        take_in(reply(case.to(case.officer), "", html=html))
        assert case.fresh().answer == "Theo Điều 651."

    def test_it_never_takes_the_place_of_a_draft(self, case: Case) -> None:
        letter = case.to(case.officer)
        make(case.officer, case.question, "draft", answer=DRAFT)
        assert outcome(reply(letter, "Bản cũ")) == (Outcome.SET_ASIDE, Reason.ELSEWHERE)
        assert case.fresh().answer == DRAFT
        assert ReceivedMail.objects.get().question == case.question
        told = Notice.objects.get(recipient=case.officer, key__startswith="mail_returned")
        assert "đã chuyển sang bước khác" in told.text
        assert Notice.objects.filter(recipient=case.secretary, key__startswith="mail_w").exists()

    def test_nor_after_the_answer(self, case: Case) -> None:
        letter = case.to(case.officer)
        make(case.officer, case.question, "draft", answer=DRAFT)
        make(case.head, case.question, "approve")
        assert outcome(reply(letter, "Bản cũ"))[1] == Reason.ELSEWHERE
        assert case.fresh().answer == DRAFT

    def test_a_forged_sender(self, case: Case) -> None:
        """Who knows an officer's address has no token; who has a token is not the officer."""
        assert outcome(raw(DRAFT, From=case.officer.email))[0] == Outcome.QUESTION
        letter = case.to(case.officer)
        for sender in ("gia@example.org", f'"{case.officer.email}" <gia@example.org>', ASKER):
            assert outcome(reply(letter, DRAFT, From=sender))[1] == Reason.OTHER_SENDER
        colleague = seated("contact_officer", unit=case.unit)
        assert outcome(reply(letter, DRAFT, From=colleague.email))[1] == Reason.OTHER_SENDER
        assert (state(case.question), case.fresh().answer) == ("with_unit", "")

    def test_a_token_that_is_made_up(self, case: Case) -> None:
        letter = case.to(case.officer)
        wrong = token_of(letter)[:-1] + ("0" if token_of(letter)[-1] != "0" else "1")
        content = raw(DRAFT, From=case.officer.email, to=BOX.replace("@", f"+{wrong}@"))
        assert outcome(content) == (Outcome.SET_ASIDE, Reason.WRONG_TOKEN)
        assert state(case.question) == "with_unit"

    def test_the_token_of_an_asker_is_none_of_an_officer(self, case: Case) -> None:
        letter = case.to_asker()
        assert outcome(reply(letter, DRAFT, From=case.officer.email))[1] == Reason.OTHER_SENDER

    def test_another_question(self, case: Case) -> None:
        """The letter about one question does nothing to another of the same unit."""
        other = received()
        said = {"topic": "noi-dung-khac", "unit": case.unit.pk}
        make(case.secretary, other, "forward", **said)
        take_in(reply(case.to(case.officer), DRAFT))
        assert state(other) == "with_unit"
        assert state(case.question) == "drafted"

    def test_who_has_left_the_unit(self, case: Case) -> None:
        letter = case.to(case.officer)
        Seat.objects.filter(user=case.officer).delete()
        assert outcome(reply(letter, DRAFT)) == (Outcome.SET_ASIDE, Reason.NOT_ALLOWED)
        assert state(case.question) == "with_unit"

    def test_who_is_switched_off_or_gone(self, case: Case) -> None:
        letter = case.to(case.officer)
        case.officer.is_active = False
        case.officer.save()
        assert outcome(reply(letter, DRAFT))[1] == Reason.NOT_ALLOWED
        Seat.objects.filter(user=case.officer).delete()
        case.officer.delete()
        assert outcome(reply(letter, DRAFT))[1] == Reason.OTHER_SENDER
        assert state(case.question) == "with_unit"

    def test_after_a_transfer(self, case: Case) -> None:
        letter = case.to(case.officer)
        other = UnitFactory(categories=["C6"])
        make(case.head, case.question, "transfer", unit=other.pk, text="Nhầm")
        assert outcome(reply(letter, DRAFT))[1] == Reason.NOT_ALLOWED
        assert case.fresh().answer == ""

    def test_an_empty_reply(self, case: Case) -> None:
        assert outcome(reply(case.to(case.officer), QUOTED))[1] == Reason.EMPTY
        assert state(case.question) == "with_unit"


class TestBounces:
    def headers(self, notice: Notice) -> str:
        return f"Message-ID: <pbgdpl.{token_of(notice)}@example.vn>\r\nSubject: x"

    def test_the_letter_did_not_arrive(self, case: Case) -> None:
        notice = case.to_asker()
        Notice.objects.filter(pk=notice.pk).update(sent_at=notice.created_at)
        assert outcome(bounce(self.headers(notice)))[1] == Reason.NOT_ARRIVED
        notice.refresh_from_db()
        assert Notice.objects.given_up().get() == notice
        assert "5.1.1" in notice.last_error
        # The board has to reach the asker in another way.
        waits = Notice.objects.get(recipient=case.secretary, key__startswith="mail_waits")
        assert case.question.number in waits.text

    @pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
    def test_it_may_still_arrive(self, case: Case, action: str) -> None:
        notice = case.to_asker()
        Notice.objects.filter(pk=notice.pk).update(sent_at=notice.created_at)
        assert outcome(bounce(self.headers(notice), action=action))[1] == Reason.BOUNCE
        notice.refresh_from_db()
        assert notice.sent_at

    def test_a_report_that_is_made_up(self, case: Case) -> None:
        notice = case.to_asker()
        Notice.objects.filter(pk=notice.pk).update(sent_at=notice.created_at)
        wrong = self.headers(notice).replace("pbgdpl.", "pbgdpl.1")
        assert outcome(bounce(wrong))[1] == Reason.BOUNCE
        assert not Notice.objects.given_up().exists()


def test_a_conversation(
    case: Case,
    mail_server: Any,  # noqa: F811
    imap: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """By a real SMTP and a real IMAP server: asked, received, asked back, supplied, drafted."""

    def tick() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            call_command("pbgdpl_tick", verbosity=0)

    imap.put(raw())
    tick()
    question = Question.objects.latest("pk")
    assert question.email == ASKER
    (receipt,) = [one for one in mail_server.received if one["To"] == ASKER]
    assert receipt["Reply-To"].startswith(BOX.split("@")[0] + "+")
    with django_capture_on_commit_callbacks(execute=True):
        said = {"topic": "noi-dung-khac", "unit": case.unit.pk}
        make(case.secretary, question, "forward", **said)
        make(case.officer, question, "ask_more", wanted="Thửa đất nào?")
    asked = [one for one in mail_server.received if one["To"] == ASKER][-1]
    answer = mail("Thửa 12.", to=asked["Reply-To"], In_Reply_To=asked["Message-ID"])
    imap.put(answer.as_bytes())
    tick()
    assert state(question) == "with_unit"
    turn = [
        one
        for one in mail_server.received
        if one["To"] == case.officer.email and one["Reply-To"] and question.number in one["Subject"]
    ][-1]
    imap.put(raw(DRAFT, From=case.officer.email, to=turn["Reply-To"]))
    tick()
    assert Question.objects.get(pk=question.pk).answer == DRAFT
    assert state(question) == "drafted"
    assert imap.mails() == []


def test_a_server_without_plus_addresses(case: Case, mailbox: Any) -> None:
    mailbox(PLUS_ADDRESS=False)
    letter = case.to(case.officer)
    assert reply_address(letter) == BOX
    content = reply(letter, DRAFT, References=f"<a@b> <pbgdpl.{token_of(letter)}@example.vn>")
    assert outcome(content) == (Outcome.DRAFT, "")


def test_a_user_of_no_unit(case: Case) -> None:
    """A letter that somebody else was sent says nothing about who may draft today."""
    stranger = UserFactory()
    letter = case.to(case.officer)
    Notice.objects.filter(pk=letter.pk).update(recipient=stranger, address=stranger.email)
    letter.refresh_from_db()
    assert outcome(reply(letter, DRAFT))[1] == Reason.NOT_ALLOWED
