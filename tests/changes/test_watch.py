"""R10, R12: what shows at once is written down with before and after, and told to the board."""

from __future__ import annotations

import datetime
import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction, Site
from wagtail_modeladmin.helpers import AdminURLHelper

from tests.factories import ImageFactory, NewsFactory, UnitFactory, UserFactory, seated
from wagtail_pbgdpl.changes.actor import acting_in
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.content.tags import ContentTag
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.organisation.models import Unit
from wagtail_pbgdpl.reference.models import IssuingBody
from wagtail_pbgdpl.regulations import get_regulation
from wagtail_pbgdpl.site.portal import PortalSettings
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(portal: Any) -> dict[str, Any]:
    roles = ("operator", "secretary", "chief", "deputy_chief", "member", "contact_officer")
    return {role: seated(role) for role in roles}


@pytest.fixture
def desk(people: dict[str, Any]) -> Any:
    def log_in(who: Any) -> Client:
        client = Client()
        client.force_login(people[who] if isinstance(who, str) else who)
        return client

    return log_in


def settings_form(site: Any, **values: Any) -> dict[str, Any]:
    row = PortalSettings.for_site(site)
    names = [field.name for field in row._meta.concrete_fields if field.editable]
    own = {name: getattr(row, name) or "" for name in names if name not in ("id", "site", "emblem")}
    return own | {"emblem": row.emblem_id or ""} | values


def address_of_settings(site: Any) -> str:
    return reverse("wagtailsettings:edit", args=("wagtail_pbgdpl", "portalsettings", site.pk))


def only() -> Change:
    (change,) = Change.objects.all()
    return change


def told(change: Change) -> set[int]:
    rows = Notice.objects.filter(key__startswith=f"change:{change.pk}:")
    return set(rows.values_list("recipient", flat=True))


class TestPortalSettings:
    def test_before_and_after_by_whom(
        self, desk: Any, people: dict[str, Any], site: Any, english: None
    ) -> None:
        PortalSettings.objects.filter(site=site).update(phone="0209 000")
        image = ImageFactory(title="Biểu trưng mới")
        sent = settings_form(site, phone="1900 6192", emblem=image.pk)
        assert desk("operator").post(address_of_settings(site), sent).status_code == 302
        change = only()
        assert change.kind == Change.Kind.SETTINGS
        # In the language of the portal, whoever acts.
        assert change.details == [
            ["điện thoại", "0209 000", "1900 6192"],
            ["biểu trưng", "", "Biểu trưng mới"],
        ]
        assert change.by == people["operator"]
        assert change.by_name
        assert told(change) == {people["secretary"].pk, people["chief"].pk}
        text = Notice.objects.filter(recipient=people["chief"])[0].text
        assert "«0209 000» → «1900 6192»" in text
        assert change.by_name in text
        assert reverse("pbgdpl_changes") in text

    def test_who_did_it_is_not_told_and_the_other_is(
        self, desk: Any, people: dict[str, Any], site: Any
    ) -> None:
        desk("secretary").post(address_of_settings(site), settings_form(site, phone="1"))
        assert told(only()) == {people["chief"].pk}

    def test_what_was_sent_as_it_was_is_no_change(self, desk: Any, site: Any) -> None:
        response = desk("operator").post(address_of_settings(site), settings_form(site))
        assert response.status_code == 302
        assert not Change.objects.exists()
        assert not Notice.objects.exists()

    def test_what_is_refused_is_not_written_down(self, desk: Any, site: Any) -> None:
        sent = settings_form(site, phone="1900 6192", primary_color="đỏ")
        assert desk("operator").post(address_of_settings(site), sent).status_code == 200
        assert desk("member").post(address_of_settings(site), sent).status_code == 302
        assert not Change.objects.exists()

    def test_a_program_too(self, people: dict[str, Any], site: Any) -> None:
        row = PortalSettings.for_site(site)
        row.phone = "1900 6192"
        row.save()
        change = only()
        assert (change.by, change.by_name) == (None, "")
        assert told(change) == {people["secretary"].pk, people["chief"].pk}

    def test_of_the_fields_that_were_written_alone(self, site: Any) -> None:
        row = PortalSettings.for_site(site)
        row.phone, row.fax = "1900 6192", "1900 6193"
        row.save(update_fields=["fax"])
        assert only().details == [["fax", "", "1900 6193"]]

    def test_a_seat_that_has_ended_hears_nothing(
        self, desk: Any, people: dict[str, Any], site: Any
    ) -> None:
        gone = seated("secretary", ends_on=today() - datetime.timedelta(days=1))
        desk("operator").post(address_of_settings(site), settings_form(site, phone="1"))
        assert gone.pk not in told(only())


