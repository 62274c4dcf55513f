"""A province changes its colours in the settings and sees the result."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from wagtail_pbgdpl.site import appearance
from wagtail_pbgdpl.site.portal import PortalSettings

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#000000", 21.0), ("#ffffff", 1.0), ("#777777", 4.48), ("#767676", 4.54)]
)
def test_contrast_is_that_of_wcag(colour: str, ratio: float) -> None:
    assert appearance.contrast_with_white(colour) == pytest.approx(ratio, abs=0.01)


@given(colours)
def test_what_is_accepted_can_be_read(colour: str) -> None:
    try:
        appearance.validate_readable(colour)
    except ValidationError:
        assert appearance.contrast_with_white(colour) < 4.5
    else:
        assert appearance.contrast_with_white(colour) >= 4.5


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345", "#0f4c8g", "}a{b:"])
def test_only_hex_colours_are_taken(site: Any, colour: str) -> None:
    settings = PortalSettings.for_site(site)
    settings.primary_color = colour
    with pytest.raises(ValidationError) as caught:
        settings.full_clean()
    assert "primary_color" in caught.value.message_dict


def test_a_light_colour_is_refused(site: Any) -> None:
    settings = PortalSettings.for_site(site)
    settings.accent_color = "#ffd700"
    with pytest.raises(ValidationError) as caught:
        settings.full_clean()
    assert list(caught.value.message_dict) == ["accent_color"]


def stylesheet_address(client: Client, portal: Any) -> str | None:
    soup = BeautifulSoup(client.get(portal.url).content, "lxml")
    link = soup.select_one('link[href*="theme.css?"]')
    return link and str(link["href"])


def test_a_page_without_colours_asks_for_no_stylesheet(client: Client, portal: Any) -> None:
    assert stylesheet_address(client, portal) is None


def test_the_colours_of_the_settings_reach_the_page(client: Client, portal: Any, site: Any) -> None:
    PortalSettings.objects.filter(site=site).update(primary_color="#1B5E20", accent_color="#7a1f1f")
    address = stylesheet_address(client, portal)
    assert address is not None
    response = client.get(address)
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]
    assert response.content.decode() == (":root{--pbgdpl-primary:#1b5e20;--pbgdpl-accent:#7a1f1f;}")
    assert not response.cookies


def test_the_address_changes_with_the_colours(site: Any) -> None:
    settings = PortalSettings.for_site(site)
    settings.primary_color = "#1b5e20"
    first = settings.theme_version
    settings.primary_color = "#0f4c81"
    assert settings.theme_version not in ("", first)


def test_an_old_address_is_not_kept_for_long(client: Client, site: Any) -> None:
    PortalSettings.objects.filter(site=site).update(primary_color="#1b5e20")
    assert client.get("/pbgdpl/theme.css?v=cu")["Cache-Control"] == "public, max-age=60"


def test_what_came_in_by_another_way_cannot_leave_the_stylesheet(client: Client, site: Any) -> None:
    PortalSettings.objects.filter(site=site).update(primary_color="}*{a:b")
    assert client.get("/pbgdpl/theme.css").content == b""
