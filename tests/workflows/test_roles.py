"""R1–R8, R10: what the groups of the set-up may do, permission by permission."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from tests.factories import NewsFactory, UnitFactory, seated
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.provisioning.models import ProvisionedObject
from wagtail_pbgdpl.regulations import RoleCode, load, shipped_profiles
from wagtail_pbgdpl.workflows.rights import Act
from wagtail_pbgdpl.workflows.rights import may as may_do
from wagtail_pbgdpl.workflows.roles import ACCESS
from wagtail_pbgdpl.worktime.active import today

UPLOAD = {"add_image", "choose_image", "add_document", "choose_document"}
KEEP = UPLOAD | {"change_image", "change_document"}
TABLES = {
    f"{action}_{table}"
    for action in ("add", "change", "delete", "view")
    for table in ("audience", "calendarexception", "documenttype", "issuingbody", "legalfield")
}
# Names that the public reads: the Thư ký and the Trưởng Ban change them.
PUBLIC_TEXT = {"change_portalsettings"} | {
    f"{action}_{table}"
    for action in ("change", "view")
    for table in ("audience", "documenttype", "issuingbody", "legalfield")
}
# P3: the access statistics are the board's to know.
FIGURES = "view_trafficday"
# R10, R12: the board sees who sits where; the operator keeps the seats.
# What changed without a decision is told to the board and to the operator.
# C13, I2: the board sees how linked systems do, and those that are told; the operator sets them up.
OPERATOR = {FIGURES, "view_unit", "view_seat", "view_delegation", "view_change"} | {
    "view_externalsource",
    "view_webhookreceiver",
}
ITEMS = {"view_matter", "add_matter", "view_event"}
BOARD = OPERATOR | ITEMS
SEATS = {"add_unit", "change_unit", "add_seat", "change_seat"}

# Role; actions on the portal's pages; on its collection; elsewhere, beside the way in.
TABLE: list[tuple[str, set[str], set[str], set[str]]] = [
    ("contact_officer", {"add"}, UPLOAD, ITEMS),
    ("unit_head", {"add"}, UPLOAD, ITEMS),
    (
        "secretary",
        {"add", "change", "lock"},
        KEEP,
        PUBLIC_TEXT | {"add_delegation"} | BOARD,
    ),
    ("member", {"add", "change"}, KEEP, BOARD),
    ("deputy_chief", {"add", "change", "lock"}, KEEP, BOARD),
    (
        "chief",
        {"add", "change", "lock", "unlock"},
        KEEP,
        PUBLIC_TEXT | {"add_delegation"} | BOARD,
    ),
    (
        "operator",
        set(),
        set(),
        TABLES
        | SEATS
        | {"change_portalsettings", "add_user", "change_user", "view_notice"}
        | {"add_externalsource", "change_externalsource"}
        | {"add_webhookreceiver", "change_webhookreceiver"}
        | BOARD - ITEMS,
    ),
]
# Of a regulation that has it: the portal of the tests has no such group.
NOT_MADE = ("expert", set(), set(), set())
ROLES = [role for role, *_ in TABLE]
ON_THE_BOARD = {"secretary", "member", "deputy_chief", "chief"}


@pytest.fixture
def group(db: Any) -> Any:
    def find(role: str) -> Group:
        record = ProvisionedObject.objects.get(key=f"group:{role}")
        return Group.objects.get(pk=record.object_id)

    return find


@pytest.fixture
def person(group: Any) -> Any:
    return seated


def test_every_role_of_the_vocabulary_has_its_row() -> None:
    assert (
        {*ROLES, NOT_MADE[0]}
        == {role.value for role in RoleCode}
        == {role.value for role in ACCESS}
    )


@pytest.mark.parametrize("profile", shipped_profiles())
def test_every_role_of_a_shipped_regulation_is_known(profile: str) -> None:
    """R1"""
    assert set(load(profile).roles) <= set(ACCESS)


@pytest.mark.parametrize(("role", "on_pages", "on_files", "elsewhere"), TABLE, ids=ROLES)
class TestTheSetUp:
    def test_pages(
        self,
        role: str,
        on_pages: set[str],
        on_files: set[str],
        elsewhere: set[str],
        group: Any,
        portal: Any,
    ) -> None:
        rows = GroupPagePermission.objects.filter(group=group(role))
        found = [(row.page_id, row.permission.codename.removesuffix("_page")) for row in rows]
        assert sorted(found) == sorted((portal.pk, action) for action in on_pages)

    def test_images_and_documents(
        self,
        role: str,
        on_pages: set[str],
        on_files: set[str],
        elsewhere: set[str],
        group: Any,
        portal: Any,
    ) -> None:
        """Those of the portal's collection only, so that a unit's drafts stay inside."""
        record = ProvisionedObject.objects.get(key=f"collection@{portal.pk}")
        rows = GroupCollectionPermission.objects.filter(group=group(role))
        found = [(str(row.collection_id), row.permission.codename) for row in rows]
        assert sorted(found) == sorted((record.object_id, action) for action in on_files)

    def test_everything_else(
        self,
        role: str,
        on_pages: set[str],
        on_files: set[str],
        elsewhere: set[str],
        group: Any,
    ) -> None:
        found = [permission.codename for permission in group(role).permissions.all()]
        assert sorted(found) == sorted(elsewhere | {"access_admin"})

    def test_what_a_person_may_do_to_a_page_of_somebody_else(
        self,
        role: str,
        on_pages: set[str],
        on_files: set[str],
        elsewhere: set[str],
        person: Any,
        index_of: Any,
    ) -> None:
        """By the seat, as Wagtail's admin asks; what is public goes by decisions alone (R8)."""
        page = NewsFactory(parent=index_of("C2"))
        may = page.permissions_for_user(person(role))
        assert may.can_edit() is (role in ON_THE_BOARD)
        assert may.can_lock() is (role in ON_THE_BOARD)
        assert may.can_unlock() is (role == "chief")
        assert may.can_set_view_restrictions() is (role == "chief")
        assert not may.can_publish()
        assert not may.can_unpublish()
        assert not may.can_delete()
        below = index_of("C2").permissions_for_user(person(role))
        assert below.can_add_subpage() is (role != "operator")
        assert not below.can_publish_subpage()

    def test_nothing_outside_the_portal(
        self,
        role: str,
        on_pages: set[str],
        on_files: set[str],
        elsewhere: set[str],
        person: Any,
        portal: Any,
    ) -> None:
        """I3: the rest of the province's site is not the board's."""
        may = portal.get_parent().permissions_for_user(person(role))
        assert not may.can_edit()
        assert not may.can_add_subpage()
        assert not may.can_publish_subpage()


