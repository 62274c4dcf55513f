"""A site's own blocks, through ``tests.extension_app`` (S7)."""

from __future__ import annotations

import json

import pytest
from django.apps import AppConfig, apps
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.extension_app.blocks import BranchTimelineBlock, HotlineBlock, LoudQuotationBlock
from tests.extension_app.models import BranchPage, OrdinaryPage, TargetedPage
from wagtail_pbgdpl.blocks.defaults import DEFAULTS

HOTLINE = {
    "type": "hotline",
    "value": {"label_text": "Đường dây nóng", "number": "1900 0000"},
    "id": "h1",
}


def offered(model, name="body"):
    return model._meta.get_field(name).stream_block.child_blocks


def test_an_added_block_is_offered_last():
    names = list(OrdinaryPage._meta.get_field("body").offered_block(OrdinaryPage).child_blocks)
    ours = [name for name, _ in DEFAULTS["body"]]
    assert names == [*ours, "source_items", "source_search", "linked_systems", "survey", "hotline"]


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


class TestTypesThatShareAField:
    """Page types below a concrete page type inherit its field, and still have their own blocks."""

    NOTICE = {**HOTLINE, "type": "notice_board"}
    TIMELINE = {
        "type": "timeline",
        "value": {"title": "", "events": [{"when": "1", "title": "Họp <b>", "text": ""}]},
    }
    CHART = {"type": "chart", "value": {"caption": "c", "kind": "bar", "data": "A\tB\nx\t1"}}

    @pytest.fixture
    def branch(self, db):
        home = Page.objects.get(depth=2)
        body = [HOTLINE, self.NOTICE, self.TIMELINE]
        return home.add_child(instance=BranchPage(title="Xã", slug="xa", body=body))

    def test_they_do_share_it(self):
        """Otherwise the tests below would prove nothing."""
        assert BranchPage._meta.get_field("body") is OrdinaryPage._meta.get_field("body")

    def test_each_offers_its_own(self):
        field = OrdinaryPage._meta.get_field("body")
        branch = field.offered_block(BranchPage).child_blocks
        ordinary = field.offered_block(OrdinaryPage).child_blocks
        assert "notice_board" in branch
        assert "notice_board" not in ordinary
        assert "chart" in ordinary
        assert "chart" not in branch
        assert type(branch["timeline"]) is BranchTimelineBlock
        assert type(ordinary["timeline"]) is not BranchTimelineBlock

    def test_what_is_stored_is_read_with_the_blocks_of_the_type(self, branch):
        again = BranchPage.objects.get(pk=branch.pk)
        kinds = [child.block_type for child in again.body]
        assert kinds == ["hotline", "notice_board", "timeline"]
        assert '<ol class="branch"><li>Họp &lt;b&gt;</li></ol>' in again.body.render_as_block()

    def test_what_it_does_not_offer_is_not_taken(self):
        assert len(BranchPage(body=[self.CHART]).body) == 0
        assert len(OrdinaryPage(body=[self.CHART]).body) == 1

    def test_saving_its_unspecific_form_loses_nothing(self, branch):
        unspecific = OrdinaryPage.objects.get(pk=branch.pk)
        unspecific.title = "Phường"
        unspecific.save()
        kinds = [child.block_type for child in BranchPage.objects.get(pk=branch.pk).body]
        assert kinds == ["hotline", "notice_board", "timeline"]

    def test_a_revision_keeps_it(self, branch):
        branch.save_revision().publish()
        again = BranchPage.objects.get(pk=branch.pk)
        assert again.body[1].block_type == "notice_board"
        assert type(again.get_latest_revision_as_object().body[2].block) is BranchTimelineBlock

    def test_the_editor_offers_the_blocks_of_the_type(self, page, branch, admin_client):
        def definitions(of):
            url = reverse("wagtailadmin_pages:edit", args=[of.pk])
            html = admin_client.get(url).content.decode()
            return "notice_board" in html, "&quot;chart&quot;" in html

        assert definitions(page) == (False, True)
        assert definitions(branch) == (True, False)

    def test_the_editor_takes_the_blocks_of_the_type_only(self, page, branch, admin_client):
        for of, expected in ((branch, ["notice_board"]), (page, [])):
            posted = nested_form_data(
                {
                    "title": of.title,
                    "slug": of.slug,
                    "body": streamfield([("notice_board", {"label_text": "Gọi", "number": "113"})]),
                    "attachments": streamfield([]),
                    "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
                    "action-publish": "1",
                }
            )
            url = reverse("wagtailadmin_pages:edit", args=[of.pk])
            assert admin_client.post(url, posted).status_code == 302
            again = type(of).objects.get(pk=of.pk)
            assert [child.block_type for child in again.body] == expected
