"""``restyle-templates.md`` to the letter: each way in a site of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.guides.pages import code, last_line, write_files
from tests.sites import replace

pytestmark = pytest.mark.wheel

ITEM = """
from wagtail_pbgdpl.content.actions import add_draft, publish
from wagtail_pbgdpl.site.portal import PortalSettings
from wagtail_pbgdpl.pages.models import CategoryIndexPage
from {app}.models import {model}
from wagtail.models import Site
portal = PortalSettings.for_site(Site.objects.get())
portal.primary_color = "#7a1f1f"
portal.save()
index = CategoryIndexPage.objects.get(category="C2")
page = {model}(title="Tin", author="Tác giả", source="Nguồn", summary="Tóm tắt")
page = publish(add_draft(index, page))
"""
NEWS = ITEM.format(app="wagtail_pbgdpl.pages", model="NewsPage")


def test_a_theme(portal_site: Any, guides: Path) -> None:
    page = guides / "restyle-templates.md"
    portal_site.run(code(page, "sh", "startapp"))
    portal_site.add_settings(code(page, "python", "myprovince/base.html"))
    written = write_files(page, portal_site.root)
    assert "myprovince/static/myprovince/theme.css" in written
    said = portal_site.in_turn(["check"], ["findstatic", "myprovince/theme.css"])
    assert "no issues" in said
    assert "myprovince/theme.css" in said
    shown = portal_site.fetch_made(NEWS)
    assert "myprovince/theme.css" in shown
    assert "myprovince/emblem.svg" in shown
    assert "Đoàn Luật sư tỉnh" in shown


def test_inside_the_pages_of_another_site_nothing_is_lost(portal_site: Any, guides: Path) -> None:
    page = guides / "restyle-templates.md"
    before = portal_site.fetch_made(f"{NEWS}\nprint(page.url)")
    address = before.strip().splitlines()[0]
    write_files(page, portal_site.root)
    portal_site.add_settings(code(page, "python", "pbgdpl_base.html"))
    assert "no issues" in portal_site.manage("check")
    after = portal_site.fetch(address, "/pbgdpl/")
    assert "css/mysite.css" in after
    for kept in (
        "wagtail_pbgdpl/portal.css",
        "wagtail_pbgdpl/blocks/blocks.css",
        "/pbgdpl/theme.css?v=",  # colours
        'property="og:title"',
        'rel="canonical"',
        'type="application/rss+xml"',
        'type="application/ld+json"',
        "data-pbgdpl-figures",  # counter
        'data-beacon="/pbgdpl/traffic/beacon/"',
        "wagtail_pbgdpl/portal.js",
        "pbgdpl-tools",
        "",
    ):
        assert kept in before, kept
        assert kept in after, kept


def test_a_base_template_that_is_not_there_is_an_error(portal_site: Any) -> None:
    portal_site.add_settings('WAGTAIL_PBGDPL = {"BASE_TEMPLATE": "pbgdpl_bace.html"}')
    with pytest.raises(AssertionError, match=r"wagtail_pbgdpl\.E013"):
        portal_site.manage("check")


def test_a_template_in_the_place_of_another_and_a_type_with_its_own(
    portal_site: Any, guides: Path
) -> None:
    page = guides / "restyle-templates.md"
    templates = portal_site.root / "mysite/templates"
    for line in code(page, "", "templates/wagtail_pbgdpl").split():
        file = templates / line.removeprefix("templates/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("của tỉnh")
    assert "của tỉnh" in portal_site.fetch_made(NEWS)
    (templates / "wagtail_pbgdpl/pages/news_page.html").unlink()
    portal_site.manage("startapp", "ournews")
    portal_site.add_settings('INSTALLED_APPS = ["ournews", *INSTALLED_APPS]')
    write_files(page, portal_site.root)
    portal_site.in_turn(["makemigrations", "ournews"], ["migrate"])
    made = ITEM.format(app="ournews", model="OurNewsPage")
    assert 'class="our-news"' in portal_site.fetch_made(made)


def test_error_pages_and_maintenance(portal_site: Any, guides: Path) -> None:
    page = guides / "restyle-templates.md"
    with (portal_site.root / "mysite/urls.py").open("a") as file:
        file.write(code(page, "python", "handler404"))
    portal_site.add_settings(code(page, "python", "MAINTENANCE_FILE"))
    replace(portal_site.root / "mysite/settings/dev.py", "DEBUG = True", "DEBUG = False")
    ask = (
        "from django.test import Client\n"
        "answer = Client(HTTP_HOST='localhost').get('/khong-co/')\n"
        "print(answer.status_code, answer.content.decode())"
    )
    lost = portal_site.python(ask)
    assert last_line(lost) != ""
    assert "404 " in lost
    assert "pbgdpl" in lost
    (portal_site.root / "maintenance").touch()
    assert "503 " in portal_site.python(ask)
