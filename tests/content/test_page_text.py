"""I7 (BK21 Điều 8.2, BK18 Điều 4.1) for pages: Wagtail's own columns and revisions too."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from tests.factories import NewsFactory, cleared, factory_for
from tests.test_fields import stored
from tests.workflows.board import make_board
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.pages import models as pages

NFC = "Phổ biến pháp luật ở thôn"
NFD = unicodedata.normalize("NFD", NFC)
INHERITED = ("title", "draft_title", "seo_title", "search_description")


@pytest.fixture
def page(index_of: Any) -> Any:
    return NewsFactory(parent=index_of("C2"))


def inherited(page: Any) -> dict[str, str]:
    return {name: stored(Page, name, page.pk) for name in INHERITED}


def fill(page: Any) -> None:
    for name in INHERITED:
        setattr(page, name, NFD)


ALL_COMPOSED = dict.fromkeys(INHERITED, NFC)


class TestColumnsOfWagtail:
    def test_save(self, page: Any) -> None:
        fill(page)
        page.save()
        assert inherited(page) == ALL_COMPOSED

    def test_save_without_validation(self, page: Any) -> None:
        fill(page)
        page.save(clean=False)
        assert inherited(page) == ALL_COMPOSED

    def test_save_of_some_columns(self, page: Any) -> None:
        fill(page)
        page.save(update_fields=["title", "seo_title"], clean=False)
        assert inherited(page)["title"] == NFC
        assert inherited(page)["seo_title"] == NFC

    def test_save_of_a_draft(self, index_of: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), live=False)
        fill(page)
        page.save()
        assert inherited(page) == ALL_COMPOSED

    def test_update_of_a_queryset(self, page: Any) -> None:
        pages.NewsPage.objects.filter(pk=page.pk).update(**dict.fromkeys(INHERITED, NFD))
        assert inherited(page) == ALL_COMPOSED

    def test_bulk_update(self, page: Any) -> None:
        fill(page)
        pages.NewsPage.objects.bulk_update([page], list(INHERITED))
        assert inherited(page) == ALL_COMPOSED

    @pytest.mark.parametrize("lookup", ["title", "title__icontains", "draft_title__in"])
    def test_an_nfd_filter_finds_the_page(self, page: Any, lookup: str) -> None:
        page.title = NFC
        cleared(page.save_revision()).publish()
        value = [NFD] if lookup.endswith("in") else NFD
        assert pages.NewsPage.objects.filter(**{lookup: value}).get() == page
        assert not pages.NewsPage.objects.exclude(**{lookup: value}).exists()
        assert pages.NewsPage.objects.live().get(**{lookup: value}) == page

    @pytest.mark.parametrize("code", ["C2", "C6", "C13"])
    def test_index_pages(self, index_of: Any, code: str) -> None:
        index = index_of(code)
        index.title = index.introduction = NFD
        index.save()
        assert stored(Page, "title", index.pk) == NFC
        index.refresh_from_db()
        assert index.introduction == NFC

    def test_the_portal(self, portal: Any) -> None:
        portal.title = portal.introduction = NFD
        portal.save()
        assert stored(Page, "title", portal.pk) == NFC

    def test_copy_under_another_title(self, page: Any) -> None:
        copy = page.copy(update_attrs={"title": NFD, "slug": "ban-sao"}, keep_live=False)
        assert inherited(copy)["title"] == NFC
        assert inherited(copy)["draft_title"] == NFC

    def test_an_address_in_nfd_is_composed(self, index_of: Any, settings: Any) -> None:
        """Where Wagtail keeps accents in addresses, the same word is one address."""
        page = NewsFactory(parent=index_of("C2"), slug=unicodedata.normalize("NFD", "hòa-giải"))
        assert stored(Page, "slug", page.pk) == "hòa-giải"
        assert page.url_path.endswith("/hòa-giải/")


class TestRevisions:
    def content(self, revision: Revision) -> str:
        return json.dumps(Revision.objects.get(pk=revision.pk).content, ensure_ascii=False)

    def test_the_content_of_a_revision(self, page: Any) -> None:
        page.title = page.author = page.summary = page.seo_title = NFD
        page.body = [("rich_text", f"<p>{NFD}</p>")]
        revision = Revision.objects.get(pk=page.save_revision().pk)
        for name in ("title", "author", "summary", "seo_title"):
            assert revision.content[name] == NFC
        assert json.loads(revision.content["body"])[0]["value"] == f"<p>{NFC}</p>"

    def test_the_name_of_a_revision(self, page: Any) -> None:
        page.title = NFD
        revision = page.save_revision()
        assert Revision.objects.get(pk=revision.pk).object_str == NFC
        assert stored(Page, "draft_title", page.pk) == NFC

    def test_an_unvalidated_revision(self, page: Any) -> None:
        """As the editor saves a draft."""
        page.title = NFD
        revision = page.save_revision(clean=False)
        assert unicodedata.is_normalized("NFC", self.content(revision))
        assert Revision.objects.get(pk=revision.pk).object_str == NFC
        assert stored(Page, "draft_title", page.pk) == NFC

    def test_publishing_an_old_decomposed_revision(self, page: Any) -> None:
        """A revision from before the package, or of a data migration."""
        revision = page.save_revision()
        content = {**revision.content, "title": NFD, "author": NFD, "seo_title": NFD}
        content["body"] = json.dumps([{"type": "rich_text", "value": f"<p>{NFD}</p>", "id": "a"}])
        Revision.objects.filter(pk=revision.pk).update(content=content)
        cleared(Revision.objects.get(pk=revision.pk)).publish()
        page = pages.NewsPage.objects.get(pk=page.pk)
        assert (page.title, page.seo_title, page.author) == (NFC, NFC, NFC)
        assert page.body[0].value.source == f"<p>{NFC}</p>"

    def test_the_latest_draft_is_read_composed(self, page: Any) -> None:
        revision = page.save_revision()
        content = {**revision.content, "title": NFD}
        Revision.objects.filter(pk=revision.pk).update(content=content)
        page = pages.NewsPage.objects.get(pk=page.pk)
        assert page.get_latest_revision_as_object().title == NFC


class TestContent:
    def test_characters_text_and_rich_text(self, index_of: Any) -> None:
        page = factory_for(pages.PartyDocumentPage)(
            parent=index_of("C9"),
            author=NFD,
            summary=NFD,
            document_abstract=NFD,
            implementation=f"<p>{NFD}</p>",
        )
        page = pages.PartyDocumentPage.objects.get(pk=page.pk)
        assert (page.author, page.summary, page.document_abstract) == (NFC, NFC, NFC)
        assert page.implementation == f"<p>{NFC}</p>"

    def test_streams(self, index_of: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), body=[("heading", {"text": NFD})])
        raw = pages.NewsPage.objects.get(pk=page.pk).body.raw_data
        assert raw[0]["value"]["text"] == NFC

    def test_an_nfd_filter_finds_the_author(self, index_of: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), author=NFC)
        assert pages.ContentPage.objects.get(author__icontains=NFD).pk == page.pk

    def test_what_an_editor_types(self, index_of: Any, editor: Any, client: Client) -> None:
        from tests.editing import posted

        client.force_login(editor)
        address = reverse(
            "wagtailadmin_pages:add",
            args=("wagtail_pbgdpl_pages", "newspage", index_of("C2").pk),
        )
        data = posted(client.get(address).context["form"]) | {
            "title": NFD,
            "slug": "tin",
            "author": NFD,
            "source": NFD,
            "seo_title": NFD,
            "search_description": NFD,
            "tags": f'"{NFD}"',
            "action-submit": "1",
        }
        assert client.post(address, data).status_code == 302
        page = make_board(index_of("C2")).pass_board(pages.NewsPage.objects.get())
        assert inherited(page) == ALL_COMPOSED
        assert (page.author, page.source) == (NFC, NFC)
        assert [tag.name for tag in page.tags.all()] == [NFC]


def test_publish_composes(index_of: Any) -> None:
    page = NewsFactory(parent=index_of("C2"), live=False)
    page.title = NFD
    assert publish(page).title == NFC
