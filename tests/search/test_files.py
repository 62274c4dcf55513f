"""The text of files on public pages is found, and leads to the file and its page (C14, D1)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from tests.factories import DocumentFactory, SeatFactory, factory_for
from tests.file_text import hostile
from wagtail_pbgdpl.content.file_entries import read_due
from wagtail_pbgdpl.file_text import process
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.search.file_models import FileText
from wagtail_pbgdpl.search.index_models import SearchEntry
from wagtail_pbgdpl.serving import process_cache

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("searched")]

MaterialFactory = factory_for(pages.MaterialPage)
WORDS = "hoa giai vien nhan thu lao"


def document(content: bytes, name: str = "thu-lao.pdf") -> Any:
    return DocumentFactory(title="Phụ lục kèm theo", file=ContentFile(content, name=name))


def attached(parent: Any, one: Any, **more: Any) -> Any:
    value = {"document": one, "kind": "original", "title": "", "note": ""}
    more |= {"title": "Tài liệu có tệp", "attachments": [("attachment", value)]}
    return MaterialFactory(parent=parent, **more)


def results(client: Client) -> list[Any]:
    process_cache.forget()
    page = BeautifulSoup(
        client.get("/pbgdpl/tim-kiem/", {"q": WORDS, "loai": "file"}).content, "lxml"
    )
    return page.select(".pbgdpl-result")


def test_it_is_found_with_its_page(client: Client, index_of: Any) -> None:
    one = document(hostile.with_script())
    page = attached(index_of("C5"), one)
    assert results(client) == []
    assert read_due() == 1
    (shown,) = results(client)
    link = shown.select_one(".pbgdpl-result__title a")
    assert (link.get_text(), link["href"]) == ("Phụ lục kèm theo", one.url)
    about = shown.select_one(".pbgdpl-result__about")
    assert "PDF" in about.get_text()
    assert "byte" in about.get_text()
    assert about.select_one("a")["href"] == page.url
    assert "Hoa giai vien nhan thu lao" in shown.select_one(".pbgdpl-result__passage").get_text()
    # What was read once is not read again.
    assert read_due() == 0


def test_no_request_reads_a_file(
    client: Client, index_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither who publishes, nor who looks at the page, searches or downloads."""

    def read(*_args: Any, **_more: Any) -> None:
        raise AssertionError("a file was read in a request")

    monkeypatch.setattr(process, "read", read)
    one = document(hostile.with_script())
    page = attached(index_of("C5"), one)
    for address in (page.url, page.get_parent().url, one.url):
        assert client.get(address).status_code == 200, address
    assert results(client) == []
    assert not FileText.objects.exists()


def test_what_is_taken_down_is_not_shown(client: Client, index_of: Any) -> None:
    page = attached(index_of("C5"), document(hostile.with_script()))
    read_due()
    page.unpublish()
    assert results(client) == []
    read_due()
    assert not SearchEntry.objects.filter(source="files").exists()


def test_a_file_of_a_draft_is_not_read(index_of: Any) -> None:
    attached(index_of("C5"), document(hostile.with_script()), live=False)
    assert read_due() == 0
    assert not FileText.objects.exists()


def test_a_fault_is_told_in_the_admin(client: Client, index_of: Any) -> None:
    good, bad = document(hostile.with_script()), document(b"%PDF-1.7 nothing", "hong.pdf")
    attached(index_of("C5"), good)
    attached(index_of("C5"), bad)
    assert read_due() == 2
    assert FileText.objects.get(document=bad.pk).fault == "damaged"
    client.force_login(SeatFactory(role="secretary").user)
    report = client.get(reverse("pbgdpl_unread_files")).content.decode()
    assert "hong" in report
    assert "thu-lao" not in report
    client.force_login(SeatFactory(role="contact_officer").user)
    assert client.get(reverse("pbgdpl_unread_files")).status_code in (302, 403)


def test_a_file_that_is_gone_keeps_no_other_from_being_read(index_of: Any) -> None:
    gone, there = document(b"%PDF-", "mat.pdf"), document(hostile.with_script())
    attached(index_of("C5"), gone)
    attached(index_of("C5"), there)
    gone.file.storage.delete(gone.file.name)
    assert read_due() == 2
    assert set(FileText.objects.values_list("fault", flat=True)) == {"unread", ""}
