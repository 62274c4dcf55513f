"""Where a question stands, for who has the code and knows who asked (Q2, Q3, Q7; T3, T8)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import UnitFactory, seated
from tests.intake.conftest import PDF, upload
from tests.questions.case import make, signed_in
from wagtail_pbgdpl.intake import opening, tokens
from wagtail_pbgdpl.intake.tracking import grouped, new_code
from wagtail_pbgdpl.questions import cases
from wagtail_pbgdpl.questions.erasure import erase
from wagtail_pbgdpl.questions.models import Question, QuestionFile
from wagtail_pbgdpl.regulations import QuestionKind
from wagtail_pbgdpl.serving import process_cache

from .conftest import LOOK_UP, WHO, WORDS, Browser, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

SENDER = {"full_name": "Hoàng Thị Hòa", "email": "hoa@example.vn", "phone": "0912345678"}


def asked(**sender: Any) -> Question:
    return cases.receive(QuestionKind.QUESTION, WORDS, {**SENDER, **sender})


class TestOpening:
    @pytest.mark.parametrize(
        ("sender", "fact"),
        [
            ({}, " Hoa@EXAMPLE.vn "),
            ({}, "+84 912 345 678"),
            ({}, "0912.345.678"),
            ({"phone": ""}, "hoa@example.vn"),
            ({"email": "", "phone": "", "postal_address": "Xã Yên Cư"}, "hoang  thi HOA"),
        ],
    )
    def test_with_a_fact_as_people_write_it(
        self, sender: dict[str, str], fact: str, browser: Browser
    ) -> None:
        question = asked(**sender)
        browser.open(LOOK_UP)
        browser.send(code=f" {grouped(question.code).lower()} ", fact=fact)
        assert question.number in browser.text
        assert WORDS in browser.text
        for hidden in (question.code, "hoa@example.vn", "0912345678"):
            assert hidden not in browser.path
        assert browser.response["Referrer-Policy"] == "no-referrer"
        assert browser.response["X-Robots-Tag"] == "noindex"
        assert "no-store" in browser.response["Cache-Control"]
        assert not browser.client.cookies

    @pytest.mark.parametrize(
        ("code", "fact"),
        [
            (None, "sai@example.vn"),
            # Whoever gave a way to be reached is not known by the name alone.
            (None, "Hoàng Thị Hòa"),
            (None, "email"),
            ("new", "hoa@example.vn"),
            ("0000-0000-0000-0001", "hoa@example.vn"),
        ],
    )
    def test_every_mistake_gets_one_answer(
        self, code: str | None, fact: str, browser: Browser
    ) -> None:
        question = asked()
        browser.open(LOOK_UP)
        browser.send(
            code=(code and (new_code() if code == "new" else code)) or question.code, fact=fact
        )
        assert browser.response.status_code == 422
        problem = browser.soup.select_one(".pbgdpl-problems li").text
        assert problem.startswith("Nothing was found with this code and these particulars.")
        assert browser.typed()["fact"] == fact
        assert question.number not in browser.text

    def test_it_is_locked_after_ten_wrong_tries(self, clock: Any) -> None:
        question, now = asked(), day(2)
        for _try in range(10):
            assert opening.opened(question.code, "sai@example.vn", now) is None
        assert opening.opened(question.code, SENDER["email"], now) is None
        # What is tried meanwhile makes it no longer.
        assert opening.opened(question.code, "sai@example.vn", day(2, 9)) is None
        assert opening.opened(question.code, SENDER["email"], day(2, 10)) == question
        question.refresh_from_db()
        assert (question.tries, question.locked_until) == (0, None)

    def test_a_right_answer_forgets_the_wrong_ones(self) -> None:
        question, now = asked(), day(2)
        for _try in range(2):
            for _wrong in range(9):
                assert opening.opened(question.code, "sai", now) is None
            assert opening.opened(question.code, SENDER["phone"], now) == question

    def test_the_same_queries_whatever_is_wrong(self) -> None:
        question, now = asked(), day(2)
        counts = []
        for code, fact in (
            (question.code, SENDER["email"]),
            (question.code, "sai"),
            (new_code(), "sai"),
            ("không phải mã", "sai"),
        ):
            with CaptureQueriesContext(connection) as queries:
                opening.opened(code, fact, now)
            counts.append([one["sql"].split()[0] for one in queries])
        assert all(one == counts[0] for one in counts)

    def test_of_an_erased_question_nothing_opens(self) -> None:
        question = asked()
        question.erase(day(2))
        for fact in ("", "hoa@example.vn", "None"):
            assert opening.opened(question.code, fact, day(2)) is None

    def test_lookups_have_limits_of_their_own(self, browser: Browser, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"INTAKE_IN_ALL_UNSOLVED": 2}
        for _try in range(2):
            browser.open(LOOK_UP)
            browser.send(code=new_code(), fact="sai")
        # The key of the page that was sent already counts as well.
        question = asked()
        browser.open(LOOK_UP)
        browser.send(code=question.code, fact=SENDER["email"])
        assert "Very much is being sent" in browser.text
        assert browser.typed()["fact"] == SENDER["email"]
        browser.open("/pbgdpl/dat-cau-hoi/")
        browser.send(**WHO, text=WORDS)
        assert "/da-nhan/" in browser.path


class TestTokens:
    def test_guessed_forged_and_of_another_purpose(self, browser: Browser) -> None:
        question = asked()
        good = tokens.token_for(question.pk, tokens.STATUS)
        wrong = [
            *("1", str(question.pk), question.code, question.number, f"{good}x", good[1:]),
            tokens.token_for(question.pk, tokens.RECEIPT),
            tokens.token_for(question.pk + 1, tokens.STATUS),
        ]
        for one in wrong:
            assert browser.open(f"{LOOK_UP}{one}/").status_code == 404
        assert browser.open(f"{LOOK_UP}{good}/").status_code == 200

    def test_after_half_an_hour(self, browser: Browser, open_status: Any, clock: Any) -> None:
        """What somebody wrote meanwhile is shown to be copied; nothing of the case is."""
        question = asked()
        make(seated("secretary"), question, "ask_more", wanted="Đất ở xã nào?")
        open_status(question)
        clock.shift(31 * 60)
        browser.send("supply", text="Ở xã Yên Cư.")
        assert browser.response.status_code == 410
        assert browser.soup.select_one("textarea").text.strip() == "Ở xã Yên Cư."
        assert question.number not in browser.text
        assert question.matter.state == "needs_information"

    def test_files_are_the_askers_own(self, browser: Browser, ask: Any, open_status: Any) -> None:
        first = ask(files=(upload("don.pdf", PDF),))
        second = ask(files=(upload("khac.pdf", PDF),))
        open_status(first)
        mine, other = QuestionFile.objects.order_by("pk")
        response = browser.client.get(f"{browser.path}{mine.pk}/")
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Disposition"] == 'attachment; filename="don.pdf"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert other.question == second
        for guessed in (f"{browser.path}{other.pk}/", f"{LOOK_UP}x/{mine.pk}/"):
            assert browser.client.get(guessed).status_code == 404
        assert browser.client.get(f"/media/{mine.file.name}").status_code == 404


@pytest.fixture
def unit(db: Any) -> Any:
    row = UnitFactory(categories=["C6"], name="Phòng Phổ biến, giáo dục pháp luật")
    seated("contact_officer", unit=row, user__last_name="Nguyễn Cán Bộ")
    seated("unit_head", unit=row)
    return row


def people(unit: Any) -> tuple[Any, Any]:
    seats = {seat.role: seat.user for seat in unit.seats.all()}
    return seats["contact_officer"], seats["unit_head"]


def test_the_time_line_of_a_pause_a_transfer_and_an_extension(
    clock: Any, browser: Browser, open_status: Any, unit: Any
) -> None:
    """Day zero, each day that did not count and why; reasons with clauses; nothing internal."""
    secretary, other = seated("secretary"), UnitFactory(categories=["C6"], name="Phòng Khác")
    officer, head = people(unit)
    question = asked()
    text = open_status(question).text
    assert "The time limit (15 working days" in text

    clock.move_to(day(4), tick=False)
    said = {"topic": "noi-dung-khac", "heading": "Tên nội bộ"}
    make(secretary, question, "forward", unit=unit.pk, text="Lời nội bộ 1", **said)
    clock.move_to(day(5), tick=False)
    make(officer, question, "ask_more", wanted="Đất ở xã nào?")
    clock.move_to(day(9), tick=False)
    text = open_status(question).text
    assert "It stands still since 5 March 2026" in text
    assert "6 March 2026 – 9 March 2026 the clock was stopped, not counted" in text
    assert "Đất ở xã nào?" in text

    clock.move_to(day(10), tick=False)
    browser = open_status(question)
    browser.send("supply", (upload("so-do.pdf", PDF),), text="Ở xã Yên Cư.")
    assert "Ở xã Yên Cư." in browser.text
    assert "so-do.pdf" in browser.text
    assert question.matter.state == "with_unit"

    clock.move_to(day(27), tick=False)
    make(head, question, "extend", days=5, text="Cần xác minh hồ sơ")
    make(officer, question, "transfer", unit=other.pk, text="Lời nội bộ 2")
    text = open_status(question).text
    assert "Phòng Khác" in text
    assert "Transferred to the unit that is competent: Phòng Khác (Điều 12 khoản 1 điểm c)" in text
    assert "Time limit extended by 5 working days (Điều 12 khoản 1 điểm c) Cần xác minh" in text
    assert "4 March 2026 day on which the unit received it, not counted" in text
    assert "5 March 2026 working day 1" in text
    assert "14 March 2026 – 15 March 2026 weekend, not counted" in text
    assert "16 March 2026 – 20 March 2026 working days 5 to 9" in text
    assert "To be answered by the end of 6 April 2026" in text
    for internal in ("nội bộ", "Nguyễn Cán Bộ", officer.get_full_name(), head.get_full_name()):
        assert not internal or internal not in text


def test_the_time_line_ends_with_the_answer(clock: Any, open_status: Any, unit: Any) -> None:
    """Days that are still to come say nothing to who has the answer."""
    officer, head = people(unit)
    question = asked()
    make(seated("secretary"), question, "forward", topic="noi-dung-khac", unit=unit.pk)
    make(officer, question, "draft", answer="Theo Điều 651 …")
    assert "23 March 2026 working day 15" in open_status(question).text
    clock.move_to(day(10), tick=False)
    make(head, question, "approve")
    text = open_status(question).text
    assert "9 March 2026 – 10 March 2026 working days 5 to 6" in text
    assert "11 March" not in text
    assert "It ends at the end of 23 March 2026" in text


def test_what_the_unit_drafts_is_not_shown_before_it_is_sent(
    browser: Browser, open_status: Any, unit: Any
) -> None:
    officer, head = people(unit)
    question = asked()
    make(seated("secretary"), question, "forward", topic="noi-dung-khac", unit=unit.pk)
    make(officer, question, "draft", answer="Theo Điều 651 …")
    browser = open_status(question)
    assert "Theo Điều 651" not in browser.text
    make(head, question, "send_back", text="Viết lại cho đúng")
    make(officer, question, "draft", answer="Theo Điều 651 và 652 …")
    make(head, question, "approve")
    browser = open_status(question)
    assert "Theo Điều 651 và 652" in browser.text
    assert "Viết lại" not in browser.text

    browser.send("rate", rating="6")
    assert browser.response.status_code == 422
    browser.send("rate", rating="4", comment="Rõ ràng")
    question.refresh_from_db()
    assert (question.rating, question.rating_comment) == (4, "Rõ ràng")
    assert "4 of 5" in browser.text
    form = {"way": "rate", "rating": "1"}
    again = browser.client.post(browser.path, form)
    assert (again.status_code, Question.objects.get().rating) == (422, 4)


def test_a_new_answer_is_rated_once_more(
    browser: Browser, open_status: Any, unit: Any, clock: Any
) -> None:
    """After it was opened again; what was said of the former answer is kept, until erasure."""
    officer, head = people(unit)
    question, secretary = asked(), seated("secretary")

    def answer(text: str) -> None:
        said = {"topic": "noi-dung-khac", "unit": unit.pk}
        make(secretary, question, "forward", **said)
        make(officer, question, "draft", answer=text)
        make(head, question, "approve")

    answer("Theo Điều 651")
    cases.rate(question, 2, "Tôi là Hòa, chưa rõ")
    clock.move_to(day(4))
    make(secretary, question, "reopen", text="Trả lời thiếu")
    browser = open_status(question)
    refused = browser.client.post(browser.path, {"way": "rate", "rating": "1"})
    assert (refused.status_code, Question.objects.get().rating) == (422, 2)
    answer("Theo Điều 651 và 652")
    browser = open_status(question)
    assert "You rated the former answer: 2 of 5" in browser.text
    browser.send("rate", rating="5", comment="Rõ rồi")
    assert "You rated the answer: 5 of 5" in browser.text
    again = browser.client.post(browser.path, {"way": "rate", "rating": "1"})
    question.refresh_from_db()
    assert (again.status_code, question.rating) == (422, 5)
    former = question.former_ratings.get()
    assert (former.rating, former.comment) == (2, "Tôi là Hòa, chưa rõ")
    told = [one.detail["stars"] for one in question.matter.events.filter(move="rated")]
    assert told == [2, 5]
    page = signed_in(secretary).get(question.matter.address).content.decode()
    assert "2/5. Tôi là Hòa, chưa rõ" in page
    assert "5/5. Rõ rồi" in page
    erase(question)
    former.refresh_from_db()
    assert (former.rating, former.comment) == (2, "")


def test_the_asker_withdraws_once(browser: Browser, open_status: Any) -> None:
    question = asked()
    browser = open_status(question)
    browser.send("withdraw")
    assert question.matter.outcome == "withdrawn"
    assert "You have withdrawn it." in browser.text
    again = browser.client.post(browser.path, {"way": "withdraw"})
    assert (again.status_code, question.matter.events.filter(move="asker_withdrew").count()) == (
        422,
        1,
    )


class TestSupplying:
    @pytest.fixture
    def waiting(self, open_status: Any) -> Question:
        question = asked()
        make(seated("secretary"), question, "ask_more", wanted="Đất ở xã nào?")
        open_status(question)
        return question

    def test_a_mistake_keeps_the_files(self, waiting: Question, browser: Browser) -> None:
        browser.send("supply", (upload("so-do.pdf", PDF),), text="")
        assert browser.response.status_code == 422
        assert "so-do.pdf" in browser.soup.select_one(".pbgdpl-held").text
        browser.send("supply", text="Ở xã Yên Cư.")
        assert [one.name for one in waiting.files.all()] == ["so-do.pdf"]

    def test_sent_twice_it_counts_once(self, waiting: Question, browser: Browser) -> None:
        form = browser.typed("supply")
        browser.send("supply", text="Ở xã Yên Cư.")
        again = browser.client.post(browser.path, {**form, "text": "Khác"})
        assert again.status_code == 302
        assert waiting.clarifications.get().text == "Ở xã Yên Cư."

    def test_too_late_it_is_shown_to_be_copied(self, waiting: Question, browser: Browser) -> None:
        make(seated("secretary"), waiting, "go_on", text="Đủ rồi")
        browser.send("supply", text="Ở xã Yên Cư.")
        assert browser.response.status_code == 422
        assert browser.soup.select_one("textarea[readonly]").text.strip() == "Ở xã Yên Cư."
        assert not waiting.clarifications.get().text


def test_every_state_is_told() -> None:
    from wagtail_pbgdpl.asking.story import STANDS
    from wagtail_pbgdpl.questions.lifecycle import QUESTION

    assert STANDS.keys() == QUESTION.states.keys()


def test_queries(
    browser: Browser,
    open_status: Any,
    clock: Any,
    portal: Any,
    unit: Any,
) -> None:
    """As many for a long history as for a short one."""
    secretary, question = seated("secretary"), asked()
    make(secretary, question, "forward", topic="noi-dung-khac", unit=unit.pk)
    open_status(question)
    counts = []
    for rounds in range(3):
        # What a process remembers depends on what it was asked before.
        process_cache.forget()
        with CaptureQueriesContext(connection) as queries:
            browser.open(browser.path)
        counts.append(len(queries))
        for number in range(rounds + 1):
            make(secretary, question, "ask_more", wanted=f"Câu {number}")
            cases.supplied(question, "Đây")
    assert len(set(counts)) == 1, counts
    # Of a process that knows nothing yet: with where the last page of the menu stands.
    assert counts[0] <= 19
