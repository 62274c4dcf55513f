"""C12: what changed between two versions is shown within the clauses, and nothing is lost."""

from __future__ import annotations

from bs4 import BeautifulSoup

from tests.comparing import drafts
from tests.comparing.test_versions import FOUR, ONE, THREE, TWO, draft
from wagtail_pbgdpl.comparing.changes import Changed, as_html, changes, runs_of
from wagtail_pbgdpl.comparing.passages import passages


def said(items: list[Changed], kind: str) -> list[str]:
    """Return the words that stayed or are new, or those that stayed or went."""
    found = []
    for item in items:
        text = "".join(run.text for run in item.runs if run.kind in {"same", kind})
        found += text.split()
        found += said(item.below, kind)
    return found


def test_both_versions_can_be_read_from_the_changes() -> None:
    first = drafts.first(4, articles=20)
    old = first.passages()
    new = drafts.second(first, 4, touched=4, edited=0.5).passages()
    found = changes(old, new)
    assert said(found, "added") == [word for one in new for word in one.own.split()]
    # In the order of the new version; what was joined comes once.
    wanted = sorted(word for one in old for word in one.own.split())
    assert sorted(said(found, "removed")) == wanted


def test_whole_words_in_long_runs() -> None:
    runs = runs_of("Thời hạn là mười ngày làm việc.", "Thời hạn là hai mươi ngày làm việc.")
    assert [(run.kind, run.text.strip()) for run in runs] == [
        ("same", "Thời hạn là"),
        ("removed", "mười"),
        ("added", "hai mươi"),
        ("same", "ngày làm việc."),
    ]


def test_the_page() -> None:
    same = [(f"Điều giữ nguyên {number}", f"{FOUR} {number}") for number in range(4)]
    old = draft(("Lấy ý kiến", ONE, TWO, THREE, FOUR), *same, ("Bỏ", "Nội dung bị bãi bỏ."))
    new = draft(("Lấy ý kiến", ONE, f"{TWO} <b>Mới</b>", THREE, FOUR), *same)
    soup = BeautifulSoup(as_html(changes(old, new)), "html.parser")

    assert [one.text.strip() for one in soup.find_all("ins")] == ["<b>Mới</b>"]
    assert "bãi bỏ" in " ".join(one.text for one in soup.find_all("del"))
    assert not soup.find("b")
    assert not soup.find(style=True)
    folded = soup.find_all("details")
    assert [len(one.find_all("section")) for one in folded] == [0, 4]
    assert len(folded[0].select(".pbgdpl-changes__clause")) == 2


def test_of_what_was_split_each_part_has_its_own_changes() -> None:
    (article,) = changes(
        draft(("Lấy ý kiến", f"{ONE} {TWO}")),
        draft(("Lấy ý kiến", ONE, TWO.replace("hai mươi", "ba mươi"))),
    )
    one, two = article.below
    assert not [run for run in one.runs if run.kind == "removed"]
    assert [run.text for run in two.runs if run.kind == "added"] == ["ba"]
    assert two.was == "khoản 1 Điều 1"


def test_nothing_to_compare() -> None:
    assert not changes([], passages([]))
    assert "pbgdpl-changes" in as_html([])
