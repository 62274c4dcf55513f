"""X1 (BK18 Điều 8.1): nobody guesses passwords without limit, or keeps a member out by it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import UserFactory, seated
from tests.login.conftest import PASSWORD, Browser
from wagtail_pbgdpl.authority.facts import person
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.login.browsers import COOKIE
from wagtail_pbgdpl.login.limits import UNKNOWN, address_of
from wagtail_pbgdpl.login.models import LoginNote
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.usefixtures("portal", "limited")

LET_IN, WRONG, REFUSED = 302, 200, 429
MEMBER, STRANGER = "198.51.100.7", "203.0.113.66"
PAUSE = datetime.timedelta(minutes=15)
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def chief() -> Any:
    return seated("chief")


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords of which a hash was computed."""
    found: list[str] = []
    encode = MD5PasswordHasher.encode

    def watched(self: Any, password: str, salt: str) -> str:
        found.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", watched)
    return found


def from_everywhere(user: Any, places: int = 10) -> None:
    for number in range(places):
        Browser(f"203.0.113.{number}").guess(user, 5)


class TestFromOneAddress:
    def test_the_right_password_after_sixty_wrong_ones(
        self, chief: Any, hashed: list[str], clock: Any
    ) -> None:
        stranger = Browser(STRANGER)
        assert stranger.guess(chief, 60) == [WRONG] * 4 + [REFUSED] * 56
        assert stranger.sign_in(chief).status_code == REFUSED
        # Nothing is computed once it is locked.
        assert len(hashed) == 5
        clock.shift(PAUSE)
        assert stranger.sign_in(chief).status_code == REFUSED
        clock.shift(SECOND)
        assert stranger.sign_in(chief).status_code == LET_IN

    def test_who_is_attacked_gets_in_from_elsewhere(self, chief: Any) -> None:
        assert Browser(STRANGER).guess(chief, 60)[-1] == REFUSED
        assert Browser(MEMBER).sign_in(chief).status_code == LET_IN
        # And sets nobody else free by it.
        assert Browser(STRANGER).sign_in(chief).status_code == REFUSED

    def test_others_get_in_from_the_same_address(self, chief: Any) -> None:
        """An office has one."""
        Browser(STRANGER).guess(chief, 5)
        assert Browser(STRANGER).sign_in(seated("member")).status_code == LET_IN

    def test_a_name_in_other_letters_counts_as_the_same(self, chief: Any) -> None:
        stranger = Browser(STRANGER)
        tried = [chief.username, chief.username.upper(), f" {chief.username} "] * 2
        assert [stranger.sign_in(name, "sai").status_code for name in tried][4:] == [REFUSED] * 2

    def test_another_program_is_no_other_place(self, chief: Any) -> None:
        stranger = Browser(STRANGER)
        answers = [
            stranger.post(
                reverse("wagtailadmin_login"),
                {"username": chief.username, "password": "sai"},
                headers={"user-agent": f"chuong-trinh-{number}"},
            ).status_code
            for number in range(6)
        ]
        assert answers[4:] == [REFUSED] * 2

    def test_the_right_password_begins_the_count_anew(self, chief: Any) -> None:
        for _ in range(3):
            assert Browser().guess(chief, 4) == [WRONG] * 4
            assert Browser().sign_in(chief).status_code == LET_IN

    def test_ipv6_counts_by_what_a_subscriber_has(self, chief: Any) -> None:
        answers = [
            Browser(f"2001:db8:1:2::{number}").sign_in(chief, "sai").status_code
            for number in range(6)
        ]
        assert answers[4:] == [REFUSED] * 2
        assert Browser("2001:db8:1:3::1").sign_in(chief).status_code == LET_IN


