"""D1, C5: documents as a table, and by what lists are narrowed; the page of a document."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model

from tests.factories import (
    AudienceFactory,
    DocumentTypeFactory,
    IssuingBodyFactory,
    LegalFieldFactory,
    factory_for,
)
from tests.questions.case import day
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving import process_cache

pytestmark = pytest.mark.django_db

LawFactory = factory_for(pages.LegalDocumentPage)
MaterialFactory = factory_for(pages.MaterialPage)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(day(2), tick=False) as frozen:
        yield frozen


def soup(address: str) -> BeautifulSoup:
    process_cache.forget()
    response = Client().get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def words(element: Any) -> str:
    return " ".join(element.get_text(" ").split()) if element else ""


def chips(page: BeautifulSoup, label: str) -> list[str]:
    return [words(one) for one in page.select(f".pbgdpl-chips[aria-label='{label}'] li")]


def options(page: BeautifulSoup, name: str) -> list[str]:
    return [words(one) for one in page.select(f"select[name={name}] option")]


class TestTheTable:
    @pytest.fixture
    def index(self, index_of: Any) -> Any:
        body, kind = IssuingBodyFactory(name="Sở Tư pháp"), DocumentTypeFactory(name="Quyết định")
        field = LegalFieldFactory(name="Đất đai", code="dat-dai-thu")
        original = get_document_model().objects.create(
            title="Bản ký", file=ContentFile(b"%PDF-1.4", name="ban-ky.pdf")
        )
        value = {"document": original, "kind": "original", "title": "", "note": ""}
        facts = {"parent": index_of("C7"), "issuing_body": body, "document_type": kind}
        LawFactory(
            **facts,
            title="Cũ",
            document_number="1/QĐ-STP",
            document_abstract="Về hòa giải",
            issued_on=datetime.date(2024, 5, 1),
            effective_on=datetime.date(2024, 5, 1),
            expired_on=datetime.date(2026, 1, 1),
        )
        new = LawFactory(
            **facts,
            title="Mới",
            document_number="2/QĐ-STP",
            document_abstract="=Về đất đai",
            issued_on=datetime.date(2026, 2, 1),
            effective_on=datetime.date(2026, 2, 10),
            files=[("attachment", value)],
        )
        new.legal_fields = [field]
        new.save()
        LawFactory(parent=index_of("C7"), title="Không ngày", scope="central")
        factory_for(pages.LegalBriefPage)(parent=index_of("C7"), title="Giới thiệu")
        return index_of("C7")

    def numbers(self, address: str) -> list[str]:
        return [words(one) for one in soup(address).select(".pbgdpl-documents__number")]

    def test_shows_what_one_looks_for_the_last_issued_first(self, index: Any) -> None:
        page = soup(index.url)
        rows = [
            [words(cell) for cell in row.select("th, td")]
            for row in page.select(".pbgdpl-documents tbody tr")
        ]
        assert rows[0][:5] == [
            "2/QĐ-STP",
            "=Về đất đai",
            "01/02/2026",
            "10/02/2026",
            "Còn hiệu lực",
        ]
        assert rows[0][5].startswith("PDF")
        assert [row[0] for row in rows] == ["2/QĐ-STP", "1/QĐ-STP", "–"]
        assert rows[1][4] == "Hết hiệu lực"

    def test_counts_stand_behind_each_choice(self, index: Any) -> None:
        page = soup(index.url)
        assert chips(page, "Tình trạng hiệu lực") == ["Tất cả", "Còn hiệu lực 1", "Hết hiệu lực 1"]
        assert options(page, "nam") == ["Tất cả", "2026 (1)", "2024 (1)"]
        assert options(page, "co-quan") == ["Tất cả", "Sở Tư pháp (2)"]
        assert options(page, "linh-vuc") == ["Tất cả", "Đất đai (1)"]
        narrowed = soup(f"{index.url}?hieu-luc=HHL")
        assert options(narrowed, "nam") == ["Tất cả", "2024 (1)"]
        # What was chosen may be changed: its own facet counts without it.
        assert chips(narrowed, "Tình trạng hiệu lực") == [
            "Tất cả",
            "Còn hiệu lực 1",
            "Hết hiệu lực 1",
        ]

    def test_the_address_says_what_is_shown(self, index: Any) -> None:
        for query, numbers in [
            ("q=dat+dai", ["2/QĐ-STP"]),
            ("q=2/QD-STP", ["2/QĐ-STP"]),
            ("q=hòa+giải", ["1/QĐ-STP"]),
            ("q=khong+co", []),
            ("nam=2024", ["1/QĐ-STP"]),
            ("hieu-luc=chl", ["2/QĐ-STP"]),
            ("linh-vuc=dat-dai-thu", ["2/QĐ-STP"]),
            ("cap=central", ["–"]),
            ("cap=central&hieu-luc=CHL", []),
            ("hieu-luc=bậy&nam=hai", ["2/QĐ-STP", "1/QĐ-STP", "–"]),
            ("co-quan=khong-co%00", []),
        ]:
            assert self.numbers(f"{index.url}?{query}") == numbers, query

    def test_the_state_is_that_of_the_day(self, index: Any, clock: Any) -> None:
        clock.move_to(datetime.datetime(2025, 6, 1, 3, tzinfo=datetime.UTC))
        assert self.numbers(f"{index.url}?hieu-luc=CHL") == ["1/QĐ-STP"]
        assert self.numbers(f"{index.url}?hieu-luc=CCHL") == ["2/QĐ-STP"]

    def test_as_a_file_no_text_is_a_formula(self, index: Any) -> None:
        response = Client().get(f"{index.url}?dinh-dang=csv&nam=2026")
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        heads, row = csv.reader(io.StringIO(text))
        assert heads[0] == "Số, ký hiệu"
        assert row[:5] == ["2/QĐ-STP", "'=Về đất đai", "01/02/2026", "10/02/2026", "Còn hiệu lực"]

    def test_what_else_the_category_has_is_led_to(self, index: Any) -> None:
        page = soup(index.url)
        assert [words(one) for one in page.select(".pbgdpl-chips a[href^='?kieu=']")] == [
            "Văn bản 3",
            "Tài liệu báo chí, giới thiệu văn bản 1",
        ]
        others = soup(f"{index.url}?kieu=gioi-thieu")
        assert [words(one) for one in others.select(".pbgdpl-item__title")] == ["Giới thiệu"]

    def test_nothing_that_is_not_public(self, index: Any) -> None:
        LawFactory(parent=index, live=False, document_number="3/QĐ-STP")
        pages.LegalDocumentPage.objects.get(title="Mới").unpublish()
        assert self.numbers(index.url) == ["1/QĐ-STP", "–"]

    def test_queries_do_not_grow_with_documents(self, index: Any, monkeypatch: Any) -> None:
        # On a slow computer two requests may lie more than a second apart.
        monkeypatch.setattr(process_cache, "SECONDS", 3600)
        counts = []
        for number in (1, 5):
            for _ in range(number):
                LawFactory(parent=index)
            soup(index.url)
            with CaptureQueriesContext(connection) as captured:
                Client().get(index.url)
            counts.append(len(captured))
        assert counts[0] == counts[1]
        assert counts[0] <= 9


def test_materials_are_narrowed_by_what_they_have(index_of: Any) -> None:
    """C5: kind, audience, legal field and year, each with its number."""
    pupils = AudienceFactory(name="Học sinh", code="hoc-sinh-thu")
    poster = MaterialFactory(parent=index_of("C5"), title="Áp phích", material_kind="poster")
    poster.audiences = [pupils]
    poster.save()
    MaterialFactory(parent=index_of("C5"), title="Tờ gấp", material_kind="leaflet")
    page = soup(index_of("C5").url)
    assert chips(page, "Loại tài liệu") == ["Tất cả", "Tờ gấp 1", "Áp phích 1"]
    assert options(page, "doi-tuong") == ["Tất cả", "Học sinh (1)"]
    assert options(page, "nam") == ["Tất cả", "2026 (2)"]
    found = soup(f"{index_of('C5').url}?doi-tuong=hoc-sinh-thu&loai=poster")
    assert [words(one) for one in found.select(".pbgdpl-item__title")] == ["Áp phích"]
    assert "Tìm thấy 1 mục" in words(found.select_one(".pbgdpl-filter__state"))


class TestTheDocument:
    @pytest.fixture
    def document(self, index_of: Any) -> Any:
        original = get_document_model().objects.create(
            title="Bản ký", file=ContentFile(b"%PDF-1.4", name="ban-ky.pdf")
        )
        value = {"document": original, "kind": "original", "title": "", "note": ""}
        head = (
            "<p>ỦY BAN NHÂN DÂN<br/>TỈNH</p><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br/>"
            "Độc lập - Tự do - Hạnh phúc</p><p>Số: 7/QĐ-UBND</p><p>Căn cứ Luật;</p>"
        )
        clauses = [{"number": "1", "text": "Đúng hạn:\na) mỗi tháng;\nb) mỗi quý."}]
        article = {"number": "1", "title": "Phạm vi", "lead": "", "clauses": clauses, "prefix": ""}
        return LawFactory(
            parent=index_of("C7"),
            title="Quyết định 7",
            document_number="7/QĐ-UBND",
            effective_on=datetime.date(2026, 1, 1),
            signer="Lý Thị Mây",
            signer_title="CHỦ TỊCH",
            files=[("attachment", value)],
            body=[("rich_text", head), ("legal_article", article)],
        )

    def test_state_files_and_head(self, document: Any) -> None:
        page = soup(document.url)
        assert words(page.select_one(".pbgdpl-entry__number")) == "Số 7/QĐ-UBND Còn hiệu lực"
        downloads = [words(one) for one in page.select(".pbgdpl-downloads a")]
        assert downloads == ["Tải bản ký (PDF)", "Tải Word"]
        left, right = page.select(".pbgdpl-letterhead > div")
        assert words(left) == "ỦY BAN NHÂN DÂN TỈNH Số: 7/QĐ-UBND"
        assert "Độc lập - Tự do - Hạnh phúc" in words(right)
        text = words(page.select_one(".pbgdpl-document"))
        assert text.count("CỘNG HÒA") == 1
        assert "Căn cứ Luật;" in text

    def test_as_word(self, document: Any) -> None:
        from docx import Document

        response = Client().get(f"/pbgdpl/van-ban/{document.pk}.docx")
        assert response.status_code == 200
        assert 'filename="7-qd-ubnd.docx"' in response["Content-Disposition"]
        word = Document(io.BytesIO(response.content))
        lines = [one.text for one in word.paragraphs]
        assert "Điều 1. Phạm vi" in lines
        assert "1. Đúng hạn:" in lines
        assert "b) mỗi quý." in lines
        cells = [cell.text for table in word.tables for cell in table.rows[0].cells]
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in cells[1]
        assert cells[-1].startswith("CHỦ TỊCH")

    def test_not_as_word_where_it_is_no_public_document(self, document: Any, index_of: Any) -> None:
        document.unpublish()
        news = factory_for(pages.NewsPage)(parent=index_of("C2"))
        for key in (document.pk, news.pk, 999_999):
            assert Client().get(f"/pbgdpl/van-ban/{key}.docx").status_code == 404
