"""R10: how the accounts of the board are kept is the package's own rule, and a profile's to set."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.translation import override

from tests.regulations.profiles import Write
from wagtail_pbgdpl.regulations import load, shipped_profiles
from wagtail_pbgdpl.regulations.transcript import transcript

MINE = 'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n'


@pytest.mark.parametrize("name", shipped_profiles())
def test_one_working_day_where_a_profile_is_silent(name: str) -> None:
    assert load(name).access.quiet_working_days == 1


def test_a_profile_sets_another_number(write: Write) -> None:
    path = write(MINE + '[access]\nquiet_working_days = 3\nnote = "Quyết định của Sở"\n')
    assert load(path).access.quiet_working_days == 3
    with override("en"):
        (line,) = (one for one in transcript(load(path)) if "Accounts of the board" in one.text)
    assert "3 working days" in line.text
    assert (line.clause, line.note) == ("Not in the regulation", "Quyết định của Sở")


def test_it_is_printed_as_what_no_regulation_says(write: Write) -> None:
    path = write(MINE + "[access]\nquiet_working_days = 2\n")
    out = StringIO()
    with override("en"):
        call_command("pbgdpl_regulation", profile=str(path), stdout=out)
    printed = [line for line in out.getvalue().splitlines() if "Accounts of the board" in line]
    assert printed[0].startswith("Not in the regulation. Accounts of the board: 2 working days")


def test_a_regulation_that_lays_it_down_names_its_clause(write: Write) -> None:
    path = write(MINE + '[access]\nclause = "Điều 1"\nquiet_working_days = 2\n')
    with override("en"):
        (line,) = (one for one in transcript(load(path)) if "Accounts of the board" in one.text)
    assert line.clause == "Điều 1"
