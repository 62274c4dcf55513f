"""C12: what needs no database: states, black-outs, and what can be commented."""

from __future__ import annotations

import datetime

import pytest

from tests.consultations.conftest import BODY
from wagtail_pbgdpl.consultations.blacking import Piece, Span, pieces, plain, spans
from wagtail_pbgdpl.consultations.provisions import provisions, questions_in
from wagtail_pbgdpl.consultations.states import closing, days_left
from wagtail_pbgdpl.pages.models import ConsultationPage

DAY = datetime.date(2026, 3, 31)


def test_the_last_day_is_whole() -> None:
    assert closing(DAY).isoformat() == "2026-04-01T00:00:00+07:00"
    assert days_left(DAY, DAY) == 1
    assert days_left(datetime.date(2026, 3, 29), DAY) == 3
    assert days_left(datetime.date(2026, 4, 1), DAY) == 0


def test_passages_are_blacked_out_wherever_they_stand() -> None:
    text = "Ông A ở số 5. Ông A nói vậy."
    found = [span._replace(reason="dữ liệu cá nhân") for span in spans(text, ["Ông A", "số 5"])]
    shown = pieces(text, found)
    assert plain(shown) == "[…] ở […]. […] nói vậy."
    assert shown[0] == Piece("", "dữ liệu cá nhân")
    with pytest.raises(LookupError, match="Ông B"):
        spans(text, ["Ông A", "Ông B"])


def test_of_passages_that_overlap_nothing_is_left_over() -> None:
    assert plain(pieces("0123456789", [Span(2, 5, "a"), Span(4, 8, "b")])) == "01[…]89"
    assert plain(pieces("0123", [])) == "0123"
    assert plain(pieces("0123", [Span(0, 4, "a")])) == "[…]"


def test_articles_clauses_points_and_questions_can_be_commented() -> None:
    body = ConsultationPage(body=BODY).body
    found = provisions(body, questions_in("Có nên thu phí?\n\n"))
    assert [row[:2] for row in found] == [
        ["cau-hoi-1", "Câu hỏi 1"],
        ["dieu-1", "Điều 1"],
        ["dieu-1-khoan-1", "khoản 1 Điều 1"],
        ["dieu-1-khoan-1-diem-a", "điểm a khoản 1 Điều 1"],
        ["dieu-1-khoan-1-diem-dd", "điểm đ khoản 1 Điều 1"],
        ["dieu-1-khoan-2", "khoản 2 Điều 1"],
        ["dieu-2", "Điều 2"],
    ]
    texts = {row[0]: row[2] for row in found}
    assert texts["dieu-1-khoan-2"] == "2. Áp dụng trên địa bàn tỉnh."
    assert texts["dieu-1-khoan-1-diem-dd"] == "đ) Hoạt động."
    assert texts["dieu-2"] == "Điều 2. Hiệu lực\nTừ ngày ký."
