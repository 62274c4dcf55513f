"""The command that prints the regulation for proof-reading."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from django.utils.translation import override

from wagtail_pbgdpl.management.commands.pbgdpl_regulation import Command
from wagtail_pbgdpl.regulations import load, shipped_profiles


def run(**options: Any) -> str:
    output = StringIO()
    with override("en"):
        call_command("pbgdpl_regulation", stdout=output, no_color=True, **options)
    return output.getvalue()


@pytest.mark.parametrize("name", shipped_profiles())
def test_every_line_has_its_clause(name: str) -> None:
    title, _facts, source, *lines = run(profile=name).splitlines()
    assert title == load(name).document.title
    assert source.startswith(f"Profile {name}, file ")
    clause = re.compile(r"(Điều \d+|Mục [IVX]+|Phụ lục|Luật \d+)[^.]*.*?( \[[A-Z]\d+\])?\. \w")
    for line in lines:
        # What is the package's own says so in the place of a clause.
        ours = line.startswith("Not in the regulation. ")
        assert clause.match(line) or ours or line.startswith("    Note: "), line


def test_the_lines_run_in_the_order_of_the_paper() -> None:
    articles = [
        int(found[1])
        for line in run(profile="bac_kan_pbgdpl_2021").splitlines()
        if (found := re.match(r"Điều (\d+)", line))
    ]
    assert articles == sorted(articles)
    assert {1, 9, 12, 14, 23} <= set(articles)


def test_a_time_limit_as_text() -> None:
    """T2."""
    assert (
        "Điều 12 khoản 1 điểm b [T2]. Time limit T2, Văn bản hướng dẫn, chỉ đạo; báo cáo thống kê: "
        "10 working days, from when the document is issued; governs: C3\n"
    ) in run(profile="bac_kan_pbgdpl_2021")


def test_a_note_stands_below_its_line() -> None:
    """T12: the source leaves out a word."""
    lines = run(profile="binh_phuoc_2020").splitlines()
    index = next(i for i, line in enumerate(lines) if "Time limit T12b" in line)
    assert lines[index + 1].startswith("    Note: Quy chế viết «30 làm việc»")


@pytest.mark.parametrize("name", shipped_profiles())
def test_json(name: str) -> None:
    text = run(profile=name, format="json")
    data = json.loads(text)
    regulation = load(name)
    assert data["name"] == name
    assert list(data["categories"]) == list(regulation.categories)
    assert {code: rule["clause"] for code, rule in data["deadlines"].items()} == {
        code: rule.clause for code, rule in regulation.deadlines.items()
    }
    assert regulation.portal.name in text, "Vietnamese stays readable"


def test_the_keys_of_json_are_stable() -> None:
    data = json.loads(run(profile="bac_kan_pbgdpl_2021", format="json"))
    assert list(data) == [
        "name",
        "document",
        "portal",
        "categories",
        "deadlines",
        "roles",
        "delegations",
        "workflows",
        "refusal_grounds",
        "questions",
        "reports",
        "quotas",
        "integrations",
        "demands",
        "attribution",
        "citation",
        "slip",
        "file_formats",
        "supply_hours",
        "update_frequency",
        "emergency",
        "access",
        "reminders",
        "data_requests",
        "reviews",
        "consultations",
    ]


def test_list() -> None:
    lines = run(list=True).splitlines()
    assert [line.partition(":")[0] for line in lines] == shipped_profiles()
    assert json.loads(run(list=True, format="json")).keys() == set(shipped_profiles())


def test_the_profile_of_the_settings_is_the_default(tmp_path: Path) -> None:
    path = tmp_path / "thai_nguyen.toml"
    path.write_text(
        'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n'
        '[portal]\nname = "Cổng PBGDPL tỉnh Thái Nguyên"\n[deadlines.T2]\namount = 7',
        encoding="utf-8",
    )
    with override_settings(WAGTAIL_PBGDPL={"PROFILE": path}):
        text = run()
    assert "Cổng PBGDPL tỉnh Thái Nguyên" in text
    assert "7 working days" in text


def test_a_bad_profile_is_explained_problem_by_problem(tmp_path: Path) -> None:
    path = tmp_path / "tinh.toml"
    path.write_text(
        'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n[deadlines.T2]\namount = 0\nunti = 1',
        encoding="utf-8",
    )
    with pytest.raises(CommandError) as caught:
        run(profile=str(path))
    assert len(str(caught.value).splitlines()) == 2
    assert f"{path}: deadlines.T2.unti: is not a known key; did you mean 'unit'?" in str(
        caught.value
    )


@pytest.mark.usefixtures("english")
def test_a_bad_profile_in_the_settings_is_explained_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As from the command line, where the system checks would stop other commands before."""
    with override_settings(WAGTAIL_PBGDPL={"PROFILE": "khong_co"}), pytest.raises(SystemExit):
        Command().run_from_argv(["manage.py", "pbgdpl_regulation"])
    assert "CommandError: khong_co: there is no profile 'khong_co'" in capsys.readouterr().err
