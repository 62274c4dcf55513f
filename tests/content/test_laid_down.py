"""S3, S4: what the regulation lays down is shown in its words, and nobody edits it (R8, R10)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from tests.factories import NewsFactory, seated
from wagtail_pbgdpl.regulations import get_regulation
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.site.laid_down import laid_down
from wagtail_pbgdpl.site.portal import PortalSettings

pytestmark = pytest.mark.django_db

MADE_UP = "Ai cũng được dùng lại, không cần ghi nguồn"
FIELDS = {
    "name",
    "short_name",
    "governing_body",
    "standing_agency",
    "citation_rule",
    "citation_phrases",
}
EDITED = ("responsible_person", "address", "phone", "fax", "email")


@pytest.fixture
def address(site: Any) -> str:
    return reverse("wagtailsettings:edit", args=("wagtail_pbgdpl", "portalsettings", site.pk))


@pytest.fixture
def desk(client: Client) -> Any:
    def log_in(role: str) -> Client:
        client.force_login(seated(role))
        return client

    return log_in


def form_of(client: Client, address: str) -> Any:
    return client.get(address).context["form"]


def data(site: Any, **values: str) -> dict[str, str]:
    row = PortalSettings.for_site(site)
    names = [field.name for field in row._meta.concrete_fields if field.editable]
    own = {name: str(getattr(row, name) or "") for name in names if name not in ("id", "site")}
    return own | {"emblem": ""} | values


def shown(client: Client, page: Any) -> str:
    process_cache.forget()
    return BeautifulSoup(client.get(page.url).content, "lxml").get_text(" ")


@pytest.mark.parametrize("role", ["operator", "secretary", "chief"])
def test_a_made_up_rule_stands_nowhere(
    desk: Any, site: Any, index_of: Any, address: str, role: str
) -> None:
    client = desk(role)
    page = NewsFactory(parent=index_of("C2"))
    before = PortalSettings.for_site(site)
    values = dict.fromkeys(FIELDS, MADE_UP) | {"phone": "0209 111"}
    assert client.post(address, data(site, **values)).status_code == 302
    row = PortalSettings.objects.get(site=site)
    assert row.phone == "0209 111", "what is theirs is saved"
    for name in FIELDS:
        assert getattr(row, name) == getattr(before, name), name
    text = shown(Client(), page)
    assert MADE_UP not in text
    assert get_regulation().attribution.text in text
    assert get_regulation().citation.phrases[0] in text
    assert get_regulation().portal.governing_body in text


def test_not_even_what_stands_in_the_row(site: Any, portal: Any, index_of: Any) -> None:
    """However it came there: rows from before, a program, SQL."""
    PortalSettings.objects.filter(site=site).update(**dict.fromkeys(FIELDS, MADE_UP))
    for page in (portal, NewsFactory(parent=index_of("C2"))):
        assert MADE_UP not in shown(Client(), page)
    html = Client().get(portal.url).content.decode()
    assert f'property="og:site_name" content="{get_regulation().portal.name}"' in html


def test_the_form_shows_them_with_document_and_clauses(desk: Any, address: str) -> None:
    client = desk("operator")
    assert not FIELDS & form_of(client, address).fields.keys()
    assert set(EDITED) <= form_of(client, address).fields.keys()
    text = BeautifulSoup(client.get(address).content, "lxml").get_text(" ")
    regulation = get_regulation()
    for part in (
        regulation.document.title,
        regulation.attribution.text,
        regulation.attribution.clause,
        regulation.citation.clause,
        regulation.portal.standing_agency,
    ):
        assert part in text


@pytest.fixture
def silent_profile(settings: Any, tmp_path: Path) -> None:
    """A profile that says nothing of citation, as LC19."""
    settings.WAGTAIL_PBGDPL = {"PROFILE": "lao_cai_2019"}


@pytest.mark.usefixtures("silent_profile")
def test_where_the_regulation_is_silent_the_settings_speak(
    desk: Any, site: Any, index_of: Any, address: str
) -> None:
    client = desk("operator")
    silent = {"citation_rule", "citation_phrases"}
    assert FIELDS & form_of(client, address).fields.keys() == silent == FIELDS - laid_down().keys()
    values = {"citation_rule": "Ghi rõ nguồn.", "name": MADE_UP}
    assert client.post(address, data(site, **values)).status_code == 302
    process_cache.forget()
    request = client.get("/").wsgi_request
    found = PortalSettings.for_request(request)
    assert found.citation_rule == "Ghi rõ nguồn."
    assert found.name == get_regulation().portal.name


@pytest.fixture
def other(portal: Any) -> Any:
    """A second site; Wagtail's cache of addresses outlives the transaction of a test."""
    yield Site.objects.create(hostname="cong.example.vn", root_page=portal)
    Site.clear_site_root_paths_cache()


def test_a_second_site_has_the_words_of_the_one_regulation(other: Any, client: Client) -> None:
    assert PortalSettings.for_site(other).governing_body == "", "its row is its own"
    html = client.get("/", HTTP_HOST="cong.example.vn").content.decode()
    assert get_regulation().portal.governing_body in html


def test_the_editor_keeps_what_the_row_holds(site: Any) -> None:
    """The words of the regulation are shown, and copied into no row."""
    PortalSettings.objects.filter(site=site).update(name="Tên cũ")
    row = PortalSettings.for_site(site)
    assert row.as_shown().name == get_regulation().portal.name
    assert row.name == "Tên cũ"
