"""``manage.py pbgdpl_deadline``: the end of a time limit, at the command line."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from wagtail_pbgdpl.worktime.models import CalendarException

pytestmark = pytest.mark.django_db

PROFILE = """
schema = 1

[document]
title = "Quy chế thử nghiệm"

[portal]
name = "Cổng thông tin thử nghiệm"
clause = "Điều 1"

[categories.C2]
kind = "C2"
name = "Tin hoạt động"
clause = "Điều 5"

[deadlines.D1]
name = "Tin tức, sự kiện"
clause = "Điều 9 khoản 3"
unit = "office_hour"
amount = 12
starts = "held"
applies_to = ["C2"]

[deadlines.D2]
name = "Thông tin cập nhật ngay"
clause = "Điều 10"
unit = "immediate"
starts = "decided"
applies_to = ["C2"]
"""


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def profile(tmp_path):
    path = tmp_path / "tinh.toml"
    path.write_text(PROFILE, encoding="utf-8")
    return path


def run(*args, **options):
    out = StringIO()
    call_command("pbgdpl_deadline", *args, stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_configured_profile_T3():
    rule, event, end = run("T3", "2025-04-21")
    assert rule.startswith("T3: ")
    assert rule.endswith("Điều 12 khoản 1 điểm c")
    assert event == "Event: 21/04/2025. Time limit: 15 working days."
    assert end == "Due by the end of 14/05/2025."


def test_explain_shows_each_day_T3():
    lines = run("T3", "2025-04-21", explain=True)
    assert len(lines) == 1 + 1 + 24 + 1
    assert "Wednesday 30/04/2025: holiday, not counted (Ngày Chiến thắng)" in lines


@pytest.mark.parametrize(
    "start", ["2025-06-02T16:00", "2025-06-02 16:00", "2025-06-02T09:00Z", "2025-06-02T11:00+02:00"]
)
def test_a_profile_of_ones_own_and_a_start_with_a_time_T9(profile, start):
    assert run("D1", start, profile=str(profile)) == [
        "D1: Tin tức, sự kiện: Điều 9 khoản 3",
        "Event: 02/06/2025 16:00. Time limit: 12 office hours.",
        "Due at 10:30 on 04/06/2025.",
    ]


def test_at_once_T1(profile):
    assert run("D2", "2025-06-02", profile=str(profile))[-1] == "No fixed deadline."


def test_the_exceptions_of_the_administrator_are_heeded():
    CalendarException.objects.create(date=date(2025, 5, 12), kind="off", name="Quốc tang")
    assert run("T3", "2025-04-21")[-1] == "Due by the end of 15/05/2025."


def test_json(profile):
    answer = json.loads(
        "\n".join(run("D1", "2025-06-06T16:00", profile=str(profile), format="json"))
    )
    assert answer == {
        "rule": "D1",
        "name": "Tin tức, sự kiện",
        "clause": "Điều 9 khoản 3",
        "inferred": False,
        "starts": "held",
        "limit": {"unit": "office_hour", "amount": 12},
        "start": "2025-06-06T16:00:00+07:00",
        "due": "2025-06-10T10:30:00+07:00",
        "unannounced_years": [],
    }


def test_json_with_the_days(profile):
    lines = run("D1", "2025-06-06T16:00", profile=str(profile), format="json", explain=True)
    days = json.loads("\n".join(lines))["days"]
    assert [day["office_minutes"] for day in days] == [60, 0, 0, 480, 180]
    assert days[1] == {
        "date": "2025-06-07",
        "kind": "weekend",
        "name": "",
        "notice": "",
        "counts": False,
        "number": 0,
        "office_minutes": 0,
    }


def test_json_of_a_rule_without_a_deadline(profile):
    lines = run("D2", "2025-06-06", profile=str(profile), format="json", explain=True)
    answer = json.loads("\n".join(lines))
    assert answer["due"] is None
    assert "days" not in answer


@pytest.mark.parametrize(
    ("args", "options", "reason"),
    [
        (["T99", "2025-04-21"], {}, "has no deadline rule T99; it has: T1, T2"),
        (["T3", "21/04/2025"], {}, "21/04/2025 is not a date"),
        (["T3", "2025-02-30"], {}, "2025-02-30 is not a date"),
        (["T3", ""], {}, "is not a date"),
        (["T3", "1999-04-21"], {}, "outside the calendar"),
        (["T3", "2100-12-31"], {}, "outside the calendar"),
        (["T3", "2025-04-21"], {"profile": "hue_2030"}, "no profile 'hue_2030'"),
        (["T3", "2025-04-21"], {"profile": "./no/such.toml"}, "such.toml"),
    ],
)
def test_bad_input_is_explained(args, options, reason):
    with pytest.raises(CommandError, match=reason):
        run(*args, **options)


def test_a_profile_without_deadlines(tmp_path):
    path = tmp_path / "tinh.toml"
    path.write_text(PROFILE[: PROFILE.index("[deadlines.D1]")], encoding="utf-8")
    with pytest.raises(CommandError, match="The profile tinh has no deadline rules"):
        run("T3", "2025-04-21", profile=str(path))
