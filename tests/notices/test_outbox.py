"""E-mails are neither lost nor repeated. The mail server of these tests is a real one."""

from __future__ import annotations

import datetime
import smtplib
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests.factories import UserFactory
from tests.notices.conftest import post
from wagtail_pbgdpl.notices import delivery, outbox
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 16, 9, tzinfo=VIETNAM)
SUBJECT = "Nhắc thời hạn: «Đề cương Luật Đất đai» đã quá hạn"
TEXT = "Kính gửi bà Nông Thị Hoa,\n\nMục đã quá hạn 2 ngày làm việc.\n"


def subject_of(message: Any) -> str:
    # A long one begins on the next line, and Python leaves the blank of the fold in it.
    return str(message["Subject"]).strip()


def text_of(message: Any) -> str:
    # Lines end so on the way.
    return str(message.get_content()).replace("\r\n", "\n")


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as frozen:
        yield frozen


@pytest.fixture
def put(django_capture_on_commit_callbacks: Any) -> Callable[..., None]:
    """Put a notice and commit."""

    def put(key: str = "k", to: Any = None, subject: str = SUBJECT, text: str = TEXT) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            post(key, to or UserFactory(), subject, text)

    return put


class TestDelivery:
    def test_a_notice_arrives_at_once(self, mail_server: Any, put: Any) -> None:
        user = UserFactory(email="hoa@example.vn")
        put(to=user)
        (message,) = mail_server.received
        assert subject_of(message) == SUBJECT
        assert text_of(message) == TEXT
        assert message["To"] == "hoa@example.vn"
        assert message["Auto-Submitted"] == "auto-generated"
        notice = Notice.objects.get()
        assert (notice.sent_at, notice.next_attempt_at, notice.attempts) == (NOW, None, 1)
        assert (notice.recipient, notice.address) == (user, "hoa@example.vn")

    def test_it_comes_from_where_notifications_of_wagtail_come(
        self, mail_server: Any, put: Any, settings: Any
    ) -> None:
        put("a")
        settings.WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = "Cổng <cong@example.vn>"
        put("b")
        first, second = mail_server.received
        assert first["From"] == settings.DEFAULT_FROM_EMAIL
        assert second["From"].addresses[0].addr_spec == "cong@example.vn"
        assert second["Message-ID"].endswith("@example.vn>")

    def test_text_is_precomposed(self, mail_server: Any, put: Any) -> None:
        """I7"""
        put(subject=unicodedata.normalize("NFD", SUBJECT), text=unicodedata.normalize("NFD", TEXT))
        (message,) = mail_server.received
        assert subject_of(message) == SUBJECT
        assert text_of(message) == TEXT

    def test_a_subject_is_one_line(self, mail_server: Any, put: Any) -> None:
        put(subject="Một\r\nBcc: ai@example.vn")
        (message,) = mail_server.received
        assert subject_of(message) == "Một Bcc: ai@example.vn"
        assert message["Bcc"] is None

    def test_nothing_is_sent_of_what_was_rolled_back(
        self, mail_server: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        user = UserFactory()

        def change() -> None:
            with transaction.atomic():
                post("k", user, SUBJECT, TEXT)
                raise LookupError

        with (
            django_capture_on_commit_callbacks(execute=True) as callbacks,
            pytest.raises(LookupError),
        ):
            change()
        assert callbacks == []
        assert not Notice.objects.exists()
        assert mail_server.received == []


class TestOnce:
    def test_a_key_is_told_once(self, mail_server: Any, put: Any) -> None:
        user = UserFactory()
        put(to=user)
        put(to=user, subject="Lần thứ hai")
        assert outbox.deliver_due() == (0, 0, 0)
        assert [subject_of(message) for message in mail_server.received] == [SUBJECT]

    def test_within_a_transaction_too(self) -> None:
        user = UserFactory()
        with transaction.atomic():
            post("k", user, SUBJECT, TEXT)
            post("k", user, SUBJECT, TEXT)
            # The transaction still works.
            assert Notice.objects.count() == 1

    def test_a_row_that_another_process_has_is_left_to_it(
        self, mail_server: Any, clock: Any
    ) -> None:
        post("k", UserFactory(), SUBJECT, TEXT)
        notice = Notice.objects.get()
        assert outbox._claim("k", NOW) == notice
        assert outbox.deliver_due() == (0, 0, 0)
        # The process ended before it wrote anything down.
        clock.move_to(NOW + outbox.CLAIM)
        assert outbox.deliver_due() == (1, 0, 0)
        assert len(mail_server.received) == 1

    def test_a_second_copy_can_be_known_by_its_identifier(self, mail_server: Any) -> None:
        """The one case: sent, and not written down."""
        post("k", UserFactory(), SUBJECT, TEXT)
        delivery.send(Notice.objects.get())
        assert outbox.deliver_due() == (1, 0, 0)
        first, second = mail_server.received
        assert first["Message-ID"] == second["Message-ID"]


class TestWhoIsTold:
    def test_nobody_who_is_switched_off_or_has_no_address(self) -> None:
        post("a", UserFactory(is_active=False), SUBJECT, TEXT)
        post("b", UserFactory(email=""), SUBJECT, TEXT)
        assert not Notice.objects.exists()

    def test_nor_who_was_switched_off_or_left_meanwhile(self, mail_server: Any) -> None:
        """R10"""
        off, gone = UserFactory(), UserFactory()
        post("a", off, SUBJECT, TEXT)
        post("b", gone, SUBJECT, TEXT)
        off.is_active = False
        off.save()
        gone.delete()
        assert outbox.deliver_due() == (0, 0, 0)
        assert mail_server.received == []
        assert Notice.objects.given_up().count() == 2
        assert all(Notice.objects.values_list("last_error", flat=True))


class TestAServerThatFails:
    def test_what_it_missed_is_delivered_when_it_is_back(
        self, mail_server: Any, put: Any, clock: Any
    ) -> None:
        mail_server.stop()
        put()
        notice = Notice.objects.get()
        assert notice.sent_at is None
        assert "refused" in notice.last_error.lower()
        assert notice.next_attempt_at == NOW + outbox.PAUSES[0]
        mail_server.start()
        assert outbox.deliver_due() == (0, 0, 0)
        clock.move_to(NOW + outbox.PAUSES[0])
        assert outbox.deliver_due() == (1, 0, 0)
        assert outbox.deliver_due() == (0, 0, 0)
        assert len(mail_server.received) == 1
        notice.refresh_from_db()
        assert (notice.attempts, notice.last_error) == (2, "")

    def test_nobody_waits_for_it_again_and_again(
        self, mail_server: Any, put: Any, clock: Any
    ) -> None:
        mail_server.stop()
        for key in "abc":
            put(key)
        assert sorted(Notice.objects.values_list("attempts", flat=True)) == [0, 0, 1]
        clock.shift(outbox.SILENCE)
        mail_server.start()
        put("d")
        assert outbox.deliver_due() == (3, 0, 0)
        assert len(mail_server.received) == 4

    def test_a_run_stops_when_it_does_not_answer(self, mail_server: Any, put: Any) -> None:
        mail_server.stop()
        for key in "abc":
            post(key, UserFactory(), SUBJECT, TEXT)
        assert outbox.deliver_due() == (0, 1, 0)
        assert sorted(Notice.objects.values_list("attempts", flat=True)) == [0, 0, 1]

    def test_an_address_that_is_refused_holds_up_no_other(
        self, mail_server: Any, clock: Any
    ) -> None:
        bad, good = UserFactory(), UserFactory()
        mail_server.refused.add(bad.email)
        post("a", bad, SUBJECT, TEXT)
        post("b", good, SUBJECT, TEXT)
        assert outbox.deliver_due() == (1, 1, 0)
        assert [message["To"] for message in mail_server.received] == [good.email]
        assert "5.1.1" in Notice.objects.get(key="a").last_error

    def test_attempts_come_at_growing_intervals_and_end(self, mail_server: Any, clock: Any) -> None:
        user = UserFactory()
        mail_server.refused.add(user.email)
        post("k", user, SUBJECT, TEXT)
        for pause in outbox.PAUSES:
            assert outbox.deliver_due() == (0, 1, 0)
            clock.shift(pause - datetime.timedelta(microseconds=1))
            assert outbox.deliver_due() == (0, 0, 0)
            clock.shift(datetime.timedelta(microseconds=1))
        assert outbox.deliver_due() == (0, 1, 1)
        notice = Notice.objects.given_up().get()
        assert notice.attempts == outbox.ATTEMPTS == 8
        mail_server.refused.clear()
        clock.shift(datetime.timedelta(days=365))
        assert outbox.deliver_due() == (0, 0, 0)
        # A server that is away from Friday evening to Monday morning loses nothing.
        assert sum(outbox.PAUSES, datetime.timedelta()) > datetime.timedelta(days=3)

    @pytest.mark.parametrize(
        ("error", "kind"),
        [
            (TimeoutError("timed out"), delivery.Silent),
            (smtplib.SMTPServerDisconnected("gone"), delivery.Silent),
            (smtplib.SMTPAuthenticationError(535, b"no"), delivery.Silent),
            (smtplib.SMTPDataError(552, b"too large"), delivery.Refused),
            (ValueError("\x00" + "x" * 1000), delivery.Refused),
        ],
    )
    def test_whatever_happens_is_written_down(
        self, error: Exception, kind: type[Exception], put: Any, monkeypatch: Any
    ) -> None:
        def fail(message: Any) -> int:
            raise error

        monkeypatch.setattr(delivery.EmailMessage, "send", fail)
        put()
        notice = Notice.objects.get()
        assert notice.last_error.startswith(type(error).__name__)
        assert (outbox.server.silent_at is not None) is (kind is delivery.Silent)

    def test_a_back_end_that_takes_nothing_has_not_sent(self, put: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr(delivery.EmailMessage, "send", lambda message: 0)
        put()
        assert Notice.objects.unsent().exists()


def test_a_run_costs_the_same_for_each_notice(
    mail_server: Any, django_assert_max_num_queries: Any
) -> None:
    """One to claim, one to read, one to write down; and one for all of them."""
    for number in range(5):
        post(str(number), UserFactory(), SUBJECT, TEXT)
    with django_assert_max_num_queries(1 + 5 * 3):
        assert outbox.deliver_due() == (5, 0, 0)
