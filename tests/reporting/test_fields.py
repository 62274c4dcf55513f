"""How a field is read, shown and written."""

from __future__ import annotations

import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.functional import lazystr
from wagtail.admin.ui.tables import NumberColumn, TitleColumn

from wagtail_pbgdpl.reporting.fields import Field, LabelledColumn, plain_text

NIGHT = datetime.datetime(2026, 2, 28, 17, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (NIGHT, "01/03/2026 00:30"),
        (NIGHT.date(), "28/02/2026"),
        (None, ""),
        ("=1+1", "=1+1"),
        (lazystr("nháp"), "nháp"),
        (["a"], "['a']"),
        (0, 0),
        (True, True),
        (Decimal("1.5"), Decimal("1.5")),
    ],
)
def test_what_a_file_holds(value: Any, written: Any) -> None:
    found = Field("at", "Lúc").written({"at": value})
    assert found == written
    assert type(found) is type(written)


def test_it_reads_a_name_a_path_or_a_function() -> None:
    row = SimpleNamespace(title="Tin", unit=SimpleNamespace(name="Sở"))
    assert Field("title", "").read(row) == "Tin"
    assert Field("unit", "", "unit.name").read(row) == "Sở"
    assert Field("both", "", lambda row: row.title + row.unit.name).read(row) == "TinSở"


def test_the_screen_has_something_else_only_if_told() -> None:
    row = {"at": NIGHT, "by": None, "number": 1200}
    assert Field("at", "").on_screen(row) == "01/03/2026 00:30"
    assert Field("by", "").on_screen(row) is None
    field = Field("number", "", shown=lambda row: f"{row['number']} lượt")
    assert field.on_screen(row) == "1200 lượt"
    assert field.written(row) == 1200


def test_its_column() -> None:
    plain = Field("a", "Nhãn", sort="b").as_column()
    assert (type(plain), plain.name, plain.label) == (LabelledColumn, "a", "Nhãn")
    assert plain.sort_key == "b"
    assert type(Field("a", "", column=NumberColumn).as_column()) is NumberColumn
    linked = Field("a", "", link=lambda row: f"/{row['a']}/").as_column()
    assert type(linked) is TitleColumn
    assert linked.get_link_url({"a": 7}, {}) == "/7/"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_formula_becomes_a_text(text: str) -> None:
    assert plain_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", " =1", "1-2", "«=»"])
def test_another_text_stays(text: str) -> None:
    assert plain_text(text) == text
