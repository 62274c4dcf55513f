"""What the templates show of a page, and that nothing in them can be broken by its text."""

from __future__ import annotations

import datetime
import itertools
import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model

from tests.factories import (
    AudienceFactory,
    DocumentTypeFactory,
    IssuingBodyFactory,
    LegalFieldFactory,
    NewsFactory,
    cleared,
    factory_for,
)
from tests.pages.test_page_types import IDS, TYPES
from wagtail_pbgdpl.blocks.field import BlocksField
from wagtail_pbgdpl.pages import models as pages


def parsed(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


@pytest.fixture
def document_file(db: Any) -> Any:
    return get_document_model().objects.create(
        title="Bản ký số.pdf", file=ContentFile(b"%PDF-1.4", name="ban-ky.pdf")
    )


def attachment(document: Any, **values: str) -> tuple[str, Any]:
    return (
        "attachment",
        {"document": document, "kind": "original", "title": "", "note": ""} | values,
    )


def fill_streams(page: Any) -> None:
    """Put every block that the type offers, with its sample, twice into each of its streams."""
    for field in page._meta.get_fields():
        if isinstance(field, BlocksField):
            blocks = field.offered_block(type(page)).child_blocks
            # The sample of an embedded video is an address of another host.
            samples = [
                (name, block.get_preview_value())
                for name, block in blocks.items()
                if name != "embedded_video"
            ]
            setattr(page, field.name, samples * 2)


def rich(model: type[Any], index: Any, **values: Any) -> Any:
    """A published page of a type with every block in it."""
    page = factory_for(model)(parent=index, live=False, **values)
    fill_streams(page)
    cleared(page.save_revision(clean=False)).publish()
    return model.objects.get(pk=page.pk)


@pytest.mark.parametrize(("model", "code"), TYPES, ids=IDS)
class TestStructure:
    """I8: what a reader with a screen reader, or a program, relies on."""

    @pytest.fixture
    def html(self, model: Any, code: str, index_of: Any, client: Client) -> BeautifulSoup:
        return parsed(client, rich(model, index_of(code)).url)

    def test_of_a_page_with_all_blocks(self, html: BeautifulSoup) -> None:
        assert html.html["lang"] == "vi"
        assert len(html.select("h1")) == 1
        assert len(html.select("main")) == 1
        identifiers = [element["id"] for element in html.select("[id]")]
        assert sorted(identifiers) == sorted(set(identifiers))
        for element in html.select("[aria-labelledby], [aria-describedby]"):
            names = element.get("aria-labelledby") or element.get("aria-describedby")
            assert set(names.split()) <= set(identifiers)
        for link in html.select("main a[href^='#'], .pbgdpl-skip"):
            assert link["href"].removeprefix("#") in identifiers
        assert all(picture.has_attr("alt") for picture in html.select("img"))
        assert not html.find(string=lambda text: "None" in text.split())
        levels = [int(heading.name[1]) for heading in html.select("h1, h2, h3, h4, h5, h6")]
        skipped = [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1]
        assert not skipped, levels


@pytest.mark.parametrize("code", ["C1", "C2", "C6", "C13", "C14"])
def test_structure_of_index_pages(code: str, index_of: Any, portal: Any, client: Client) -> None:
    for page in (index_of(code), portal):
        html = parsed(client, page.url)
        assert html.html["lang"] == "vi"
        assert len(html.select("h1")) == 1
        identifiers = [element["id"] for element in html.select("[id]")]
        assert sorted(identifiers) == sorted(set(identifiers))


class TestEscaping:
    """X5: text is text; nothing that an editor types becomes markup."""

    EVIL = "<script>alert(1)</script>\" onload=alert(2) 'x' & «y»"

    def test_of_every_text_of_a_page(self, index_of: Any, client: Client) -> None:
        page = factory_for(pages.ConsultationPage)(
            parent=index_of("C12"),
            title=self.EVIL,
            seo_title=self.EVIL,
            search_description=self.EVIL,
            summary=self.EVIL,
            author=self.EVIL,
            source=self.EVIL,
            source_url="https://example.vn/?a=1&b=2",
            document_number=self.EVIL,
            signer=self.EVIL,
            drafting_body=self.EVIL,
            document_abstract=self.EVIL,
            tags=[self.EVIL[:90]],
        )
        for address in (page.url, index_of("C12").url, index_of("C12").get_parent().url):
            response = client.get(address)
            assert b"<script>" not in response.content
            html = BeautifulSoup(response.content, "lxml")
            # Ours have an address; data is not run, and reads as JSON in spite of all.
            for script in html.select("script:not([src])"):
                assert script["type"] == "application/ld+json"
                json.loads(script.string)
            drawn = re.sub(rb"<script type.*?</script>", b"", response.content, flags=re.DOTALL)
            assert b"onload=alert" not in drawn.replace(b"&quot; onload", b"")
            assert not html.select("[onload]")
            assert self.EVIL in html.get_text()

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil"])
    def test_an_address_of_a_source_is_one_of_the_web(self, index_of: Any, address: str) -> None:
        from django.core.exceptions import ValidationError

        page = NewsFactory(parent=index_of("C2"))
        page.source_url = address
        with pytest.raises(ValidationError) as caught:
            page.full_clean()
        assert set(caught.value.message_dict) == {"source_url"}

    def test_settings_of_the_portal(self, portal: Any, site: Any, client: Client) -> None:
        from wagtail_pbgdpl.site.portal import PortalSettings

        row = PortalSettings.for_site(site)
        for name in ("name", "governing_body", "address", "phone", "citation_phrases"):
            setattr(row, name, "<b>x</b>")
        row.save()
        assert b"<b>x</b>" not in client.get(portal.url).content


class TestDocuments:
    DAY = datetime.date(2018, 7, 31)

    @pytest.fixture
    def document(self, index_of: Any, document_file: Any) -> Any:
        return factory_for(pages.LegalDocumentPage)(
            parent=index_of("C7"),
            title="Quyết định cần giới thiệu",
            document_type=DocumentTypeFactory(name="Quyết định mẫu"),
            issuing_body=IssuingBodyFactory(name="Ủy ban nhân dân tỉnh mẫu"),
            document_number="17/2018/QĐ-UBND",
            signer="Lý Thái Hải",
            issued_on=self.DAY,
            effective_on=datetime.date(2018, 8, 10),
            expired_on=datetime.date(2030, 1, 1),
            validity="CHL",
            document_abstract="Ban hành Quy chế",
            legal_fields=[LegalFieldFactory(name="Lĩnh vực mẫu")],
            national_database_url="https://vbpl.vn/van-ban/1",
            files=[
                attachment(document_file, note="Bản quét"),
                attachment(document_file, title="Phụ lục"),
            ],
        )

    def test_metadata_are_shown(self, document: Any, client: Client) -> None:
        """D1: QT24 Điều 5.1a, item by item."""
        html = parsed(client, document.url)
        shown = {
            name.get_text(): name.find_next_sibling("dd").get_text()
            for name in html.select(".pbgdpl-document-data dt")
        }
        # The permanent address stands last.
        assert shown.popitem()[1].startswith("/pbgdpl/eli/vn/")
        assert shown == {
            "Loại văn bản": "Quyết định mẫu",
            "Cơ quan ban hành": "Ủy ban nhân dân tỉnh mẫu",
            "Số, ký hiệu": "17/2018/QĐ-UBND",
            "Người ký": "Lý Thái Hải",
            "Ngày ban hành": "31/07/2018",
            "Ngày có hiệu lực": "10/08/2018",
            "Ngày hết hiệu lực": "01/01/2030",
            "Tình trạng hiệu lực": "Còn hiệu lực",
            "Trích yếu": "Ban hành Quy chế",
            "Lĩnh vực pháp luật": "Lĩnh vực mẫu",
            "Cơ sở dữ liệu quốc gia": "https://vbpl.vn/van-ban/1",
        }

    def test_files_are_listed(self, document: Any, document_file: Any, client: Client) -> None:
        """D4: the signed original beside the text; the title of the file where none is given."""
        html = parsed(client, document.url)
        links = html.select(
            "#tep-van-ban ~ * .pbgdpl-download, .pbgdpl-attachments .pbgdpl-download"
        )
        assert [link["href"] for link in links] == [document_file.url] * 2
        text = " ".join(html.select_one(".pbgdpl-attachments").get_text(" ").split())
        assert "Bản ký số.pdf" in text
        assert "Phụ lục" in text
        assert "Bản quét" in text

    def test_live_briefs_are_shown(self, document: Any, index_of: Any, client: Client) -> None:
        """D5: LC19 mục II.3."""
        brief = factory_for(pages.LegalBriefPage)(
            parent=index_of("C7"), title="Giới thiệu Quy chế", document=document
        )
        factory_for(pages.LegalBriefPage)(
            parent=index_of("C7"), title="Bài chưa đăng", document=document, live=False
        )
        factory_for(pages.LegalBriefPage)(parent=index_of("C7"), title="Bài khác")
        html = parsed(client, document.url)
        links = html.select(".pbgdpl-briefs a")
        assert [(link["href"], link.get_text()) for link in links] == [(brief.url, brief.title)]
        back = parsed(client, brief.url)
        assert document.title in back.select_one(".pbgdpl-details").get_text()

    def test_private_briefs_are_not_shown(
        self, document: Any, index_of: Any, client: Client
    ) -> None:
        from wagtail.models import PageViewRestriction

        brief = factory_for(pages.LegalBriefPage)(parent=index_of("C7"), document=document)
        PageViewRestriction.objects.create(page=brief, restriction_type="login")
        assert not parsed(client, document.url).select(".pbgdpl-briefs")

    @pytest.mark.parametrize("hide", ["draft", "private"])
    def test_a_brief_does_not_tell_of_a_document_that_is_not_public(
        self, document: Any, index_of: Any, client: Client, hide: str
    ) -> None:
        from wagtail.models import PageViewRestriction

        brief = factory_for(pages.LegalBriefPage)(parent=index_of("C7"), document=document)
        if hide == "draft":
            document.unpublish()
        else:
            PageViewRestriction.objects.create(page=document, restriction_type="login")
        assert document.title not in parsed(client, brief.url).get_text()

    def test_a_document_without_metadata_has_no_empty_rows(
        self, index_of: Any, client: Client
    ) -> None:
        page = factory_for(pages.DirectivePage)(parent=index_of("C3"))
        html = parsed(client, page.url)
        assert not html.select(".pbgdpl-document-data dt")
        assert not html.select(".pbgdpl-attachments")


def test_a_material_says_for_whom_it_is(index_of: Any, client: Client) -> None:
    """C5: LC19 mục II.3, II.4."""
    page = factory_for(pages.MaterialPage)(
        parent=index_of("C5"),
        material_kind="poster",
        audiences=[AudienceFactory(name="Học sinh mẫu")],
        legal_fields=[LegalFieldFactory(name="Đất đai mẫu")],
    )
    text = parsed(client, page.url).select_one(".pbgdpl-details").get_text(" ")
    assert all(part in text for part in ("Áp phích", "Học sinh mẫu", "Đất đai mẫu"))


class TestBaseTemplate:
    """I3: the portal inside the province's own pages."""

    @pytest.fixture(autouse=True)
    def _frame(self, settings: Any, tmp_path: Any) -> None:
        frame = tmp_path / "tinh" / "khung.html"
        frame.parent.mkdir()
        frame.write_text(
            "<!doctype html><html><body class=cua-tinh>"
            "{% block content %}{% endblock %}</body></html>"
        )
        (templates,) = settings.TEMPLATES
        settings.TEMPLATES = [{**templates, "DIRS": [str(tmp_path)]}]
        settings.WAGTAIL_PBGDPL = {"BASE_TEMPLATE": "tinh/khung.html"}

    @pytest.mark.parametrize(("model", "code"), TYPES, ids=IDS)
    def test_of_content(self, model: Any, code: str, index_of: Any, client: Client) -> None:
        page = factory_for(model)(parent=index_of(code))
        html = parsed(client, page.url)
        assert html.select_one("body.cua-tinh h1").get_text() == page.title
        assert not html.select(".pbgdpl-footer:not(article *)")

    def test_of_index_pages_and_services(self, portal: Any, client: Client) -> None:
        for page in portal.get_descendants(inclusive=True).live():
            assert parsed(client, page.url).select_one("body.cua-tinh h1"), page


@pytest.mark.parametrize(("model", "code"), TYPES, ids=IDS)
def test_the_preview_of_an_unsaved_page(
    model: Any, code: str, index_of: Any, editor: Any, client: Client
) -> None:
    """An editor sees the page before it exists: no key, no place in the tree, no tags."""
    from tests.editing import posted

    client.force_login(editor)
    arguments = (model._meta.app_label, model._meta.model_name, index_of(code).pk)
    form = client.get(reverse("wagtailadmin_pages:add", args=arguments)).context["form"]
    address = reverse("wagtailadmin_pages:preview_on_add", args=arguments)
    data = posted(form) | {"title": "Chưa lưu", "slug": "chua-luu"}
    response = client.post(address, data)
    assert response.json() == {"is_valid": True, "is_available": True}
    html = parsed(client, f"{address}?mode=")
    assert html.select_one("h1").get_text() == "Chưa lưu"
    assert not model.objects.exists()


@pytest.mark.parametrize(("model", "code"), TYPES, ids=IDS)
def test_the_preview_of_a_draft(
    model: Any, code: str, index_of: Any, editor: Any, client: Client
) -> None:
    from tests.editing import posted

    page = factory_for(model)(parent=index_of(code), live=False)
    client.force_login(editor)
    form = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).context["form"]
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))
    response = client.post(address, posted(form) | {"title": "Sửa đổi"})
    assert response.json() == {"is_valid": True, "is_available": True}
    assert parsed(client, f"{address}?mode=").select_one("h1").get_text() == "Sửa đổi"
