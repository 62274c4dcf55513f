"""D3: an editor pastes a law or uploads it, looks at what was recognised, and saves the form."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import GroupCollectionPermission

from tests.editing import posted, save
from tests.factories import UnitFactory, factory_for, seated
from tests.legal.word_files import (
    OFFICE,
    PACKAGE,
    dele,
    docx,
    ins,
    numbering,
    p,
    r,
    table,
)
from wagtail_pbgdpl.blocks.outline import outline
from wagtail_pbgdpl.full_text.keeping import purge
from wagtail_pbgdpl.full_text.models import TextReading
from wagtail_pbgdpl.pages import models as pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "english")]

LAW = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Một:
a) Hai;
đ) Ba.
Điều 3: Hiệu lực
1. Bốn."""
DECISION = (
    Path(__file__).parents[2] / "example_site" / "demo" / "documents" / "bac_kan_2018.txt"
).read_text(encoding="utf-8")
A = f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{OFFICE}"'
LawFactory = factory_for(pages.LegalDocumentPage)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def unit() -> Any:
    return UnitFactory(name="Sở Tư pháp")


@pytest.fixture
def officer(unit: Any) -> Any:
    return seated("contact_officer", unit=unit)


@pytest.fixture
def page(index_of: Any, officer: Any, unit: Any) -> Any:
    return LawFactory(parent=index_of("C7"), unit=unit, live=False, user=officer)


@pytest.fixture
def client(officer: Any) -> Client:
    return signed_in(officer)


def take(client: Client, page: Any, source: Any) -> Any:
    """Paste or upload; return the answer."""
    address = reverse("pbgdpl_full_text", args=[page.pk])
    if isinstance(source, str):
        return client.post(address, {"text": source})
    return client.post(address, {"text": "", "file": SimpleUploadedFile("luat.docx", source)})


def lines_of(response: Any) -> list[tuple[str, str]]:
    """Return text and label of each line on the screen."""
    soup = BeautifulSoup(response.content, "lxml")
    return [
        (
            " ".join(row.find_all("td", recursive=False)[1].get_text(" ").split()),
            row.select_one(".pbgdpl-lines__label").get_text(),
        )
        for row in soup.select(".pbgdpl-lines > tbody > tr")
    ]


def text_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


def put(client: Client, address: str, **data: Any) -> Any:
    """Put what was recognised into the form; return the form that is shown."""
    response = client.post(address, {"put": "1", **data})
    assert response.status_code == 302, text_of(response)
    return client.get(response["Location"])


def body(response: Any) -> list[tuple[str, Any]]:
    return [(one.block_type, one.value) for one in response.context["form"].instance.body]


