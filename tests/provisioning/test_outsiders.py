"""R8, R10: groups of no role that reach into the portal are named by the set-up and by a check."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import checks as django_checks
from django.core.management import call_command
from django.db import DatabaseError
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from wagtail_pbgdpl import checks
from wagtail_pbgdpl.organisation.models import RoleGroup
from wagtail_pbgdpl.provisioning.access import portal_collections

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _portal(portal: Any) -> None:
    """The set-up ran; Wagtail's own groups have what every new site gives them."""


def set_up_says() -> list[str]:
    out = StringIO()
    call_command("pbgdpl_setup", stdout=out, stderr=out)
    return [line for line in out.getvalue().splitlines() if line.startswith("! ")]


def check_says() -> list[str]:
    found = django_checks.run_checks(tags=[checks.TAG], databases=["default"])
    return [one.msg for one in found if one.id == "wagtail_pbgdpl.W006"]


def clear() -> None:
    """Take away what Wagtail's own groups have."""
    for group in Group.objects.exclude(pk__in=RoleGroup.objects.values("group")):
        group.collection_permissions.all().delete()
        group.page_permissions.all().delete()


def give(group: Group, collection: Collection) -> None:
    permission = Permission.objects.get(codename="change_document")
    GroupCollectionPermission.objects.create(
        group=group, collection=collection, permission=permission
    )


def test_wagtails_own_groups_are_named_with_what_to_do(english: None) -> None:
    for said in (set_up_says(), check_says()):
        assert len(said) == 2
        for group, line in zip(("Editors", "Moderators"), said, strict=True):
            assert group in line
            assert "collection «Root»" in line
            assert "Settings › Groups" in line


def test_groups_of_roles_are_not() -> None:
    said = " ".join([*set_up_says(), *check_says()])
    for group in Group.objects.filter(pk__in=RoleGroup.objects.values("group")):
        assert group.name not in said


def test_nothing_is_said_once_they_are_taken_away() -> None:
    clear()
    assert set_up_says() == check_says() == []


@pytest.mark.parametrize("place", ["the portal's", "below it"])
def test_a_group_of_the_sites_own_in_the_portals_collections(place: str) -> None:
    clear()
    top = Collection.objects.get(pk=portal_collections()[0])
    group = Group.objects.create(name="Nhóm của trang web")
    give(group, top if place == "the portal's" else top.get_first_child())
    for said in (set_up_says(), check_says()):
        (line,) = said
        assert group.name in line


def test_one_on_other_collections_and_pages_is_left_alone() -> None:
    clear()
    group = Group.objects.create(name="Nhóm của trang web")
    give(group, Collection.get_first_root_node().add_child(name="Ảnh của trang web"))
    home = Page.objects.filter(depth=2).first()
    assert home is not None
    beside = home.add_child(instance=Page(title="Mục khác", slug="muc-khac"))
    GroupPagePermission.objects.create(group=group, page=beside, permission_type="change")
    assert set_up_says() == check_says() == []


def test_permissions_on_a_page_above_the_portal(portal: Any, english: None) -> None:
    clear()
    group = Group.objects.create(name="Nhóm của trang web")
    GroupPagePermission.objects.create(
        group=group, page=portal.get_parent(), permission_type="publish"
    )
    for said in (set_up_says(), check_says()):
        (line,) = said
        assert group.name in line
        assert f"page «{portal.get_parent().title}»" in line


def test_the_check_asks_no_database_unless_told_to(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert checks.check_groups() == []


def test_a_database_without_tables_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Any:
        raise DatabaseError("no such table")

    monkeypatch.setattr(checks, "groups_with_reach", fail)
    assert checks.check_groups(databases=["default"]) == []