class TestReferenceTables:
    ROW = {"code": "co-quan-moi", "name": "Cơ quan mới", "order": 1, "level": "commune"}

    def test_a_new_row_a_change_and_a_loss(self, desk: Any) -> None:
        client, urls = desk("operator"), AdminURLHelper(IssuingBody)
        assert client.post(urls.create_url, self.ROW | {"is_active": "on"}).status_code == 302
        change = only()
        assert change.kind == Change.Kind.REFERENCE
        assert ["tên", "", "Cơ quan mới"] in change.details
        row = IssuingBody.objects.get(code="co-quan-moi")
        edit = urls.get_action_url("edit", row.pk)
        assert client.post(edit, self.ROW | {"level": "province"}).status_code == 302
        change = Change.objects.latest("pk")
        assert change.object_id == str(row.pk)
        assert change.details == [["đang sử dụng", "có", "không"], ["cấp", "Cấp xã", "Cấp tỉnh"]]
        assert client.post(urls.get_action_url("delete", row.pk)).status_code == 302
        change = Change.objects.latest("pk")
        assert ["tên", "Cơ quan mới", ""] in change.details
        assert change.title == "Cơ quan mới"
        assert Change.objects.count() == 3

    def test_rows_of_a_program_and_of_fixtures_do_not_flood(self, tmp_path: Any) -> None:
        row = IssuingBody.objects.create(code="moi", name="Cơ quan mới")
        call_command("pbgdpl_setup", verbosity=0)
        fixture = tmp_path / "rows.json"
        fields = {"code": "moi", "name": "Tên khác", "order": 0, "level": "central"}
        model = "wagtail_pbgdpl.issuingbody"
        fixture.write_text(json.dumps([{"model": model, "pk": row.pk, "fields": fields}]))
        call_command("loaddata", str(fixture), verbosity=0)
        row.refresh_from_db()
        assert row.name == "Tên khác"
        assert not Change.objects.exists()


class TestUnits:
    def test_a_new_name_address_and_end(self, desk: Any, people: dict[str, Any]) -> None:
        unit = UnitFactory(name="Sở Tư pháp", email="cu@example.vn", categories=["C1"])
        assert not Change.objects.exists(), "a program adds units without a word"
        sent = {
            "name": "Sở Pháp chế",
            "code": unit.code,
            "kind": unit.kind,
            "email": "moi@example.vn",
            "ends_on": "2030-12-31",
            "categories": ["C1", "C2"],
        }
        address = reverse("pbgdpl_units:edit", args=[unit.pk])
        assert desk("operator").post(address, sent).status_code == 302
        change = Change.objects.get(kind=Change.Kind.UNIT)
        names = get_regulation().categories
        assert change.details == [
            ["đến hết ngày", "", "31/12/2030"],
            ["tên", "Sở Tư pháp", "Sở Pháp chế"],
            ["thư điện tử", "cu@example.vn", "moi@example.vn"],
            [
                "chuyên mục được giao cung cấp",
                names["C1"].name,
                f"{names['C1'].name}, {names['C2'].name}",
            ],
        ]
        assert told(change) == {people["secretary"].pk, people["chief"].pk}

    def test_one_that_somebody_adds(self, desk: Any) -> None:
        sent = {"name": "Sở mới", "code": "so-moi", "kind": "department"}
        assert desk("operator").post(reverse("pbgdpl_units:add"), sent).status_code == 302
        change = Change.objects.get(kind=Change.Kind.UNIT)
        assert change.object_id == str(Unit.objects.get(code="so-moi").pk)
        assert ["tên", "", "Sở mới"] in change.details