class TestFromEverywhere:
    def test_a_name_has_a_limit_of_its_own(self, chief: Any, clock: Any) -> None:
        from_everywhere(chief)
        assert Browser(MEMBER).sign_in(chief).status_code == REFUSED
        assert Browser(MEMBER).sign_in(seated("member")).status_code == LET_IN
        clock.shift(PAUSE + SECOND)
        assert Browser(MEMBER).sign_in(chief).status_code == LET_IN

    def test_who_has_signed_in_there_before_gets_in(self, chief: Any) -> None:
        own = Browser(MEMBER)
        assert own.sign_in(chief).status_code == LET_IN
        own.post(reverse("wagtailadmin_logout"))
        from_everywhere(chief)
        own.defaults["HTTP_X_FORWARDED_FOR"] = "198.51.100.200"
        assert own.guess(chief, 1) == [WRONG]
        assert own.sign_in(chief).status_code == LET_IN

    def test_such_a_browser_has_a_limit_too(self, chief: Any) -> None:
        own = Browser(MEMBER)
        own.sign_in(chief)
        own.post(reverse("wagtailadmin_logout"))
        answers = []
        for number in range(6):
            own.defaults["HTTP_X_FORWARDED_FOR"] = f"198.51.100.{number}"
            answers += own.guess(chief, 1)
        assert answers[4:] == [REFUSED] * 2
        # Anybody else is not touched by it.
        assert Browser(MEMBER).sign_in(chief).status_code == LET_IN

    def test_the_mark_is_of_one_name_and_cannot_be_made(self, chief: Any) -> None:
        own = Browser(STRANGER)
        own.sign_in(UserFactory(is_superuser=True))
        own.post(reverse("wagtailadmin_logout"))
        made = Browser(STRANGER)
        made.cookies[COOKIE] = f'["{chief.username}", "dau"]:1abcde:chu-ky'
        from_everywhere(chief)
        assert own.sign_in(chief).status_code == REFUSED
        assert made.sign_in(chief).status_code == REFUSED

    def test_a_link_for_a_new_password_opens_the_way(self, chief: Any, tick: Any) -> None:
        from_everywhere(chief)
        own = Browser(MEMBER)
        assert own.sign_in(chief).status_code == REFUSED
        own.post(reverse("wagtailadmin_password_reset"), {"email": chief.email})
        tick()
        text = Notice.objects.get(key__startswith="password:").text
        link = re.search(r"/admin/password_reset/confirm/\S+", text)
        assert link
        own.get(link[0])
        assert own.sign_in(chief).status_code == LET_IN

    def test_a_link_that_proves_nothing_does_not(self, chief: Any) -> None:
        own = Browser(MEMBER)
        address = reverse("wagtailadmin_password_reset_confirm", args=["MQ", "abc-123"])
        own.get(address)
        own.post(address)
        assert COOKIE not in own.cookies


class TestTheAddress:
    @pytest.mark.parametrize(
        ("proxies", "forwarded", "remote", "found"),
        [
            (1, "203.0.113.66", "127.0.0.1", "203.0.113.66"),
            # What the client sends itself stands before it.
            (1, "198.51.100.7, 203.0.113.66", "127.0.0.1", "203.0.113.66"),
            (2, "198.51.100.7, 203.0.113.66, 10.0.0.2", "127.0.0.1", "203.0.113.66"),
            (1, "::ffff:203.0.113.66", "127.0.0.1", "203.0.113.66"),
            (1, "2001:db8:1:2:a:b:c:d", "127.0.0.1", "2001:db8:1:2::"),
            # In the network of the office.
            (1, "10.1.2.3", "127.0.0.1", "10.1.2.3"),
            (1, "", "127.0.0.1", UNKNOWN),
            (1, "khong-phai-dia-chi", "127.0.0.1", UNKNOWN),
            (2, "203.0.113.66", "127.0.0.1", UNKNOWN),
            # Nobody said that the header is to be trusted.
            (0, "203.0.113.66", "127.0.0.1", UNKNOWN),
            (0, "203.0.113.66", "172.18.0.5", UNKNOWN),
            (0, "203.0.113.66", "", UNKNOWN),
            (0, "203.0.113.66", "8.8.8.8", "8.8.8.8"),
        ],
    )
    def test_is_what_the_last_own_server_wrote(
        self, limited: Any, proxies: int, forwarded: str, remote: str, found: str
    ) -> None:
        limited.WAGTAIL_PBGDPL = limited.WAGTAIL_PBGDPL | {"LOGIN_PROXIES": proxies}
        meta = {"HTTP_X_FORWARDED_FOR": forwarded, "REMOTE_ADDR": remote}
        assert address_of(RequestFactory().get("/", **meta)) == found  # type: ignore[arg-type]

    def test_an_invented_one_neither_helps_nor_harms(self, chief: Any) -> None:
        answers = [
            Browser(STRANGER, invented=f"192.0.2.{number}").sign_in(chief, "sai").status_code
            for number in range(6)
        ]
        assert answers[4:] == [REFUSED] * 2
        other = seated("member")
        Browser(STRANGER, invented=MEMBER).guess(other, 5)
        assert Browser(MEMBER).sign_in(other).status_code == LET_IN


class TestWhileTheAddressIsUnknown:
    @pytest.fixture(autouse=True)
    def _unknown(self, limited: Any) -> None:
        limited.WAGTAIL_PBGDPL = limited.WAGTAIL_PBGDPL | {"LOGIN_PROXIES": 0}

    def test_five_wrong_ones_keep_nobody_out(self, chief: Any) -> None:
        assert Browser(STRANGER).guess(chief, 49) == [WRONG] * 49
        assert Browser(MEMBER).sign_in(chief).status_code == LET_IN

    def test_guesses_end_all_the_same(self, chief: Any, clock: Any) -> None:
        assert Browser(STRANGER).guess(chief, 60) == [WRONG] * 49 + [REFUSED] * 11
        assert Browser(MEMBER).sign_in(chief).status_code == REFUSED
        clock.shift(PAUSE + SECOND)
        assert Browser(MEMBER).sign_in(chief).status_code == LET_IN

    def test_who_goes_on_for_an_hour_keeps_nobody_out(self, chief: Any, clock: Any) -> None:
        own = Browser(MEMBER)
        own.sign_in(chief)
        for _ in range(3):
            assert Browser(STRANGER).guess(chief, 60)[-1] == REFUSED
            own.post(reverse("wagtailadmin_logout"))
            assert own.sign_in(chief).status_code == LET_IN
            clock.shift(PAUSE + SECOND)


