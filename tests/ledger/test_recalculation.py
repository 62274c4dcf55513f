"""A new day off moves open limits, by a command that says so; closed ones never."""

from __future__ import annotations

import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.factories import CalendarExceptionFactory, seated
from tests.ledger.closed import published_at
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.matters import obligations, recalculation
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.worktime import VIETNAM
from wagtail_pbgdpl.worktime.admin import CalendarExceptionAdmin
from wagtail_pbgdpl.worktime.models import CalendarException

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 3, 2)
DUE = datetime.datetime.combine(datetime.date(2026, 3, 16), datetime.time.max, VIETNAM)
MOVED = DUE + datetime.timedelta(days=1)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("pbgdpl_recalculate_deadlines", *arguments, stdout=out)
    return out.getvalue()


def owe(title: str = "Công văn") -> Matter:
    return obligations.owe(title=title, category="C3", start=DAY)


@pytest.fixture
def day_off() -> Any:
    return lambda: CalendarExceptionFactory(date=datetime.date(2026, 3, 10), kind="off")


def test_without_a_change_nothing_moves() -> None:
    row = owe()
    assert "0" in run()
    row.refresh_from_db()
    assert row.due_at == DUE
    assert row.events.count() == 1


def test_a_day_off_moves_what_is_open(day_off: Any) -> None:
    row = owe()
    day_off()
    said = run()
    row.refresh_from_db()
    assert row.due_at == MOVED
    assert "16/03/2026 23:59" in said
    assert "17/03/2026 23:59" in said
    assert row.clause in said
    event = row.events.last()
    assert event is not None
    assert (event.move, event.detail["after"]) == ("moved", MOVED.isoformat())
    assert "16/03/2026" not in run()


def test_a_trial_run_moves_nothing(day_off: Any) -> None:
    row = owe()
    day_off()
    assert "17/03/2026" in run("--dry-run")
    row.refresh_from_db()
    assert row.due_at == DUE
    assert row.events.count() == 1


def test_what_is_closed_stays(day_off: Any) -> None:
    given_up, published = owe("Bỏ"), owe("Đã đăng")
    obligations.give_up(given_up, reason="Không còn phải đăng")
    published_at(published, DUE)
    day_off()
    run()
    for row in (given_up, published):
        row.refresh_from_db()
        assert row.due_at == DUE


def test_a_new_regulation_moves_them_too(settings: Any, tmp_path: Any) -> None:
    row = owe()
    profile = tmp_path / "moi.toml"
    profile.write_text(
        'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n[deadlines.T2]\namount = 5\n',
        encoding="utf-8",
    )
    settings.WAGTAIL_PBGDPL = {"PROFILE": profile}
    run()
    row.refresh_from_db()
    assert row.due_at == DUE - datetime.timedelta(days=7)
    assert row.profile != "bac_kan_pbgdpl_2021"


def test_it_goes_through_all_of_many(day_off: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalculation, "ROWS_AT_ONCE", 3)
    for number in range(8):
        owe(f"Công văn {number}")
    day_off()
    assert len(list(recalculation.recalculate())) == 8
    assert Matter.objects.publications().filter(due_at=MOVED).count() == 8


class TestTheScreen:
    """What the command does, for who keeps the calendar: shown first, then one press."""

    ADDRESS = "pbgdpl_recalculate"

    @pytest.mark.usefixtures("portal")
    def test_from_the_day_to_the_moved_limit(self, client: Client, day_off: Any) -> None:
        row = owe("Kế hoạch mật")
        operator = seated("operator")
        client.force_login(operator)
        form = CalendarExceptionAdmin().url_helper.create_url
        day = {"date": "10/03/2026", "kind": "off", "name": "Nghỉ bù", "notice": "1/TB"}
        saved = client.post(form, day)
        assert saved.headers["Location"] == reverse(self.ADDRESS)
        assert Change.objects.get().title == "10/03/2026: Nghỉ bù"
        page = client.get(reverse(self.ADDRESS))
        (line,) = page.context["lines"]
        # The operator sees no items (R11), so none is named.
        assert (line.title, line.address) == (f"Đăng tải số {row.pk}", "")
        assert "Kế hoạch mật" not in page.content.decode()
        assert (line.before, line.after) == ("16/03/2026 23:59", "17/03/2026 23:59")
        row.refresh_from_db()
        assert row.due_at == DUE
        done = client.post(reverse(self.ADDRESS))
        assert done.headers["Location"] == reverse("pbgdpl_calendar")
        row.refresh_from_db()
        assert row.due_at == MOVED
        event = row.events.last()
        assert event is not None
        assert (event.move, event.by) == ("moved", operator)
        assert client.get(reverse(self.ADDRESS)).context["count"] == 0
        # Taken back, it moves back.
        taken_back = CalendarException.objects.get()
        address = CalendarExceptionAdmin().url_helper.get_action_url("delete", taken_back.pk)
        assert client.post(address).headers["Location"] == reverse(self.ADDRESS)
        assert client.get(reverse(self.ADDRESS)).context["count"] == 1

    @pytest.mark.usefixtures("portal")
    def test_who_sees_an_item_reads_its_title(self, admin_client: Client, day_off: Any) -> None:
        row = owe("Kế hoạch mật")
        day_off()
        (line,) = admin_client.get(reverse(self.ADDRESS)).context["lines"]
        assert (line.title, line.address) == ("Kế hoạch mật", row.address)

    @pytest.mark.usefixtures("portal")
    @pytest.mark.parametrize("role", ["contact_officer", "secretary", "chief"])
    def test_is_for_who_keeps_the_calendar(self, role: str, client: Client, day_off: Any) -> None:
        row = owe()
        day_off()
        client.force_login(seated(role))
        for send in (client.get, client.post):
            assert send(reverse(self.ADDRESS)).headers["Location"] == reverse("wagtailadmin_home")
        row.refresh_from_db()
        assert row.due_at == DUE
