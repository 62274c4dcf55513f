"""A question from its asker to the public page, under three regulations (C6, Q1–Q7, T3, T8, T12).

BK21 Điều 12.1c; BK18 Điều 7.1f; BP20 Điều 9.3e, 11. The asker has a telephone: in one play nothing
but its keys, in the others no JavaScript.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.both import part
from tests.browser.desk import decide, send
from tests.browser.hands import Hands, Keyboard
from tests.face.test_accessibility import violations

pytestmark = pytest.mark.browser

OWN = "Phòng Phổ biến, giáo dục pháp luật"
OTHER = "Trung tâm Trợ giúp pháp lý nhà nước"
ABOVE = "Sở Tư pháp"

HEADING = "Hàng thừa kế thứ nhất theo pháp luật"
WORDS = "Bố tôi mất năm 2019, tôi muốn hỏi về thừa kế đất đai."
MISSING, ADDED = "Thửa đất ở xã nào?", "Đất ở xã Yên Cư."
NOT_OURS, LONGER = "Không thuộc lĩnh vực được giao", "Cần xác minh hồ sơ địa chính"
ANSWER = "Theo Điều 651 Bộ luật Dân sự, ông (bà) được hưởng di sản."
PART, WITHOUT = "Hộ nghèo được miễn phí trợ giúp.", "Đơn vị phối hợp chưa có ý kiến"


@dataclass(frozen=True)
class Play:
    """What differs: who does what under the regulation, to which units, and what is cited."""

    topic: str
    clause: str
    #: Whom the board asked by mistake, who says so, and who is asked beside the one that answers.
    mistaken: str
    transferred_by: str
    beside: str
    extended_by: str
    #: Who approves the page of the answer, in turn.
    moderated_by: tuple[str, ...]
    profile: str = ""
    by_keyboard: bool = False
    #: Who signs the part; without anybody the answer goes out without it.
    signed_by: str = ""
    #: Who answers where that is the board.
    answered_by: str = ""


PLAYS = {
    "BK21": Play(
        topic="quan-ly-nha-nuoc",
        clause="Điều 12 khoản 1 điểm c",
        mistaken=OTHER,
        transferred_by="giamdoctrungtam",
        beside=ABOVE,
        extended_by="thutruong",
        moderated_by=("thutruong", "thuky", "truongban"),
        by_keyboard=True,
    ),
    "BK18": Play(
        profile="bac_kan_portal_2018",
        topic="noi-dung-khac",
        clause="Điều 7 khoản 1 điểm f",
        mistaken=ABOVE,
        transferred_by="thuky",
        beside=OTHER,
        signed_by="giamdoctrungtam",
        extended_by="thuky",
        moderated_by=("thutruong", "thuky", "photruongban"),
    ),
    "BP20": Play(
        profile="binh_phuoc_2020",
        topic="xin-y-kien-bo-nganh",
        clause="Điều 9 khoản 3 điểm e",
        mistaken=ABOVE,
        transferred_by="thuky",
        beside=OTHER,
        signed_by="giamdoctrungtam",
        extended_by="thutruong",
        answered_by="truongban",
        # Điều 15: the Thư ký posts what the Trưởng Ban's delegate approved last.
        moderated_by=("thutruong", "thuky", "thanhvien", "truongban", "photruongban", "thuky"),
    ),
}


class Asker:
    """Who asks, with a telephone 360 pixels wide; no page is wider, and none sets a cookie."""

    FACT = "0912 345 678"

    def __init__(self, window: Any, by_keyboard: bool) -> None:
        self.window, self.page = window, window.page
        self.has_scripts = by_keyboard
        self.hands = Keyboard(self.page) if by_keyboard else Hands(self.page)

    def looked_at(self, is_new: bool = False) -> str:
        """Return the words of the page, on which everything has to be in order; where it looks as
        none before, for everybody."""
        assert not self.window.scrolls_sideways()
        if is_new and self.has_scripts:
            assert violations(self.page) == []
        assert self.page.context.cookies() == []
        return str(self.page.locator("main").inner_text())

    def asks(self, start: str) -> str:
        """Ask from the home page, with a form that is not whole at first; return the code."""
        page, hands = self.page, self.hands
        self.window.open(start)
        assert page.locator(".pbgdpl-acts a").first.bounding_box()["y"] < 800, "not on first screen"
        hands.press(".pbgdpl-acts li:first-child a")
        button = page.locator(".pbgdpl-go[type=submit]")
        assert button.bounding_box()["y"] < 3 * 800, "more than three screens"
        hands.write("text", WORDS)
        hands.press(".pbgdpl-go[type=submit]")
        assert page.evaluate("document.activeElement.id") == "can-sua", "who listens is not told"
        assert page.locator("[name=text]").input_value() == WORDS
        # The answer to a form with mistakes says so to programs as well.
        assert self.window.trouble.failed == [f"422 {page.url}"]
        self.window.trouble.failed.clear()
        self.window.trouble.console.clear()
        self.looked_at(is_new=True)
        hands.write("full_name", "Hoàng Thị Hòa")
        hands.write("phone", self.FACT)
        hands.tick("[name=consent]")
        hands.press(".pbgdpl-go[type=submit]")
        self.looked_at(is_new=True)
        assert page.get_by_role("button", name="In", exact=True).is_visible() == self.has_scripts
        code = page.locator(".pbgdpl-code").inner_text()
        assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", code)
        return str(code)

    def looks_up(self, code: str) -> str:
        """Open the page of the status from the receipt; return the number of the question."""
        hands = self.hands
        hands.press("main a[href='/pbgdpl/tra-cuu/']")
        hands.write("code", code)
        hands.write("fact", "+84912345678")
        hands.press(".pbgdpl-go[type=submit]")
        assert WORDS in self.looked_at()
        return str(self.page.locator("h1").inner_text())

    def looks_again(self, is_new: bool = False) -> str:
        self.page.reload()
        return self.looked_at(is_new)

    def adds(self, text: str) -> None:
        self.hands.write("text", text)
        self.hands.press("section[aria-labelledby=bo-sung] button[type=submit]")

    def rates(self, stars: int) -> None:
        self.hands.choose("rating", str(stars))
        self.hands.press("section[aria-labelledby=danh-gia] button[type=submit]")


# By address all are played each time: see ``tests/questions/test_played.py``.
@pytest.mark.parametrize("name", ["BK21", *part(["BK18", "BP20"])])
def test_from_the_asker_to_the_public_page(
    name: str, desk: Any, visit: Any, request: pytest.FixtureRequest
) -> None:
    """Asked for more, extended, transferred, with two units; answered, rated, made public."""
    play = PLAYS[name]
    address = (
        request.getfixturevalue("portal_under")(play.profile)
        if play.profile
        else request.getfixturevalue("server")
    )
    window = visit(360, address=address, scripts=play.by_keyboard)
    asker = Asker(window, play.by_keyboard)
    number = asker.looks_up(asker.asks("/pbgdpl/" if play.profile else "/"))

    def in_turn(username: str, way: str, title: str = number, **values: Any) -> Any:
        """Let somebody open what waits for them, and do one thing to it."""
        window = desk(username, address)
        window.open("/admin/pbgdpl/waiting/")
        window.follow(window.page.get_by_role("link", name=title))
        decide(window, way, **values)
        return window

    about = {"topic": play.topic, "heading": HEADING, "asked": "Ý kiến về chi phí"}
    units = {"unit": play.mistaken, "others": [play.beside]}
    case = in_turn("thuky", "forward", **about, **units).page.url

    def straight(username: str, address_of: str = case) -> Any:
        """Let somebody open what they have the address of."""
        window = desk(username, address)
        window.open(address_of)
        return window

    decide(straight(play.transferred_by), "transfer", unit=OWN, text=NOT_OURS)
    in_turn("canbodaumoi", "ask_more", wanted=MISSING)
    seen = asker.looks_again(is_new=True)
    assert (MISSING in seen, OWN in seen, NOT_OURS in seen) == (True, True, False)
    asker.adds(ADDED)
    assert ADDED in asker.looked_at()

    decide(straight(play.extended_by), "extend", days=5, text=LONGER)
    seen = asker.looks_again()
    assert (LONGER in seen, "Gia hạn" in seen, play.clause in seen) == (True, True, True)
    if play.signed_by:
        decide(in_turn(play.signed_by, "part_draft", part=PART), "part_sign")
    officer = in_turn("canbodaumoi", "draft", answer=ANSWER)
    assert (PART in officer.page.locator("main").inner_text()) == bool(play.signed_by)
    in_turn("thutruong", "approve", **({} if play.signed_by else {"without": WITHOUT}))
    if play.answered_by:
        assert ANSWER not in asker.looks_again()
        in_turn(play.answered_by, "board_approve")
    assert ANSWER in asker.looks_again(is_new=True)
    asker.rates(4)
    assert "4/5" in asker.looked_at()

    officer = straight("canbodaumoi")
    assert "4/5" in officer.page.locator("main").inner_text()
    officer.follow(officer.page.get_by_role("button", name="Soạn bản đăng"))
    send(officer, re.findall(r"/pages/(\d+)/edit/", officer.page.url)[0])
    first, *others = play.moderated_by
    item = in_turn(first, "pass", title=HEADING).page.url
    for username in others:
        decide(straight(username, item), "pass")

    asker.looks_again()
    asker.hands.press("section[aria-labelledby=tra-loi] a")
    text, public = asker.looked_at(), urlsplit(asker.page.url).path
    assert asker.page.locator("h1").inner_text() == HEADING
    assert (ANSWER in text, OWN in text, WORDS in text) == (True, True, False)
    asker.hands.press(".pbgdpl-breadcrumb li:nth-last-child(2) a")
    asker.hands.press(f".pbgdpl-listing a[href='{public}']")
    assert asker.page.locator("h1").inner_text() == HEADING
