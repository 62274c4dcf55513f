"""A regulation is read-only and answers the questions that the other rooms ask."""

from __future__ import annotations

import dataclasses

import pytest

from wagtail_pbgdpl.regulations import Kind, Regulation


def test_a_regulation_cannot_be_changed(regulations: dict[str, Regulation]) -> None:
    bk21 = regulations["BK21"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        bk21.name = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        bk21.categories["C16"] = bk21.category("C1")  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        bk21.category("C1").name = "x"  # type: ignore[misc]


def test_category_by_code(regulations: dict[str, Regulation]) -> None:
    assert regulations["BK21"].category("C3").name.startswith("Văn bản chỉ đạo")
    with pytest.raises(KeyError):
        regulations["BK21"].category("gioi-thieu")


def test_categories_of_a_kind(regulations: dict[str, Regulation]) -> None:
    codes = [item.code for item in regulations["BK18"].categories_of_kind(Kind.C1)]
    assert codes == ["gioi-thieu", "lien-he-can-bo", "thong-tin-giao-dich"]
    assert regulations["BK18"].categories_of_kind("C11") == ()
    with pytest.raises(ValueError, match="C16"):
        regulations["BK18"].categories_of_kind("C16")


def test_deadlines_of_a_category(regulations: dict[str, Regulation]) -> None:
    """T6: the issuing body and the bodies in the document's scope have different time limits."""
    rules = regulations["BK18"].deadlines_for("van-ban-phap-luat")
    assert [rule.code for rule in rules] == ["T6b", "T6c"]
    assert regulations["BK21"].deadlines_for("C13") == ()
    with pytest.raises(KeyError):
        regulations["BK21"].deadlines_for("C16")


def test_clock_of_a_report(regulations: dict[str, Regulation]) -> None:
    """T11 and P5: a rule, or a fixed day of the year."""
    reports = regulations["BP20"].reports
    rule = regulations["BP20"].deadline_of(reports["thang"])
    assert rule is regulations["BP20"].deadlines["T11a"]
    assert regulations["BP20"].deadline_of(reports["truy-cap"]) is None
