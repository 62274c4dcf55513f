"""``pbgdpl_setup``: idempotent, honest in its report, and touching nothing that it did not make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from wagtail.models import Collection, GroupPagePermission, Locale, Page, WorkflowPage

from tests.both import rows_here
from tests.conftest import emptied
from tests.factories import public_below
from wagtail_pbgdpl.organisation.models import RoleGroup
from wagtail_pbgdpl.pages.models import (
    CategoryIndexPage,
    IntegrationPage,
    PortalPage,
    QuestionIndexPage,
    SearchPage,
    StatisticsPage,
)
from wagtail_pbgdpl.provisioning.models import ProvisionedObject
from wagtail_pbgdpl.provisioning.portal import set_up
from wagtail_pbgdpl.reference.models import LegalField
from wagtail_pbgdpl.regulations import get_regulation, shipped_profiles
from wagtail_pbgdpl.site.portal import PortalSettings


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("pbgdpl_setup", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def made(report: str) -> int:
    return len(re.findall(r"^\+ ", report, re.MULTILINE))


def test_the_first_run_makes_the_portal(empty: Page) -> None:
    """BK21 Điều 9: fifteen categories in the order of the clause; roles; settings; collections."""
    report = run()
    portal = PortalPage.objects.get()
    indexes = [page.specific for page in portal.get_children()]
    assert [page.category for page in indexes] == [f"C{number}" for number in range(1, 16)]
    assert [page.title for page in indexes] == [
        category.name for category in get_regulation().categories.values()
    ]
    assert all(page.live and page.show_in_menus for page in indexes)
    assert isinstance(indexes[5], QuestionIndexPage)
    assert isinstance(indexes[12], IntegrationPage)
    assert SearchPage.objects.child_of(indexes[13]).exists()
    assert {page.slug for page in indexes} >= {"gioi-thieu", "tin-hoat-dong"}
    settings = PortalSettings.objects.get()
    assert "Theo Cổng TTĐTPBGDPL tỉnh Bắc Kạn" in settings.citation_phrase_list
    assert Group.objects.filter(name__startswith="PBGDPL – ").count() == len(get_regulation().roles)
    assert Collection.objects.filter(name="Cổng PBGDPL").exists()
    # The portal is given the workflow: a line of the report, and no object of its own.
    usual = next(iter(get_regulation().workflows.values()))
    assert WorkflowPage.objects.get(page=portal).workflow.name == usual.name
    assert made(report) == ProvisionedObject.objects.count() + 1


def test_the_second_run_changes_nothing(portal: Any) -> None:
    """The portal of the tests is what the first run made."""
    before = _state()
    report = run()
    assert made(report) == 0
    assert _state() == before


def _state() -> list[Any]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Page, CategoryIndexPage, Group, Collection, LegalField, PortalSettings)
    ] + [list(GroupPagePermission.objects.order_by("pk").values())]


def test_a_trial_makes_nothing(empty: Page) -> None:
    before = _state()
    report = run("--dry-run")
    assert made(report) > 100
    assert _state() == before
    assert not ProvisionedObject.objects.exists()


def test_no_group_may_publish(portal: Any) -> None:
    """R2, R3, R8: publication is a decision of who holds the seat, and no group's permission."""
    rows = GroupPagePermission.objects.filter(page=portal)
    assert rows.filter(permission__codename="add_page").exists()
    assert not rows.filter(permission__codename__startswith="publish_").exists()


def test_what_the_administrator_changed_or_removed_stays_so(portal: Any) -> None:
    index = CategoryIndexPage.objects.get(category="C2")
    index.title = "Tin tức"
    index.save()
    CategoryIndexPage.objects.get(category="C9").delete()
    report = run()
    assert made(report) == 0
    assert CategoryIndexPage.objects.get(category="C2").title == "Tin tức"
    assert not CategoryIndexPage.objects.filter(category="C9").exists()
    assert re.search(r"^- .*Thực hiện Chỉ thị", report, re.MULTILINE)


def test_names_that_others_use_are_left_to_them(empty: Page) -> None:
    """I3: a portal with a page, a group and a collection of the same names."""
    other = empty.add_child(instance=Page(title="Mục cũ", slug="pbgdpl"))
    chief = get_regulation().roles["chief"].name
    group = Group.objects.create(name=f"PBGDPL – {chief}")
    row = LegalField.objects.create(code="dat-dai", name="Đất đai, nhà ở")
    run()
    assert PortalPage.objects.get().slug == "pbgdpl-2"
    other.refresh_from_db()
    assert other.title == "Mục cũ"
    assert not group.permissions.exists()
    assert not GroupPagePermission.objects.filter(group=group).exists()
    assert Group.objects.filter(name=f"PBGDPL – {chief} (2)").exists()
    row.refresh_from_db()
    assert row.name == "Đất đai, nhà ở"


@pytest.mark.parametrize("by", ["id", "slug"])
def test_the_portal_goes_below_the_page_that_is_named(empty: Page, by: str) -> None:
    """I3: the section in the middle of the provincial portal's own page."""
    section = empty.add_child(instance=Page(title="Chuyên trang", slug="chuyen-trang"))
    run("--parent", str(section.pk) if by == "id" else "chuyen-trang")
    assert PortalPage.objects.get().get_parent().pk == section.pk


def test_a_portal_page_that_is_there_is_used(empty: Page) -> None:
    portal = public_below(empty, PortalPage(title="Cổng PBGDPL", slug="cong"))
    run("--parent", "cong")
    assert PortalPage.objects.get().pk == portal.pk
    assert PortalPage.objects.get().get_children().count() == 15


