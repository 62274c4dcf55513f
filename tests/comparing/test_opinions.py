"""C12: the table of opinions in the columns of drafting files, as Word and as a workbook."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.conftest import missing
from wagtail_pbgdpl.comparing.opinions import OPINIONS, Head, Row, by_clause
from wagtail_pbgdpl.comparing.opinions_sheet import MOST_SIGNS, as_sheet
from wagtail_pbgdpl.comparing.opinions_word import as_word

HEAD = Head(
    "Sở Tư pháp",
    "Quyết định ban hành Quy chế",
    above="Ủy ban nhân dân tỉnh Thái Nguyên",
    place_and_day="Thái Nguyên, ngày 30 tháng 11 năm 2026",
    asked=45,
)
ROWS = [
    Row("", "Hội Luật gia tỉnh", "Văn bản", "Nhất trí với dự thảo.", "Tiếp thu"),
    Row("khoản 2 Điều 5", "Lý A Sơn", "Cổng", "=HYPERLINK(1)\x0b", "Tiếp thu", "Đã sửa.", 300),
    Row("khoản 2 Điều 5", "Trần Thị Hà", "Cổng", "Dòng một\r\nDòng hai", "Không tiếp thu", "Vì…"),
    Row("Điều 9", "Nông Văn Bảo", "Thư điện tử", "&<b>«dài»</b>" * 3000),
]


def test_word_has_head_summary_and_rows_by_clause() -> None:
    document = Document(io.BytesIO(as_word(HEAD, ROWS)))
    head, table = document.tables
    said = [paragraph.text for paragraph in document.paragraphs]
    assert "SỞ TƯ PHÁP" in head.cell(0, 0).text
    assert OPINIONS.title in said
    assert any("45 cơ quan" in one and "303 ý kiến" in one for one in said)
    assert any("Văn bản: 1; Cổng: 301; Thư điện tử: 1" in one for one in said)
    assert any("Tiếp thu: 301; Không tiếp thu: 1" in one for one in said)
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == list(OPINIONS.columns)
    assert [row[0] for row in rows[1:]] == ["Ý kiến chung", *["khoản 2 Điều 5"] * 2, "Điều 9"]
    assert rows[2][1:] == [
        "Lý A Sơn và 299 chủ thể khác có cùng nội dung",
        "=HYPERLINK(1)",
        "Tiếp thu\nĐã sửa.",
    ]
    assert rows[3][2] == "Dòng một\nDòng hai"


def test_no_text_of_the_workbook_is_a_formula() -> None:
    sheet = load_workbook(io.BytesIO(as_sheet(HEAD, ROWS))).active
    rows = list(sheet.iter_rows(values_only=True))
    start = next(at for at, row in enumerate(rows) if row[0] == "STT")
    assert [row[1] for row in rows[start + 1 :]] == [
        "Ý kiến chung",
        "khoản 2 Điều 5",
        "khoản 2 Điều 5",
        "Điều 9",
    ]
    assert rows[start + 2][4:6] == (300, "=HYPERLINK(1)")
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert len(rows[start + 4][5]) == MOST_SIGNS


def test_rows_of_a_clause_that_are_apart_stay_apart() -> None:
    rows = [Row(one, "", "", "") for one in ("Điều 1", "Điều 2", "Điều 1")]
    assert [(label, len(group)) for label, group in by_clause(rows)] == [
        ("Điều 1", 1),
        ("Điều 2", 1),
        ("Điều 1", 1),
    ]


@pytest.mark.processes
def test_both_open_in_libreoffice(tmp_path: Path) -> None:
    """As they are: nothing has to be repaired, and every row is there."""
    if shutil.which("soffice") is None:
        missing("LibreOffice")
    (tmp_path / "word.docx").write_bytes(as_word(HEAD, ROWS))
    (tmp_path / "sheet.xlsx").write_bytes(as_sheet(HEAD, ROWS))
    for target, name in (
        ("txt:Text (encoded):UTF8", "word.docx"),
        ("csv:Text - txt - csv (StarCalc):44,34,76", "sheet.xlsx"),
    ):
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        command += ["--convert-to", target, "--outdir", str(tmp_path), name]
        subprocess.run(command, cwd=tmp_path, check=True, timeout=120, capture_output=True)
    for name in ("word.txt", "sheet.csv"):
        said = (tmp_path / name).read_text(encoding="utf-8")
        for row in ROWS:
            assert row.author.split()[0] in said
            assert row.text[:20].split()[0] in said
