"""The reader of legal text, on the five regulations that the package was built from (D3)."""

import html
import re
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_pbgdpl.legal.parser import parse
from wagtail_pbgdpl.legal.stream import to_stream
from wagtail_pbgdpl.legal.structure import Article, Heading, LegalText, Prose

DOCUMENTS = Path(__file__).parents[2] / "example_site" / "demo" / "documents"
NAMES = ("bac_kan_2018", "bac_kan_2021", "binh_phuoc_2020", "lao_cai_2019", "quang_tri_2024")


def source(name: str) -> str:
    return (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text))


@pytest.fixture(scope="module", params=NAMES)
def document(request: pytest.FixtureRequest) -> tuple[str, LegalText]:
    return source(request.param), parse(source(request.param))


@pytest.fixture(scope="module")
def bk21() -> LegalText:
    return parse(source("bac_kan_2021"))


@pytest.fixture(scope="module")
def bk18() -> LegalText:
    return parse(source("bac_kan_2018"))


@pytest.fixture(scope="module")
def bp20() -> LegalText:
    return parse(source("binh_phuoc_2020"))


@pytest.fixture(scope="module")
def qt24() -> LegalText:
    return parse(source("quang_tri_2024"))


@pytest.fixture(scope="module")
def lc19() -> LegalText:
    return parse(source("lao_cai_2019"))


def numbers(articles: tuple[Article, ...]) -> list[str]:
    return [article.number for article in articles]


def markers(items: object) -> str:
    return "".join(item.marker.rstrip(")") for item in items)  # type: ignore[attr-defined]


class TestWholeText:
    """D3: the full text is published, so not one word may be lost or change its place."""

    def test_d3_every_word_survives_in_its_place(self, document):
        text, parsed = document
        # The two numbers that were struck out and written again by hand (BK18, head of Quy chế).
        kept = text.replace("~~17~~ **17**", "17").replace("~~31~~ **31**", "31")

        assert words("\n".join(parsed.lines())) == words(kept)

    def test_no_markup_is_left(self, document):
        _, parsed = document

        assert not [line for line in parsed.lines() if re.search(r"[*#~<>]", line)]

    def test_no_line_begins_in_the_middle_of_a_sentence(self, document):
        _, parsed = document

        unmarked = [line for line in parsed.lines() if line[0].islower()]
        assert [line for line in unmarked if not re.match(r"[a-zđ]\) ", line)] == []

    @given(st.text(alphabet="aáẢđĐ \n*#-.)1IX«Điều"))
    def test_any_text_keeps_its_letters(self, text):
        parsed = parse(text)

        def letters(value: str) -> str:
            return "".join(words(value))

        assert letters("".join(parsed.lines())) == letters(text)

    def test_an_empty_text_has_no_parts(self):
        assert parse("").parts == ()

    def test_i7_a_decomposed_text_is_stored_precomposed(self):
        parsed = parse(unicodedata.normalize("NFD", "Điều 1. Giải thích từ ngữ"))

        assert parsed.parts[0].article("1").title == "Giải thích từ ngữ"


