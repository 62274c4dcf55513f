"""Tables and charts as blocks (C3: BK21 Điều 9.3)."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import StructBlockValidationError

from wagtail_pbgdpl.blocks.chart import KINDS, MAX_ROWS, ChartBlock
from wagtail_pbgdpl.blocks.chart_data import ChartData, Series
from wagtail_pbgdpl.blocks.chart_svg import COLOURS, NARROW, draw, format_number
from wagtail_pbgdpl.blocks.table import TableBlock


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


ALL_KINDS = [kind for kind, _ in KINDS]


def table(data, **more):
    block = TableBlock()
    return block, block.normalize(
        {"caption": "Kết quả", "data": data, "row_headings": True, "source": "", **more}
    )


def chart(data, **more):
    block = ChartBlock()
    value = {
        "caption": "Số cuộc",
        "kind": "column",
        "data": data,
        "unit": "",
        "summary": "",
        "source": "",
    }
    return block, block.normalize({**value, **more})


def error_of(block, value, part):
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(value)
    assert list(caught.value.block_errors) == [part]
    return caught.value.block_errors[part]


class TestTable:
    def test_headings_have_scope(self):
        block, value = table("Hình thức\tSố cuộc\nTrực tiếp\t12")
        html = block.render(block.clean(value))
        assert '<th scope="col">Số cuộc</th>' in html
        assert '<th scope="row">Trực tiếp</th>' in html
        assert '<td data-label="Số cuộc">12</td>' in html
        assert ">Kết quả</caption>" in html

    def test_first_column_may_be_ordinary(self):
        block, value = table("A\tB\n1\t2", row_headings=False)
        assert 'scope="row"' not in block.render(value)

    @pytest.mark.parametrize(
        ("data", "code"),
        [("một hai ba", "no_columns"), ("A\tB", "no_rows"), ("A\tB\n1\t2\t3", "too_long")],
    )
    def test_errors_stand_at_the_cells(self, data, code):
        assert [e.code for e in error_of(*table(data), "data").error_list] == [code]

    def test_empty_cells_are_refused_as_required(self):
        assert error_of(*table(""), "data").code == "required"

    @pytest.mark.usefixtures("english")
    def test_a_row_that_is_too_long_is_named(self):
        assert "Row 2" in error_of(*table("A\tB\n1\t2\t3"), "data").messages[0]


class TestChartErrors:
    @pytest.mark.usefixtures("english")
    def test_each_bad_number_is_named_with_row_and_column(self):
        error = error_of(*chart("Quý\tCuộc\nI\t12.5\nII\tnhiều\nIII\t7"), "data")
        assert [e.code for e in error.error_list] == ["not_a_number"] * 2
        assert "Row 2, column “Cuộc”: “12.5”" in error.messages[0]
        assert "Row 3, column “Cuộc”: “nhiều”" in error.messages[1]

    @pytest.mark.parametrize(
        ("data", "kind", "code"),
        [
            ("A\tB\nx\t-", "column", "no_numbers"),
            ("A\tB\tC\nx\t1\t2", "pie", "pie_columns"),
            ("A\tB\nx\t-1\ny\t3", "pie", "pie_numbers"),
            ("A\tB\nx\t0", "pie", "pie_numbers"),
            ("A\tB\n" + "x\t1\n" * 9, "pie", "pie_parts"),
            ("A\tB\n" + "x\t1\n" * (MAX_ROWS + 1), "line", "too_many_rows"),
            ("A" + "\tB" * 9 + "\nx" + "\t1" * 9, "line", "too_many_columns"),
            ("one column", "bar", "no_columns"),
        ],
    )
    def test_what_cannot_be_drawn(self, data, kind, code):
        assert [e.code for e in error_of(*chart(data, kind=kind), "data").error_list] == [code]

    def test_limits_are_inclusive(self):
        block, value = chart("A\tB\n" + "x\t1\n" * MAX_ROWS, kind="line")
        block.clean(value)
        block, value = chart("A" + "\tB" * 8 + "\nx" + "\t1" * 8)
        block.clean(value)

    def test_a_bad_draft_shows_its_table(self):
        block, value = chart("Quý\tCuộc\nI\t12.5")
        html = block.render(value)
        assert "<svg" not in html
        assert '<th scope="row">I</th>' in html


def wide(html):
    """The drawing for wide screens alone."""
    return html[: html.index("pbgdpl-chart__drawing--narrow")]


class TestChart:
    @pytest.mark.parametrize("kind", ALL_KINDS)
    def test_drawing_is_well_formed_and_described(self, kind):
        block, value = chart("Quý\tCuộc\nI\t1.234,5\nII\t7", kind=kind, summary="Tăng & giảm")
        html = block.render(block.clean(value))
        drawings = re.findall(r"<svg.*?</svg>", html, flags=re.DOTALL)
        assert ["--narrow" in one for one in drawings] == [False, True]
        for svg in map(parsed, drawings):
            assert svg.get("role") == "img"
            assert svg.get("aria-label") == "Số cuộc"
            assert svg.find("title").text == "Số cuộc"
            assert svg.find("desc").text == "Tăng & giảm"

    @pytest.mark.parametrize("kind", ALL_KINDS)
    def test_the_same_numbers_stand_in_a_table(self, kind):
        block, value = chart("Quý\tCuộc\nI\t1.234,5\nII\t7", kind=kind)
        with translation.override("vi"):
            html = block.render(value)
        assert '<th scope="row">I</th><td data-label="Cuộc">1.234,5</td>' in html
        assert '<th scope="row">II</th><td data-label="Cuộc">7</td>' in html

    def test_numbers_follow_the_language_coordinates_do_not(self):
        """I6."""
        block, value = chart("Quý\tCuộc\nI\t1.234,5\nII\t7")
        with translation.override("vi"):
            vietnamese = block.render(value)
        with translation.override("en"):
            english = block.render(value)
        assert "1,234.5" in english
        assert "1.234,5" in vietnamese
        places = re.compile(r' (?:x|y|width|height)="([^"]*)"')
        assert not [place for place in places.findall(vietnamese) if "," in place]

    def test_missing_numbers_are_dashes_and_draw_nothing(self):
        block, value = chart("Quý\tCuộc\nI\t5\nII\t\nIII\t7")
        html = block.render(value)
        assert ">–</td>" in html
        assert wide(html).count('class="pbgdpl-chart__s1"') == 2

    def test_a_gap_parts_the_line(self):
        block, value = chart("Quý\tCuộc\nI\t5\nII\t6\nIII\t\nIV\t7", kind="line")
        html = wide(block.render(value))
        assert html.count('class="pbgdpl-chart__l1"') == 1
        assert html.count("<circle") == 3

    def test_heights_are_in_proportion(self):
        block, value = chart("Quý\tCuộc\nI\t5\nII\t10")
        heights = re.findall(
            r'<rect [^>]*height="([\d.]+)" class="pbgdpl-chart__s1"', wide(block.render(value))
        )
        low, high = map(float, heights)
        assert high == pytest.approx(2 * low, abs=0.02)

    def test_pie_names_each_share(self):
        block, value = chart("Lĩnh vực\tLượt\nĐất đai\t3\nHộ tịch\t1", kind="pie")
        with translation.override("vi"):
            html = block.render(block.clean(value))
        assert "Đất đai: 3 (75%)" in html
        assert "Hộ tịch: 1 (25%)" in html

    def test_several_series_have_a_legend(self):
        block, value = chart("Quý\tTrực tiếp\tTrực tuyến\nI\t5\t6")
        drawing = re.search(r"<svg.*</svg>", block.render(value), flags=re.DOTALL).group()
        assert ">Trực tiếp</text>" in drawing
        assert ">Trực tuyến</text>" in drawing

    @pytest.mark.parametrize("kind", ["bar", "column"])
    def test_negative_numbers(self, kind):
        block, value = chart("Quý\tTăng, giảm\nI\t-5\nII\t5", kind=kind)
        html = block.render(block.clean(value))
        assert not re.search(r'(?:width|height)="-', html)

    def test_one_whole_is_a_circle(self):
        block, value = chart("Lĩnh vực\tLượt\nĐất đai\t3", kind="pie")
        assert "<circle" in block.render(block.clean(value))


NUMBERS = st.one_of(st.none(), st.decimals(min_value=-(10**9), max_value=10**9, places=2))


@given(
    st.sampled_from(ALL_KINDS),
    st.integers(1, 12).flatmap(
        lambda n: st.lists(st.lists(NUMBERS, min_size=n, max_size=n), min_size=1, max_size=8)
    ),
)
def test_any_numbers_draw_within_the_frame(kind, columns):
    data = ChartData(
        [f"Hàng {i}" for i in range(len(columns[0]))],
        [Series(f"Cột {i}", values) for i, values in enumerate(columns)],
    )
    svg = draw(kind, data, title="t", description="d")
    if not svg:
        return
    root = parsed(svg)
    _x, _y, width, height = map(float, root.get("viewBox").split())
    for shape in root.iter():
        for name, limit in (("x", width), ("cx", width), ("y", height), ("cy", height)):
            if shape.get(name) is not None:
                assert -20 <= float(shape.get(name)) <= limit + 20
        for name in ("width", "height"):
            if shape.get(name) is not None:
                assert float(shape.get(name)) >= 0


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("1234567.50", "1.234.567,5"),
        ("-1234", "-1.234"),
        ("0", "0"),
        ("100", "100"),
        ("0.10", "0,1"),
    ],
)
def test_format_number(number, written):
    with translation.override("vi"):
        assert format_number(Decimal(number)) == written


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", COLOURS)
def test_colours_stand_out_from_white(colour):
    """I8: WCAG 2.0."""
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_what_is_drawn_for_a_phone_stays_on_its_sheet(kind):
    """C3: nothing hangs over the edge, and columns too thin to read lie down as bars."""
    rows = "".join(f"Tháng {number}\t{number * 1000}\n" for number in range(1, 9))
    block, value = chart(f"Tháng\tCuộc\n{rows}", kind=kind)
    html = block.render(value)
    narrow = html[html.index("pbgdpl-chart__drawing--narrow") :].split("</svg>")[0]
    across = [float(one) for one in re.findall(r' (?:x|x1|x2|cx)="(-?[\d.]+)"', narrow)]
    assert across
    assert min(across) >= 0
    assert max(across) <= NARROW.width
