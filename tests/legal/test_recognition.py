"""What a line of a legal document is, which lines are doubtful, and what a correction changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import pytest

from wagtail_pbgdpl.legal.assembly import assemble
from wagtail_pbgdpl.legal.levels import Doubt, Level, Line
from wagtail_pbgdpl.legal.lines import Row, rows_of
from wagtail_pbgdpl.legal.recognition import recognise
from wagtail_pbgdpl.legal.sequences import checked
from wagtail_pbgdpl.legal.stream import to_stream
from wagtail_pbgdpl.legal.variants import as_usual


def read(source: str, fixed: Mapping[int, Level] | None = None) -> list[Line]:
    return checked(recognise(rows_of(source), fixed))


def levels(source: str, fixed: Mapping[int, Level] | None = None) -> list[str]:
    return [line.level.value for line in read(source, fixed)]


def doubts(source: str, fixed: Mapping[int, Level] | None = None) -> dict[int, list[Doubt]]:
    return {
        index: list(line.doubts) for index, line in enumerate(read(source, fixed)) if line.doubts
    }


CODE = """BỘ LUẬT
DÂN SỰ
Phần thứ nhất
QUY ĐỊNH CHUNG
Chương I
NHỮNG QUY ĐỊNH
VỀ NGUYÊN TẮC
Mục 1. NGUYÊN TẮC
Tiểu mục 1. NGUYÊN TẮC CHUNG
Điều 1. Phạm vi điều chỉnh
Bộ luật này quy định địa vị pháp lý.
Điều 2. Công nhận
1. Ở nước Việt Nam:
a) Các quyền dân sự;
b) Các nghĩa vụ.
2. Quyền dân sự chỉ có thể bị hạn chế.
- Trong trường hợp cần thiết;
+ Vì lý do quốc phòng.
Phần thứ hai
QUYỀN SỞ HỮU
Chương I
QUY ĐỊNH CHUNG
Điều 3. Nguyên tắc"""


class TestLevels:
    def test_a_code(self) -> None:
        assert levels(CODE) == [
            *("part", "title", "book", "title", "chapter", "title", "title", "section"),
            *("subsection", "article", "text", "article", "clause", "point", "point", "clause"),
            *("item", "item", "book", "title", "chapter", "title", "article"),
        ]
        assert doubts(CODE) == {}

    def test_its_blocks(self) -> None:
        blocks = to_stream(assemble(read(CODE)))
        headings = [one["value"] for one in blocks if one["type"] == "legal_heading"]

        assert [(one["level"], one["number"], one["title"]) for one in headings] == [
            ("phan", "thứ nhất", "QUY ĐỊNH CHUNG"),
            ("chuong", "I", "NHỮNG QUY ĐỊNH VỀ NGUYÊN TẮC"),
            ("muc", "1", "NGUYÊN TẮC"),
            ("tieu-muc", "1", "NGUYÊN TẮC CHUNG"),
            ("phan", "thứ hai", "QUYỀN SỞ HỮU"),
            ("chuong", "I", "QUY ĐỊNH CHUNG"),
        ]

    def test_citations_are_no_headings(self) -> None:
        text = (
            "Điều 1. Phạm vi\n1. Áp dụng:\nChương II của Luật này;\nĐiều 5 Luật Đất đai;\n"
            "Điều 7 và Điều 8 của Nghị định"
        )

        assert levels(text) == ["article", "clause", "text", "text", "text"]

    def test_capitals(self) -> None:
        assert levels("CHƯƠNG 1\nQUY ĐỊNH CHUNG\nĐIỀU 1. PHẠM VI\n1. Một") == [
            *("chapter", "title", "article", "clause"),
        ]

    def test_an_article_whose_title_stands_below(self) -> None:
        (part,) = assemble(read("Điều 1.\nPhạm vi điều chỉnh\n1. Một")).parts

        assert part.article("1").title == "Phạm vi điều chỉnh"
        assert part.article("1").clause("1").text == "Một"

    def test_what_an_amending_law_quotes_is_no_article_of_it(self) -> None:
        text = (
            "Điều 1. Sửa đổi, bổ sung một số điều\n1. Sửa đổi Điều 5 như sau:\n"
            "“Điều 5. Thời hạn\n1. Là 10 ngày.\na) Ngày làm việc;\n2. Được gia hạn.”.\n"
            "2. Bãi bỏ Điều 6.\nĐiều 2. Hiệu lực"
        )

        assert levels(text) == [
            *("article", "clause", "text", "text", "text", "text", "clause", "article"),
        ]
        assert doubts(text) == {}

    def test_a_quotation_that_nothing_ends(self) -> None:
        text = "Điều 1. Sửa đổi\n1. Như sau: “Một\n2. Hai"

        assert doubts(text) == {1: [Doubt.QUOTED]}
        assert levels(text) == ["article", "clause", "clause"]


@pytest.mark.parametrize(
    ("line", "usual"),
    [
        ("Điều 5: Phạm vi", "Điều 5. Phạm vi"),
        ("Điều 5 - Phạm vi", "Điều 5. Phạm vi"),
        ("Điều 5 Phạm vi", "Điều 5. Phạm vi"),
        ("Ðiều 5. Phạm vi", "Điều 5. Phạm vi"),
        ("Điều 5.Phạm vi", "Điều 5. Phạm vi"),
        ("Điều 5", "Điều 5."),
        ("1) Một", "1. Một"),
        ("1/ Một", "1. Một"),
        ("1- Một", "1. Một"),
        ("1.Một", "1. Một"),
        ("a. Một", "a) Một"),
        ("đ/ Một", "đ) Một"),
        ("a)Một", "a) Một"),
        ("1. Một", None),
        ("a) Một", None),
        ("Điều 5. Phạm vi", None),
        ("Điều 5 Luật Đất đai", None),
        ("Điều 5, 6 và 7", None),
        ("1.234 đồng", None),
        ("2021/ Một", None),
        ("Một", None),
    ],
)
def test_other_ways_of_numbering(line: str, usual: str | None) -> None:
    assert as_usual(line) == usual


class TestDoubts:
    def test_variants_are_taken_and_marked(self) -> None:
        text = "Điều 1: Phạm vi\n1) Một\na. Hai\nb. Ba\n2) Bốn"

        assert doubts(text) == {row: [Doubt.VARIANT] for row in range(5)}
        (article,) = assemble(read(text)).parts[0].articles
        assert (article.title, [one.number for one in article.clauses]) == ("Phạm vi", ["1", "2"])
        assert [one.marker for one in article.clause("1").points] == ["a)", "b)"]

    def test_numbers_that_do_not_follow(self) -> None:
        text = "Điều 1. A\n1. Một\n3. Ba\na) Bốn\nc) Năm\nĐiều 3. B\nĐiều 3. C"

        assert doubts(text) == {
            2: [Doubt.SEQUENCE],
            4: [Doubt.SEQUENCE],
            5: [Doubt.SEQUENCE],
            6: [Doubt.REPEATED],
        }

    @pytest.mark.parametrize("letters", ["abcdđeghik", "abcdefghij", ["a", "a1", "a2", "b"]])
    def test_alphabets(self, letters: str | list[str]) -> None:
        points = "\n".join(f"{letter}) Một" for letter in letters)

        assert doubts(f"Điều 1. A\n1. Một:\n{points}") == {}

    def test_what_a_law_inserts(self) -> None:
        assert doubts("Điều 1. A\nĐiều 1a. B\nĐiều 1b. C\nĐiều 2. D\n1. Một\n1a. Hai\n2. Ba") == {}

    def test_a_chapter_without_title_and_a_page_number(self) -> None:
        text = "Chương I\nĐiều 1. A\n1. Một\n12\n2. Hai"

        assert doubts(text) == {0: [Doubt.NO_TITLE], 3: [Doubt.PAGE_NUMBER]}

    def test_a_line_that_seems_finished_before(self) -> None:
        assert doubts("Điều 1. A\n1. Gồm có:\nsách pháp luật") == {2: [Doubt.JOINED]}

    def test_a_title_that_is_too_long(self) -> None:
        text = f"Chương I {'A' * 501}\nĐiều 1. {'b' * 501}"

        assert doubts(text) == {0: [Doubt.LONG]}
        heading, prose, article = to_stream(assemble(read(text)))
        assert (heading["value"]["title"], prose["value"]) == ("", f"<p>{'A' * 501}</p>")
        assert (article["value"]["title"], article["value"]["lead"]) == ("", "b" * 501)


class TestCorrections:
    TEXT = "Điều 1. A\n1. Một\nDIEU 2 B\n1. Hai\n2. Ba"

    def test_the_lines_below_are_read_anew(self) -> None:
        assert levels(self.TEXT) == ["article", "clause", "text", "clause", "clause"]
        assert doubts(self.TEXT)[3] == [Doubt.REPEATED]

        corrected = read(self.TEXT, {2: Level.ARTICLE})

        assert not any(line.doubts for line in corrected)
        first, second = assemble(corrected).parts[0].articles
        assert [len(one.clauses) for one in (first, second)] == [1, 2]
        assert (second.number, second.title) == ("", "DIEU 2 B")

    def test_a_number_that_was_missing_is_told_until_somebody_says_so(self) -> None:
        assert read(self.TEXT, {2: Level.ARTICLE})[2].doubts == ()

    def test_leaving_out_joins_what_was_parted(self) -> None:
        text = "Điều 1. A\n1. Theo quy định của\n12\nBộ Tư pháp."

        lines = read(text, {2: Level.OMITTED})

        assert [line.level.value for line in lines] == ["article", "clause", "omitted", "continues"]
        (article,) = assemble(lines).parts[0].articles
        assert article.clause("1").text == "Theo quy định của Bộ Tư pháp."

    def test_a_rest_becomes_a_line_and_a_line_a_rest(self) -> None:
        text = "Điều 1. A\n1. Một,\nHai\n2. Ba"

        assert levels(text) == ["article", "clause", "continues", "clause"]
        assert levels(text, {2: Level.TEXT, 3: Level.CONTINUES}) == [
            *("article", "clause", "text", "continues"),
        ]

    def test_a_table_becomes_text(self) -> None:
        rows = [Row("Điều 1. A"), Row("1. Một"), Row("", cells=(("a", "b"), ("c", "d")))]

        as_table = to_stream(assemble(checked(recognise(rows))))
        as_text = to_stream(assemble(checked(recognise(rows, {2: Level.TEXT}))))

        assert [one["type"] for one in as_table] == ["legal_article", "table"]
        assert as_table[1]["value"]["caption"] == "Bảng 1 (khoản 1 Điều 1)"
        assert as_table[1]["value"]["data"] == "a\tb\nc\td"
        assert as_text[0]["value"]["clauses"] == [{"number": "1", "text": "Một\na b\nc d"}]

    @pytest.mark.parametrize("level", [level for level in Level if level != Level.OMITTED])
    def test_no_correction_loses_a_word(self, level: Level) -> None:
        """Whatever somebody makes of whichever line."""
        for index in range(len(rows_of(CODE))):
            found = " ".join(assemble(read(CODE, {index: level})).lines())
            assert Counter(_words(CODE)) <= Counter(_words(found)), index


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


class TestBlocks:
    def test_numbers_that_no_anchor_can_have_stay_in_the_text(self) -> None:
        (block,) = to_stream(assemble(read("Điều 1. A\n1. Một\n1.1. Hai\n1.2. Ba\n2. Bốn")))

        assert block["value"]["clauses"] == [
            {"number": "1", "text": "Một\n1.1. Hai\n1.2. Ba"},
            {"number": "2", "text": "Bốn"},
        ]

    def test_a_table_of_one_column_or_row_is_text(self) -> None:
        rows = [Row("", cells=(("a",), ("b",))), Row("", cells=(("c", "d"),))]

        assert [one["value"] for one in to_stream(assemble(recognise(rows)))] == [
            "<p>a</p><p>b</p>",
            "<p>c d</p>",
        ]

    def test_cells_with_quotation_marks_and_tabs(self) -> None:
        rows = [Row("", cells=(('"A"', "B"), ("c\td", "e\nf")))]

        (block,) = to_stream(assemble(recognise(rows)))

        assert block["value"]["data"] == '"""A"""\tB\nc d\te f'
