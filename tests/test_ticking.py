"""What happens by itself: each job apart from the others, twice at no harm."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command

from tests.factories import SeatFactory, UnitFactory
from tests.notices.conftest import post
from wagtail_pbgdpl import schedule
from wagtail_pbgdpl.matters import obligations
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.organisation.models import RoleGroup
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.usefixtures("portal")

TUESDAY = datetime.datetime(2026, 3, 17, 9, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(TUESDAY, tick=False) as frozen:
        yield frozen


@pytest.fixture
def run(django_capture_on_commit_callbacks: Any) -> Callable[[], str]:
    def run() -> str:
        out = StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("pbgdpl_tick", stdout=out)
        return out.getvalue()

    return run


@pytest.fixture
def officer() -> Any:
    """Of a unit that owes something since Monday evening."""
    seat = SeatFactory(
        role="contact_officer", unit=UnitFactory(), ends_on=datetime.date(2026, 3, 31)
    )
    obligations.owe(
        title="Công văn", category="C3", start=datetime.date(2026, 3, 2), unit=seat.unit
    )
    return seat.user


def test_it_does_all_jobs(run: Any, officer: Any) -> None:
    """R10, T2"""
    post("before", officer, "Thư trước", "Nội dung")
    assert len(run().splitlines()) == len(schedule.JOBS)
    assert [message.to for message in mail.outbox] == [[officer.email]] * 2


def test_twice_is_once(run: Any, officer: Any) -> None:
    run()
    run()
    assert len(mail.outbox) == Notice.objects.count() == 1


def test_after_three_days_nothing_is_lost_or_repeated(run: Any, officer: Any, clock: Any) -> None:
    run()
    post("friday", officer, "Thư tối thứ sáu", "Nội dung")
    clock.move_to(TUESDAY + datetime.timedelta(days=6))
    run()
    # The reminder of Tuesday, the letter that waited, and that the board was told.
    assert len(mail.outbox) == Notice.objects.count() == 3
    run()
    assert len(mail.outbox) == 3


def test_who_lost_a_seat_leaves_its_group_and_is_told_no_more(
    run: Any, officer: Any, clock: Any
) -> None:
    """R10"""
    group = RoleGroup.objects.get(role="contact_officer").group
    assert group in officer.groups.all()
    clock.move_to(datetime.datetime(2026, 4, 1, 0, 5, tzinfo=VIETNAM))
    run()
    assert group not in officer.groups.all()
    assert mail.outbox == []


class TestAJobThatFails:
    @pytest.fixture(autouse=True)
    def _broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail() -> None:
            raise LookupError("không tìm thấy")

        broken = schedule.Job("hỏng", fail)
        monkeypatch.setattr(schedule, "JOBS", (broken, *schedule.JOBS, broken))

    def test_keeps_none_of_the_others_back(
        self, officer: Any, django_capture_on_commit_callbacks: Any, caplog: Any
    ) -> None:
        error = StringIO()
        with (
            django_capture_on_commit_callbacks(execute=True),
            pytest.raises(CommandError, match="2"),
        ):
            call_command("pbgdpl_tick", stdout=StringIO(), stderr=error)
        assert error.getvalue().splitlines() == ["hỏng: LookupError: không tìm thấy"] * 2
        assert len([record for record in caplog.records if record.exc_info]) == 2
        assert len(mail.outbox) == 1

    def test_fails_the_background_task(self, officer: Any) -> None:
        with pytest.raises(schedule.TickFailed, match="hỏng"):
            schedule.tick.call()
        assert Notice.objects.count() == 1


def test_the_background_task_does_the_same(
    officer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        result = schedule.tick.enqueue()
    assert result.status == "SUCCESSFUL"
    assert len(result.return_value) == len(schedule.JOBS)
    assert len(mail.outbox) == 1