class TestBacKan2021:
    def test_the_file_holds_four_documents(self, bk21):
        assert [part.kind for part in bk21.parts] == [
            "công văn",
            "quy chế",
            "phụ lục",
            "quyết định",
        ]

    def test_articles_of_the_regulation_and_of_the_decision_are_apart(self, bk21):
        assert numbers(bk21.part("quy chế").articles) == [str(n) for n in range(1, 28)]
        assert numbers(bk21.part("quyết định").articles) == ["1", "2", "3"]
        assert bk21.part("phụ lục").articles == ()

    def test_chapters(self, bk21):
        chapters = [h for h in bk21.part("quy chế").headings if h.level == "chapter"]

        assert [chapter.number for chapter in chapters] == ["I", "II", "III", "IV", "V"]
        assert chapters[0].title == "QUY ĐỊNH CHUNG"
        assert chapters[3].title == (
            "KINH PHÍ THỰC HIỆN, CHẾ ĐỘ BÁO CÁO, KIỂM TRA, KHEN THƯỞNG VÀ XỬ LÝ VI PHẠM"
        )
        assert chapters[4].title == "ĐIỀU KHOẢN THI HÀNH"

    def test_article_9_names_the_fifteen_categories(self, bk21):
        """BK21 Điều 9: C1 to C15."""
        article = bk21.part("quy chế").article("9")

        assert article.title == "Nội dung thông tin dữ liệu trên Cổng TTĐTTPBGDPL"
        assert [clause.number for clause in article.clauses] == [str(n) for n in range(1, 16)]
        beginnings = {
            "1": "Thông tin giới thiệu về vị trí, vai trò",
            "3": "Thông tin các văn bản hướng dẫn, chỉ đạo",
            "6": "Thông tin trả lời ý kiến và tư vấn độc giả;",
            "9": "Thông tin hoạt động thực hiện các Chỉ thị, Kết luận",
            "13": "Tích hợp thông tin: Tủ sách pháp luật điện tử quốc gia",
            "15": "Các thông tin khác theo yêu cầu của Chính phủ",
        }
        for number, beginning in beginnings.items():
            assert article.clause(number).text.startswith(beginning)

    def test_article_12_has_points_and_paragraphs_below_them(self, bk21):
        """BK21 Điều 12.1c: two paragraphs stand below point c."""
        items = bk21.part("quy chế").article("12").clause("1").items

        assert [item.kind for item in items] == ["point"] * 3 + ["text"] * 2 + ["point"]
        assert [item.marker for item in items if item.marker] == ["a)", "b)", "c)", "d)"]
        assert items[4].text.startswith("Chậm nhất 15 (mười lăm) ngày làm việc")

    def test_a_sentence_broken_by_a_page_is_whole(self, bk21):
        clause = bk21.part("quy chế").article("16").clause("2")

        assert "nghiêm túc thực hiện việc xây dựng nội dung" in clause.text
        assert clause.items == ()

    def test_emphasis_and_links_are_plain_words(self, bk21):
        regulation = bk21.part("quy chế")

        assert regulation.article("3").clause("2").text.endswith("http://pbgdpl.backan.gov.vn.")
        assert "(gồm của Trung ương và địa phương);" in regulation.article("9").clause("7").text

    def test_articles_of_a_decision_have_no_title(self, bk21):
        article = bk21.part("quyết định").article("2")

        assert article.title == ""
        assert article.lead[0].text == "Quyết định này có hiệu lực kể từ ngày .../.../2021."

    def test_recipients_and_signatures_are_no_part_of_the_last_article(self, bk21):
        regulation = bk21.part("quy chế")

        assert regulation.articles[-1].lead[-1].text.endswith("khi cần thiết./.")
        assert regulation.nodes[-1] == Prose(
            (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ("Nguyễn Long Hải",))
        )

    def test_the_annex_keeps_the_form_line_by_line(self, bk21):
        """S1: the fields of the information slip."""
        lines = [line for node in bk21.part("phụ lục").nodes for line in node.lines()]

        assert "1. Tên đơn vị." in lines
        assert "6. Đề nghị đăng mục:" in lines

    def test_unknown_parts_articles_and_clauses_raise(self, bk21):
        with pytest.raises(KeyError):
            bk21.part("nghị quyết")
        with pytest.raises(KeyError):
            bk21.part("quy chế").article("28")
        with pytest.raises(KeyError):
            bk21.part("quy chế").article("9").clause("16")


class TestBacKan2018:
    def test_decision_regulation_and_annex(self, bk18):
        assert [part.kind for part in bk18.parts] == ["quyết định", "quy chế", "phụ lục"]
        assert numbers(bk18.part("quyết định").articles) == ["1", "2", "3"]
        assert numbers(bk18.part("quy chế").articles) == [str(n) for n in range(1, 20)]

    def test_handwritten_figures_replace_what_they_strike_out(self, bk18):
        prose = [node for node in bk18.part("quy chế").nodes if isinstance(node, Prose)]

        assert (
            prose[0]
            .paragraphs[0][0]
            .startswith(
                "(Ban hành kèm theo Quyết định số: 17 /2018/QĐ-UBND ngày 31 tháng 7 năm 2018"
            )
        )

    def test_titles_on_the_line_of_their_chapter(self, bk18):
        """The source writes chapter VI as «Chương IV»: it is repeated, not corrected."""
        chapters = [h for h in bk18.part("quy chế").headings if h.level == "chapter"]

        assert [h.number for h in chapters] == ["I", "II", "III", "IV", "V", "IV", "VII"]
        assert chapters[1].title == "THÔNG TIN CUNG CẤP TRÊN CỔNG TTĐT TỈNH"
        assert chapters[4].title.startswith("CƠ CẤU TỔ CHỨC, NHIỆM VỤ")
        assert chapters[5].title == "KINH PHÍ THỰC HIỆN, KHEN THƯỞNG VÀ XỬ LÝ VI PHẠM"

    def test_article_3_3_lists_points_a_to_s(self, bk18):
        clause = bk18.part("quy chế").article("3").clause("3")

        assert markers(clause.points) == "abcdđefghiklmnopqrs"

    def test_a_sentence_broken_before_a_capital_is_whole(self, bk18):
        """BK18 Điều 4.2: «… của Bộ» ends a page, «Thông tin và Truyền thông» begins the next."""
        assert "của Bộ Thông tin và Truyền thông về việc công bố" in (
            bk18.part("quy chế").article("4").clause("2").text
        )

    def test_points_without_a_clause_are_the_lead(self, bk18):
        article = bk18.part("quy chế").article("11")

        assert article.clauses == ()
        assert [str(item)[:12] for item in article.lead] == ["a) Chủ trì, ", "b) Hướng dẫn"]


