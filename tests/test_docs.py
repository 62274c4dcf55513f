"""The documents speak of what is there: links, requirements, settings, commands, checks."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

import pytest
from django.utils.text import slugify

from wagtail_pbgdpl.blocks.defaults import DEFAULTS
from wagtail_pbgdpl.conf import Settings
from wagtail_pbgdpl.content.regulated import RegulatedPageMixin
from wagtail_pbgdpl.core.discovery import concrete_models
from wagtail_pbgdpl.regulations import load
from wagtail_pbgdpl.regulations.transcript import transcript

# How many requirements each family has.
FAMILIES = {"C": 20, "T": 14, "R": 17, "Q": 12, "D": 5, "S": 10, "P": 10, "I": 12, "X": 6}
REQUIREMENTS = [f"{family}{n}" for family, last in FAMILIES.items() for n in range(1, last + 1)]
STATES = ("met", "in part", "planned")

FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def documents(repository: Path) -> list[Path]:
    return [*sorted((repository / "docs").rglob("*.md")), *sorted(repository.glob("*.md"))]


# Links


def anchors(document: Path) -> set[str]:
    """The anchors that a host of Markdown gives to headings."""
    headings = HEADING.findall(FENCE.sub("", read_text(document)))
    return {slugify(re.sub(r"[`*]", "", heading), allow_unicode=True) for heading in headings}


def broken_links(document: Path) -> Iterator[str]:
    for target in LINK.findall(FENCE.sub("", read_text(document))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            yield target


def test_every_link_leads_somewhere(repository: Path) -> None:
    broken = {
        str(document.relative_to(repository)): links
        for document in documents(repository)
        if (links := list(broken_links(document)))
    }
    assert broken == {}


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# A `heading` here\n```\n# no heading\n```\n")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](there.md) [b](there.md#a-heading-here) [c](https://example.vn)\n"
        "[d](gone.md) [e](there.md#gone) [f](there.md#no-heading)\n"
    )
    assert list(broken_links(page)) == ["gone.md", "there.md#gone", "there.md#no-heading"]


def test_every_page_can_be_reached_from_the_index(repository: Path) -> None:
    index = repository / "docs" / "index.md"
    linked = {
        (index.parent / link.partition("#")[0]).resolve() for link in LINK.findall(read_text(index))
    }
    pages = {page.resolve() for page in index.parent.rglob("*.md")} - {index.resolve()}
    assert pages - linked == set()


# Compliance


class Row(NamedTuple):
    requirement: str
    clause: str
    demand: str
    status: str
    code: list[str]
    tests: list[str]


def parse_row(line: str) -> Row:
    requirement, clause, demand, status, code, tests = (
        cell.strip() for cell in line.strip().strip("|").split("|")
    )
    return Row(
        requirement,
        clause,
        demand,
        status,
        re.findall("`([^`]+)`", code),
        re.findall("`([^`]+)`", tests),
    )


@pytest.fixture(scope="module")
def rows(repository: Path) -> list[Row]:
    lines = read_text(repository / "docs" / "compliance.md").splitlines()
    return [parse_row(line) for line in lines if re.match(r"\| [A-Z]\d+ \|", line)]


def state(row: Row) -> str:
    return next(state for state in STATES if row.status.startswith(f"**{state}**"))


def test_every_requirement_has_one_row(rows: list[Row]) -> None:
    assert [row.requirement for row in rows] == REQUIREMENTS


def test_what_is_met_names_its_code_and_its_tests(rows: list[Row]) -> None:
    for row in rows:
        assert state(row) in STATES
        assert row.clause
        assert row.demand
        assert row.code or state(row) == "planned", row.requirement
        assert row.tests or state(row) != "met", row.requirement


def test_the_summary_counts_the_rows(rows: list[Row], repository: Path) -> None:
    found = Counter(map(state, rows))
    summary = (
        f"Of {len(rows)} demands, {found['met']} are met, {found['in part']} in part, "
        f"{found['planned']} planned."
    )
    assert summary in read_text(repository / "docs" / "compliance.md")


def test_every_path_is_there(rows: list[Row], repository: Path) -> None:
    missing = {path for row in rows for path in row.code if not (repository / path).is_file()}
    assert missing == set()


def test_every_test_is_there(rows: list[Row], repository: Path) -> None:
    cited = {name for row in rows for name in row.tests}
    known = {
        name
        for path in {name.partition("::")[0] for name in cited}
        if (repository / path).is_file()
        for name in names_of_tests(repository, path)
    }
    assert cited - known == set()


def names_of_tests(repository: Path, path: str) -> Iterator[str]:
    for node in ast.parse(read_text(repository / path)).body:
        if isinstance(node, ast.FunctionDef):
            yield f"{path}::{node.name}"
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{path}::{node.name}::{inner.name}"


@pytest.mark.parametrize("line", ["| C1 | c | d | **done** | | |", "| C1 | c | d | met | | |"])
def test_another_status_is_refused(line: str) -> None:
    with pytest.raises(StopIteration):
        state(parse_row(line))


# References


@pytest.mark.parametrize("setting", [field.name for field in fields(Settings)])
def test_every_setting_is_in_the_reference(setting: str, repository: Path) -> None:
    assert f"| `{setting}` |" in read_text(repository / "docs" / "reference" / "settings.md")


def commands(repository: Path) -> list[str]:
    folder = repository / "wagtail_pbgdpl" / "management" / "commands"
    return sorted(path.stem for path in folder.glob("pbgdpl_*.py"))


def options(command: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(read_text(command))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "add_argument":
            first = node.args[0]
            assert isinstance(first, ast.Constant)
            yield str(first.value)


def test_every_command_and_option_is_in_the_reference(repository: Path) -> None:
    assert commands(repository)
    reference = read_text(repository / "docs" / "reference" / "commands.md")
    for name in commands(repository):
        section = reference.partition(f"## `{name}`\n")[2].partition("\n## ")[0]
        assert section, name
        command = repository / "wagtail_pbgdpl" / "management" / "commands" / f"{name}.py"
        for option in options(command):
            shown = option if option.startswith("-") else option.upper()
            assert f"`{shown}`" in section, (name, option)


def raised_checks(repository: Path) -> set[str]:
    """The identifiers that the code gives to its checks, wherever they stand as text."""
    return {
        found
        for path in (repository / "wagtail_pbgdpl").rglob("*.py")
        for node in ast.walk(ast.parse(read_text(path)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for found in re.findall(r"^wagtail_pbgdpl\.([EW]\d{3})$", node.value)
    }


def test_every_check_is_in_the_reference(repository: Path) -> None:
    reference = read_text(repository / "docs" / "reference" / "checks.md")
    listed = re.findall(r"^\| `wagtail_pbgdpl\.([EW]\d{3})` \|", reference, re.MULTILINE)
    raised = raised_checks(repository)
    assert len(listed) == len(set(listed))
    assert raised == set(listed)


def test_every_page_type_is_in_the_reference(repository: Path) -> None:
    """C1–C15: each with the fields of its own and its template."""
    reference = read_text(repository / "docs" / "reference" / "page-types.md")
    types = [
        model
        for model in concrete_models(RegulatedPageMixin)
        if model._meta.app_label == "wagtail_pbgdpl_pages"
    ]
    assert types
    for model in types:
        row = re.search(rf"^\| `{model.__name__}` \|.*$", reference, re.MULTILINE)
        if row is None:
            assert not model.is_creatable, model
            continue
        assert f"`{Path(model.page_template).name}`" in row[0], model
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if not field.one_to_one:
                assert f"`{field.name}`" in reference, (model, field.name)


def test_every_named_block_of_a_template_is_in_the_reference(repository: Path) -> None:
    reference = read_text(repository / "docs" / "reference" / "templates.md")
    templates = repository / "wagtail_pbgdpl" / "templates" / "wagtail_pbgdpl"
    for template in [templates / "base.html", *sorted((templates / "pages").glob("*.html"))]:
        for name in re.findall(r"{% block (\w+) %}", read_text(template)):
            assert f"`{name}`" in reference, (template.name, name)


def test_every_include_is_in_the_reference(repository: Path) -> None:
    reference = read_text(repository / "docs" / "reference" / "templates.md")
    folder = repository / "wagtail_pbgdpl" / "templates" / "wagtail_pbgdpl" / "includes"
    for template in sorted(folder.glob("*.html")):
        assert f"`includes/{template.name}`" in reference


@pytest.mark.parametrize("use", list(DEFAULTS))
def test_every_use_of_blocks_is_in_the_reference(use: str, repository: Path) -> None:
    reference = read_text(repository / "docs" / "reference" / "blocks.md")
    row = re.search(rf"^\| `{use}` \|.*$", reference, re.MULTILINE)
    assert row
    for name, _block in DEFAULTS[use]:
        assert f"`{name}`" in row[0]


def test_every_dependency_has_its_reason(repository: Path) -> None:
    reasons = read_text(repository / "docs" / "concept" / "dependencies.md")
    metadata = read_text(repository / "setup.cfg")
    needed = metadata.partition("install_requires =\n")[2].partition("\n[")[0]
    extras = metadata.partition("[options.extras_require]\n")[2].partition("\n[")[0]
    names = re.findall(r"^    ([\w\[\]-]+)", f"{needed}\n{extras}", re.MULTILINE)
    assert "wagtail" in names
    assert "psycopg[binary]" in names
    for name in names:
        assert f"`{name}`" in reasons


# Examples


def test_the_variables_of_production_are_named(repository: Path) -> None:
    guide = read_text(repository / "docs" / "how-to" / "run-in-production.md")
    settings = read_text(repository / "example_site" / "settings" / "production.py")
    names = re.findall(r'(?:environ\.get|required)\(\s*"(\w+)"', settings)
    assert "SECRET_KEY" in names
    for name in names:
        assert f"`{name}`" in guide


def test_the_profile_of_the_tutorial_names_no_other_province(
    repository: Path, tmp_path: Path
) -> None:
    tutorial = read_text(repository / "docs" / "tutorial" / "first-portal.md")
    (example,) = re.findall(r"```toml\n(.*?)```", tutorial, re.DOTALL)
    path = tmp_path / "quy_che.toml"
    path.write_text(example, encoding="utf-8")
    regulation = load(path)
    assert regulation.deadlines["T2"].limit.amount == 5
    text = "\n".join(line.text for line in transcript(regulation))
    assert "Thái Nguyên" in text
    assert "Bắc Kạn" not in text
    assert "backan" not in text


def test_examples_of_python_can_be_parsed(repository: Path) -> None:
    examples = [
        "\n".join(line.removeprefix(indent) for line in example.splitlines())
        for document in documents(repository)
        for indent, example in re.findall(
            r"^( *)```python\n(.*?)^ *```$", read_text(document), re.MULTILINE | re.DOTALL
        )
    ]
    assert examples
    for example in examples:
        ast.parse(_closed(example))


def _closed(example: str) -> str:
    """An excerpt from the middle of a list is indented; as a list it can be parsed."""
    return f"[\n{example}\n]" if example.startswith(" ") else example
