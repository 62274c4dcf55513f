"""T14, P2: when people are reminded is the package's own rule, and a profile's to set."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from tests.regulations.profiles import SMALL, Write, problems_of
from wagtail_pbgdpl.regulations import Reminders, load, shipped_profiles
from wagtail_pbgdpl.regulations.transcript import Line, transcript

MINE = 'schema = 1\nextends = "%s"\n[reminders]\n'
WAITING, LONG = "waiting_working_days", "long_waiting_working_days"
KEYS = ("due_soon_working_days", "long_late_working_days", WAITING, LONG)


def line_of(profile: object) -> Line:
    with override("en"):
        lines = transcript(load(profile))  # type: ignore[arg-type]
    (line,) = (one for one in lines if one.text.startswith("Reminders"))
    return line


@pytest.mark.parametrize("name", shipped_profiles())
def test_the_numbers_where_a_profile_is_silent(name: str) -> None:
    reminders = load(name).reminders
    assert [getattr(reminders, key) for key in KEYS] == [2, 5, 2, 5]


def test_a_profile_sets_others_and_takes_over_the_rest(write: Write) -> None:
    first = write(MINE % "bac_kan_pbgdpl_2021" + f"{WAITING} = 3\n{LONG} = 7\n", "first.toml")
    path = write(MINE % first.name + f"due_soon_working_days = 1\n{LONG} = 8\n")
    assert load(path).reminders == Reminders(
        due_soon_working_days=1,
        long_late_working_days=5,
        waiting_working_days=3,
        long_waiting_working_days=8,
    )


def test_they_are_printed_as_what_no_regulation_says(write: Write) -> None:
    values = "".join(f"{key} = {number}\n" for number, key in enumerate(KEYS, 11))
    line = line_of(write(MINE % "bac_kan_pbgdpl_2021" + values + 'note = "Quyết định của Sở"'))
    assert line.text == (
        "Reminders, in working days: due soon 11 before the limit, long late 12 after it; "
        "of what is no publication 3, 1, 0 before it, then after every 5; at a step after 13, long "
        "after 14"
    )
    assert (line.clause, line.note) == ("Not in the regulation", "Quyết định của Sở")


def test_a_regulation_that_lays_them_down_names_its_clause(write: Write) -> None:
    assert line_of(write(MINE % "lao_cai_2019" + 'clause = "Điều 1"')).clause == "Điều 1"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("0", "must be at least 1"),
        ("-1", "must be a whole number, 0 or more"),
        ("1.5", "must be a whole number, 0 or more"),
        ("false", "must be a whole number, 0 or more"),
        ('"2"', "must be a whole number, 0 or more"),
        ("10001", "must be at most 10000"),
    ],
)
def test_a_bad_number_is_refused(write: Write, key: str, number: str, reason: str) -> None:
    path = write(SMALL + f"[reminders]\n{key} = {number}\n")
    with override("en"):
        found = [(one.file, one.key, one.reason) for one in problems_of(path)]
    assert found == [(path, f"reminders.{key}", reason)]


@pytest.mark.parametrize(
    ("text", "key", "english", "vietnamese"),
    [
        (
            f"{WAITING} = 5",
            WAITING,
            f"must be less than {LONG}, which is 5",
            f"phải nhỏ hơn {LONG} (đang là 5)",
        ),
        (
            f"{LONG} = 2",
            LONG,
            f"must be more than {WAITING}, which is 2",
            f"phải lớn hơn {WAITING} (đang là 2)",
        ),
        (
            f"{WAITING} = 9\n{LONG} = 8",
            LONG,
            f"must be more than {WAITING}, which is 9",
            f"phải lớn hơn {WAITING} (đang là 9)",
        ),
    ],
)
def test_long_is_more_than_waiting(
    write: Write, text: str, key: str, english: str, vietnamese: str
) -> None:
    path = write(SMALL + "[reminders]\n" + text)
    for language, reason in (("en", english), ("vi", vietnamese)):
        with override(language):
            found = [(one.file, one.key, one.reason) for one in problems_of(path)]
        assert found == [(path, f"reminders.{key}", reason)]


def test_it_is_said_at_the_number_that_the_author_wrote(write: Write) -> None:
    first = write(SMALL + f"[reminders]\n{WAITING} = 3\n{LONG} = 7\n", "first.toml")
    path = write(MINE % first.name + f"{WAITING} = 7\n")
    (problem,) = problems_of(path)
    assert (problem.file, problem.key) == (path, f"reminders.{WAITING}")
