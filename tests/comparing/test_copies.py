"""C12: copies of one text are in one group, and nothing else is (BK21 Điều 9.12)."""

from __future__ import annotations

from collections import defaultdict

from tests.comparing.campaigns import corpus
from wagtail_pbgdpl.comparing.copies import Copies, groups_of

TEXT = (
    "Tôi đồng ý với khoản 2 Điều 5 của dự thảo vì quy định này giúp người dân vùng cao tiếp cận "
    "pháp luật dễ dàng hơn, nhất là bằng tiếng dân tộc thiểu số."
)


def test_c12_three_in_five_are_copies() -> None:
    """Each pair that belongs together is together, and no other."""
    made = corpus(8, of=(300, 140, 80, 50, 20, 10), single=400)
    wanted = defaultdict(set)
    for key, (campaign, _text) in enumerate(made):
        wanted[campaign].add(key)

    groups = groups_of((key, text) for key, (_campaign, text) in enumerate(made))

    assert sum(map(len, groups.values())) == len(made) == 1000
    assert {frozenset(one) for one in groups.values()} == {*map(frozenset, wanted.values())}


def test_who_writes_otherwise_is_alone() -> None:
    groups = groups_of(
        [
            (1, f"Kính gửi quý cơ quan, {TEXT} Trân trọng, Lý A Sơn."),
            (2, TEXT.upper()),
            (3, "Toi dong y voi khoan 2 Dieu 5 cua du thao vi quy dinh nay giup nguoi dan vung cao "
                "tiep can phap luat de dang hon, nhat la bang tieng dan toc thieu so"),
            # All the same but one word, which says the opposite.
            (4, TEXT.replace("đồng ý", "không đồng ý")),
            # The same clause is quoted.
            (5, f"«{TEXT}» Đề nghị bỏ quy định trên do trùng với luật."),
            (6, f"«{TEXT}» Cần bổ sung trách nhiệm của cấp xã."),
            (7, "Đồng ý."),
            (8, "đồng ý"),
        ]
    )  # fmt: skip
    assert list(groups.values()) == [[1, 2, 3], [4], [5], [6], [7, 8]]


def test_one_more_finds_its_group() -> None:
    """Of groups that were stored, and put together by hand."""
    copies = Copies()
    copies.take(10, TEXT, 10)
    copies.take(11, "Một ý kiến khác, được chuyển bằng tay vào nhóm này.", 10)
    assert copies.put(12, f"Kính thưa, {TEXT}") == 10
    assert copies.put(13, "Ý kiến khác, được chuyển bằng tay vào nhóm này!") == 10
    assert copies.group_of("Đề nghị quy định rõ kinh phí.") is None
    assert copies.groups == {10: [10, 11, 12, 13]}
