"""Word files: what is printed is read, what was tracked is left to the editor, no bomb goes off."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.legal.word_files import W, dele, docx, ins, numbering, p, r, table
from wagtail_pbgdpl.legal.assembly import assemble
from wagtail_pbgdpl.legal.lines import Row, rows_of
from wagtail_pbgdpl.legal.parser import parse
from wagtail_pbgdpl.legal.recognition import recognise
from wagtail_pbgdpl.legal.word import package, reader, resolving
from wagtail_pbgdpl.legal.word.errors import Reason, WordError
from wagtail_pbgdpl.legal.word.text import as_json, from_json

DOCUMENTS = Path(__file__).parents[2] / "example_site" / "demo" / "documents"
NAMES = ("bac_kan_2018", "bac_kan_2021", "binh_phuoc_2020", "lao_cai_2019", "quang_tri_2024")


def rows(content: bytes, accepted: Any = None, **options: Any) -> list[Row]:
    """Read a file; what is kept of it goes through JSON, as it does between two requests."""
    text = from_json(json.loads(json.dumps(as_json(reader.read(content)))))
    held = dict.fromkeys(range(len(text.changes)), True) if accepted is None else accepted
    return resolving.rows_of(text, held, **options)


def lines(content: bytes, accepted: Any = None, **options: Any) -> list[str]:
    return [row.text for row in rows(content, accepted, **options)]


def refusal(content: bytes) -> Reason:
    with pytest.raises(WordError) as raised:
        reader.read(content)
    return raised.value.reason


@pytest.mark.parametrize("name", NAMES)
def test_d3_the_five_documents_come_whole_from_word(name: str) -> None:
    """Saved by a program that writes Word files; each article, clause, point and word is there."""
    source = (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")
    written = rows_of(source)
    document = Document()
    for row in written:
        if row.opens:
            document.add_paragraph(row.text)
        else:
            # Ctrl+Enter: a line of the same paragraph.
            document.paragraphs[-1].add_run(f"\n{row.text}")
    stored = io.BytesIO()
    document.save(stored)

    read = rows(stored.getvalue())

    assert [row.text for row in read] == [row.text for row in written]
    assert assemble(recognise(read)) == parse(source)


@pytest.mark.parametrize("name", ["bac_kan_2018", "binh_phuoc_2020"])
def test_numbers_that_word_counts_are_the_printed_ones(name: str) -> None:
    """The same documents with their articles, clauses and points numbered by Word."""
    source = (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")
    wanted = parse(source).part("quy chế")
    counted = numbering(("decimal", "Điều %1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
    body, letters = [], []
    for article in wanted.articles:
        body.append(p(r(article.title), num=(1, 0)))
        body += [p(r(str(item))) for item in article.lead]
        for clause in article.clauses:
            body.append(p(r(clause.text), num=(1, 1)))
            for item in clause.items:
                listed = item.kind == "point"
                body.append(
                    p(r(item.text if listed else str(item)), num=(1, 2) if listed else None)
                )
                letters.append(item)

    found = assemble(recognise(rows(docx(*body, numbering=counted)))).parts[0].articles

    assert [one.number for one in found] == [one.number for one in wanted.articles]
    assert [[clause.number for clause in one.clauses] for one in found] == [
        [clause.number for clause in one.clauses] for one in wanted.articles
    ]
    assert sum(len(clause.points) for one in found for clause in one.clauses) == sum(
        item.kind == "point" for item in letters
    )


class TestNumbering:
    LEVELS = (("decimal", "Điều %1."), ("decimal", "%2."), ("lowerLetter", "%3)"))

    def test_levels_below_begin_anew(self) -> None:
        body = [
            *(p(r(text), num=(1, at)) for text, at in (("A", 0), ("B", 1), ("C", 2), ("D", 2))),
            *(p(r(text), num=(1, at)) for text, at in (("E", 1), ("F", 0), ("G", 1))),
        ]

        assert lines(docx(*body, numbering=numbering(*self.LEVELS))) == [
            *("Điều 1. A", "1. B", "a) C", "b) D", "2. E", "Điều 2. F", "1. G"),
        ]

    def test_a_list_that_begins_anew(self) -> None:
        body = [p(r("A"), num=(1, 0)), p(r("B"), num=(1, 0)), p(r("C"), num=(2, 0))]

        listed = numbering(("upperRoman", "Chương %1"), lists=2)
        assert lines(docx(*body, numbering=listed)) == ["Chương I A", "Chương II B", "Chương I C"]

    def test_the_number_of_a_style(self) -> None:
        styles = (
            '<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr>'
            '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
            '<w:style w:type="paragraph" w:styleId="DieuCon"><w:basedOn w:val="Dieu"/></w:style>'
        )
        body = [p(r("Một"), style="Dieu"), p(r("Hai"), style="DieuCon"), p(r("Ba"))]

        found = lines(docx(*body, numbering=numbering(*self.LEVELS), styles=styles))

        assert found == ["Điều 1. Một", "Điều 2. Hai", "Ba"]

    def test_bullets_are_dashes(self) -> None:
        body = [p(r("Một"), num=(1, 0))]

        assert lines(docx(*body, numbering=numbering(("bullet", "\uf0b7")))) == ["- Một"]

    def test_a_paragraph_that_went_is_not_counted(self) -> None:
        gone = '<w:del w:id="2" w:author="An"/>'
        body = [
            p(r("Một"), num=(1, 0)),
            p(dele("Hai"), num=(1, 0), mark=gone),
            p(r("Ba"), num=(1, 0)),
        ]
        content = docx(*body, numbering=numbering(("decimal", "%1.")))

        assert lines(content) == ["1. Một", "2. Ba"]
        assert lines(content, {}) == ["1. Một", "2. Hai", "3. Ba"]


class TestChanges:
    CONTENT = docx(
        p(r("Thời hạn là "), dele("10"), ins(r("15")), r(" ngày.")),
        p(r("Đoạn đầu"), mark='<w:ins w:id="3" w:author="Bình"/>'),
        p(r(" và đoạn sau")),
    )

    def test_both_versions_are_there_and_none_is_chosen(self) -> None:
        changes = reader.read(self.CONTENT).changes

        assert [(one.kind, one.author, one.text) for one in changes] == [
            ("deletion", "An", "10"),
            ("insertion", "An", "15"),
            ("insertion", "Bình", "¶"),
        ]
        assert changes[0].before == "Thời hạn là "
        assert str(changes[0].day) == "2024-05-02"

    def test_all_accepted(self) -> None:
        assert lines(self.CONTENT) == ["Thời hạn là 15 ngày.", "Đoạn đầu", "và đoạn sau"]

    def test_all_rejected(self) -> None:
        assert lines(self.CONTENT, {}) == ["Thời hạn là 10 ngày.", "Đoạn đầu và đoạn sau"]

    def test_one_by_one(self) -> None:
        assert lines(self.CONTENT, {0: False, 1: True, 2: False}) == [
            "Thời hạn là 1015 ngày.",
            "Đoạn đầu và đoạn sau",
        ]

    def test_what_was_inserted_and_then_deleted(self) -> None:
        content = docx(p(r("Một"), ins(dele(" hai", by="Bình"), r(" ba"))))

        assert lines(content, {}) == ["Một"]
        assert lines(content, {0: True, 1: False}) == ["Một hai ba"]
        assert lines(content) == ["Một ba"]

    def test_a_move_is_one_change(self) -> None:
        moved = (
            '<w:move{0}RangeStart w:id="5" w:name="m1"/><w:move{0} w:id="6" w:author="An">'
            '<w:r><w:t xml:space="preserve">Đi chỗ khác. </w:t></w:r></w:move{0}>'
            '<w:move{0}RangeEnd w:id="5"/>'
        )
        content = docx(p(moved.format("From"), r("Ở lại. ")), p(r("Sau. "), moved.format("To")))

        assert len(reader.read(content).changes) == 1
        assert lines(content) == ["Ở lại.", "Sau. Đi chỗ khác."]
        assert lines(content, {}) == ["Đi chỗ khác. Ở lại.", "Sau."]

    def test_rows_of_tables(self) -> None:
        row = "<w:tr>{}<w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr>"
        new = '<w:trPr><w:ins w:id="1" w:author="An"/></w:trPr>'
        content = docx(
            f"<w:tbl>{row.format('', r('A'), r('B'))}{row.format('', r('1'), r('2'))}"
            f"{row.format(new, r('3'), r('4'))}</w:tbl>"
        )

        assert [row.cells for row in rows(content)] == [(("A", "B"), ("1", "2"), ("3", "4"))]
        assert [row.cells for row in rows(content, {})] == [(("A", "B"), ("1", "2"))]


class TestText:
    def test_tables_stay_tables_and_letterheads_are_lines(self) -> None:
        content = docx(
            table(["ỦY BAN NHÂN DÂN TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
            p(r("Bảng lương")),
            table(["Bậc", "Hệ số"], ["UBND tỉnh", "2,34"]),
            table(["Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"]),
        )

        found = rows(content)

        assert [row.text for row in found[:3]] == [
            "ỦY BAN NHÂN DÂN TỈNH",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Bảng lương",
        ]
        assert found[3].cells == (("Bậc", "Hệ số"), ("UBND tỉnh", "2,34"))
        assert [row.text for row in found[4:]] == ["Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"]

    def test_wide_cells_keep_the_columns(self) -> None:
        wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>' + r("Chung") + "</w:p></w:tc>"
        row = f"<w:tr>{wide}<w:tc>{p(r('Ghi chú'))}</w:tc></w:tr>"
        below = "".join(f"<w:tc>{p(r(one))}</w:tc>" for one in "abc")

        (found,) = rows(docx(f"<w:tbl>{row}<w:tr>{below}</w:tr></w:tbl>"))

        assert found.cells == (("Chung", "", "Ghi chú"), ("a", "b", "c"))

    def test_footnotes_are_kept_at_the_end(self) -> None:
        mark = '<w:r><w:footnoteReference w:id="7"/></w:r>'
        notes = f'<w:footnote w:id="7">{p(r("Khoản này được sửa đổi."))}</w:footnote>'

        assert lines(docx(p(r("1. Một"), mark, r(".")), p(r("Hết")), footnotes=notes)) == [
            *("1. Một[1].", "Hết", "[1] Khoản này được sửa đổi."),
        ]

    def test_what_is_printed_and_what_is_not(self) -> None:
        field = (
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
            "<w:hyperlink><w:r><w:t>Điều 7</w:t></w:r></w:hyperlink>"
        )
        content = docx(
            p(r("quy định chung", "<w:caps/>")),
            p(r("Thấy"), r(" không thấy", "<w:vanish/>"), r(" nữa")),
            p(r("gạch", "<w:strike/>"), r(" còn")),
            p(field, "<w:r><w:br/><w:t>dòng dưới</w:t></w:r>"),
            p(r("Chương I\t3"), style="TOC1"),
        )

        found = rows(content)

        assert [row.text for row in found] == [
            *("QUY ĐỊNH CHUNG", "Thấy nữa", "gạch còn", "Điều 7", "dòng dưới"),
        ]
        assert [row.is_struck for row in found] == [False, False, True, False, False]
        assert [row.opens for row in found] == [True, True, True, True, False]
        assert reader.read(content).left_out == {"hidden": 1, "contents": 1}

    def test_of_two_drawings_of_a_text_box_one(self) -> None:
        box = f"<w:txbxContent>{p(r('DỰ THẢO'))}</w:txbxContent>"
        drawn = (
            '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
            f'markup-compatibility/2006"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}'
            "</mc:Fallback></mc:AlternateContent></w:r>"
        )

        assert lines(docx(p(r("QUYẾT ĐỊNH"), drawn))) == ["QUYẾT ĐỊNH", "DỰ THẢO"]

    def test_decomposed_letters_become_one(self) -> None:
        assert lines(docx(p(r("Đie\u0302\u0300u 1.")))) == ["Điều 1."]

    def test_old_fonts_are_converted_where_somebody_says_so(self) -> None:
        old = '<w:rFonts w:ascii="{}"/>'
        content = docx(
            p(r("Quy ®Þnh", old.format(".VnTime")), r(" và "), r("ch­¬ng", old.format(".VnTimeH"))),
            p(r("Quy ñònh", old.format("VNI-Times")), r(" mới", old.format("VNI-Times"))),
        )

        assert lines(content)[0] == "Quy ®Þnh và ch­¬ng"
        assert lines(content, is_converted=True) == ["Quy định và CHƯƠNG", "Quy định mới"]


class TestHostile:
    def test_other_files_are_named(self) -> None:
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
        assert refusal(b"%PDF-1.7 ...") == Reason.PDF
        assert refusal(ole) == Reason.OLD_WORD
        assert refusal(ole + "EncryptedPackage".encode("utf-16-le")) == Reason.LOCKED
        assert refusal(b"{\\rtf1 ...}") == Reason.RTF
        assert refusal(b"") == Reason.EMPTY
        assert refusal(b"Dieu 1.") == Reason.OTHER
        assert refusal(docx(p(r("a")))[:200]) == Reason.DAMAGED

    def test_an_archive_of_something_else(self) -> None:
        stored = io.BytesIO()
        with zipfile.ZipFile(stored, "w") as archive:
            archive.writestr("content.xml", "<a/>")

        assert refusal(stored.getvalue()) == Reason.OTHER

    def test_a_bomb_is_not_unpacked(self) -> None:
        content = docx(raw=f"<w:document {W}>" + " " * (package.MOST_TEXT + 1))

        assert len(content) < package.MEGABYTE
        assert refusal(content) == Reason.LARGE

    def test_a_part_that_says_it_is_small(self) -> None:
        stored = io.BytesIO(docx(p(r("a" * 5_000))))
        with zipfile.ZipFile(stored) as archive:
            size = archive.getinfo("word/document.xml").file_size
        lying = stored.getvalue().replace(size.to_bytes(4, "little"), (90).to_bytes(4, "little"))

        assert lying != stored.getvalue()
        assert refusal(lying) == Reason.DAMAGED

    @pytest.mark.parametrize(
        "definition",
        [
            '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>',
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE a SYSTEM "http://example.vn/a.dtd">',
        ],
    )
    def test_no_entity_is_made_or_fetched(self, definition: str) -> None:
        body = p("<w:r><w:t>&b;</w:t></w:r>")
        raw = f"{definition}<w:document {W}><w:body>{body}</w:body></w:document>"

        assert refusal(docx(raw=raw)) == Reason.DAMAGED

    def test_depth_and_number_of_elements(self, monkeypatch: pytest.MonkeyPatch) -> None:
        deep = "<w:sdt><w:sdtContent>" * 100 + "</w:sdtContent></w:sdt>" * 100
        assert refusal(docx(deep)) == Reason.LARGE

        monkeypatch.setattr(package, "MOST_ELEMENTS", 50)
        assert refusal(docx(*[p(r("a"))] * 20)) == Reason.LARGE

    def test_what_takes_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(package, "MOST_SECONDS", -1)

        assert refusal(docx(*[p(r("a"))] * 400)) == Reason.SLOW

    def test_macros_and_what_is_embedded_stay_where_they_are(self) -> None:
        """Were any of them opened, it would be found broken."""
        broken = {"word/vbaProject.bin": b"\xcc" * 99, "word/embeddings/a.bin": b"MZ"}
        body = (p(r("Điều 1. Một")), '<w:altChunk xmlns:r="x" r:id="r9"/>')

        content = docx(*body, extra=broken)

        assert lines(content) == ["Điều 1. Một"]
        assert reader.read(content).left_out == {"foreign": 1}

    def test_relations_that_lead_elsewhere(self) -> None:
        """A part outside the file, or above its folders, is no part of it."""
        styles = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
        relations = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Type="{styles}" Target="../../../etc/passwd"/>'
            f'<Relationship Type="{styles}" TargetMode="External" Target="http://example.vn/"/>'
            "</Relationships>"
        )

        content = docx(p(r("Một")), extra={"word/_rels/document.xml.rels": relations.encode()})

        assert lines(content) == ["Một"]