class TestTheWay:
    def test_from_the_form_to_the_form(self, client: Client, page: Any) -> None:
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        shown = client.get(edit)
        assert b'name="action-full-text"' in shown.content
        # Whatever was typed is saved on the way.
        typed = posted(shown.context["form"]) | {"signer": "Lý Thái Hải", "action-full-text": "1"}
        led = client.post(edit, typed)
        assert led["Location"] == reverse("pbgdpl_full_text", args=[page.pk])

        taken = take(client, page, LAW)
        lines = client.get(taken["Location"])
        assert lines_of(lines) == [
            ("Chương I", "Chương I"),
            ("QUY ĐỊNH CHUNG", "Title of the line above"),
            ("Điều 1. Phạm vi", "Điều 1"),
            ("1. Một:", "Khoản 1"),
            ("a) Hai;", "Điểm a"),
            ("đ) Ba.", "Điểm đ"),
            ("Điều 3: Hiệu lực", "Điều 3"),
            ("1. Bốn.", "Khoản 1"),
        ]
        assert [one.place for one in lines.context["doubtful"]] == [5, 6]
        assert len(lines.context["doubtful"][1].doubts) == 2
        before = page.get_latest_revision()

        form = put(client, taken["Location"])

        assert [kind for kind, _value in body(form)] == ["legal_heading", *["legal_article"] * 2]
        assert form.context["form"]["signer"].value() == "Lý Thái Hải"
        assert [one.anchor for one in outline(form.context["form"].instance.body)] == [
            *("chuong-i", "dieu-1", "dieu-3"),
        ]
        assert page.get_latest_revision() == before, "nothing is stored before the form is saved"

    def test_a_new_page(self, client: Client, index_of: Any) -> None:
        index = index_of("C7")
        address = reverse(
            "wagtailadmin_pages:add", args=["wagtail_pbgdpl_pages", "legaldocumentpage", index.pk]
        )
        typed = posted(client.get(address).context["form"])
        led = client.post(address, typed | {"title": "Luật mới", "action-full-text": "1"})
        made = pages.LegalDocumentPage.objects.get(title="Luật mới")
        assert led["Location"] == reverse("pbgdpl_full_text", args=[made.pk])
        assert not made.live

    def test_the_decision_of_2018(self, client: Client, page: Any) -> None:
        """17/2018/QĐ-UBND: 22 articles, those of the decision and of the regulation apart."""
        form = put(client, take(client, page, DECISION)["Location"])
        articles = [value for kind, value in body(form) if kind == "legal_article"]
        assert len(articles) == 22
        assert {one["prefix"] for one in articles} == {"quyet-dinh", "quy-che"}

    @pytest.mark.parametrize(("code", "model"), [("C3", pages.DirectivePage), ("C12", None)])
    def test_on_every_type_with_full_text(
        self, client: Client, index_of: Any, unit: Any, code: str, model: Any
    ) -> None:
        factory = factory_for(model or pages.ConsultationPage)
        one = factory(parent=index_of(code), unit=unit, live=False)
        assert take(client, one, LAW).status_code == 302

    def test_not_on_news(self, client: Client, index_of: Any, unit: Any) -> None:
        """Their body takes articles too, but they have a panel of their own."""
        news = factory_for(pages.NewsPage)(parent=index_of("C2"), unit=unit, live=False)
        shown = client.get(reverse("wagtailadmin_pages:edit", args=[news.pk]))
        assert b"action-full-text" not in shown.content


class TestWhatIsThere:
    @pytest.fixture
    def filled(self, index_of: Any, officer: Any, unit: Any) -> Any:
        old = [{"type": "rich_text", "value": "<p>Đã có</p>"}]
        return LawFactory(parent=index_of("C7"), unit=unit, live=False, user=officer, body=old)

    def test_nothing_is_overwritten_unasked(self, client: Client, filled: Any) -> None:
        address = take(client, filled, LAW)["Location"]
        answer = client.post(address, {"put": "1"})
        assert answer.status_code == 200
        assert "Say what becomes of what is in the field." in text_of(answer)

    @pytest.mark.parametrize(
        ("place", "first"), [("after", "rich_text"), ("replace", "legal_heading")]
    )
    def test_the_editor_says_where(
        self, client: Client, filled: Any, place: str, first: str
    ) -> None:
        form = put(client, take(client, filled, LAW)["Location"], place=place)
        kinds = [kind for kind, _value in body(form)]
        assert (kinds[0], len(kinds)) == (first, 4 if place == "after" else 3)

    def test_who_saved_meanwhile_is_not_overwritten(self, client: Client, filled: Any) -> None:
        address = take(client, filled, LAW)["Location"]
        led = client.post(address, {"put": "1", "place": "replace"})["Location"]
        save(client, filled, title="Đã sửa ở nơi khác")
        answer = client.get(led)
        assert answer.status_code == 302
        shown = client.get(answer["Location"])
        assert "The page has been saved since" in text_of(shown)
        assert "legal_article" not in [kind for kind, _value in body(shown)]


