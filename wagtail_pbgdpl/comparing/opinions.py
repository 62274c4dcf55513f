"""«Bản tổng hợp, giải trình, tiếp thu ý kiến»: what was said of a draft, and what came of it (C12).

The columns are those that drafting files have: điều, khoản; chủ thể góp ý; nội dung góp ý; nội dung
tiếp thu, giải trình. Plain data; ``opinions_word`` and ``opinions_sheet`` write it. Clauses: BK21
Điều 9.12; BK18 Điều 3.3l.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Form:
    """What the file is called, and its columns; ``about`` and ``said`` hold «%s» for the title,
    ``each`` is what was sent, ``content`` stands above the table."""

    title: str
    about: str
    columns: tuple[str, str, str, str]
    said: str
    each: str
    content: str


OPINIONS = Form(
    title="BẢN TỔNG HỢP, GIẢI TRÌNH, TIẾP THU Ý KIẾN",
    about="Đối với dự thảo %s",
    columns=(
        "NHÓM VẤN ĐỀ HOẶC ĐIỀU, KHOẢN",
        "CHỦ THỂ GÓP Ý",
        "NỘI DUNG GÓP Ý",
        "NỘI DUNG TIẾP THU, GIẢI TRÌNH",
    ),
    said="đã tổ chức lấy ý kiến đối với dự thảo %s",
    each="ý kiến",
    content="Nội dung tổng hợp, giải trình, tiếp thu",
)
#: Minutes of an online dialogue, with all that was asked and answered (C17).
MINUTES = Form(
    title="BIÊN BẢN ĐỐI THOẠI TRỰC TUYẾN",
    about="%s",
    columns=("CHỦ ĐỀ", "NGƯỜI HỎI", "CÂU HỎI", "NGƯỜI TRẢ LỜI, NỘI DUNG TRẢ LỜI"),
    said="đã tổ chức đối thoại trực tuyến «%s», nhận câu hỏi",
    each="câu hỏi",
    content="Câu hỏi và trả lời",
)
GENERAL = "Ý kiến chung"
# Neither Word nor Excel opens a file with one of these.
_CONTROLS = re.compile("[\u0000-\u0008\u000b-\u001f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """An opinion, or a group of copies of one.

    ``clause_label``: «khoản 2 Điều 5», empty for the draft as a whole; ``source``: the way it came,
    in words; ``decision``: «Tiếp thu» and the like; ``reason``: what is explained; ``group_size``:
    how many sent it.
    """

    clause_label: str
    author: str
    source: str
    text: str
    decision: str = ""
    reason: str = ""
    group_size: int = 1


@dataclass(frozen=True, slots=True)
class Head:
    """``agency``: which drafts, and ``above`` what it belongs to; ``place_and_day``: «Thái Nguyên,
    ngày … tháng … năm …»; ``draft``: the title; ``asked``: how many were asked by letter, if it is
    known; ``period``: «từ ngày … đến ngày …»; ``held``: of a dialogue, when and with whom.
    """

    agency: str
    draft: str
    above: str = ""
    number: str = "Số:          /BC-"
    place_and_day: str = ""
    period: str = ""
    asked: int | None = None
    form: Form = OPINIONS
    held: str = ""


def by_clause(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Return the rows of each clause that follow each other, under its label."""
    return [
        (label or GENERAL, list(group))
        for label, group in groupby(rows, key=lambda row: row.clause_label.strip())
    ]


def summary(head: Head, rows: Sequence[Row]) -> list[str]:
    """Return the sentences above the table: who was asked, how much came, by which way."""
    total = sum(row.group_size for row in rows)
    asked = f" {head.asked} cơ quan, tổ chức, cá nhân được gửi xin ý kiến;" if head.asked else ""
    said = [
        f"{head.agency} {head.form.said % head.draft}"
        f"{f' {head.period}' if head.period else ''}. Kết quả cụ thể như sau:",
        f"1. Tổng số:{asked} {total} {head.form.each} nhận được{_each(_sources(rows), ', gồm: ')}.",
    ]
    if head.held:
        said.insert(1, head.held)
    if decisions := _decisions(rows):
        result = "Kết quả xử lý" if head.form is OPINIONS else "Trả lời"
        said.append(f"2. {result}:{_each(decisions, ' ')}.")
    said.append(f"{3 if decisions else 2}. {head.form.content}:")
    return [clean(one) for one in said]


def author_of(row: Row) -> str:
    """Return who said it, and how many said the same."""
    if row.group_size < 2:
        return clean(row.author)
    return clean(f"{row.author} và {row.group_size - 1} chủ thể khác có cùng nội dung")


def answer_of(row: Row) -> str:
    """Return decision and reason."""
    return clean("\n".join(filter(None, (row.decision, row.reason))))


def clean(text: str) -> str:
    """Return the text without what no file can hold."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n")).strip()


def _sources(rows: Iterable[Row]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        found[row.source] += row.group_size
    return found


def _decisions(rows: Iterable[Row]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        if row.decision:
            found[row.decision] += row.group_size
    return found


def _each(counts: Counter[str], before: str) -> str:
    named = [(name, count) for name, count in counts.items() if name]
    return before + "; ".join(f"{name}: {count}" for name, count in named) if named else ""
