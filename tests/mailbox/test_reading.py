"""What a mail is read as, however it was written. No database."""

from __future__ import annotations

import unicodedata
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.mailbox.letters import ASKER, BOX, NAME, SUBJECT, WORDS, bounce, mail, raw
from wagtail_pbgdpl.mailbox.manners import is_a_bounce, is_automatic
from wagtail_pbgdpl.mailbox.reading import Unreadable, read


def with_body(charset: str, body: bytes, kind: str = "text/plain") -> bytes:
    head = f"From: {ASKER}\r\nContent-Type: {kind}; charset={charset}\r\n\r\n"
    return head.encode() + body


def test_a_letter() -> None:
    found = read(raw(files=(("đơn.pdf", b"%PDF-"),)))
    assert (found.address, found.name, found.subject) == (ASKER, NAME, SUBJECT)
    assert found.text == WORDS
    assert [(one.name, one.content) for one in found.files] == [("đơn.pdf", b"%PDF-")]


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("utf-8", WORDS.encode()),
        ("us-ascii", WORDS.encode()),
        ("iso-8859-1", WORDS.encode()),
        ("windows-1252", WORDS.encode()),
        ("x-khong-co", WORDS.encode()),
        ('"utf-8"', WORDS.encode()),
        ("utf-16", WORDS.encode("utf-16")),
        ("utf-8", unicodedata.normalize("NFD", WORDS).encode()),
        ("windows-1258", WORDS.encode("utf-8")),
    ],
)
def test_the_character_set_that_is_said_may_be_wrong(charset: str, body: bytes) -> None:
    found = read(with_body(charset, body)).text
    if charset == "windows-1258":
        # Each byte is some letter there: nothing tells that it is wrong, and nothing is lost.
        assert found
    else:
        assert found == WORDS


def test_bytes_that_are_no_text_are_some_text() -> None:
    assert "c" in read(with_body("utf-8", b"\xff\xfea\x00b\x08c")).text
    assert "\x00" not in read(with_body("utf-8", b"a\x00b")).text


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        (b"Th\xe1\xbb\xaba k\xe1\xba\xbf", "Thừa kế"),
        (b"=?utf-8?B?VGjhu6thIGvhur8=?=", "Thừa kế"),
        # A letter cut in two, as some programs do.
        (b"=?utf-8?Q?Th=E1=BB?= =?utf-8?Q?=ABa_k=E1=BA=BF?=", "Thừa kế"),
        (b"=?utf-8?B?@@@?=", ""),
        (b"=?x-none?Q?a?=", "a"),
        (b"Hai\r\n dong", "Hai dong"),
        (b"", ""),
        (b"a" * 100_000, "a" * 2_000),
        ("phải\u202egnud".encode(), "phải gnud"),
    ],
)
def test_subjects(header: bytes, subject: str) -> None:
    found = read(b"From: a@b.vn\r\nSubject: " + header + b"\r\n\r\nx").subject
    assert found == subject


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ("Lan <lan@example.vn>", "lan@example.vn"),
        ("lan@example.vn", "lan@example.vn"),
        # A name that looks like an address is a name.
        ("=?utf-8?Q?ubnd=40example.vn?= <lan@example.org>", "lan@example.org"),
        ('"ubnd@example.vn" <lan@example.org>', "lan@example.org"),
        ("lan@example.vn <lan@example.vn>", "lan@example.vn"),
        # Of two, programs choose differently.
        ("ubnd@example.vn <lan@example.org>", ""),
        ("lan@example.org, ubnd@example.vn", ""),
        ("lan@example.org\r\nFrom: ubnd@example.vn", ""),
        ("không có", ""),
        ("", ""),
        ("<>", ""),
    ],
)
def test_senders(header: str, address: str) -> None:
    assert read(f"From: {header}\r\n\r\nx".encode()).address == address


def test_html_alone() -> None:
    found = read(raw("", html=f"<p>{WORDS}</p><script>x</script>"))
    assert (found.text, found.is_html) == (WORDS, True)


def test_of_both_the_plain_text_is_read() -> None:
    assert read(raw(html="<p>khác</p>")).text == WORDS


def test_small_pictures_of_a_signature_are_no_files() -> None:
    message = mail("", html='<p>chữ</p><img src="cid:logo">')
    message.add_related(b"\x89PNG" + b"x" * 100, "image", "png", cid="<logo>", filename="logo.png")
    assert read(message.as_bytes()).files == ()
    message = mail("", html='<p>chữ</p><img src="cid:anh">')
    message.add_related(b"\x89PNG" + b"x" * 20_000, "image", "png", cid="<anh>", filename="a.png")
    assert [one.name for one in read(message.as_bytes()).files] == ["a.png"]


def test_a_mail_within_the_mail_is_a_file() -> None:
    message = mail()
    message.add_attachment(mail("bên trong"))
    found = read(message.as_bytes())
    assert found.text == WORDS
    assert len(found.files) == 1


def test_parts_within_parts_without_end() -> None:
    deep = "From: a@b.vn\r\n"
    for number in range(3_000):
        deep += f'Content-Type: multipart/mixed; boundary="{number}"\r\n\r\n--{number}\r\n'
    with pytest.raises(Unreadable):
        read(deep.encode())
    many = 'From: a@b.vn\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    with pytest.raises(Unreadable):
        read((many + "--b\r\n\r\nx\r\n" * 1_000 + "--b--").encode())


@pytest.mark.parametrize("content", [b"", b"\x00" * 1_000, b"\xff" * 1_000, b"x", b": :\r\n::"])
def test_whatever_comes_is_some_mail(content: bytes) -> None:
    assert read(content).address == ""


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=y"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"X_Auto_Response_Suppress": "All"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<tin.example.vn>"},
        {"List_Unsubscribe": "<mailto:a@b.vn>"},
        {"From": "MAILER-DAEMON@example.vn"},
        {"From": "no-reply@example.vn"},
        {"From": f"Cổng <{BOX}>"},
        {"From": BOX.replace("@", "+1-abc@").upper()},
    ],
)
def test_mails_of_programs(headers: dict[str, str]) -> None:
    assert is_automatic(read(raw(**headers)), BOX)


@pytest.mark.parametrize(
    "headers",
    [{}, {"Auto_Submitted": "no"}, {"Precedence": "first-class"}, {"From": "bao@example.vn"}],
)
def test_mails_of_people(headers: dict[str, str]) -> None:
    assert not is_automatic(read(raw(**headers)), BOX)
    assert not is_a_bounce(read(raw(**headers)))


def test_bounces() -> None:
    found = read(bounce("Message-ID: <x@y>"))
    assert is_a_bounce(found)
    assert found.report == ("failed", "5.1.1", "<x@y>")
    assert is_a_bounce(read(raw(Return_Path="<>")))
    assert not is_a_bounce(read(raw(Return_Path=f"<{ASKER}>")))


def test_a_report_that_is_broken() -> None:
    message = EmailMessage(policy=SMTP)
    message["Content-Type"] = "multipart/report; boundary=b"
    assert read(message.as_bytes()).report == ("", "", "")