class TestCorrections:
    def test_a_level_is_corrected_without_script(self, client: Client, page: Any) -> None:
        address = take(client, page, "Điều 1. A\n1. Một\nDIEU 2. B\n1. Hai")["Location"]
        asked = client.post(address, {"open": "2"})
        assert asked["Location"] == f"{address}?open=2#line-2"
        shown = client.get(asked["Location"])
        assert b'name="level-2"' in shown.content
        client.post(address, {"level-2": "article", "again": "1"})
        again = client.get(address)
        assert [label for _text, label in lines_of(again)][2:] == ["Article (Điều)", "Khoản 1"]
        assert not again.context["doubtful"]
        form = put(client, address)
        assert [value["title"] for _kind, value in body(form)] == ["A", "DIEU 2. B"]

    def test_what_was_left_as_it_is_is_no_correction(self, client: Client, page: Any) -> None:
        address = take(client, page, LAW)["Location"]
        client.post(address, {"level-6": "article", "level-999": "clause", "level-x": "y"})
        assert TextReading.objects.get().answers == {}

    def test_nonsense_is_ignored(self, client: Client, page: Any) -> None:
        address = take(client, page, LAW)["Location"]
        client.post(address, {"level-1": "drop table", "open": "²"})
        assert client.get(f"{address}?open=99999999999999999999").status_code == 200


