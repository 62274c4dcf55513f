"""Vietnamese text in its one stored form, and without accents for addresses."""

from __future__ import annotations

import re
import unicodedata

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from wagtail_pbgdpl.core.text import address_part, fold, nfc

NFC = "Phổ biến, giáo dục pháp luật"
NFD = unicodedata.normalize("NFD", NFC)
VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụ"
    "ứừửữựýỳỷỹỵĐÂĂÊÔƠƯ ,.-/"
)


def test_the_two_forms_differ() -> None:
    """Or the tests below could not fail."""
    assert NFC != NFD


class TestNfc:
    """I7: BK21 Điều 8.2, BK18 Điều 4.1."""

    def test_text_is_composed(self) -> None:
        assert nfc(NFD) == NFC

    @pytest.mark.parametrize("value", [None, 5, 2.5, True, b"\xcc\x81", object])
    def test_what_is_no_text_is_returned_as_it_is(self, value: object) -> None:
        assert nfc(value) is value

    def test_text_inside_lists_and_dictionaries_is_composed(self) -> None:
        value = {"title": NFD, "rows": [[NFD, 1], (NFD, None)], "deep": {"a": {"b": NFD}}}
        assert nfc(value) == {
            "title": NFC,
            "rows": [[NFC, 1], (NFC, None)],
            "deep": {"a": {"b": NFC}},
        }

    def test_the_argument_is_left_alone(self) -> None:
        value = [NFD]
        nfc(value)
        assert value == [NFD]

    def test_composed_text_is_not_vouched_for(self) -> None:
        """Composing can make characters that nobody has looked at."""
        assert not isinstance(nfc(SafeString(NFD)), SafeString)

    @given(st.text())
    def test_twice_is_the_same_as_once(self, text: str) -> None:
        assert nfc(nfc(text)) == nfc(text)
        assert unicodedata.is_normalized("NFC", nfc(text))

    @given(VIETNAMESE)
    def test_nothing_of_vietnamese_is_lost(self, text: str) -> None:
        assert nfc(unicodedata.normalize("NFD", text)) == text


class TestFold:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("Đường sắt đô thị", "Duong sat do thi"),
            ("Hoà giải, hòa giải", "Hoa giai, hoa giai"),
            ("17/2018/QĐ-UBND", "17/2018/QD-UBND"),
            (NFD, "Pho bien, giao duc phap luat"),
            ("", ""),
        ],
    )
    def test_accents_go(self, text: str, folded: str) -> None:
        assert fold(text) == folded

    @given(VIETNAMESE)
    def test_all_vietnamese_becomes_ascii(self, text: str) -> None:
        assert fold(text).isascii()
        assert len(fold(text)) == len(text)


class TestAddressPart:
    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("Tin hoạt động", "tin-hoat-dong"),
            ("Quyết định số 17/2018/QĐ-UBND", "quyet-dinh-so-172018qd-ubnd"),
            (NFD, "pho-bien-giao-duc-phap-luat"),
            ("«???»", ""),
        ],
    )
    def test_examples(self, title: str, expected: str) -> None:
        assert address_part(title) == expected

    def test_a_long_title_is_cut_between_words(self) -> None:
        assert address_part("mot hai ba bon", max_length=9) == "mot-hai"
        assert address_part("mot hai ba bon", max_length=10) == "mot-hai-ba"

    def test_a_long_word_is_cut_anyway(self) -> None:
        assert address_part("a" * 100, max_length=10) == "a" * 10

    @given(VIETNAMESE, st.integers(min_value=1, max_value=90))
    def test_it_is_an_address_and_short_enough(self, title: str, longest: int) -> None:
        part = address_part(title, max_length=longest)
        assert len(part) <= longest
        assert re.fullmatch(r"[a-z0-9_-]*", part)