class TestBinhPhuoc2020:
    def test_articles(self, bp20):
        assert numbers(bp20.part("quy chế").articles) == [str(n) for n in range(1, 21)]

    def test_article_9_3_has_points_a_to_f_with_đ(self, bp20):
        """BP20 Điều 9.3: the time limits T9 to T12."""
        clause = bp20.part("quy chế").article("9").clause("3")

        assert markers(clause.points) == "abcdđef"
        assert clause.points[0].text.startswith("Đối với tin tức, sự kiện: Không quá 12 giờ")

    def test_dashes_below_a_point_keep_their_order(self, bp20):
        """BP20 Điều 9.3đ: T11, one dash for each period."""
        items = bp20.part("quy chế").article("9").clause("3").items
        after = items[[item.marker for item in items].index("đ)") + 1 :]

        assert [item.kind for item in after[:6]] == ["dash"] * 5 + ["point"]
        assert after[0].text == "Trong tuần đầu tiên của tháng tiếp theo đối với báo cáo tháng;"

    def test_captions_are_not_joined_to_what_they_announce(self, bp20):
        clause = bp20.part("quy chế").article("19").clause("1")

        assert clause.text == "Trưởng Ban Biên tập có trách nhiệm"
        assert len(clause.items) == 3


class TestQuangTri2024:
    def test_glued_headings_are_parted(self, qt24):
        regulation = qt24.part("quy chế")

        assert regulation.headings[0] == Heading(
            "part", "QUY CHẾ", "", "Hoạt động Trang thông tin điện tử của Sở Tư pháp Quảng Trị"
        )
        assert regulation.headings[1] == Heading("chapter", "Chương", "I", "QUY ĐỊNH CHUNG")
        assert regulation.article("1").title == "Phạm vi điều chỉnh và đối tượng áp dụng"

    def test_markdown_headings_are_read(self, qt24):
        """QT24 Điều 4.2 is set as a heading, Điều 5 and 6 too."""
        regulation = qt24.part("quy chế")

        assert numbers(regulation.articles) == [str(n) for n in range(1, 13)]
        assert [c.number for c in regulation.article("4").clauses] == ["1", "2"]
        assert markers(regulation.article("5").clause("1").points) == "abcdđegh"

    def test_refusal_grounds_stand_below_their_point(self, qt24):
        """QT24 Điều 4.2c (R9)."""
        items = qt24.part("quy chế").article("4").clause("2").items

        assert items[-1].kind == "text"
        assert items[-1].text.startswith("Không đúng với quan điểm, chủ trương")


class TestLaoCai2019:
    def test_roman_divisions_are_articles_without_the_word(self, lc19):
        articles = lc19.part("kế hoạch").articles

        assert [(a.label, a.number) for a in articles] == [
            ("", number) for number in ("I", "II", "III", "IV", "V")
        ]
        assert articles[1].title == "NHIỆM VỤ CHỦ YẾU:"

    def test_tasks_and_their_parts(self, lc19):
        """LC19 II: eight tasks, the second in two parts."""
        clauses = lc19.part("kế hoạch").article("II").clauses

        assert [clause.number for clause in clauses] == [
            *("1", "2", "2.1", "2.2", "3", "4", "5", "6", "7", "8"),
        ]
        assert markers(clauses[2].points) == "abcd"

    def test_plus_items(self, lc19):
        """LC19 II.3a: what the section of the portal holds."""
        items = lc19.part("kế hoạch").article("II").clause("3").items

        assert sum(item.kind == "plus" for item in items) == 10

    def test_the_closing_word_is_not_the_last_task(self, lc19):
        plan = lc19.part("kế hoạch")

        assert plan.article("V").clause("5").points[-1].text.endswith("được giao.")
        closing = plan.nodes[-1]
        assert isinstance(closing, Prose)
        assert closing.paragraphs[0][0].startswith("Trên đây là Kế hoạch")