class TestWord:
    def test_numbers_tables_and_notes(self, client: Client, page: Any) -> None:
        note = f'<w:footnote w:id="4">{p(r("Sửa đổi năm 2020."))}</w:footnote>'
        content = docx(
            p(r("Phạm vi"), num=(1, 0)),
            p(r("Một"), '<w:r><w:footnoteReference w:id="4"/></w:r>', num=(1, 1)),
            table(["Bậc", "Hệ số"], ["1", "2,34"]),
            numbering=numbering(("decimal", "Điều %1."), ("decimal", "%2.")),
            footnotes=note,
        )
        form = put(client, take(client, page, content)["Location"])
        article, cells, notes = body(form)
        assert article[1]["clauses"][0]["text"] == "Một[1]"
        assert cells[1].table.rows == [["1", "2,34"]]
        assert notes[1].source == "<p>[1] Sửa đổi năm 2020.</p>"

    CHANGED = docx(p(r("Điều 1. Thời hạn")), p(r("1. Là "), dele("10"), ins(r("15")), r(" ngày.")))

    @pytest.mark.parametrize(
        ("answers", "text"),
        [
            ({"changes": "accept"}, "Là 15 ngày."),
            ({"changes": "reject"}, "Là 10 ngày."),
            ({"changes": "each", "change-0": "accept", "change-1": "reject"}, "Là ngày."),
        ],
    )
    def test_tracked_changes_are_the_editors(
        self, client: Client, page: Any, answers: dict[str, str], text: str
    ) -> None:
        address = take(client, page, self.CHANGED)["Location"]
        shown = client.get(address)
        assert "The file has 2 tracked changes" in text_of(shown)
        assert not BeautifulSoup(shown.content, "lxml").select("input[checked]")
        # As long as nobody has decided, nothing leads on.
        assert client.post(address, {"put": "1"}).status_code == 200
        client.post(address, answers)
        ((_kind, article),) = body(put(client, address))
        assert article["clauses"][0]["text"] == text

    def test_each_means_each(self, client: Client, page: Any) -> None:
        address = take(client, page, self.CHANGED)["Location"]
        answer = client.post(address, {"changes": "each", "change-0": "accept"})
        assert "Decide these changes too: 2." in text_of(answer)

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"%PDF-1.7", "This is a PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Word (.doc)"),
            (b"{\\rtf1}", "This is an RTF file"),
            (b"MZ\x90", "This is no Word file"),
            (docx(p(r("a")))[:300], "This file is damaged"),
            (b"", "This file is empty."),
            (docx(), "There is no text in it."),
        ],
    )
    def test_what_is_not_taken_is_told(
        self, client: Client, page: Any, content: bytes, said: str
    ) -> None:
        answer = take(client, page, content)
        assert (answer.status_code, said in text_of(answer)) == (200, True)
        assert not TextReading.objects.exists()

    def test_too_many_mb(self, client: Client, page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        from wagtail_pbgdpl.full_text import taking

        monkeypatch.setattr(taking, "MOST_BYTES", 100)
        assert "This file is too large" in text_of(take(client, page, docx(p(r("a")))))

    def test_more_lines_than_any_law_has(self, client: Client, page: Any) -> None:
        assert "more than 20000 lines" in text_of(take(client, page, "“a\n" * 20_001))

    def test_a_paste_and_a_file_together(self, client: Client, page: Any) -> None:
        address = reverse("pbgdpl_full_text", args=[page.pk])
        file = SimpleUploadedFile("luat.docx", docx(p(r("a"))))
        answer = client.post(address, {"text": LAW, "file": file})
        assert "one of the two" in text_of(answer)
        assert "Điều 1. Phạm vi" in answer.content.decode(), "what was pasted is not lost"


def illustrated(*pictures: bytes) -> bytes:
    """A file with headings, a list, a table and these pictures after the text."""
    drawn = "".join(
        p(
            f'<w:r><w:drawing><a:docPr {A} descr="Ảnh {number}"/>'
            f'<a:blip {A} r:embed="i{number}"/></w:drawing></w:r>'
        )
        for number, _picture in enumerate(pictures)
    )
    links = "".join(
        f'<Relationship Id="i{number}" Type="{OFFICE}/image" Target="media/i{number}.png"/>'
        for number, _picture in enumerate(pictures)
    )
    links += f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>'
    links += f'<Relationship Id="n" Type="{OFFICE}/numbering" Target="numbering.xml"/>'
    extra = {f"word/media/i{number}.png": one for number, one in enumerate(pictures)}
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
    return docx(
        p(r("Ngày hội"), style="Heading1"),
        p(r("Nhỏ hơn"), style="Heading3"),
        p(r("Hơn 300 < 400 học sinh.")),
        p(r("thi tìm hiểu"), num=(1, 0)),
        p(r("phiên tòa giả định"), num=(1, 0)),
        drawn,
        table(["Nội dung", "Số lượt"], ["Thi", "120"]),
        extra={**extra, "word/_rels/document.xml.rels": relations.encode()},
        numbering=numbering(("bullet", "-")),
        styles="".join(
            f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:pPr><w:outlineLvl '
            f'w:val="{level - 1}"/></w:pPr></w:style>'
            for level in (1, 3)
        ),
    )


def photo(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    return file.getvalue()


def test_a_word_file_with_the_form_of_a_document(client: Client, page: Any) -> None:
    """D3: what was typed is saved, and the articles are looked at before they are in the field."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = posted(client.get(edit).context["form"]) | {
        "summary": "Vừa gõ",
        "action-word": "articles",
    }
    file = SimpleUploadedFile("luat.docx", docx(*(p(r(line)) for line in LAW.splitlines())))
    led = client.post(edit, data | {"word_file": file})
    assert led["Location"].startswith(reverse("pbgdpl_full_text", args=[page.pk]))
    assert lines_of(client.get(led["Location"]))[0][0] == "Chương I"
    kept = pages.LegalDocumentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (kept.summary, len(kept.body)) == ("Vừa gõ", 0)
    kinds = [kind for kind, _value in body(put(client, led["Location"]))]
    assert {"legal_heading", "legal_article"} <= set(kinds)
    # Another unit's people have no such form.
    other = signed_in(seated("contact_officer", unit=UnitFactory()))
    assert other.post(edit, data).status_code == 302
    assert other.get(led["Location"]).status_code in (302, 403, 404)


class TestTheTextOfAnItem:
    """A Word file that comes with the form of news, articles and their like."""

    @pytest.fixture
    def news(self, index_of: Any, officer: Any, unit: Any) -> Any:
        return factory_for(pages.NewsPage)(
            parent=index_of("C2"), unit=unit, live=False, user=officer
        )

    def send(self, client: Client, news: Any, content: bytes, **typed: Any) -> Any:
        edit = reverse("wagtailadmin_pages:edit", args=[news.pk])
        data = posted(client.get(edit).context["form"]) | typed | {"action-word": "1"}
        file = SimpleUploadedFile("ngày hội.docx", content)
        return client.post(edit, data | {"word_file": file}, follow=True)

    def test_text_headings_tables_and_photos(self, client: Client, news: Any) -> None:
        content = illustrated(photo("teal"), b"no picture", photo("red"))
        shown = self.send(client, news, content, summary="Vừa gõ")
        blocks = body(shown)
        assert [kind for kind, _value in blocks] == [
            *("heading", "rich_text", "image", "image", "table")
        ]
        assert blocks[0][1]["text"] == "Ngày hội"
        assert blocks[1][1].source == (
            "<h3>Nhỏ hơn</h3><p>Hơn 300 &lt; 400 học sinh.</p>"
            "<ul><li>thi tìm hiểu</li><li>phiên tòa giả định</li></ul>"
        )
        images = [value["image"] for kind, value in blocks if kind == "image"]
        assert [one.contextual_alt_text for one in images] == ["Ảnh 0", "Ảnh 2"]
        assert blocks[-1][1].table.rows == [["Thi", "120"]]
        assert "1 picture is not in the text" in text_of(shown)
        # Stored is what was typed; the text of the file stands in the form.
        news.refresh_from_db()
        kept = news.get_latest_revision_as_object()
        assert (kept.summary, len(kept.body)) == ("Vừa gõ", 0)
        owners = {one.uploaded_by_user for one in get_image_model().objects.all()}
        assert owners == {client.get("/admin/").context["user"]}

        # Once more: the photos are there already.
        self.send(client, news, content)
        assert get_image_model().objects.count() == 2

    def test_bold_and_italic(self, client: Client, news: Any) -> None:
        """Of the runs and of their styles; not of headings, tables and space."""
        styles = (
            '<w:style w:type="paragraph" w:styleId="Lead"><w:rPr><w:b/></w:rPr></w:style>'
            '<w:style w:type="paragraph" w:styleId="H3"><w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
            "<w:rPr><w:b/></w:rPr></w:style>"
        )
        content = docx(
            p(r("Mở đầu"), style="Lead"),
            p(
                r("Theo "),
                r("Luật Hòa giải ", "<w:b/>"),
                r("và ", "<w:b/><w:i/>"),
                r("<lệ>", "<w:i/>"),
            ),
            p(r("Mục nhỏ"), style="H3"),
            p(r("Không "), r("đậm", '<w:b w:val="0"/>'), r("\ufdd0."), style="Lead"),
            table(["Thi", "120"], ["Đậm", "1"]),
            styles=styles,
        )
        blocks = body(self.send(client, news, content))
        assert blocks[0][1].source == (
            "<p><b>Mở đầu</b></p>"
            "<p>Theo <b>Luật Hòa giải</b> <b><i>và</i></b> <i>&lt;lệ&gt;</i></p>"
            "<h3>Mục nhỏ</h3>"
            "<p><b>Không</b> đậm<b>.</b></p>"
        )

    def test_photos_for_who_may_add_images(self, client: Client, news: Any) -> None:
        GroupCollectionPermission.objects.all().delete()
        shown = self.send(client, news, illustrated(photo("teal")))
        assert "image" not in [kind for kind, _value in body(shown)]
        assert not get_image_model().objects.exists()

    def test_what_a_picture_unpacks_to(
        self, client: Client, news: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from wagtail_pbgdpl.legal.word import package

        monkeypatch.setattr(package, "MOST_PICTURE", 1000)
        shown = self.send(client, news, illustrated(photo("teal") + bytes(100_000)))
        assert "image" not in [kind for kind, _value in body(shown)]
        assert "Hơn 300" in body(shown)[1][1].source

    @pytest.mark.parametrize(
        ("content", "said"),
        [(b"%PDF-1.7", "This is a PDF"), (docx(p(r("a")))[:300], "damaged"), (b"", "is empty")],
    )
    def test_what_is_not_taken_is_told(
        self, client: Client, news: Any, content: bytes, said: str
    ) -> None:
        shown = self.send(client, news, content, summary="Vừa gõ")
        assert said in text_of(shown)
        assert shown.context["form"]["summary"].value() == "Vừa gõ"
        assert not TextReading.objects.exists()

    def test_tracked_changes_are_decided_first(self, client: Client, news: Any) -> None:
        shown = self.send(client, news, TestWord.CHANGED)
        assert "The file has 2 tracked changes" in text_of(shown)
        address = shown.redirect_chain[-1][0]
        shown = client.post(address, {"changes": "accept"}, follow=True)
        assert "Là 15 ngày." in body(shown)[-1][1].source


class TestEncodings:
    OLD = "§iÒu 1. Ph¹m vi\n1. Quy ®Þnh nµy quy ®Þnh vÒ ®èi t­îng ¸p dông."

    @pytest.mark.parametrize(
        ("answer", "title"), [("convert", "Phạm vi"), ("keep", "")], ids=["yes", "no"]
    )
    def test_converted_with_the_editors_yes(
        self, client: Client, page: Any, answer: str, title: str
    ) -> None:
        address = take(client, page, self.OLD)["Location"]
        shown = client.get(address)
        assert "TCVN3 (ABC)" in text_of(shown)
        assert "Quy định này quy định về đối tượng áp dụng." in text_of(shown)
        client.post(address, {"encoding": answer})
        ((kind, value), *_rest) = body(put(client, address))
        assert (kind == "legal_article", title) == (answer == "convert", title)
        assert not title or value["title"] == title

    def test_decomposed_text_is_composed(self, client: Client, page: Any) -> None:
        address = take(client, page, "Đie\u0302\u0300u 1. Pha\u0323m vi")["Location"]
        ((_kind, article),) = body(put(client, address))
        assert article["title"] == "Phạm vi"


class TestWho:
    """R11: by address, whoever guesses it."""

    def test_only_who_may_edit_the_page(self, page: Any) -> None:
        other = signed_in(seated("contact_officer"))
        start = reverse("pbgdpl_full_text", args=[page.pk])
        assert other.get(start).status_code == 302
        assert other.post(start, {"text": LAW}).status_code == 302
        assert Client().get(start)["Location"].startswith("/admin/login/")
        assert not TextReading.objects.exists()

    def test_a_reading_is_of_one_person_and_one_page(
        self, client: Client, page: Any, index_of: Any, unit: Any
    ) -> None:
        take(client, page, LAW)
        key = TextReading.objects.get().key
        colleague = signed_in(seated("contact_officer", unit=unit))
        other = LawFactory(parent=index_of("C7"), unit=unit, live=False)
        name = "pbgdpl_full_text_reading"
        assert colleague.get(reverse(name, args=[page.pk, key])).status_code == 404
        assert client.get(reverse(name, args=[other.pk, key])).status_code == 404
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert colleague.get(f"{edit}?full_text={key}").status_code == 302
        # Nobody has put it in yet.
        assert client.get(f"{edit}?full_text={key}").status_code == 302

    def test_a_locked_page_takes_nothing(self, client: Client, page: Any) -> None:
        led = client.post(take(client, page, LAW)["Location"], {"put": "1"})["Location"]
        page.locked, page.locked_by = True, seated("secretary")
        page.locked_at = timezone.now()
        page.save()
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert b"action-full-text" not in client.get(edit).content
        assert client.get(led)["Location"] == edit
        assert take(client, page, LAW)["Location"] == edit

    def test_readings_go_after_a_week(self, client: Client, page: Any) -> None:
        take(client, page, LAW)
        assert purge() == 0
        with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
            assert purge() == 1


def test_a_long_law_asks_the_database_no_more(client: Client, page: Any) -> None:
    counts = []
    for articles in (3, 300):
        law = "\n".join(f"Điều {number}. A\n1. Một" for number in range(1, articles))
        address = take(client, page, law)["Location"]
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
