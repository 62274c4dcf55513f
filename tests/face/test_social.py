"""I5 (LC19 mục II.7): the portal on social networks, and what visitors share."""

from __future__ import annotations

import json
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import NewsFactory
from wagtail_pbgdpl.site.portal import PortalSettings


def test_the_foot_leads_to_the_pages_of_the_portal(portal: Any, site: Any, client: Client) -> None:
    row = PortalSettings.for_site(site)
    row.facebook_url = "https://www.facebook.com/vi-du"
    row.zalo_url = "https://zalo.me/vi-du"
    row.save()
    html = BeautifulSoup(client.get(portal.url).content, "lxml")
    links = html.select('footer a[rel~="me"]')
    assert [(link.text, link["href"]) for link in links] == [
        ("Facebook", "https://www.facebook.com/vi-du"),
        ("Zalo", "https://zalo.me/vi-du"),
    ]
    data = json.loads(html.select_one('script[type="application/ld+json"]').string)
    assert data[0]["publisher"]["sameAs"] == [link["href"] for link in links]


def test_without_any_the_foot_has_no_list(portal: Any, client: Client) -> None:
    html = BeautifulSoup(client.get(portal.url).content, "lxml")
    assert not html.select('footer [rel~="me"]')


def test_an_item_can_be_shared_without_script(index_of: Any, client: Client) -> None:
    page = NewsFactory(parent=index_of("C2"))
    html = BeautifulSoup(client.get(page.url).content, "lxml")
    hosts = [link["href"].split("/")[2] for link in html.select(".pbgdpl-share a")]
    assert hosts == ["www.facebook.com", "zalo.me"]
