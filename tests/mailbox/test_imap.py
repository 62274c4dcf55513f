"""The mailbox on its server: nothing lost, nothing twice, no mail ends a run."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core import checks
from django.core.management import CommandError, call_command

from tests.intake.conftest import PDF, stored_files
from tests.mailbox.letters import ASKER, raw
from wagtail_pbgdpl import schedule
from wagtail_pbgdpl.conf import problems
from wagtail_pbgdpl.mailbox import checks as room_checks
from wagtail_pbgdpl.mailbox import imap as room
from wagtail_pbgdpl.mailbox import taking
from wagtail_pbgdpl.mailbox.imap import NotCollected, collect
from wagtail_pbgdpl.mailbox.models import Reason, ReceivedMail
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def letters(count: int) -> list[bytes]:
    return [raw(f"Câu {number}", From=f"a{number}@example.org") for number in range(count)]


def test_mails_become_questions_and_leave_the_box(imap: Any) -> None:
    for one in letters(3):
        imap.put(one)
    assert collect() == (3, 0, 0)
    assert Question.objects.count() == 3
    assert imap.mails() == []
    assert collect() == (0, 0, 0)


@pytest.mark.parametrize("moves", [True, False])
def test_or_into_another_folder(imap: Any, mailbox: Any, moves: bool) -> None:
    imap.moves = moves
    mailbox(IMAP_DONE_FOLDER="Da nhan")
    one = raw()
    imap.put(one)
    assert collect() == (1, 0, 0)
    assert (imap.mails(), imap.mails("Da nhan")) == ([], [one])


def test_so_many_at_a_run(imap: Any, mailbox: Any) -> None:
    mailbox(PER_RUN=2)
    for one in letters(5):
        imap.put(one)
    assert collect() == (2, 0, 3)
    assert collect() == (2, 0, 1)
    assert collect() == (1, 0, 0)
    texts = list(Question.objects.order_by("pk").values_list("text", flat=True))
    assert [text[-1] for text in texts] == list("01234")


@pytest.mark.parametrize("at", ["FETCH", "STORE", "EXPUNGE", "MOVE", "SEARCH", "RFC822.SIZE"])
def test_the_connection_breaks(imap: Any, mailbox: Any, at: str) -> None:
    """Wherever it does, the next run goes on, and no question comes twice."""
    if at == "MOVE":
        mailbox(IMAP_DONE_FOLDER="INBOX.Da nhan")
    for one in letters(2):
        imap.put(one)
    imap.hang_up_at = at
    with pytest.raises(NotCollected):
        collect()
    imap.hang_up_at = ""
    collect()
    assert Question.objects.count() == 2
    assert Notice.objects.filter(recipient=None).count() == 2
    assert imap.mails() == []


def test_a_mail_leaves_the_box_only_when_it_is_committed(imap: Any, monkeypatch: Any) -> None:
    imap.put(raw())
    asked: list[list[str]] = []
    before = taking.cases.receive

    def receive(*args: Any, **kwargs: Any) -> Any:
        asked.append(list(imap.asked))
        return before(*args, **kwargs)

    monkeypatch.setattr(taking.cases, "receive", receive)
    collect()
    ((*_others, last),) = asked
    assert "BODY.PEEK[]" in last
    assert any("STORE" in one for one in imap.asked)


def test_one_bad_mail_ends_no_run(imap: Any, monkeypatch: Any) -> None:
    """One that is set aside, one whose storing fails for now, and one that comes through."""
    before = room.take_in

    def take_in(content: bytes, **kwargs: Any) -> Any:
        if b"day roi" in content:
            raise OSError("no space")
        if b"hong" in content:
            raise ZeroDivisionError
        return before(content, **kwargs)

    monkeypatch.setattr(room, "take_in", take_in)
    imap.put(raw("day roi"))
    imap.put(raw("hong", From="b@example.org"))
    imap.put(b"\x00\xff")
    imap.put(raw())
    with pytest.raises(NotCollected):
        collect()
    assert Question.objects.count() == 1
    assert ReceivedMail.objects.get(question=None).reason == Reason.NO_SENDER
    # What was not written down is still there.
    assert len(imap.mails()) == 2
    monkeypatch.undo()


def test_a_large_mail_is_not_loaded(imap: Any, mailbox: Any) -> None:
    mailbox(MEGABYTES=1)
    before = stored_files()
    imap.put(raw(files=(("lon.pdf", PDF + b"x" * 1_500_000),)))
    imap.put(raw("Câu khác", From="b@example.org"))
    sent = imap.bytes_sent
    assert collect() == (1, 1, 0)
    assert imap.bytes_sent - sent < 100_000
    row = ReceivedMail.objects.get(question=None)
    assert (row.reason, row.sender) == (Reason.TOO_LARGE, ASKER)
    assert row.size > 1_500_000
    assert not row.file
    # Of the other there is the letter.
    assert len(stored_files() - before) == 1
    # It stays for people, flagged, and is told of once.
    (left,) = imap.folders["INBOX"]
    assert "\\Flagged" in left.flags
    assert collect() == (0, 0, 0)
    assert Notice.objects.filter(address=ASKER).count() == 1


def test_replies_have_their_place_while_no_more_questions_are_taken(
    imap: Any, settings: Any, mailbox: Any
) -> None:
    from tests.mailbox.letters import reply

    mailbox(PER_RUN=2)
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"INTAKE_IN_ALL_UNSOLVED": 1}
    imap.put(raw())
    collect()
    letter = Notice.objects.get(address=ASKER)
    for one in letters(4):
        imap.put(one)
    imap.put(reply(letter, "Thêm một ý"))
    assert collect() == (1, 0, 4)
    assert Question.objects.get().clarifications.get().text == "Thêm một ý"
    assert len(imap.mails()) == 4


class TestWhatIsWrong:
    def test_the_password(self, imap: Any) -> None:
        imap.password = "khac"
        with pytest.raises(NotCollected, match="AUTHENTICATIONFAILED"):
            collect()

    def test_the_folder(self, imap: Any, mailbox: Any) -> None:
        mailbox(IMAP_FOLDER="Khong co")
        with pytest.raises(NotCollected):
            collect()

    def test_the_server(self, imap: Any, mailbox: Any) -> None:
        mailbox(IMAP_PORT=1)
        with pytest.raises(NotCollected):
            collect()

    def test_a_server_that_speaks_no_tls(self, imap: Any, mailbox: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr(room, "TIMEOUT", 2)
        for security in ("starttls",):
            mailbox(IMAP_SECURITY=security)
            with pytest.raises(NotCollected):
                collect()
            assert not any("LOGIN" in one for one in imap.asked)

    def test_the_tick_says_so_and_does_the_rest(self, imap: Any) -> None:
        imap.password = "khac"
        outcomes = schedule.run_jobs()
        (failed,) = [one for one in outcomes if one.error]
        assert "NotCollected" in failed.error
        assert "mat-khau" not in failed.error

    def test_without_a_mailbox(self) -> None:
        (job,) = [one for one in schedule.JOBS if one.run is schedule._collect]
        assert job.run() == "no mailbox is set up"
        with pytest.raises(CommandError):
            call_command("pbgdpl_collect_mail")


def test_the_command(imap: Any) -> None:
    imap.put(raw())
    out = io.StringIO()
    call_command("pbgdpl_collect_mail", stdout=out)
    assert out.getvalue() == "1 taken in, 0 set aside, 0 left\n"
    imap.password = "khac"
    with pytest.raises(CommandError, match="AUTHENTICATIONFAILED"):
        call_command("pbgdpl_collect_mail")


class TestChecks:
    def found(self, *names: str) -> set[str]:
        return {one.id for one in checks.run_checks(include_deployment_checks=True)} & set(names)

    def test_e016_a_mailbox_that_cannot_be_read(self, mailbox: Any, monkeypatch: Any) -> None:
        assert not self.found("wagtail_pbgdpl.E016")
        mailbox(IMAP_HOST="imap.example.vn")
        assert not self.found("wagtail_pbgdpl.E016")
        monkeypatch.setattr(room_checks, "find_spec", lambda name: None)
        assert self.found("wagtail_pbgdpl.E016")
        monkeypatch.undo()
        mailbox(ADDRESS="", IMAP_HOST="imap.example.vn")
        assert self.found("wagtail_pbgdpl.E016")

    def test_w023_letters_in_plain_text(self, mailbox: Any) -> None:
        mailbox(IMAP_HOST="127.0.0.1", IMAP_SECURITY="none")
        assert not self.found("wagtail_pbgdpl.W023")
        mailbox(IMAP_HOST="imap.example.vn")
        assert self.found("wagtail_pbgdpl.W023")
        mailbox(IMAP_SECURITY="ssl")
        assert not self.found("wagtail_pbgdpl.W023")


@pytest.mark.parametrize(
    "values",
    [
        {"MAIL_ADDRESS": "không"},
        {"MAIL_ADDRESS": f"{'a' * 31}@example.vn"},
        {"MAIL_ADDRESS": "hoi+dap@example.vn"},
        {"MAIL_IMAP_PORT": 0},
        {"MAIL_IMAP_SECURITY": "tls"},
        {"MAIL_IMAP_PASSWORD": 123456789},
        {"MAIL_PER_RUN": 0},
    ],
)
def test_settings_that_are_wrong(values: dict[str, Any]) -> None:
    ((key, reason),) = problems(values)
    assert key in values
    # A password is never printed.
    assert "123456789" not in reason
