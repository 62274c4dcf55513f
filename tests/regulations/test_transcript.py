"""The regulation printed for a proof-reader."""

from __future__ import annotations

import json

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from wagtail_pbgdpl.regulations import (
    Action,
    Event,
    Period,
    Publication,
    Regulation,
    Scope,
    labels,
    load,
    shipped_profiles,
)
from wagtail_pbgdpl.regulations.clauses import place
from wagtail_pbgdpl.regulations.data import as_data
from wagtail_pbgdpl.regulations.transcript import transcript


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Điều 2", "Điều 10"),
        ("Điều 9 khoản 2", "Điều 9 khoản 10"),
        ("Điều 12", "Điều 12 khoản 1"),
        ("Điều 12 khoản 1 điểm d", "Điều 12 khoản 1 điểm đ"),
        ("Điều 12 khoản 1 điểm đ", "Điều 12 khoản 1 điểm e"),
        ("Điều 10 khoản 6; Điều 12", "Điều 11"),
        ("Mục II.3 điểm a", "Mục II.6"),
        ("Mục II.7", "Mục III.1"),
        ("Mục IV.1", "Mục V.1 điểm c"),
        ("Điều 27", "Phụ lục; Điều 11"),
    ],
)
def test_order_of_clauses(earlier: str, later: str) -> None:
    assert place(earlier) < place(later)


@given(st.text())
def test_any_wording_of_a_clause_has_a_place(clause: str) -> None:
    """A province may count its clauses in its own way; the transcript must still be printed."""
    assert len(place(clause)) == 3


@pytest.mark.parametrize("name", shipped_profiles())
def test_every_entry_is_printed_with_its_clause(name: str) -> None:
    regulation = load(name)
    printed = {(line.clause, line.requirement) for line in transcript(regulation)}
    for table in as_data(regulation).values():
        if not isinstance(table, dict):
            continue
        for entry in [table, *table.values()]:
            if isinstance(entry, dict) and entry.get("clause"):
                assert (entry["clause"], entry["requirement"]) in printed


def test_lines_of_the_default_profile_in_order(regulations: dict[str, Regulation]) -> None:
    with override("en"):
        lines = transcript(regulations["BK21"])
        texts = [line.text for line in lines if line.clause.startswith(("Điều", "Phụ lục"))]
    starts = ["Portal: ", "Category C1 ", "Category C15", "Time limit T1,", "Time limit T2,"]
    positions = [next(i for i, text in enumerate(texts) if text.startswith(s)) for s in starts]
    assert positions == sorted(positions)
    assert texts[-1] == "Information slip, line 6: Đề nghị đăng mục"


def test_a_line_says_all_that_the_rule_says(regulations: dict[str, Regulation]) -> None:
    """T6."""
    with override("en"):
        (line,) = (
            x for x in transcript(regulations["BK18"]) if x.text.startswith("Time limit T6b")
        )
    assert line.clause == "Điều 7 khoản 1 điểm c"
    assert line.requirement == "T6"
    assert line.text == (
        "Time limit T6b, Văn bản quy phạm pháp luật, văn bản quản lý nhà nước: cơ quan ban hành: "
        "2 working days, from when the document is issued; Đối với cơ quan ban hành văn bản; "
        "governs: chi-dao-dieu-hanh, van-ban-phap-luat"
    )


@pytest.mark.parametrize("name", shipped_profiles())
def test_data_survives_json(name: str) -> None:
    data = as_data(load(name))
    assert json.loads(json.dumps(data)) == data
    assert data["name"] == name
    assert "path" not in data


def test_data_of_a_rule(regulations: dict[str, Regulation]) -> None:
    assert as_data(regulations["BK21"].deadlines["T4"]) == {
        "code": "T4",
        "name": "Góp ý dự thảo văn bản",
        "limit": {"unit": "working_day", "amount": 2, "ends_on_working_day": True},
        "starts": "issued",
        "condition": "Đối với cơ quan ban hành văn bản",
        "applies_to": ["C12"],
        "clause": "Điều 12 khoản 1 điểm d",
        "requirement": "T4",
        "inferred": False,
        "note": "",
    }


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (labels.EVENTS, Event),
        (labels.ACTIONS, Action),
        (labels.PERIODS, Period),
        (labels.SCOPES, Scope),
        (labels.PUBLICATION, Publication),
    ],
)
def test_every_word_has_a_label(table: dict, words: type) -> None:
    assert set(table) == set(words)


def test_what_is_the_packages_own_is_not_printed_as_law() -> None:
    """R8: no paper knows an emergency; a regulation that does names its clause."""
    with override("en"):
        printed = {line.text: line.clause for line in transcript(load("quang_tri_2024"))}
    text = "Emergency publication, reviewed within 3 working days"
    assert printed[text] == "Not in the regulation"
