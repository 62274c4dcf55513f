"""A province's own theme is an app that overrides colours, the base template and one block."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client

from tests import theme_app
from tests.factories import NewsFactory

THEME = Path(theme_app.__file__).parent


@pytest.fixture
def themed(settings: Any) -> None:
    """The folders of the app come first, as they do for an app above ours.

    Not by ``INSTALLED_APPS``: to load all apps anew, the API of Wagtail 8 refuses.
    """
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"] = [THEME / "templates"]
    settings.STATICFILES_DIRS = [THEME / "static"]
    settings.WAGTAIL_PBGDPL = {"BASE_TEMPLATE": "theme_app/base.html"}


def page_of(index_of: Any, client: Client) -> BeautifulSoup:
    body = [{"type": "call_out", "value": {"kind": "note", "title": "", "text": "<p>Lưu ý</p>"}}]
    page = NewsFactory(parent=index_of("C2"), title="Tin của tỉnh khác", body=json.dumps(body))
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def test_a_theme_changes_what_it_names(themed: None, index_of: Any, client: Client) -> None:
    soup = page_of(index_of, client)
    styles = [link["href"] for link in soup.select("link[rel=stylesheet]")]
    assert "/static/theme_app/colours.css" in styles
    assert soup.select_one("header .tinh-khac-emblem")
    assert soup.select_one("footer .tinh-khac-note")
    assert "Lưu ý" in soup.select_one(".pbgdpl-body .tinh-khac-call-out").text
    assert not soup.select(".pbgdpl-call-out")


def test_a_theme_keeps_the_rest(themed: None, index_of: Any, client: Client) -> None:
    soup = page_of(index_of, client)
    styles = [link["href"] for link in soup.select("link[rel=stylesheet]")]
    assert styles.index("/static/wagtail_pbgdpl/portal.css") < styles.index(
        "/static/theme_app/colours.css"
    )
    assert soup.h1.text == "Tin của tỉnh khác"
    for part in ("nav.pbgdpl-nav", ".pbgdpl-breadcrumb", ".pbgdpl-tools", ".pbgdpl-attribution"):
        assert soup.select_one(part), part
    assert soup.select_one('footer a[href="/pbgdpl/tro-nang/"]')


def test_the_static_files_of_a_theme_are_found(themed: None) -> None:
    assert finders.find("theme_app/colours.css")


def test_without_the_theme_nothing_of_it_shows(index_of: Any, client: Client) -> None:
    soup = page_of(index_of, client)
    assert not soup.select("[class^=tinh-khac]")
    assert soup.select_one(".pbgdpl-call-out")


def test_the_portal_settings_beat_the_theme(
    themed: None, site: Any, index_of: Any, client: Client
) -> None:
    """The colours of the settings come after the stylesheets of the theme."""
    from wagtail_pbgdpl.site.portal import PortalSettings

    PortalSettings.objects.filter(site=site).update(primary_color="#0d4a73")
    styles = [link["href"] for link in page_of(index_of, client).select("link[rel=stylesheet]")]
    assert styles[-1].startswith("/pbgdpl/theme.css?v=")