def test_an_unknown_or_ambiguous_parent_is_refused(empty: Page) -> None:
    with pytest.raises(CommandError, match="khong-co"):
        run("--parent", "khong-co")
    for place in (empty, empty.add_child(instance=Page(title="Mục", slug="muc"))):
        place.add_child(instance=Page(title="Trùng", slug="trung"))
    with pytest.raises(CommandError, match=r"/trung/.*/muc/trung/|/muc/trung/.*/trung/"):
        run("--parent", "trung")
    assert not PortalPage.objects.exists()


def test_a_parent_that_takes_no_portal_is_refused_with_advice(portal: Any) -> None:
    search = SearchPage.objects.get()
    with pytest.raises(CommandError, match="subpage_types"):
        run("--parent", str(search.pk))


@pytest.fixture(scope="class", params=rows_here([shipped_profiles()]))
def shipped(request: Any, kept_rows: None) -> Iterator[None]:
    """The portal of a profile, in a site where there was none."""
    with override_settings(WAGTAIL_PBGDPL={"PROFILE": request.param}), transaction.atomic():
        emptied(PortalPage.objects.get())
        run()
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("shipped", "db")
class TestEveryShippedProfile:
    def test_can_be_set_up(self) -> None:
        portal = PortalPage.objects.get()
        *indexes, search, statistics = [page.specific for page in portal.get_children()]
        if get_regulation().categories_of_kind("C14"):
            indexes += [search, statistics]
        assert [page.category for page in indexes] == list(get_regulation().categories)
        assert made(run()) == 0

    def test_has_search_and_statistics(self, client: Client) -> None:
        """C14 is a category of BK21 alone; the services are of every portal (QT24 Điều 5.1a)."""
        portal = PortalPage.objects.get()
        home = BeautifulSoup(client.get(portal.url).content, "lxml")
        form = home.select_one("form[role=search]")
        assert form is not None
        response = client.get(form["action"], {"q": "luật"}, follow=True)
        assert (response.status_code, response.context["query"]) == (200, "luật")
        for model in (SearchPage, StatisticsPage):
            page = model.objects.get()
            assert client.get(page.url).status_code == 200
            below = page.get_parent()
            shown = page.url if below.pk == portal.pk else below.url
            assert home.select(f'nav a[href="{shown}"]'), "the menu leads there"
            feeds = BeautifulSoup(client.get(page.url).content, "lxml").select("link[href$=xml]")
            assert all(client.get(link["href"]).status_code == 200 for link in feeds)


def test_a_portal_from_before_gets_them(empty: Page, settings: Any) -> None:
    settings.WAGTAIL_PBGDPL = {"PROFILE": "quang_tri_2024"}
    run()
    for model in (SearchPage, StatisticsPage):
        model.objects.get().delete()
    ProvisionedObject.objects.filter(key__startswith="page:portal:").delete()
    assert made(run()) == 2
    assert SearchPage.objects.get().get_parent().specific == PortalPage.objects.get()
    SearchPage.objects.get().delete()
    assert made(run()) == 0
    assert not SearchPage.objects.exists()


def test_a_category_that_was_taken_away_takes_its_services_along(portal: Any) -> None:
    CategoryIndexPage.objects.get(category="C14").delete()
    assert made(run()) == 0
    assert not SearchPage.objects.exists()


def test_a_profile_other_than_the_settings_name_is_pointed_out(empty: Page) -> None:
    assert "WAGTAIL_PBGDPL['PROFILE']" in run("--profile", "quang_tri_2024")


def test_a_bad_profile_is_a_clear_message(empty: Page, tmp_path: Any) -> None:
    bad = tmp_path / "sai.toml"
    bad.write_text("schema = 1\n[categories.C1]\nkind = 'C99'\n")
    with pytest.raises(CommandError, match=r"sai\.toml"):
        run("--profile", str(bad))


def test_a_later_release_gives_a_group_what_it_lacks(portal: Any) -> None:
    """Once: what an administrator takes away afterwards stays away."""
    group = RoleGroup.objects.get(role="chief").group
    permission = group.permissions.get(codename="view_event")
    ProvisionedObject.objects.filter(key__endswith=".view_event").delete()
    group.permissions.remove(permission)
    set_up(get_regulation(), portal.get_parent())
    assert permission in group.permissions.all()
    group.permissions.remove(permission)
    set_up(get_regulation(), portal.get_parent())
    assert permission not in group.permissions.all()


def said_of_language(report: str) -> list[str]:
    name = str(Locale._meta.verbose_name)
    return [line for line in report.splitlines() if line.startswith(f"! {name}:")]


def test_i6_a_tree_of_another_language_is_warned_of(portal: Any, settings: Any) -> None:
    """BK18 Điều 3.2: Vietnamese first; below an English page the frame would be English."""
    settings.WAGTAIL_I18N_ENABLED = True
    assert said_of_language(run("--dry-run")) == []
    english = Locale.objects.create(language_code="en")
    Page.objects.filter(pk=emptied(portal).pk).update(locale=english)
    (warning,) = said_of_language(run())
    assert "English" in warning
    assert "--parent" in warning


def test_a_site_of_one_language_has_none_to_be_warned_of(empty: Page) -> None:
    Page.objects.filter(pk=empty.pk).update(locale=Locale.objects.create(language_code="en"))
    assert said_of_language(run()) == []
