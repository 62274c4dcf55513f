"""Text of before Unicode is recognised, and never taken for what it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from wagtail_pbgdpl.legal.encodings import (
    Encoding,
    converted,
    encoding_in,
    encoding_of_font,
    is_old,
)

TCVN3 = "§iÒu 1. Ph¹m vi ®iÒu chØnh vµ ®èi t­îng ¸p dông cña Quy ®Þnh nµy"
VNI = "Ñieàu 1. Phaïm vi ñieàu chænh vaø ñoái töôïng aùp duïng cuûa Quy ñònh naøy"
UNICODE = "Điều 1. Phạm vi điều chỉnh và đối tượng áp dụng của Quy định này"
DOCUMENTS = Path(__file__).parents[2] / "example_site" / "demo" / "documents"


@pytest.mark.parametrize(("text", "encoding"), [(TCVN3, Encoding.TCVN3), (VNI, Encoding.VNI)])
def test_each_is_recognised_and_converted(text: str, encoding: Encoding) -> None:
    assert encoding_in([text]) == encoding
    assert converted(text, encoding) == UNICODE
    assert is_old(text, encoding)


def test_all_letters_of_vni() -> None:
    assert converted("aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä", Encoding.VNI) == (
        "á à ả ã ạ ă ắ ằ ẳ ẵ ặ â ấ ầ ẩ ẫ ậ"
    )
    assert converted("ÑÖÔÏNG YEÁU LÒCH SÖÛ vó æ kyõ thuaät ôû myï", Encoding.VNI) == (
        "ĐƯỢNG YẾU LỊCH SỬ vĩ ỉ kỹ thuật ở mỵ"
    )


def test_all_letters_of_tcvn3() -> None:
    assert converted("¸µ¶·¹ ¨¾»¼½Æ ©ÊÇÈÉË ÐÌÎÏÑ ªÕÒÓÔÖ Ý×ØÜÞ", Encoding.TCVN3) == (
        "áàảãạ ăắằẳẵặ âấầẩẫậ éèẻẽẹ êếềểễệ íìỉĩị"
    )
    assert converted("ãßáâä «èåæçé ¬íêëìî óïñòô ­øõö÷ù ýúûüþ ®§¡¢£¤¥¦", Encoding.TCVN3) == (
        "óòỏõọ ôốồổỗộ ơớờởỡợ úùủũụ ưứừửữự ýỳỷỹỵ đĐĂÂÊÔƠƯ"
    )


def test_capitals_are_in_the_font() -> None:
    assert converted("Quy ®Þnh chung", Encoding.TCVN3, ".VnTimeH") == "QUY ĐỊNH CHUNG"
    assert converted("Quy ®Þnh chung", Encoding.TCVN3, ".VnTime") == "Quy định chung"


def test_signs_that_word_keeps_apart() -> None:
    assert converted("Quy \uf0ae\uf0denh", Encoding.TCVN3) == "Quy định"


@pytest.mark.parametrize(
    "text",
    [
        UNICODE,
        "Dieu 1. Pham vi dieu chinh",
        "Le café est très cher à Paris, déjà vu, élève naïf, où êtes",
        "El señor está aquí mañana por la mañana; días, corazón y acción",
        "Überprüfung der Straßen für größere Häuser in Köln",
        "© 2024 ® ° § 5",
        "",
    ],
)
def test_what_is_no_old_text(text: str) -> None:
    assert encoding_in([text]) is None


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_five_documents_are_in_unicode(path: Path) -> None:
    assert encoding_in(path.read_text(encoding="utf-8").splitlines()) is None


def test_a_line_in_unicode_within_an_old_text_stays() -> None:
    assert not is_old("Sửa đổi bởi ô. Hùng", Encoding.VNI)
    assert encoding_in([TCVN3, UNICODE]) == Encoding.TCVN3


def test_fonts() -> None:
    assert encoding_of_font(".VnArial") == Encoding.TCVN3
    assert encoding_of_font("VNI-Helve") == Encoding.VNI
    assert encoding_of_font("Times New Roman") is None
