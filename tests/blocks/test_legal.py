"""The full text of legal documents: articles, clauses, points and their anchors (D3)."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from wagtail_pbgdpl.blocks.heading import HeadingBlock
from wagtail_pbgdpl.blocks.legal import LegalArticleBlock, LegalHeadingBlock
from wagtail_pbgdpl.blocks.outline import OutlineEntry, outline
from wagtail_pbgdpl.blocks.stream import PortalStreamBlock
from wagtail_pbgdpl.legal.anchors import anchor_of, read_clauses, telex

BLOCK = PortalStreamBlock(
    [
        ("heading", HeadingBlock()),
        ("legal_heading", LegalHeadingBlock()),
        ("legal_article", LegalArticleBlock()),
    ]
)


def heading(level, number="", title="", prefix=""):
    value = {"level": level, "number": number, "title": title, "prefix": prefix}
    return {"type": "legal_heading", "value": value}


def article(number, *clauses, title="", prefix="", lead=""):
    value = {
        "number": number,
        "title": title,
        "lead": lead,
        "clauses": [{"number": n, "text": text} for n, text in clauses],
        "prefix": prefix,
    }
    return {"type": "legal_article", "value": value}


def stream(*items):
    return BLOCK.to_python(list(items))


def render(*items):
    return stream(*items).render_as_block()


def ids(html):
    return re.findall(r' id="([^"]+)"', html)


class TestAnchors:
    @pytest.mark.parametrize(
        ("parts", "anchor"),
        [
            (("dieu", "9"), "dieu-9"),
            (("", "dieu", "9a"), "dieu-9a"),
            (("", "dieu", "9đ"), "dieu-9dd"),
            (("quyet-dinh", "dieu", "1"), "quyet-dinh-dieu-1"),
            (("phu-luc", "I.2"), "phu-luc-i-2"),
        ],
    )
    def test_parts_are_joined(self, parts, anchor):
        assert anchor_of(*parts) == anchor

    def test_every_letter_of_a_point_has_its_own_spelling(self):
        letters = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
        assert len({telex(letter) for letter in letters}) == len(letters)
        assert all(telex(letter).isascii() for letter in letters)

    def test_article_clause_and_point(self):
        html = render(article("9", ("3", "Gồm:\na) một;\nd) hai;\nđ) ba.")))
        assert ids(html) == [
            "dieu-9",
            "dieu-9-khoan-3",
            "dieu-9-khoan-3-diem-a",
            "dieu-9-khoan-3-diem-d",
            "dieu-9-khoan-3-diem-dd",
        ]
        for anchor in ids(html):
            assert f'href="#{anchor}"' in html

    def test_points_of_an_article_without_clauses(self):
        assert ids(render(article("2", ("", "Gồm:\na) một")))) == ["dieu-2", "dieu-2-diem-a"]

    def test_prefix(self):
        html = render(
            article("1", ("1", "Một"), prefix="quyet-dinh"), article("1", prefix="quy-che")
        )
        assert ids(html) == ["quyet-dinh-dieu-1", "quyet-dinh-dieu-1-khoan-1", "quy-che-dieu-1"]

    def test_a_draft_with_repeated_numbers_still_has_ids_of_their_own(self):
        html = render(article("1", ("1", "Một"), ("1", "Hai")), article("1", ("1", "Ba")))
        assert len(ids(html)) == len(set(ids(html))) == 5

    @given(
        st.lists(st.tuples(st.sampled_from(["", "1", "2", "2a", "2đ"]), st.text(max_size=60))),
        st.sampled_from(["a) một\nđ) hai\nd) ba", ""]),
    )
    def test_anchors_of_an_article_are_unique_whatever_its_text(self, clauses, more):
        found = read_clauses([(n, f"{text}\n{more}") for n, text in clauses], "dieu-1")
        anchors = [c.anchor for c in found if c.anchor]
        anchors += [point.anchor for c in found for point in c.points]
        assert len(anchors) == len(set(anchors))


class TestText:
    def test_lines_before_the_points_are_paragraphs_of_the_clause(self):
        (clause,) = read_clauses([("1", "Một.\n\n  Hai.\na) ba")], "dieu-1")
        assert clause.paragraphs == ["Một.", "Hai."]
        assert [(point.letter, point.paragraphs) for point in clause.points] == [("a", ["ba"])]

    def test_lines_after_a_point_belong_to_it(self):
        (clause,) = read_clauses([("1", "a) một:\n- hai;\n- ba.\nb) bốn")], "dieu-1")
        assert clause.points[0].paragraphs == ["một:", "- hai;", "- ba."]

    @pytest.mark.parametrize("line", ["(a) một", "abc) một", "1) một", "a. một", "a)một", "ß) một"])
    def test_what_only_looks_like_a_point_is_text(self, line):
        (clause,) = read_clauses([("1", line)], "dieu-1")
        assert clause.points == []
        assert clause.paragraphs == [line]

    def test_inserted_point_of_an_amending_law(self):
        (clause,) = read_clauses([("1", "a1) một")], "dieu-1")
        assert clause.points[0].anchor == "dieu-1-khoan-1-diem-a1"

    def test_text_is_escaped_and_addresses_are_links(self):
        html = render(article("1", ("1", "Xem https://vbpl.vn/a?b=1&c=2 <b>ngay</b>\na) <i>x</i>")))
        assert '<a href="https://vbpl.vn/a?b=1&amp;c=2"' in html
        assert "&lt;b&gt;ngay&lt;/b&gt;" in html
        assert "<i>" not in html

    def test_javascript_is_no_address(self):
        assert "javascript" not in re.sub(
            r">[^<]*<", "><", render(article("1", ("1", "javascript:alert(1)")))
        )

    def test_language_is_said(self):
        """I6: the law is Vietnamese on an English page too."""
        assert 'lang="vi"' in render(article("1"))
        assert 'lang="vi"' in render(heading("chuong", "I"))


class TestOutline:
    def test_levels_labels_and_anchors(self):
        found = outline(
            stream(
                heading("chuong", "I", "QUY ĐỊNH CHUNG"),
                article("1", title="Phạm vi điều chỉnh"),
                heading("muc", "1"),
                article("2"),
                heading("chuong", "II"),
                article("3"),
                heading("phu-luc"),
                {"type": "heading", "value": {"text": "Đề án đã duyệt"}},
            )
        )
        assert found == [
            OutlineEntry(2, "Chương I", "QUY ĐỊNH CHUNG", "chuong-i"),
            OutlineEntry(3, "Điều 1", "Phạm vi điều chỉnh", "dieu-1"),
            OutlineEntry(3, "Mục 1", "", "muc-1"),
            OutlineEntry(4, "Điều 2", "", "dieu-2"),
            OutlineEntry(2, "Chương II", "", "chuong-ii"),
            OutlineEntry(3, "Điều 3", "", "dieu-3"),
            OutlineEntry(2, "Phụ lục", "", "phu-luc"),
            OutlineEntry(2, "", "Đề án đã duyệt", "de-an-da-duyet"),
        ]

    def test_parts_push_chapters_down(self):
        levels = [
            e.level
            for e in outline(stream(heading("phan", "I"), heading("chuong", "I"), article("1")))
        ]
        assert levels == [2, 3, 4]

    def test_articles_alone_stand_below_the_title_of_the_page(self):
        assert [e.level for e in outline(stream(article("1"), article("2")))] == [2, 2]

    def test_sections_that_are_counted_anew_get_anchors_of_their_own(self):
        items = [
            heading("chuong", "I"),
            heading("muc", "1"),
            heading("chuong", "II"),
            heading("muc", "1"),
        ]
        anchors = [entry.anchor for entry in outline(stream(*items))]
        assert anchors == ["chuong-i", "muc-1", "chuong-ii", "muc-1-2"]

    def test_what_is_rendered_agrees_with_the_outline(self):
        items = [
            heading("chuong", "I"),
            heading("muc", "1"),
            article("1"),
            heading("muc", "1"),
            article("1"),
        ]
        html = render(*items)
        for entry in outline(stream(*items)):
            assert f'id="{entry.anchor}"' in html
        assert re.findall(r"<h(\d)", html) == ["2", "3", "4", "3", "4"]

    def test_an_empty_stream(self):
        assert outline(stream()) == []

    @given(
        st.lists(
            st.one_of(
                st.builds(
                    heading,
                    st.sampled_from(["phan", "chuong", "muc", "tieu-muc", "phu-luc"]),
                    st.sampled_from(["", "I", "1"]),
                ),
                st.builds(article, st.sampled_from(["1", "2", "9đ"])),
            )
        )
    )
    def test_anchors_are_unique_and_levels_never_skip(self, items):
        found = outline(stream(*items))
        assert len({entry.anchor for entry in found}) == len(found)
        previous = 1
        for entry in found:
            assert 2 <= entry.level <= min(previous + 1, 6)
            previous = entry.level


class TestValidation:
    def test_two_articles_of_one_number(self):
        with pytest.raises(StreamBlockValidationError) as caught:
            BLOCK.clean(stream(article("1"), article("2"), article("1")))
        assert list(caught.value.block_errors) == [2]
        assert caught.value.block_errors[2].block_errors["number"].code == "repeated"

    def test_a_prefix_tells_them_apart(self):
        BLOCK.clean(stream(article("1", prefix="quyet-dinh"), article("1", prefix="quy-che")))

    def test_a_draft_may_repeat_a_number(self):
        assert len(BLOCK.clean_deferred(stream(article("1"), article("1")))) == 2

    def test_two_clauses_of_one_number(self):
        block = LegalArticleBlock()
        with pytest.raises(StructBlockValidationError) as caught:
            block.clean(block.to_python(article("1", ("1", "Một"), ("1", "Hai"))["value"]))
        errors = caught.value.block_errors["clauses"].block_errors
        assert errors[1].block_errors["number"].code == "repeated"

    def test_several_clauses_without_number_are_fine(self):
        block = LegalArticleBlock()
        block.clean(block.to_python(article("1", ("", "Một"), ("", "Hai"))["value"]))

    @pytest.mark.parametrize(
        ("part", "value"), [("number", "Điều 9"), ("number", "IX"), ("prefix", "Quy chế")]
    )
    def test_number_and_prefix_have_a_form(self, part, value):
        block = LegalArticleBlock()
        raw = {**article("9")["value"], part: value}
        with pytest.raises(StructBlockValidationError) as caught:
            block.clean(block.to_python(raw))
        assert list(caught.value.block_errors) == [part]

    @pytest.mark.parametrize("number", ["9", "9a", "9đ", "100"])
    def test_numbers_that_occur(self, number):
        block = LegalArticleBlock()
        assert block.clean(block.to_python(article(number)["value"]))["number"] == number

    def test_decomposed_letter_is_not_mistaken(self):
        """I7: a pasted «ư)» in two code points is a point once it is stored."""
        line = unicodedata.normalize("NFD", "ư) một")
        composed = unicodedata.normalize("NFC", line)
        assert read_clauses([("1", composed)], "dieu-1")[0].points[0].letter == "ư"