def without_secrets(response: Any, name: str) -> str:
    text = response.content.decode().replace(name, "TEN")
    # Those against forged forms are new in each answer.
    return re.sub(r"\b\w{64}\b", "", text)


class TestTheAnswer:
    def test_says_what_happened_and_what_to_do(self, chief: Any) -> None:
        browser = Browser(STRANGER)
        browser.guess(chief, 5)
        response = browser.sign_in(chief)
        text = response.content.decode()
        for part in (
            "Tên đăng nhập này đã bị nhập sai mật khẩu quá nhiều lần.",
            "15 phút",
            reverse("wagtailadmin_password_reset"),
            "đơn vị vận hành kỹ thuật",
            'name="password"',
            f'value="{chief.username}"',
        ):
            assert part in text
        assert PASSWORD not in text
        assert response["Retry-After"] == "900"
        assert "no-store" in response["Cache-Control"]
        assert "pbgdpl_known" not in response.cookies

    def test_is_the_same_for_a_name_that_nobody_has(self, chief: Any) -> None:
        pages = []
        for name in (chief.username, "khong-co-ai", UserFactory(is_active=False).username):
            browser = Browser(STRANGER)
            pages.append([without_secrets(browser.sign_in(name, "sai"), name) for _ in range(7)])
        assert pages[0] == pages[1] == pages[2]

    def test_names_no_pause_where_there_is_none(self, chief: Any, limited: Any) -> None:
        limited.AXES_COOLOFF_TIME = None
        browser = Browser(STRANGER)
        browser.guess(chief, 5)
        response = browser.sign_in(chief)
        assert "phút" not in response.content.decode()
        assert not response.has_header("Retry-After")

    @pytest.mark.parametrize("name", ["\0", "a" * 5000, "", "<script>"])
    def test_hostile_names_are_answered(self, name: str) -> None:
        answers = Browser(STRANGER).guess(name, 8)
        assert set(answers) <= {WRONG, REFUSED}


class TestTheBoardHears:
    @pytest.fixture
    def member(self, chief: Any) -> Any:
        return seated("member")

    def test_of_a_lock_with_the_next_tick(self, chief: Any, member: Any, tick: Any) -> None:
        """The request itself tells nobody by its time that the name is known."""
        Browser(STRANGER).guess(member, 60)
        assert not Change.objects.exists()
        assert mail.outbox == []
        tick()
        row = Change.objects.get()
        assert (row.kind, row.person, row.by, row.login) == ("account", member, None, False)
        assert row.details == [["Đăng nhập", "", "tạm khóa do nhập sai mật khẩu quá nhiều lần"]]
        assert sorted(letter.to[0] for letter in mail.outbox) == sorted([chief.email, member.email])
        assert not LoginNote.objects.exists()

    def test_and_publishes_all_the_same(self, member: Any, tick: Any) -> None:
        """R8: else a stranger could stop publication."""
        Browser(STRANGER).guess(member, 5)
        tick()
        assert Change.objects.exists()
        assert not person(member).is_quiet(today())

    def test_once_a_day(self, member: Any, tick: Callable[[], str], clock: Any) -> None:
        for number in range(3):
            Browser(f"203.0.113.{number}").guess(member, 5)
            clock.shift(PAUSE + SECOND)
            tick()
        assert Change.objects.count() == 1
        clock.shift(datetime.timedelta(days=1))
        Browser(STRANGER).guess(member, 5)
        tick()
        assert Change.objects.count() == 2

    def test_of_nobody_else(self, tick: Any) -> None:
        for name in ("khong-co-ai", UserFactory().username):
            Browser(STRANGER).guess(name, 5)
        assert LoginNote.objects.count() == 2
        tick()
        assert not Change.objects.exists()
        assert not LoginNote.objects.exists()
        assert mail.outbox == []

    def test_the_same_queries_whoever_it_is(self, chief: Any) -> None:
        def queries(name: str) -> list[str]:
            browser = Browser(STRANGER)
            browser.guess(name, 4)
            with CaptureQueriesContext(connection) as found:
                assert browser.sign_in(name, "sai").status_code == REFUSED
            return [query["sql"].split()[0] for query in found.captured_queries]

        assert queries(chief.username) == queries("khong-co-ai")


def test_without_axes_nothing_is_counted(settings: Any) -> None:
    """The package does not need it."""
    settings.AXES_ENABLED = False
    user = UserFactory(is_superuser=True)
    assert Browser().guess(user, 1) == [WRONG]
    assert (
        Client()
        .post(reverse("wagtailadmin_login"), {"username": user.username, "password": PASSWORD})
        .status_code
        == LET_IN
    )