def test_an_own_page_of_a_unit(person: Any, index_of: Any) -> None:
    """R5, R6, R11: officer and head work on what their unit supplied, until it is public."""
    for role in ("contact_officer", "unit_head"):
        unit = UnitFactory()
        user = person(role, unit=unit)
        draft = NewsFactory(parent=index_of("C2"), user=user, unit=unit, live=False)
        may = draft.permissions_for_user(user)
        assert may.can_edit()
        assert may.can_delete()
        assert not may.can_publish()
        public = publish(draft).permissions_for_user(user)
        assert public.can_edit()
        assert not public.can_delete()
        elsewhere = UnitFactory()
        other = NewsFactory(
            parent=index_of("C2"), user=person(role, unit=elsewhere), unit=elsewhere, live=False
        )
        assert not other.permissions_for_user(user).can_edit()


def test_no_group_publishes() -> None:
    """R2, R3, R8: that is done by decisions, which ask who holds which seat."""
    for access in ACCESS.values():
        assert not {"publish", "bulk_delete"} & set(access.pages)


def test_only_the_chief_publishes_in_an_emergency(person: Any, index_of: Any) -> None:
    """R2, R8"""
    page = NewsFactory(parent=index_of("C2"), live=False)
    assert [role for role in ROLES if may_do(person(role), Act.EMERGENCY, page)] == ["chief"]


def test_two_roles_add_up_and_no_further(person: Any, index_of: Any) -> None:
    page = NewsFactory(parent=index_of("C2"))
    may = page.permissions_for_user(person("member", "secretary", "deputy_chief", "operator"))
    assert may.can_edit()
    assert may.can_lock()
    assert not may.can_publish()


def test_who_leaves_the_seat_loses_the_access(person: Any, index_of: Any) -> None:
    """R10 (QT24 Điều 7.2)"""
    user = person("chief")
    seat = user.pbgdpl_seats.get()
    seat.ends_on = today() - datetime.timedelta(days=1)
    seat.save()
    user = type(user).objects.get(pk=user.pk)
    assert not index_of("C2").permissions_for_user(user).can_edit()
    assert not user.has_perm("wagtailadmin.access_admin")


def test_who_is_suspended_loses_the_access(person: Any, index_of: Any) -> None:
    """R10"""
    user = person("chief")
    user.is_active = False
    user.save()
    may = index_of("C2").permissions_for_user(user)
    assert not may.can_edit()
    assert not may.can_add_subpage()
    assert not may.can_set_view_restrictions()
