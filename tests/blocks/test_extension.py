"""A site's own blocks, through ``tests.extension_app`` (S7)."""

from __future__ import annotations

import json

import pytest
from django.apps import AppConfig, apps
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.extension_app.blocks import HotlineBlock, LoudQuotationBlock
from tests.extension_app.models import OrdinaryPage, TargetedPage
from wagtail_pbgdpl.blocks.defaults import DEFAULTS

HOTLINE = {
    "type": "hotline",
    "value": {"label_text": "Đường dây nóng", "number": "1900 0000"},
    "id": "h1",
}


def offered(model, name="body"):
    return model._meta.get_field(name).stream_block.child_blocks


def test_an_added_block_is_offered_last():
    assert list(offered(OrdinaryPage)) == [*(name for name, _ in DEFAULTS["body"]), "hotline"]


def test_a_replaced_block_keeps_its_place():
    assert type(offered(OrdinaryPage)["quotation"]) is LoudQuotationBlock


def test_a_page_type_has_its_own():
    assert "village_radio" in offered(TargetedPage)
    assert "village_radio" not in offered(OrdinaryPage)
    assert "chart" in offered(OrdinaryPage)
    assert "chart" not in offered(TargetedPage)


def test_other_uses_are_untouched():
    assert list(offered(TargetedPage, "attachments")) == ["attachment"]


def test_ready_may_run_again():
    config: AppConfig = apps.get_app_config("extension_app")
    config.ready()
    assert type(offered(OrdinaryPage)["hotline"]) is HotlineBlock


@pytest.fixture
def page(db):
    home = Page.objects.get(depth=2)
    return home.add_child(instance=OrdinaryPage(title="Trang", slug="trang", body=[HOTLINE]))


def test_content_survives_the_store(page):
    again = OrdinaryPage.objects.get(pk=page.pk)
    assert again.body.get_prep_value() == [HOTLINE]


def test_content_survives_a_revision(page):
    page.body.append(("quotation", {"text": "Một", "person": "", "source": ""}))
    page.save_revision().publish()
    again = OrdinaryPage.objects.get(pk=page.pk)
    assert [child.block_type for child in again.body] == ["hotline", "quotation"]


def test_content_is_rendered(page, client):
    page.body.append(("quotation", {"text": "Một", "person": "", "source": ""}))
    page.save_revision().publish()
    html = client.get(page.url).content.decode()
    assert '<p class="hotline">Đường dây nóng: 1900 0000</p>' in html
    assert '<blockquote class="loud">Một</blockquote>' in html
    assert '<div class="pbgdpl-block pbgdpl-block--hotline">' in html


def test_the_editor_offers_and_stores_it(page, admin_client):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Hotline" in admin_client.get(url).content.decode()
    posted = nested_form_data(
        {
            "title": "Trang",
            "slug": "trang",
            "body": streamfield([("hotline", {"label_text": "Gọi", "number": "113"})]),
            "attachments": streamfield([]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "action-publish": "1",
        }
    )
    response = admin_client.post(url, posted)
    assert response.status_code == 302
    assert OrdinaryPage.objects.get(pk=page.pk).body[0].value["number"] == "113"


def test_the_search_index_gets_its_text(page):
    field = OrdinaryPage._meta.get_field("body")
    assert "Đường dây nóng" in field.get_searchable_content(page.body)


def test_the_api_gets_its_value(page):
    block = page.body.stream_block
    assert json.loads(json.dumps(block.get_api_representation(page.body)))[0] == HOTLINE
