"""Q7: the clock of requests about one's own data is the law's, for every portal."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from tests.regulations.profiles import SMALL, Write, problems_of
from wagtail_pbgdpl.regulations import load, shipped_profiles
from wagtail_pbgdpl.regulations.transcript import transcript


@pytest.mark.parametrize("name", shipped_profiles())
def test_two_working_days_by_the_law(name: str) -> None:
    with override("en"):
        (line,) = (one for one in transcript(load(name)) if one.text.startswith("Requests about"))
    assert line.text.endswith("within 2 working days")
    assert line.clause == "Luật 91/2025/QH15; Nghị định 356/2025/NĐ-CP"


def test_a_profile_sets_another_number(write: Write) -> None:
    path = write(
        'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n[data_requests]\nanswer_working_days = 1\n'
    )
    assert load(path).data_requests.answer_working_days == 1


@pytest.mark.parametrize(
    ("number", "reason"), [("0", "must be at least 1"), ("10001", "must be at most 10000")]
)
def test_a_bad_number_is_refused(write: Write, number: str, reason: str) -> None:
    path = write(SMALL + f"[data_requests]\nanswer_working_days = {number}\n")
    with override("en"):
        found = [(one.key, one.reason) for one in problems_of(path)]
    assert found == [("data_requests.answer_working_days", reason)]
