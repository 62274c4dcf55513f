"""A mail server that stays away: who looks after the computer is told by the command itself."""

from __future__ import annotations

import datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from tests.factories import UserFactory
from tests.notices.conftest import post
from wagtail_pbgdpl.notices import outbox
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.usefixtures("portal")

NOW = datetime.datetime(2026, 3, 16, 9, tzinfo=VIETNAM)


def tick() -> str:
    """Return what the command wrote to standard error. Raises ``CommandError``: exit status 1."""
    error = StringIO()
    try:
        call_command("pbgdpl_tick", stdout=StringIO(), stderr=error)
    except CommandError as failed:
        failed.args = (error.getvalue(),)
        raise
    return error.getvalue()


@pytest.mark.parametrize("dead", [True, False], ids=["dead", "refuses"])
def test_cron_tells_when_an_e_mail_is_given_up(mail_server: Any, dead: bool) -> None:
    user = UserFactory()
    mail_server.refused.add(user.email)
    if dead:
        mail_server.stop()
    with time_machine.travel(NOW, tick=False) as clock:
        post("k", user, "Nhắc thời hạn", "Nội dung")
        for pause in outbox.PAUSES:
            assert tick() == ""
            clock.shift(pause)
        with pytest.raises(CommandError, match="0 đã gửi, 1 chưa gửi, trong đó 1 không gửi nữa"):
            tick()
        # Once: what lies behind does not make each later run an alarm.
        assert tick() == ""
