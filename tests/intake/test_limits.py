"""X5: machines are kept out, and nobody behind a shared address is locked out for them."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import altcha
import pytest

from wagtail_pbgdpl.intake import captcha, limits
from wagtail_pbgdpl.intake.models import HeldUpload, Sending

from .conftest import MORNING, solution

OFFICE = "113.160.0.7"
ELSEWHERE = "113.161.0.8"


@pytest.fixture(autouse=True)
def numbers(settings: Any) -> None:
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {
        "INTAKE_PER_ADDRESS": 4,
        "INTAKE_PER_ADDRESS_UNSOLVED": 2,
        "INTAKE_IN_ALL": 6,
        "INTAKE_IN_ALL_UNSOLVED": 3,
        "INTAKE_FILES": 2,
    }


def send(mark: str, solved: bool, times: int = 1, at: Any = MORNING) -> None:
    for _time in range(times):
        number = Sending.objects.count()
        Sending.objects.create(key=f"k{number}", purpose="x", mark=mark, solved=solved, at=at)


class TestMark:
    def test_it_is_no_address_and_another_one_tomorrow(self, asked_from: Any) -> None:
        today = limits.mark_of(asked_from(OFFICE), MORNING)
        assert today == limits.mark_of(asked_from(OFFICE), MORNING + timedelta(hours=14))
        assert today != limits.mark_of(asked_from(ELSEWHERE), MORNING)
        assert today != limits.mark_of(asked_from(OFFICE), MORNING + timedelta(days=1))
        assert OFFICE not in today

    def test_nobody_can_compute_it_without_the_key(self, asked_from: Any, settings: Any) -> None:
        before = limits.mark_of(asked_from(OFFICE), MORNING)
        settings.SECRET_KEY = "khóa khác"
        assert limits.mark_of(asked_from(OFFICE), MORNING) != before

    @pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.3", "unix:", ""])
    def test_a_server_of_ones_own_has_none(self, asked_from: Any, address: str) -> None:
        assert limits.mark_of(asked_from(address), MORNING) == ""


@pytest.mark.django_db
class TestLimits:
    def test_an_address_without_the_sum_has_few(self) -> None:
        send("a", solved=False, times=2)
        assert not limits.may_send("a", False, MORNING)
        # Whose browser does the sum is not locked out by it, nor is anybody elsewhere.
        assert limits.may_send("a", True, MORNING)
        assert limits.may_send("b", False, MORNING)

    def test_an_address_with_the_sum_has_many(self) -> None:
        send("a", solved=True, times=3)
        assert limits.may_send("a", True, MORNING)
        assert limits.may_send("a", False, MORNING)
        send("a", solved=True)
        assert not limits.may_send("a", True, MORNING)
        assert limits.may_send("b", True, MORNING)

    def test_without_the_sum_machines_everywhere_leave_room_for_people(self) -> None:
        for mark in "abc":
            send(mark, solved=False)
        assert not limits.may_send("d", False, MORNING)
        assert limits.may_send("d", True, MORNING)

    def test_there_is_a_limit_in_all(self) -> None:
        for mark in "abcdef":
            send(mark, solved=True)
        assert not limits.may_send("g", True, MORNING)

    def test_after_an_hour_there_is_room_again(self) -> None:
        send("a", solved=False, times=2)
        assert not limits.may_send("a", False, MORNING + timedelta(minutes=59))
        assert limits.may_send("a", False, MORNING + timedelta(hours=1))

    def test_without_an_address_all_share_the_limit_in_all(self) -> None:
        send("", solved=False, times=2)
        assert limits.may_send("", False, MORNING)
        send("", solved=False)
        assert not limits.may_send("", False, MORNING)

    def test_uploads_that_wait_are_limited_too(self) -> None:
        for number in range(4):
            HeldUpload.objects.create(key=str(number), mark="a", size=1)
        assert not limits.may_hold("a", False, 1)
        assert limits.may_hold("a", True, 4)
        assert not limits.may_hold("a", True, 5)
        assert limits.may_hold("b", False, 2)
        assert not limits.may_hold("b", False, 3)


@pytest.fixture
def easy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sum that a test does at once."""
    monkeypatch.setattr(captcha, "MAX_NUMBER", 50)


@pytest.mark.usefixtures("easy", "clock")
class TestCaptcha:
    def test_the_solution_is_for_its_form_alone(self) -> None:
        payload = solution(captcha.challenge("k1", MORNING))
        assert captcha.is_solved(payload, "k1")
        assert not captcha.is_solved(payload, "k2")

    def test_it_expires_with_the_form(self, clock: Any) -> None:
        payload = solution(captcha.challenge("k1", MORNING))
        clock.shift(timedelta(hours=24))
        assert captcha.is_solved(payload, "k1")
        clock.shift(timedelta(seconds=1))
        assert not captcha.is_solved(payload, "k1")

    def test_a_challenge_of_ones_own_is_none(self) -> None:
        made = altcha.create_challenge(
            altcha.ChallengeOptions(hmac_key="đoán", max_number=5, params={"form": "k1"})
        )
        assert not captcha.is_solved(solution(made.to_dict()), "k1")

    def test_the_form_in_it_cannot_be_changed(self) -> None:
        payload = json.loads(base64.b64decode(solution(captcha.challenge("k1", MORNING))))
        payload["salt"] = payload["salt"].replace("k1", "k2")
        assert not captcha.is_solved(base64.b64encode(json.dumps(payload).encode()).decode(), "k2")

    @pytest.mark.parametrize(
        "content",
        [
            *([], {}, 5, "x"),
            {"algorithm": "SHA-256", "challenge": 1, "number": [], "salt": 2},
            {"algorithm": "SHA-256", "challenge": "", "number": None, "salt": 2, "signature": []},
        ],
    )
    def test_what_is_no_solution_is_none(self, content: Any) -> None:
        payload = base64.b64encode(json.dumps(content).encode()).decode()
        assert not captcha.is_solved(payload, "k1")

    @pytest.mark.parametrize("payload", ["", "đ", "x" * 5000, "%%%"])
    def test_what_is_not_even_that_is_none(self, payload: str) -> None:
        assert not captcha.is_solved(payload, "k1")