class TestAmendments:
    def test_what_a_law_inserts_is_read(self):
        """«Điều 9a», «khoản 1a», «điểm a1»: the numbers that the blocks of the law take too."""
        text = parse("Điều 9a. Bổ sung\n\n1. Một.\n\n1a. Hai:\n\na) Ba;\n\na1) Bốn.\n\n2. Năm.")

        (article,) = text.parts[0].articles
        assert (article.number, [clause.number for clause in article.clauses]) == (
            "9a",
            ["1", "1a", "2"],
        )
        assert [point.text for point in article.clause("1a").points] == ["Ba;", "Bốn."]

    def test_a_year_is_no_clause(self):
        text = parse("Điều 1. Phạm vi\n\n1. Một.\n\n2021. Hai.")

        (article,) = text.parts[0].articles
        assert [clause.number for clause in article.clauses] == ["1"]


def text_of(stream: list[dict]) -> str:
    """All words that a stream shows, tags left out, and nothing but the words."""
    found = []
    for block in stream:
        value = block["value"]
        match block["type"]:
            case "rich_text":
                found.append(html.unescape(re.sub(r"<[^>]+>", " ", value)))
            case "heading":
                found.append(value["text"])
            case "legal_heading":
                word = {"chuong": "Chương", "muc": "Mục", "phu-luc": "Phụ lục"}[value["level"]]
                found += [word, value["number"], value["title"]]
            case "legal_article":
                found += ["Điều", value["number"], value["title"], value["lead"]]
                for clause in value["clauses"]:
                    found += [clause["number"], clause["text"]]
            case other:
                raise AssertionError(other)
    return "\n".join(found)


class TestStream:
    def test_d3_the_body_shows_every_word(self, document):
        _, parsed = document

        assert words(text_of(to_stream(parsed))) == words("\n".join(parsed.lines()))

    def test_parts_that_count_anew_have_prefixes(self, bk21):
        articles = [b["value"] for b in to_stream(bk21) if b["type"] == "legal_article"]

        prefixed = {(a["prefix"], a["number"]) for a in articles}
        assert {("quy-che", "1"), ("quyet-dinh", "1"), ("quy-che", "27")} <= prefixed
        assert len(prefixed) == len(articles) == 30

    def test_a_single_regulation_has_none(self, bp20):
        articles = [b["value"] for b in to_stream(bp20) if b["type"] == "legal_article"]

        assert {a["prefix"] for a in articles} == {""}

    def test_points_stay_lines_of_their_clause(self, bp20):
        articles = [b["value"] for b in to_stream(bp20) if b["type"] == "legal_article"]
        lines = articles[8]["clauses"][2]["text"].splitlines()

        assert [line[:3] for line in lines if line[1:2] == ")"] == [
            *("a) ", "b) ", "c) ", "d) ", "đ) ", "e) ", "f) "),
        ]

    def test_points_without_a_clause_get_one_without_a_number(self, bk18):
        articles = [b["value"] for b in to_stream(bk18) if b["type"] == "legal_article"]
        article = next(a for a in articles if a["prefix"] == "quy-che" and a["number"] == "11")

        assert article["lead"] == ""
        assert [clause["number"] for clause in article["clauses"]] == [""]

    def test_a_plan_becomes_headings_and_running_text(self, lc19):
        stream = to_stream(lc19)

        assert [b["value"]["text"] for b in stream if b["type"] == "heading"][1:] == [
            "I. MỤC TIÊU.",
            "II. NHIỆM VỤ CHỦ YẾU:",
            "III. GIẢI PHÁP CHỦ YẾU.",
            "IV. KINH PHÍ THỰC HIỆN",
            "V. TỔ CHỨC THỰC HIỆN",
        ]
        tasks = stream[5]["value"]
        assert "sau đây:<ul><li>Tài liệu giới thiệu" in tasks
        assert "<p><b>2. Khảo sát, đánh giá" in tasks
        assert "<h3>1. Sở Tư pháp</h3><p>a) Chủ trì" in stream[11]["value"]

    def test_recipients_are_a_list(self, qt24):
        assert "<p>Nơi nhận:</p><ul><li>Như Điều 3;</li>" in text_blocks(to_stream(qt24))[1]

    @pytest.mark.parametrize("name", NAMES)
    def test_lists_are_closed(self, name):
        for html_text in text_blocks(to_stream(parse(source(name)))):
            ElementTree.fromstring(f"<div>{html_text}</div>")  # noqa: S314

    def test_text_is_escaped(self):
        stream = to_stream(parse("Kính gửi: Phòng A & B\n\n1 < 2"))

        assert stream[0]["value"] == "<p>Kính gửi: Phòng A &amp; B</p><p>1 &lt; 2</p>"


def text_blocks(stream: list[dict]) -> list[str]:
    return [block["value"] for block in stream if block["type"] == "rich_text"]
