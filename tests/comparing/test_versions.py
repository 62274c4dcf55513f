"""C12: comments on a draft stand at the right place of its next version, or are listed."""

from __future__ import annotations

import pytest

from tests.comparing import drafts
from wagtail_pbgdpl.blocks.legal import LegalArticleBlock
from wagtail_pbgdpl.comparing.passages import Passage, passages
from wagtail_pbgdpl.comparing.versions import Bound, Homeless, Kind, carry, compare

ONE = "Cơ quan soạn thảo đăng tải dự thảo trên cổng thông tin điện tử để lấy ý kiến rộng rãi."
TWO = "Thời hạn góp ý ít nhất là hai mươi ngày kể từ ngày đăng tải, trừ trường hợp khẩn cấp."
THREE = "Kinh phí thực hiện do ngân sách tỉnh bảo đảm theo phân cấp ngân sách nhà nước hiện hành."
FOUR = "Người góp ý được thông báo kết quả tiếp thu, giải trình bằng văn bản hoặc thư điện tử."


def draft(*articles: tuple[str, ...]) -> list[Passage]:
    """Each article by its title and the texts of its clauses."""
    body = []
    for number, (title, *clauses) in enumerate(articles, start=1):
        pairs = [{"number": str(at), "text": text} for at, text in enumerate(clauses, start=1)]
        value = {"number": str(number), "title": title, "clauses": pairs}
        body.append({"type": "legal_article", "value": value})
    return passages(body)


@pytest.mark.parametrize(("seed", "edited"), [(1, 0.0), (5, 0.25), (9, 0.4), (32, 0.6)])
def test_c12_a_thousand_comments(seed: int, edited: float) -> None:
    before = drafts.first(seed)
    old = before.passages()
    after = drafts.second(before, seed, edited=edited)
    new = after.passages()
    made = drafts.comments(before, seed)

    carried = carry([comment for comment, _part in made], old, new)

    homeless = {one.key for one in carried.homeless}
    assert homeless.isdisjoint(carried.places)
    assert len(homeless) + len(carried.places) == len(made) == 1000
    staying = [(comment, after.places[part]) for comment, part in made if part in after.places]
    right = sum(carried.places.get(comment.key) in homes for comment, homes in staying)
    assert right >= 0.99 * len(staying)
    wrong = set(carried.places) - {
        comment.key
        for comment, part in made
        if carried.places.get(comment.key) in after.places.get(part, ())
    }
    assert len(wrong) <= 10


def test_what_is_unchanged_is_the_same() -> None:
    text = drafts.first(3).passages()
    for place in compare(text, text).values():
        assert (place.kind, place.new, place.score) == (Kind.SAME, (place.old,), 1.0)


def test_what_became_of_each() -> None:
    old = draft(("Lấy ý kiến", ONE, TWO), ("Kinh phí", THREE), ("Kết quả", FOUR))
    new = draft(
        ("Kết quả", FOUR),
        ("Lấy ý kiến", ONE.replace("rộng rãi", "Nhân dân"), TWO),
        ("Điều khoản thi hành", "Quyết định này có hiệu lực kể từ ngày ký."),
    )
    places = compare(old, new)

    assert places["dieu-1"].kind == Kind.RENUMBERED
    assert places["dieu-1-khoan-2"].new == ("dieu-2-khoan-2",)
    assert places["dieu-1-khoan-2"].kind == Kind.RENUMBERED
    assert 0.8 < places["dieu-1-khoan-1"].score < 1
    assert places["dieu-3"].kind == Kind.MOVED
    assert places["dieu-2"].kind == places["dieu-2-khoan-1"].kind == Kind.GONE


def test_of_what_was_split_the_quoted_words_decide() -> None:
    old = draft(("Lấy ý kiến", f"{ONE} {TWO}", THREE))
    new = draft(("Lấy ý kiến", ONE, TWO, THREE))
    place = compare(old, new)["dieu-1-khoan-1"]
    assert (place.kind, set(place.new)) == (Kind.SPLIT, {"dieu-1-khoan-1", "dieu-1-khoan-2"})

    said = [
        Bound(1, place.old, "trên cổng thông tin điện tử"),
        Bound(2, place.old, "ít nhất là hai mươi ngày"),
        Bound(3, "dieu-1-khoan-2", "ngân sách tỉnh"),
    ]
    assert carry(said, old, new).places == {
        1: "dieu-1-khoan-1",
        2: "dieu-1-khoan-2",
        3: "dieu-1-khoan-3",
    }


def test_what_was_joined() -> None:
    places = compare(
        draft(("Lấy ý kiến", ONE, TWO, THREE)), draft(("Lấy ý kiến", f"{ONE} {TWO}", THREE))
    )
    assert [place.kind for place in places.values()] == [
        Kind.SAME,
        Kind.JOINED,
        Kind.JOINED,
        Kind.RENUMBERED,
    ]
    assert places["dieu-1-khoan-2"].new == ("dieu-1-khoan-1",)


def test_a_point_that_became_a_clause() -> None:
    old = draft(("Lấy ý kiến", f"Trách nhiệm:\na) {ONE}\nb) {TWO}", THREE))
    new = draft(("Lấy ý kiến", f"Trách nhiệm:\na) {ONE}", TWO, THREE))
    assert compare(old, new)["dieu-1-khoan-1-diem-b"].new == ("dieu-1-khoan-2",)


def test_none_vanishes() -> None:
    """Whose clause is gone is listed, with the article; so is who names what never was."""
    old = draft(("Lấy ý kiến", ONE, TWO, THREE))
    new = draft(("Lấy ý kiến", ONE, TWO))
    carried = carry([Bound(1), Bound(2, "dieu-1-khoan-3"), Bound(3, "dieu-99")], old, new)
    assert carried.places == {1: ""}
    assert carried.homeless == [Homeless(2, "dieu-1-khoan-3", "dieu-1"), Homeless(3, "dieu-99")]


def test_anchors_are_those_of_the_page() -> None:
    """As the block shows them; lists within streams are stored as items."""
    clauses = [{"number": "1", "text": "Gồm:\na) Một;\nđ) Hai."}, {"number": "", "text": "b) Ba."}]
    value = {"number": "9a", "title": "Tên", "lead": "", "prefix": "quy-che", "clauses": clauses}
    stored = {**value, "clauses": [{"type": "item", "value": one, "id": "x"} for one in clauses]}
    found = [one.anchor for one in passages([{"type": "legal_article", "value": stored}])]

    block = LegalArticleBlock()
    context = block.get_context(block.to_python(value))
    shown = [context["outline_entry"].anchor]
    for clause in context["clauses"]:
        shown += [clause.anchor] if clause.anchor else []
        shown += [point.anchor for point in clause.points]
    assert found == shown
    assert "quy-che-dieu-9a-khoan-1-diem-dd" in found
