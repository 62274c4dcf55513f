"""What a profile takes over from another province is said, so that it is not meant by mistake."""

from __future__ import annotations

import codecs
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.regulations.profiles import SMALL, Write, problems_of
from wagtail_pbgdpl import checks
from wagtail_pbgdpl.regulations import advice, load, shipped_profiles

pytestmark = pytest.mark.usefixtures("english")

OURS = """\
schema = 1
extends = "bac_kan_pbgdpl_2021"

[document]
title = "Quy chế của Cổng tỉnh Thái Nguyên"
issuer = "Ủy ban nhân dân tỉnh Thái Nguyên"

[portal]
name = "Cổng PBGDPL tỉnh Thái Nguyên"
short_name = "Cổng PBGDPL tỉnh Thái Nguyên"
province = "Thái Nguyên"
url = "https://pbgdpl.example.vn"
email = "pbgdpl@example.vn"
governing_body = "Ủy ban nhân dân tỉnh Thái Nguyên"
standing_agency = "Sở Tư pháp tỉnh Thái Nguyên"
clause = "Điều 3"
"""
INHERITED = [
    "categories.C8.description",
    "categories.C13.description",
    "integrations.cong_bao.name",
    "citation.phrases[1]",
    "citation.phrases[2]",
    "citation.text",
    "slip.title",
]


def keys(path: Path) -> list[str]:
    return [problem.key for problem in advice(path)]


@pytest.mark.parametrize("name", shipped_profiles())
def test_a_shipped_profile_inherits_nothing(name: str) -> None:
    assert advice(name) == []


def test_each_text_that_names_the_other_province_is_said(write: Write) -> None:
    path = write(OURS)
    assert sorted(keys(path)) == sorted(INHERITED)
    assert all(problem.file.name == "bac_kan_pbgdpl_2021.toml" for problem in advice(path))
    assert load(path).portal.province == "Thái Nguyên"


def test_the_address_of_the_other_portal_is_said_too(write: Write) -> None:
    """«Theo http://pbgdpl.backan.gov.vn» names no province in words."""
    (found,) = [p for p in advice(write(OURS)) if p.key == "citation.phrases[2]"]
    assert "pbgdpl.backan.gov.vn" in found.reason


def test_a_text_written_anew_is_no_more_said(write: Write) -> None:
    path = write(OURS + '[citation]\nphrases = ["Theo Cổng Thái Nguyên"]\ntext = "Ghi rõ nguồn"\n')
    assert not any(key.startswith("citation") for key in keys(path))


def test_what_the_own_profile_says_of_the_other_province_is_meant(write: Write) -> None:
    path = write(OURS + '[slip]\ntitle = "Phiếu dùng chung với tỉnh Bắc Kạn"\n')
    assert "slip.title" not in keys(path)


def test_a_number_with_the_clause_of_the_other_regulation_is_said(write: Write) -> None:
    path = write(OURS + "[deadlines.T2]\namount = 5\n[emergency]\nreview_working_days = 2\n")
    (found,) = [p for p in advice(path) if p.key == "deadlines.T2.amount"]
    assert found.file == path
    assert load("bac_kan_pbgdpl_2021").deadlines["T2"].clause in found.reason
    assert "emergency.review_working_days" not in keys(path), "no regulation has a clause on it"


def test_a_number_with_a_clause_of_its_own_is_right(write: Write) -> None:
    path = write(OURS + '[deadlines.T2]\namount = 5\nclause = "Điều 11"\n')
    assert "deadlines.T2.amount" not in keys(path)


def test_another_profile_of_the_same_province_inherits_in_peace(write: Write) -> None:
    """The province amends its own regulation: number new, clause as before."""
    assert (
        advice(write('schema = 1\nextends = "bac_kan_pbgdpl_2021"\n[deadlines.T2]\namount = 5'))
        == []
    )


def test_texts_of_a_profile_in_between_are_of_the_province_that_wrote_them(write: Write) -> None:
    write(OURS, "giua.toml")
    assert sorted(keys(write('schema = 1\nextends = "giua.toml"'))) == sorted(INHERITED)


def test_the_check_and_the_command_say_it(write: Write, settings: Any) -> None:
    path = write(OURS)
    settings.WAGTAIL_PBGDPL = {"PROFILE": path}
    messages = checks.check_inherited()
    assert {message.id for message in messages} == {"wagtail_pbgdpl.W013"}
    assert len(messages) == len(INHERITED)
    out, err = StringIO(), StringIO()
    call_command("pbgdpl_regulation", stdout=out, stderr=err)
    assert len(err.getvalue().splitlines()) == len(INHERITED)
    assert "slip.title" in err.getvalue()


def test_a_profile_that_cannot_be_used_is_told_once(settings: Any) -> None:
    settings.WAGTAIL_PBGDPL = {"PROFILE": "khong_co"}
    assert checks.check_inherited() == []


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    """Notepad writes one."""
    path = tmp_path / "tinh.toml"
    path.write_bytes(codecs.BOM_UTF8 + SMALL.encode())
    assert load(path).document.title == "Quy chế thử"


@pytest.mark.parametrize(
    ("unit", "most"),
    [("working_day", 10_000), ("day_of_next_month", 31), ("week_of_next_month", 5)],
)
def test_a_limit_that_is_too_great_is_called_so(write: Write, unit: str, most: int) -> None:
    text = re.sub('unit = ".*"', f'unit = "{unit}"', SMALL)
    (problem,) = problems_of(write(text.replace("amount = 3", "amount = 999_999_999")))
    assert problem.key == "deadlines.D1.amount"
    assert f"at most {most}" in problem.reason
