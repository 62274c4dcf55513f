"""What the documents tell authors of profiles is true and complete."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from tests.regulations import printed
from tests.regulations.profiles import Write, problems_of
from wagtail_pbgdpl.regulations import (
    Action,
    Answerer,
    ContentField,
    Event,
    Kind,
    Period,
    Publication,
    QuestionKind,
    RoleCode,
    Scope,
    SenderField,
    load,
    shipped_profiles,
)
from wagtail_pbgdpl.regulations.loader import ENTRIES, OPTIONAL, REQUIRED
from wagtail_pbgdpl.regulations.schema import SlipField, Step
from wagtail_pbgdpl.worktime.limits import Unit


@pytest.fixture(scope="module")
def how_to(repository: Path) -> str:
    return (repository / "docs" / "how-to" / "write-a-profile.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reference(repository: Path) -> str:
    return (repository / "docs" / "reference" / "profile-format.md").read_text(encoding="utf-8")


def test_the_example_does_what_its_comments_say(how_to: str, write: Write) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", how_to, re.DOTALL)
    path = write(example)
    assert problems_of(path) == []
    regulation = load(path)
    assert regulation.deadlines["T2"].limit.amount == 5
    assert "C11" not in regulation.categories
    assert regulation.category("cuoc-thi").deadlines == ("T1",)
    assert regulation.citation.phrases == ("Theo Cổng PBGDPL tỉnh Thái Nguyên",)


def test_the_page_of_the_profiles_is_made_from_them(repository: Path) -> None:
    """``python -m tests.regulations.printed`` writes it."""
    assert printed.page(repository / "docs").read_text(encoding="utf-8") == printed.document()


def test_every_shipped_profile_is_introduced(how_to: str) -> None:
    for name in shipped_profiles():
        assert f"`{name}`" in how_to


@pytest.mark.parametrize("table", [*ENTRIES, *REQUIRED, *OPTIONAL])
def test_every_table_and_key_is_in_the_reference(reference: str, table: str) -> None:
    assert f"[{table}.…]`" in reference or f"[{table}]`" in reference
    cls = (ENTRIES | REQUIRED | OPTIONAL)[table]
    keys = {item.name for item in fields(cls)} - {"code", "limit"}
    for key in keys:
        assert f"`{key}`" in reference, key


@pytest.mark.parametrize("cls", [Step, SlipField])
def test_every_key_of_a_list_is_in_the_reference(reference: str, cls: type) -> None:
    for item in fields(cls):
        assert re.search(rf"`{item.name}( = true)?`", reference), item.name


@pytest.mark.parametrize(
    "words",
    [
        Action,
        Answerer,
        ContentField,
        Event,
        Kind,
        Period,
        Publication,
        QuestionKind,
        RoleCode,
        Scope,
        SenderField,
        Unit,
    ],
)
def test_every_word_is_in_the_reference(reference: str, words: type) -> None:
    for word in words:
        assert f"`{word.value}`" in reference
