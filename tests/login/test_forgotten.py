"""X1: the page for a forgotten password tells nobody who is known, and floods nobody."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import UserFactory, seated
from wagtail_pbgdpl.login import notes
from wagtail_pbgdpl.login.models import LoginNote
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.workflows.passwords import send_link

pytestmark = pytest.mark.usefixtures("portal")

NEW = "Mat-khau-moi-2026"
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)


def ask(address: str) -> Any:
    return Client().post(reverse("wagtailadmin_password_reset"), {"email": address})


def links_of(user: Any) -> list[str]:
    texts = Notice.objects.filter(recipient=user).order_by("pk").values_list("text", flat=True)
    return [re.findall(r"/admin/password_reset/confirm/\S+", text)[0] for text in texts]


def set_by(link: str) -> Any:
    browser = Client()
    page = browser.get(link, follow=True)
    if not page.redirect_chain:
        return page
    return browser.post(page.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})


class TestThePage:
    def test_does_the_same_for_everybody(self, mail_server: Any) -> None:
        known = seated("chief").email
        Client().get(reverse("wagtailadmin_password_reset"))
        seen = []
        for address in (known, "khong-co-ai@example.vn", UserFactory(is_active=False).email):
            with CaptureQueriesContext(connection) as queries:
                response = ask(address)
            words = [query["sql"].split()[0] for query in queries.captured_queries]
            seen.append((response.status_code, response.url, words))
        assert seen[0] == seen[1] == seen[2]
        assert seen[0][0] == 302
        assert 0 < seen[0][2].count("SELECT") + seen[0][2].count("INSERT") <= 2
        assert not Notice.objects.exists()
        assert mail_server.received == mail.outbox == []

    def test_says_when_the_letter_comes(self) -> None:
        text = Client().get(reverse("wagtailadmin_password_reset")).content.decode()
        assert "trong ít phút" in text

    def test_keeps_what_is_no_address_in_the_form(self) -> None:
        response = ask("khong-phai-dia-chi")
        assert response.status_code == 200
        assert 'value="khong-phai-dia-chi"' in response.content.decode()
        assert not LoginNote.objects.exists()

    def test_fills_no_database(self, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
        monkeypatch.setattr(notes, "MOST", 3)
        for number in range(5):
            assert ask(f"ai-{number}@example.vn").status_code == 302
        assert LoginNote.objects.count() == 3
        assert "pbgdpl_tick" in caplog.text


class TestTheLetter:
    def test_comes_with_the_next_tick(self, mail_server: Any, tick: Any) -> None:
        user = seated("chief")
        ask(user.email)
        assert "đã gửi 1 liên kết" in tick()
        (message,) = mail_server.received
        assert message["To"] == user.email
        text = str(message.get_content())
        assert "Có người đã yêu cầu việc này tại trang đăng nhập." in text
        assert user.username in text
        assert not LoginNote.objects.exists()
        assert set_by(links_of(user)[0]).status_code == 302
        user.refresh_from_db()
        assert user.check_password(NEW)

    def test_goes_where_django_lets_it_go(self, tick: Any) -> None:
        active = UserFactory(email="Hoa@example.vn")
        off, void = UserFactory(is_active=False), UserFactory()
        void.set_unusable_password()
        void.save()
        for address in ("hoa@EXAMPLE.vn", off.email, void.email, "khong-co-ai@example.vn"):
            ask(address)
        tick()
        # To the address of the account, not to the one that was typed.
        assert [letter.to for letter in mail.outbox] == [["Hoa@example.vn"]]
        assert Notice.objects.get().recipient == active

    def test_waits_for_a_mail_server_that_is_down(
        self, mail_server: Any, tick: Any, clock: Any
    ) -> None:
        mail_server.stop()
        ask(seated("chief").email)
        tick()
        assert mail_server.received == []
        mail_server.start()
        clock.shift(2 * MINUTE)
        tick()
        assert len(mail_server.received) == 1

    def test_one_that_a_person_is_sent_says_nothing_of_the_page(self) -> None:
        user = UserFactory()
        send_link(user)
        assert "trang đăng nhập" not in Notice.objects.get().text


class TestLimits:
    def test_a_hundred_requests_are_one_letter(self, tick: Any) -> None:
        user = seated("chief")
        for number in range(100):
            ask(user.email if number % 2 else user.email.upper())
        assert LoginNote.objects.count() == 1
        tick()
        tick()
        assert len(mail.outbox) == 1

    def test_one_in_a_quarter_of_an_hour(self, tick: Any, clock: Any) -> None:
        user = seated("chief")
        for minutes, letters in ((0, 1), (14, 1), (1, 2)):
            clock.shift(minutes * MINUTE)
            ask(user.email)
            tick()
            assert len(mail.outbox) == letters

    def test_nor_after_one_that_the_operator_sent(self, tick: Any) -> None:
        user = seated("chief")
        send_link(user)
        ask(user.email)
        tick()
        assert Notice.objects.filter(recipient=user).count() == 1

    def test_so_many_in_an_hour_to_all(
        self, tick: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(notes, "IN_AN_HOUR", 3)
        for user in [UserFactory() for _ in range(5)]:
            ask(user.email)
        ask("khong-co-ai@example.vn")
        tick()
        tick()
        assert len(mail.outbox) == 3
        # What nobody is behind does not fill the queue.
        assert LoginNote.objects.count() == 2
        # The others are not forgotten.
        clock.shift(61 * MINUTE)
        tick()
        assert len(mail.outbox) == 5

    def test_what_waits_for_a_day_is_dropped(self, tick: Any, clock: Any) -> None:
        ask(seated("chief").email)
        clock.shift(DAY + MINUTE)
        tick()
        assert mail.outbox == []
        assert not LoginNote.objects.exists()


class TestOlderLinks:
    @pytest.fixture
    def two(self, tick: Any, clock: Any) -> tuple[Any, list[str]]:
        user = seated("chief")
        for _ in range(2):
            ask(user.email)
            tick()
            clock.shift(15 * MINUTE)
        return user, links_of(user)

    @pytest.mark.parametrize("first", [0, 1])
    def test_open_nothing_once_one_was_used(self, two: Any, first: int) -> None:
        user, links = two
        assert set_by(links[first]).status_code == 302
        user.refresh_from_db()
        before = user.password
        assert set_by(links[1 - first]).status_code == 200
        user.refresh_from_db()
        assert user.password == before

    def test_nor_at_another_address(self, two: Any) -> None:
        user, links = two
        user.email = "khac@example.vn"
        user.save()
        assert set_by(links[1]).status_code == 200
