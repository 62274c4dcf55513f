"""Who reaches what in the admin: reference tables, settings, other people's pages (R2–R8, R10)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_modeladmin.helpers import AdminURLHelper

from tests.editing import posted
from tests.factories import NewsFactory, UnitFactory, seated
from tests.workflows.board import fresh, make_board
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.reference.models import Audience, DocumentType, IssuingBody, LegalField
from wagtail_pbgdpl.site.portal import PortalSettings
from wagtail_pbgdpl.worktime.models import CalendarException

# Each table, a row of it as the form sends it, and what is changed in it.
TABLES = [
    (LegalField, {"code": "moi", "name": "Lĩnh vực mới", "order": 5}, {"name": "Tên khác"}),
    (Audience, {"code": "moi", "name": "Đối tượng mới", "order": 5}, {"name": "Tên khác"}),
    (
        IssuingBody,
        {"code": "moi", "name": "Cơ quan mới", "order": 5, "level": "commune"},
        {"name": "Tên khác"},
    ),
    (
        DocumentType,
        {"code": "moi", "name": "Loại mới", "order": 5, "kind": "legal", "symbol": "LM"},
        {"name": "Tên khác"},
    ),
    (
        CalendarException,
        {"date": "2028-06-05", "kind": "off", "name": "Nghỉ bù", "notice": "1/TB"},
        {"name": "Tên khác"},
    ),
]
IDS = [model.__name__ for model, *_ in TABLES]
OTHERS = ["contact_officer", "unit_head", "secretary", "member", "deputy_chief", "chief"]
# They change the names in the tables of content, see tests/content/test_shown_names.py.
RENAMERS = ["secretary", "chief"]


@pytest.fixture
def person(db: Any) -> Any:
    """A function that makes somebody of a role of the set-up."""

    return seated


@pytest.fixture
def desk(person: Any) -> Any:
    """A function that returns the browser of somebody of a role."""

    def log_in(role: str) -> Client:
        client = Client()
        client.force_login(person(role))
        return client

    return log_in


def refused(response: Any) -> bool:
    """Whether the admin sent somebody away: to a page that says so, or with 403."""
    return response.status_code == 403 or (
        response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home")
    )


@pytest.mark.parametrize(("model", "row", "change"), TABLES, ids=IDS)
class TestReferenceTables:
    """R10: the operator keeps them."""

    def test_the_operator_lists_adds_edits_and_deletes(
        self, desk: Any, model: Any, row: dict[str, Any], change: dict[str, Any]
    ) -> None:
        client, urls = desk("operator"), AdminURLHelper(model)
        on = {"is_active": "on"} if hasattr(model, "is_active") else {}

        response = client.post(urls.create_url, row | on)
        assert response.status_code == 302, response.context["form"].errors
        made = model.objects.get(name=row["name"])

        listed = client.get(urls.index_url, {"q": row["name"]})
        assert listed.status_code == 200
        assert row["name"] in listed.content.decode()

        address = urls.get_action_url("edit", made.pk)
        assert client.get(address).status_code == 200
        assert client.post(address, row | on | change).status_code == 302
        made.refresh_from_db()
        assert made.name == change["name"]

        address = urls.get_action_url("delete", made.pk)
        assert client.get(address).status_code == 200
        assert model.objects.filter(pk=made.pk).exists(), "asking is not deleting"
        assert client.post(address).status_code == 302
        assert not model.objects.filter(pk=made.pk).exists()

    @pytest.mark.parametrize("role", OTHERS)
    def test_nobody_else_gets_at_them(
        self, desk: Any, model: Any, row: dict[str, Any], change: dict[str, Any], role: str
    ) -> None:
        client, urls = desk(role), AdminURLHelper(model)
        kept = model.objects.first() or model.objects.create(**row)
        before = list(model.objects.values())
        renames = role in RENAMERS and model is not CalendarException
        for address in (urls.index_url, urls.get_action_url("edit", kept.pk)):
            assert refused(client.get(address)) is not renames, address
        for address in (urls.create_url, urls.get_action_url("delete", kept.pk)):
            assert refused(client.get(address)), address
        assert refused(client.post(urls.create_url, row))
        if not renames:
            assert refused(client.post(urls.get_action_url("edit", kept.pk), row | change))
        assert refused(client.post(urls.get_action_url("delete", kept.pk)))
        assert list(model.objects.values()) == before


def test_a_row_that_a_document_names_is_not_deleted(desk: Any, index_of: Any) -> None:
    """D1: a type in use stays; the operator is told, not thrown an error."""
    from tests.factories import factory_for

    kind = DocumentType.objects.get(code="quyet-dinh")
    title = "Văn bản nêu loại này"
    factory_for(pages.LegalDocumentPage)(parent=index_of("C7"), title=title, document_type=kind)
    address = AdminURLHelper(DocumentType).get_action_url("delete", kind.pk)
    response = desk("operator").post(address)
    assert response.status_code == 200
    assert title in response.content.decode()
    assert DocumentType.objects.filter(pk=kind.pk).exists()


class TestPortalSettings:
    @pytest.fixture
    def address(self, site: Any) -> str:
        return reverse("wagtailsettings:edit", args=("wagtail_pbgdpl", "portalsettings", site.pk))

    def data(self, site: Any) -> dict[str, str]:
        row = PortalSettings.for_site(site)
        names = [field.name for field in row._meta.concrete_fields if field.editable]
        return {
            name: str(getattr(row, name) or "")
            for name in names
            if name not in ("id", "site", "emblem")
        } | {"address": "Số 1, đường mẫu", "emblem": ""}

    @pytest.mark.parametrize("role", ["chief", "secretary", "operator"])
    def test_may_be_edited(self, desk: Any, site: Any, address: str, role: str) -> None:
        client = desk(role)
        assert client.get(address).status_code == 200
        assert client.post(address, self.data(site)).status_code == 302
        assert PortalSettings.for_site(site).address == "Số 1, đường mẫu"

    @pytest.mark.parametrize("role", ["contact_officer", "unit_head", "member", "deputy_chief"])
    def test_may_not_be_edited(self, desk: Any, site: Any, address: str, role: str) -> None:
        client = desk(role)
        assert refused(client.get(address))
        assert refused(client.post(address, self.data(site)))
        assert PortalSettings.for_site(site).address != "Số 1, đường mẫu"


class TestOtherPeoplesPages:
    """R5, R11: who supplies content sees their own, whatever address they guess."""

    @pytest.mark.parametrize("live", [True, False], ids=["live", "draft"])
    @pytest.mark.parametrize("action", ["edit", "delete", "unpublish", "move"])
    def test_a_contact_officer_is_refused(
        self, desk: Any, person: Any, index_of: Any, action: str, live: bool
    ) -> None:
        page = NewsFactory(parent=index_of("C2"), user=person("contact_officer"), live=False)
        if live:
            publish(page)
        address = reverse(f"wagtailadmin_pages:{action}", args=(page.pk,))
        client = desk("contact_officer")
        assert refused(client.get(address))
        assert refused(client.post(address, {"title": "Chiếm", "slug": "chiem"}))
        page = pages.NewsPage.objects.get(pk=page.pk)
        assert page.live is live
        assert page.draft_title != "Chiếm"

    def test_not_even_to_read_a_draft(self, desk: Any, person: Any, index_of: Any) -> None:
        page = NewsFactory(
            parent=index_of("C2"), user=person("contact_officer"), live=False, title="Chưa công bố"
        )
        client = desk("contact_officer")
        revision = page.latest_revision
        for name, arguments in (
            ("view_draft", (page.pk,)),
            ("preview_on_edit", (page.pk,)),
            ("revisions_view", (page.pk, revision.pk)),
            ("revisions_revert", (page.pk, revision.pk)),
            ("history", (page.pk,)),
        ):
            response = client.get(reverse(f"wagtailadmin_pages:{name}", args=arguments))
            assert refused(response), name
            assert "Chưa công bố" not in response.content.decode()
        assert client.get(page.url).status_code == 404

    def test_their_own_draft_is_theirs(self, person: Any, index_of: Any, client: Client) -> None:
        unit = UnitFactory()
        officer = person("contact_officer", unit=unit)
        page = NewsFactory(parent=index_of("C2"), user=officer, unit=unit, live=False)
        client.force_login(officer)
        address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        form = client.get(address).context["form"]
        response = client.post(address, posted(form) | {"title": "Bản thảo hai"})
        assert response.status_code == 302
        page.refresh_from_db()
        assert page.draft_title == "Bản thảo hai"

    @pytest.mark.parametrize("role", ["secretary", "member", "deputy_chief", "chief"])
    def test_the_board_edits_what_it_is_sent(
        self, desk: Any, person: Any, index_of: Any, role: str
    ) -> None:
        """R7"""
        page = NewsFactory(parent=index_of("C2"), user=person("contact_officer"), live=False)
        address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        assert desk(role).get(address).status_code == 200

    @pytest.mark.parametrize("role", [*OTHERS, "operator"])
    def test_nobody_takes_the_portal_away(self, desk: Any, portal: Any, role: str) -> None:
        """Not by mistake either: its tree is the regulation."""
        address = reverse("wagtailadmin_pages:delete", args=(portal.pk,))
        desk(role).post(address, {"next": "", "confirm_site_name": ""})
        assert pages.PortalPage.objects.filter(pk=portal.pk).exists()


class TestPublishing:
    """R2, R3, R8."""

    def submit(self, client: Client, page: Any) -> None:
        address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        response = client.get(address)
        data = {"title": page.title, "slug": page.slug, "author": "A", "source": "B"}
        if response.status_code == 200:
            data |= posted(response.context["form"])
        client.post(address, data | {"action-publish": "1"})

    def add(self, client: Client, index: Any) -> None:
        address = reverse(
            "wagtailadmin_pages:add", args=("wagtail_pbgdpl_pages", "newspage", index.pk)
        )
        response = client.get(address)
        data = {"title": "Tin mới", "slug": "tin-moi", "author": "A", "source": "B"}
        if response.status_code == 200:
            data = posted(response.context["form"]) | data
        client.post(address, data | {"action-publish": "1"})

    def test_the_chief_publishes(self, index_of: Any, client: Client) -> None:
        """At the last step, on the page on which an item is decided."""
        board = make_board(index_of("C2"))
        page = board.at_approval()
        client.force_login(board.chief)
        address = reverse("pbgdpl_item", args=(page.pk,))
        assert client.get(address).status_code == 200
        assert not fresh(page).live
        client.post(address, {"way": "pass", "pass-seen": page.latest_revision_id})
        assert fresh(page).live

    @pytest.mark.parametrize("role", [*OTHERS, "operator"])
    def test_nobody_does_without_the_steps(self, desk: Any, index_of: Any, role: str) -> None:
        """Whatever the way: the editor, a new page, in bulk, a copy, an alias, a schedule."""
        index = index_of("C2")
        page = NewsFactory(parent=index, live=False)
        public = NewsFactory(parent=index)
        client = desk(role)

        self.submit(client, page)
        self.add(client, index)
        bulk = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
        client.post(f"{bulk}?id={page.pk}", {"include_descendants": "on"})
        copy = reverse("wagtailadmin_pages:copy", args=(public.pk,))
        for choice in ("publish_copies", "alias"):
            client.post(
                copy,
                {
                    "new_title": "Sao",
                    "new_slug": f"sao-{choice}".replace("_", "-"),
                    "new_parent_page": str(index.pk),
                    choice: "on",
                },
            )
        assert list(pages.NewsPage.objects.live()) == [public]

    @pytest.mark.parametrize("role", [*OTHERS, "operator"])
    def test_nobody_takes_a_page_down_without_grounds(
        self, desk: Any, index_of: Any, role: str
    ) -> None:
        page = NewsFactory(parent=index_of("C2"))
        client = desk(role)
        client.post(reverse("wagtailadmin_pages:unpublish", args=(page.pk,)))
        client.post(reverse("wagtailadmin_pages:delete", args=(page.pk,)))
        for action in ("unpublish", "delete"):
            bulk = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
            client.post(f"{bulk}?id={page.pk}")
        assert pages.NewsPage.objects.get().live


def test_the_admin_speaks_vietnamese(desk: Any) -> None:
    """I6"""
    html = desk("operator").get(AdminURLHelper(LegalField).index_url).content.decode()
    assert '<html lang="vi"' in html
    assert "Lĩnh vực pháp luật" in html


@pytest.mark.parametrize("role", [*OTHERS, "operator"])
def test_everybody_of_the_set_up_can_log_in(desk: Any, role: str) -> None:
    response = desk(role).get(reverse("wagtailadmin_home"))
    assert response.status_code == 200


def test_the_admin_bears_the_name_of_the_portal(client: Client, portal: Any) -> None:
    """At the log-in and in the side bar, with the main colour of the settings; no bird."""
    settings = PortalSettings.objects.get()
    settings.primary_color = "#7a1f1f"
    settings.save()
    shown = settings.as_shown()
    login = client.get(reverse("wagtailadmin_login")).content.decode()
    assert f"<h1>{shown.name}</h1>" in login
    client.force_login(seated("operator"))
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    for page in (login, home):
        assert "pbgdpl-admin-brand__emblem" in page
        assert f"theme.css?v={settings.theme_version}" in page
        assert "wagtailadmin/images/favicon.ico" not in page
    assert f'<span class="pbgdpl-admin-brand__name">{shown.short_name}</span>' in home
