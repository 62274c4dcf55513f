"""C1 (BP20 Điều 5.1, QT24 Điều 5.1đ): the contacts are asked of the category, not of each page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from tests.both import rows_here
from tests.conftest import emptied
from tests.factories import factory_for, seated
from wagtail_pbgdpl.content.indexes import PortalMixin
from wagtail_pbgdpl.core.discovery import root_model
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.provisioning.portal import set_up
from wagtail_pbgdpl.regulations import load, shipped_profiles
from wagtail_pbgdpl.regulations.active import get_regulation

CONTACTS = [("contact_list", {"title": "", "contacts": [{"name": "Nông Thị Hoa"}]})]
ASKING = {"binh_phuoc_2020": "Điều 5 khoản 1", "quang_tri_2024": "Điều 5 khoản 1 điểm đ"}


@pytest.fixture(scope="module", params=rows_here([list(ASKING)]))
def set_up_portal(request: Any, kept_rows: None) -> Iterator[None]:
    """A portal that was just set up."""
    with override_settings(WAGTAIL_PBGDPL={"PROFILE": request.param}), transaction.atomic():
        set_up(get_regulation(), emptied(root_model(PortalMixin).objects.get()))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def introduction(set_up_portal: None, db: None) -> Any:
    """Its index page «Giới thiệu»."""
    portal = root_model(PortalMixin).objects.get()
    children = portal.get_children().specific()
    return next(page for page in children if page.category == "gioi-thieu")


def panel(client: Client) -> str:
    response = client.get(reverse("pbgdpl_overview"))
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "lxml").select_one("#pbgdpl-wanting-section")
    return found.get_text(" ", strip=True) if found else ""


@pytest.fixture
def chief(introduction: Any, client: Client) -> Client:
    client.force_login(seated("chief"))
    return client


def make(introduction: Any, **values: Any) -> Any:
    return factory_for(pages.IntroductionPage)(parent=introduction, **values)


def test_the_board_reads_what_is_wanting(introduction: Any, chief: Client) -> None:
    make(introduction, title="Lịch sử hình thành")
    shown = panel(chief)
    assert ASKING[get_regulation().name] in shown
    assert introduction.title in shown
    assert "liên hệ" in shown.lower()


@pytest.mark.parametrize("field", ["contacts", "body"])
def test_one_page_is_enough(introduction: Any, chief: Client, field: str) -> None:
    make(introduction, title="Lịch sử hình thành")
    assert panel(chief)
    make(introduction, title="Liên hệ", **{field: CONTACTS})
    assert panel(chief) == ""


def test_a_draft_is_not(introduction: Any, chief: Client) -> None:
    make(introduction, live=False, contacts=CONTACTS)
    assert panel(chief)


def test_units_do_not_read_it(introduction: Any, client: Client) -> None:
    client.force_login(seated("contact_officer"))
    assert panel(client) == ""


def test_other_regulations_do_not_ask() -> None:
    asking = {
        name for name in shipped_profiles() if any(c.holds for c in load(name).categories.values())
    }
    assert asking == set(ASKING)