class TestClosingAPage:
    def close(self, client: Client, page: Any, how: str = "login") -> Any:
        address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
        return client.post(address, {"restriction_type": how, "password": "", "groups": []})

    def test_of_what_is_public(self, desk: Any, people: dict[str, Any], index_of: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), title="Tin đã đăng")
        assert self.close(desk("chief"), page).status_code == 200
        assert PageViewRestriction.objects.filter(page=page).exists()
        change = only()
        assert change.kind == Change.Kind.PRIVACY
        assert (change.title, change.object_id) == ("Tin đã đăng", str(page.pk))
        assert told(change) == {people["secretary"].pk}
        assert self.close(desk("chief"), page, "none").status_code == 200
        assert Change.objects.count() == 2

    def test_a_draft_is_named_nowhere(self, desk: Any, index_of: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), live=False, title="Chưa ai biết")
        self.close(desk("chief"), page)
        assert PageViewRestriction.objects.filter(page=page).exists()
        assert not Change.objects.exists()


class TestTheSite:
    @pytest.fixture(autouse=True)
    def _cache(self) -> Any:
        """Wagtail's cache of addresses outlives the transaction of a test."""
        yield
        Site.clear_site_root_paths_cache()

    def test_its_name_and_address(self, people: dict[str, Any], site: Any) -> None:
        client = Client()
        client.force_login(UserFactory(is_superuser=True))
        sent = {
            "hostname": "pbgdpl.example.vn",
            "port": 80,
            "site_name": "Cổng khác",
            "root_page": site.root_page_id,
            "is_default_site": "on",
        }
        assert client.post(reverse("wagtailsites:edit", args=[site.pk]), sent).status_code == 302
        assert Site.objects.get(pk=site.pk).site_name == "Cổng khác"
        change = only()
        assert change.kind == Change.Kind.SETTINGS
        assert {after for _label, _before, after in change.details} >= {"Cổng khác"}
        assert told(change) == {people["secretary"].pk, people["chief"].pk}


class TestTheMenu:
    def test_another_order(self, people: dict[str, Any], index_of: Any) -> None:
        page, first = index_of("C3"), index_of("C1")
        with acting_in(SimpleNamespace(user=people["chief"])):
            page.move(first, "left")
        change = only()
        assert change.kind == Change.Kind.MENU
        assert (change.title, change.by) == (page.title, people["chief"])
        assert change.details[0][1:] == ["3", "1"]
        assert told(change) == {people["secretary"].pk}

    def test_to_where_it_stands_is_none(self, index_of: Any) -> None:
        index_of("C2").move(index_of("C3"), "left")
        assert not Change.objects.exists()

    def test_items_have_no_order(self, index_of: Any) -> None:
        first, second = (NewsFactory(parent=index_of("C2")) for _number in range(2))
        second.move(first, "left")
        assert not Change.objects.exists()


def test_a_tag(people: dict[str, Any]) -> None:
    """New ones come with drafts; a changed one shows in public."""
    tag = ContentTag.objects.create(name="Đất đai")
    assert not Change.objects.exists()
    tag.name = "Nhà đất"
    tag.save()
    assert only().details[0][1:] == ["Đất đai", "Nhà đất"]


def test_what_is_not_watched_costs_nothing(django_assert_num_queries: Any) -> None:
    user = get_user_model()._default_manager.create(username="ai-do")
    with django_assert_num_queries(1):
        user.save(update_fields=["last_login"])
    image = ImageFactory()
    assert get_image_model().objects.filter(pk=image.pk).exists()
    assert not Change.objects.exists()
