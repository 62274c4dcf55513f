"""Numbers, articles and spellings, and the tokens that are made of them: pure, no database."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from wagtail_pbgdpl.core.text import nfc
from wagtail_pbgdpl.search import citations
from wagtail_pbgdpl.search.citations import Article, DocumentNumber
from wagtail_pbgdpl.search.entries import Entry, Section
from wagtail_pbgdpl.search.expressions import Has, every, for_postgres, for_sqlite, some
from wagtail_pbgdpl.search.spelling import code, spoken, untyped
from wagtail_pbgdpl.search.tokens import MOST_BYTES, TOKEN, filter_token, folded, tokens
from wagtail_pbgdpl.search.words import sentences

DECISION = DocumentNumber("17", "2018", ("qd", "ubnd"))
VIETNAMESE = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
)
words = st.text(VIETNAMESE, min_size=1, max_size=8)
texts = st.lists(words, max_size=30).map(" ".join)


def entry(**values: Any) -> Entry:
    at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    return Entry(
        **{"object_id": 1, "kind": "news", "title": "", "date": at, "language": "vi"} | values
    )


class TestNumbers:
    @pytest.mark.parametrize(
        "text",
        [
            "17/2018/QĐ-UBND",
            "17/2018/qd-ubnd",
            "017/2018/QĐUBND",
            "17-2018 qd ubnd",
            "17 / 2018 / QĐ - UBND",
            "17.2018.qđ.ubnd",
            "17 2018 QĐ UBND",
            unicodedata.normalize("NFD", "17/2018/QĐ–UBND"),
            "số 17 năm 2018 qđ ubnd",
            "17/2018/QĐ\u00a0-\u00a0UBND",
        ],
    )
    def test_of_any_spelling(self, text: str) -> None:
        """D1."""
        found = citations.read(nfc(text))
        assert found.numbers == (DECISION,)
        assert not found.rest.strip()

    @pytest.mark.parametrize("text", ["17/2018", "quyết định 17/2018", "số 17 năm 2018", "17-2018"])
    def test_what_is_typed_in_part_begins_it(self, text: str) -> None:
        (found,) = citations.read(text).numbers
        assert DECISION.path().startswith(found.path())

    def test_without_the_year(self) -> None:
        (found,) = citations.read("17/QĐ-UBND").numbers
        assert found.path() in DECISION.paths()

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ("Luật số 64/2025/QH15", "64.2025.qh15."),
            ("chỉ thị 32-CT/TW", "32.ct.tw."),
            ("2280/QĐ-TTg", "2280.qd.ttg."),
            ("nghị định 30", "30."),
        ],
    )
    def test_others(self, text: str, path: str) -> None:
        assert [one.path() for one in citations.read(text).numbers] == [path]

    @pytest.mark.parametrize(
        "text", ["ngày 12/6/2018", "15 ngày làm việc", "năm 2018", "3,5 triệu", "a/b", "tổ 17"]
    )
    def test_what_is_none(self, text: str) -> None:
        assert citations.read(text).numbers == ()
        assert citations.read(text).rest == text

    def test_in_a_text(self) -> None:
        text = "Căn cứ Nghị định số 30/2020/NĐ-CP, Quyết định 2280/QĐ-TTg; tháng 12/2018, 60 km/h"
        found = [one.path() for one in citations.cited(text)]
        assert found == ["30.2020.nd.cp.", "2280.qd.ttg."]


@pytest.mark.parametrize(
    ("text", "article", "rest"),
    [
        ("Điều 9 phổ biến", Article("9"), "phổ biến"),
        ("dieu 9 pho bien", Article("9"), "pho bien"),
        ("khoản 3 điều 12 quy chế", Article("12", "3"), "quy chế"),
        ("điểm đ khoản 1 Điều 7", Article("7", "1", "d"), ""),
        ("Điều 9a, khoản 2, điểm b", Article("9a", "2", "b"), ""),
        ("đ9 quy chế", Article("9"), "quy chế"),
    ],
)
def test_articles(text: str, article: Article, rest: str) -> None:
    found = citations.read(text)
    assert found.articles == (article,)
    assert found.rest.strip() == rest


class TestSpelling:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("hòa", "hoà"),
            ("thúy", "thuý"),
            ("ủy", "uỷ"),
            ("kỹ", "kĩ"),
            ("lý", "lí"),
            ("QUY", "qui"),
        ],
    )
    def test_tones_and_final_y_may_be_written_either_way(self, one: str, other: str) -> None:
        assert code(one) == code(other)

    @pytest.mark.parametrize(("one", "other"), [("chó", "cho"), ("bạc", "bắc"), ("đất", "dất")])
    def test_other_words_have_other_codes(self, one: str, other: str) -> None:
        assert code(one) != code(other)

    @given(texts)
    def test_codes_stand_beside_the_words_of_the_look_alikes(self, text: str) -> None:
        found = spoken(text)
        assert [[syllable for syllable, _code in run] for run in found] == sentences(text)

    @given(texts)
    def test_decomposed_text_is_the_same(self, text: str) -> None:
        assert spoken(unicodedata.normalize("NFD", text)) == spoken(text)

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("phaps", "phap"),
            ("luaatj", "luat"),
            ("dduowngf", "duong"),
            ("nguwowif", "nguoi"),
            ("dwx", "du"),
            ("ddwowjc", "duoc"),
            ("ddoongj", "dong"),
            ("lua65t", "luat"),
            ("d9a61t", "dat"),
            ("sinh", "sinh"),
            ("trung", "trung"),
            ("2018", "2018"),
        ],
    )
    def test_signs_of_telex_and_vni(self, typed: str, meant: str) -> None:
        assert untyped(typed) == meant


class TestTokens:
    @hypothesis_settings(max_examples=40)
    @given(st.text(max_size=100), st.text(max_size=40), st.text(max_size=20))
    def test_both_databases_take_all_of_them(self, text: str, title: str, number: str) -> None:
        sections = [Section(0, 1, "x", title, number)]
        found = tokens(
            entry(title=title, text=text, number=number, fields=[number], sections=sections)
        )
        assert all(TOKEN.fullmatch(token) for token in found)
        assert len(found) == len(set(found))

    def test_where_words_stand(self) -> None:
        found = tokens(
            entry(
                title="Hòa giải",
                lead="Tóm tắt",
                text="Căn cứ 30/2020/NĐ-CP. " + "lời " * 60 + "đất đai " * 3,
                number="17/2018/QĐ-UBND",
                sections=[Section(0, 7, "dieu-9", "Điều 9. Nội dung", "9")],
            )
        )
        assert {
            *("t.hoa_giai", "tc.hoa2", "s.tom_tat", "dat_dai", "c.d9a6t1", "m.dat_dai"),
            *(
                "o.",
                "o.17.2018.qd.ubnd.",
                "o.17.qd.ubnd.",
                "o.17.2018.ubnd.",
                "n.30.2020.nd.cp.",
                "a.dieu.9",
            ),
            *("h.9.noi_dung", "k.news", "l.vi", "y.2026"),
        } <= set(found)
        assert not {"t.tom_tat", "s.dat_dai", "m.hoa_giai", "o.30.2020.nd.cp."} & set(found)

    def test_of_a_book_the_beginning_is_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """PostgreSQL refuses more than a megabyte of one entry."""
        monkeypatch.setattr("wagtail_pbgdpl.search.tokens.MOST_BYTES", 2_000)
        found = tokens(entry(title="Sách", text=" ".join(f"a{n} b{n}" for n in range(500))))
        assert 1_900 < sum(len(token) + 4 for token in found) <= 2_000
        assert "t.sach" in found
        assert MOST_BYTES < 2**20

    @given(st.text(max_size=12), st.text(max_size=12))
    def test_no_two_codes_have_one_token(self, one: str, other: str) -> None:
        assert (filter_token("f", one) == filter_token("f", other)) == (one == other)

    def test_titles_are_put_in_order_by_their_words(self) -> None:
        assert folded("Quyết định số 17/2018/QĐ-UBND") == "quyet dinh so 17 2018 qd ubnd"


def test_an_expression_is_written_for_each_database() -> None:
    asked = every([Has("phap_luat"), some([Has("t.dat"), Has("o.17.", is_beginning=True)])])
    assert for_postgres(asked) == "('phap_luat' & ('t.dat' | 'o.17.':*))"
    assert for_sqlite(asked) == '("phap_luat" AND ("t.dat" OR "o.17." *))'


@pytest.mark.parametrize("token", ["", "a'b", 'a"b', "đất", "a b", "a*"])
def test_nothing_else_gets_into_an_expression(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        Has(token)
