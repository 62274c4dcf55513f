"""Tables of documents: read as they come, with nothing in them run or believed."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from openpyxl import Workbook, load_workbook

from wagtail_pbgdpl.imports import tables
from wagtail_pbgdpl.imports.columns import COLUMNS, key_of
from wagtail_pbgdpl.imports.tables import read
from wagtail_pbgdpl.imports.template import template

HEADINGS = ("Số, ký hiệu", "Cơ quan ban hành", "Ngày ban hành", "Trích yếu")


def workbook(*rows: Iterable[Any], headings: Iterable[str] = HEADINGS) -> bytes:
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(list(row))
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def refusal(name: str, content: bytes) -> str:
    with translation.override("en"), pytest.raises(ValidationError) as raised:
        read(name, content)
    return " ".join(raised.value.messages)


class TestForms:
    def test_a_workbook(self) -> None:
        rows = read(
            "a.xlsx",
            workbook(
                ("17/2018/QĐ-UBND", "UBND tỉnh", datetime.date(2018, 7, 31), "Quy chế"),
                (),
                (43, None, "01/02/2025", "  Hai  "),
            ),
        )
        assert [(row.place, row.cells) for row in rows] == [
            (
                2,
                {
                    "number": "17/2018/QĐ-UBND",
                    "issuing_body": "UBND tỉnh",
                    "issued_on": "31/07/2018",
                    "abstract": "Quy chế",
                },
            ),
            (4, {"number": "43", "issued_on": "01/02/2025", "abstract": "Hai"}),
        ]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_csv(self, delimiter: str) -> None:
        lines = (("so ky hieu", "TRÍCH YẾU"), ("1/QĐ", '"Một\nhai"'))
        text = "\n".join(map(delimiter.join, lines))
        (row,) = read("a.CSV", text.encode("utf-8-sig"))
        assert row.cells == {"number": "1/QĐ", "abstract": "Một\nhai"}

    def test_csv_of_excel_in_utf_16(self) -> None:
        (row,) = read("a.csv", "Trích yếu\nMột\n".encode("utf-16"))
        assert row.cells == {"abstract": "Một"}

    def test_lines_of_json(self) -> None:
        lines = [{"number": "1/QĐ", "legal_fields": ["Đất đai", "Hộ tịch"]}, {"Trích yếu": "Hai"}]
        text = "\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        assert [(row.place, row.cells) for row in read("a.jsonl", text.encode())] == [
            (1, {"number": "1/QĐ", "legal_fields": "Đất đai; Hộ tịch"}),
            (3, {"abstract": "Hai"}),
        ]

    @pytest.mark.parametrize(
        "line", ["[1]", "{", '{"number": {"a": 1}}', '{"what": "x"}', "[" * 9000]
    )
    def test_what_is_no_row(self, line: str) -> None:
        (row,) = read("a.jsonl", line.encode())
        assert row.problems
        assert not row.cells

    def test_the_template_can_be_filled_in(self) -> None:
        book = load_workbook(io.BytesIO(template()))
        sheet = book.worksheets[0]
        assert [cell.value for cell in sheet[1]] == [column.heading for column in COLUMNS]
        for number, column in enumerate(COLUMNS, start=1):
            sheet.cell(2, number).value = column.example or None
        stored = io.BytesIO()
        book.save(stored)
        (row,) = read("mau.xlsx", stored.getvalue())
        assert row.cells["number"] == "17/2018/QĐ-UBND"
        assert row.cells["issued_on"] == "31/07/2018"

    def test_headings_go_by_key_name_and_without_accents(self) -> None:
        for column in COLUMNS:
            assert key_of(column.key) == key_of(column.heading.upper()) == column.key


class TestHostile:
    @pytest.mark.parametrize(
        "formula", ["=1+1", '=HYPERLINK("http://example.vn")', "=cmd|'/c calc'!A1"]
    )
    def test_formulas_are_told_and_not_taken(self, formula: str) -> None:
        (row,) = read("a.xlsx", workbook(("1/QĐ", "", "", formula)))
        assert (row.cells, len(row.problems)) == ({"number": "1/QĐ"}, 1)
        (row,) = read(
            "a.csv", f'Số ký hiệu;Trích yếu\n1/QĐ;"{formula.replace(chr(34), "")}"'.encode()
        )
        assert (row.cells, len(row.problems)) == ({"number": "1/QĐ"}, 1)

    def test_a_bomb_is_not_unpacked(self) -> None:
        stored = io.BytesIO(workbook(("1/QĐ",)))
        with zipfile.ZipFile(stored, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/big.xml", b" " * (tables.MOST_UNPACKED + 1))
        assert "larger than any table" in refusal("a.xlsx", stored.getvalue())

    def test_no_entity_is_made(self) -> None:
        stored = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(workbook(("1/QĐ",)))) as source,
            zipfile.ZipFile(stored, "w") as archive,
        ):
            for name in source.namelist():
                content = source.read(name)
                if name == "xl/workbook.xml":
                    content = b'<!DOCTYPE a [<!ENTITY b "bb">]>' + content
                archive.writestr(name, content)
        assert "damaged" in refusal("a.xlsx", stored.getvalue())

    def test_a_row_far_below(self) -> None:
        book = load_workbook(io.BytesIO(workbook(("1/QĐ",))))
        book.active.cell(1_000_000, 1).value = "2/QĐ"
        stored = io.BytesIO()
        book.save(stored)
        (row,) = read("a.xlsx", stored.getvalue())
        assert row.cells == {"number": "1/QĐ"}

    def test_too_many_rows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tables, "MOST_ROWS", 2)
        many = [(f"{number}/QĐ",) for number in range(4)]
        assert "up to 2 rows" in refusal("a.xlsx", workbook(*many))
        assert "up to 2 rows" in refusal("a.csv", b"number\n1\n2\n3\n4\n")
        assert "up to 2 rows" in refusal("a.jsonl", b'{"number":"1"}\n' * 3)

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("a.xls", b"\xd0\xcf\x11\xe0", ".xlsx, .csv or .jsonl"),
            ("a.xlsx", b"Trich yeu", "no workbook"),
            ("a.xlsx", workbook(("1",))[:900], "no workbook"),
            ("a.csv", b"", "empty"),
            ("a.csv", "Trích yếu\nMột".encode("cp1258", "replace"), "UTF-8"),
            ("a.csv", b"Gia\n1\n", "Unknown headings: Gia"),
            ("a.csv", b"number,number\n1,2\n", "stand twice"),
            ("a.csv", b";\n1;2\n", "no headings"),
            ("a.csv", b"number\n", "no row"),
            ("a.csv", b'number\n"' + b"a" * (tables.MOST_SIGNS + 9), "cannot be read"),
        ],
    )
    def test_what_is_no_table(self, name: str, content: bytes, said: str) -> None:
        assert said in refusal(name, content)

    def test_signs_that_nobody_sees(self) -> None:
        (row,) = read("a.csv", "number,abstract\n1\u200b/QĐ,A\x00\x07B\n".encode())
        assert row.cells == {"number": "1/QĐ", "abstract": "AB"}

    def test_a_row_with_too_many_cells(self) -> None:
        (row,) = read("a.csv", b"number;abstract\n1;2;3\n")
        assert len(row.problems) == 1
