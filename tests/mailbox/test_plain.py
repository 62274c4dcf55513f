"""Text of HTML, and what is new in a reply. No database."""

from __future__ import annotations

import pytest

from wagtail_pbgdpl.mailbox.plain import new_part, plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Kính gửi</p>\n<p>Tôi <b>hỏi</b>\nvề đất.</p>", "Kính gửi\n\nTôi hỏi về đất."),
        ("một<br>hai<BR/>ba", "một\nhai\nba"),
        ("<style>p{}</style><script>alert(1)</script><p>chữ</p>", "chữ"),
        ("<head><title>x</title></head><body>chữ</body>", "chữ"),
        ('<p style="display: none">ẩn</p><p>rõ</p>', "rõ"),
        ("<!-- ẩn --><p>rõ <!--[if mso]>ẩn<![endif]--></p>", "rõ"),
        ("&lt;b&gt; &amp; &nbsp; &#7840;", "<b> & Ạ"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<p>chưa đóng", "chưa đóng"),
        ("</div></p>chữ", "chữ"),
        ("<p>mới</p><blockquote>cũ</blockquote>", "mới\n\n> cũ"),
        ('<div>mới</div><div class="gmail_quote">Vào … viết:<br>cũ</div>', None),
        ('<p>mới</p><div id="appendonsend"></div><hr><p>Từ: x</p><p>cũ</p>', None),
        ("", ""),
        ("<div>" * 90_000 + "sâu", "sâu"),
        ("chữ" + "<!--" * 100_000, "chữ"),
        ("chữ" + "</b" * 100_000, "chữ"),
        ("chữ" + "<?" * 100_000, "chữ"),
    ],
)
def test_plain_text(html: str, text: str | None) -> None:
    found = plain_text(html)
    if text is None:
        assert found.startswith("mới\n\n> ")
        assert "cũ" in found
        assert new_part(found) == "mới"
    else:
        assert found == text


OLD = "> Số: HD-2026-000001\n> Mã tra cứu: X"


@pytest.mark.parametrize(
    "after",
    [
        f"On Mon, Mar 2, 2026 at 9:00 AM Cổng <a@b.vn> wrote:\n{OLD}",
        f"Vào Th 2, 2 thg 3, 2026 vào lúc 09:00 Cổng thông tin\n<a@b.vn> đã viết:\n\n{OLD}",
        f"Vào 09:00, 2/3/2026, Cổng đã viết:\n{OLD}",
        "On Mon, 2 Mar 2026, Cổng wrote:\ncũ không đánh dấu\nvẫn cũ",
        "-----Original Message-----\nFrom: Cổng\ncũ",
        "----- Thư gốc -----\ncũ",
        "________________________________\nTừ: Cổng\ncũ",
        "Từ: Cổng <a@b.vn>\nĐã gửi: Thứ Hai\nĐến: tôi\nChủ đề: x\n\ncũ",
        "From: Cổng <a@b.vn>\nSent: Monday\nTo: me\nSubject: x\n\ncũ",
        f"-- \nNông Văn A\nSở Tư pháp\n{OLD}",
        OLD,
    ],
)
def test_only_what_is_new(after: str) -> None:
    written = "Kính gửi ông,\n\nTheo Điều 651 Bộ luật Dân sự."
    assert new_part(f"{written}\n\n{after}") == written


@pytest.mark.parametrize(
    "text",
    [
        "Từ: ngày 1/1 tôi ở đây.\nTôi hỏi.",
        "Vào năm 2019 bố tôi mất.\nTôi hỏi:",
        "Ngày 2/3 ông A đã viết đơn: xin đất.\nTôi hỏi.",
        "- một\n- hai",
    ],
)
def test_what_looks_like_an_old_letter_and_is_none_stays(text: str) -> None:
    assert new_part(text) == text


def test_what_is_written_between_quoted_lines_stays() -> None:
    text = "On Monday X wrote:\n> Thửa nào?\nThửa 12.\n> Của ai?\nCủa bố tôi."
    assert new_part(text) == "Thửa 12.\nCủa bố tôi."


def test_nothing_new() -> None:
    assert new_part(OLD) == ""
