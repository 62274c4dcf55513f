"""``write-a-profile.md`` and ``calendar.md`` to the letter; both need no other project."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from tests.guides.pages import code, codes, shell
from wagtail_pbgdpl import checks
from wagtail_pbgdpl.regulations import RegulationError, advice, load, shipped_profiles
from wagtail_pbgdpl.regulations.transcript import transcript


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def profile(guides: Path, tmp_path: Path) -> Path:
    path = tmp_path / "tinh" / "quy_che.toml"
    path.parent.mkdir()
    path.write_text(code(guides / "write-a-profile.md", "toml", "extends"), encoding="utf-8")
    return path


def test_the_profile_of_the_guide_is_of_one_province(profile: Path) -> None:
    assert advice(profile) == []
    text = "\n".join(f"{line.text} {line.note}" for line in transcript(load(profile)))
    assert "Thái Nguyên" in text
    assert "Bắc Kạn" not in text
    assert "backan" not in text


def test_the_profile_of_the_guide_does_what_the_guide_says(
    profile: Path, settings: Any, guides: Path
) -> None:
    page = guides / "write-a-profile.md"
    written: dict[str, Any] = {"BASE_DIR": profile.parent.parent}
    exec(code(page, "python", "PROFILE"), written)  # noqa: S102
    settings.WAGTAIL_PBGDPL = written["WAGTAIL_PBGDPL"]
    assert run_checks(tags=[checks.TAG], databases=[]) == []
    regulation = load(profile)
    assert regulation.deadlines["T2"].limit.amount == 5
    assert "C11" not in regulation.categories
    assert regulation.category("cuoc-thi").deadlines == ("T1",)
    assert "trung-lap" in regulation.refusal_grounds
    assert "Cuộc thi tìm hiểu pháp luật" in said("pbgdpl_regulation")


def test_the_commands_of_the_guide_run(guides: Path) -> None:
    page = guides / "write-a-profile.md"
    for command in shell(code(page, "", "pbgdpl_regulation --list")):
        assert said(*command)
    for name in shipped_profiles():
        assert f"| `{name}` |" in page.read_text(encoding="utf-8")


@pytest.mark.usefixtures("english")
def test_a_mistake_is_said_as_the_guide_shows(profile: Path, guides: Path) -> None:
    shown = code(guides / "write-a-profile.md", "", "E003").partition("quy_che.toml: ")[2]
    text = profile.read_text(encoding="utf-8").replace("amount = 5", 'unit = "tuần"')
    profile.write_text(text, encoding="utf-8")
    with pytest.raises(RegulationError) as refused:
        load(profile)
    (problem,) = refused.value.problems
    assert f"{problem.key}: {problem.reason}".startswith(shown.rstrip("…\n "))


def test_the_office_hours_of_the_guide_pass_the_check(settings: Any, guides: Path) -> None:
    written: dict[str, Any] = {}
    exec(code(guides / "calendar.md", "python", "OFFICE_HOURS"), written)  # noqa: S102
    settings.WAGTAIL_PBGDPL = written["WAGTAIL_PBGDPL"]
    assert run_checks(tags=[checks.TAG], databases=[]) == []


@pytest.mark.django_db
def test_a_deadline_is_explained_as_the_guide_shows(guides: Path) -> None:
    page = guides / "calendar.md"
    (command,) = shell(code(page, "sh", "binh_phuoc_2020"))
    assert said(*command).strip() == code(page, "", "12 giờ hành chính").strip()


@pytest.mark.django_db
def test_every_command_of_the_calendar_runs(guides: Path) -> None:
    commands = [c for block in codes(guides / "calendar.md") for c in shell(block.text)]
    assert commands
    for command in commands:
        said(*command)


@pytest.mark.django_db
def test_the_python_of_the_calendar_runs(guides: Path) -> None:
    out = StringIO()
    with redirect_stdout(out):
        exec(code(guides / "calendar.md", "python", "get_calendar"), {})  # noqa: S102
    assert "Thời điểm bắt đầu: 21/04/2026" in out.getvalue()
