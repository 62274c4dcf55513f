"""What one registration gives: addresses, permission, place in the menu."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import reports_menu

from tests.factories import UserFactory
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.reporting.registration import ReportMenuItem, offered

# In the order of the menu.
IN_THE_MENU = [
    *("ledger", "matters", "decisions", "quota", "questions_report", "surveys", "mails"),
    *("unread_files", "items", "changes", "traffic", "notices"),
]
ELSEWHERE = ["traffic_pages", "traffic_categories", "traffic_helpful"]


def ours() -> list[ReportMenuItem]:
    items = sorted(reports_menu.registered_menu_items, key=lambda item: item.order)
    return [item for item in items if isinstance(item, ReportMenuItem)]


def test_the_menu_has_each_in_its_place() -> None:
    assert [item.name for item in ours()] == [
        f"pbgdpl-{name.replace('_', '-')}" for name in IN_THE_MENU
    ]
    assert [item.url for item in ours()] == [reverse(f"pbgdpl_{name}") for name in IN_THE_MENU]


@pytest.mark.parametrize("name", [*IN_THE_MENU, *ELSEWHERE])
def test_the_name_gives_the_addresses(name: str) -> None:
    address = f"/admin/reports/pbgdpl/{name.replace('_', '/')}/"
    assert reverse(f"pbgdpl_{name}") == address
    assert reverse(f"pbgdpl_{name}_results") == f"{address}results/"


@pytest.mark.django_db
def test_the_menu_shows_it_to_who_may_read_it() -> None:
    request = RequestFactory().get("/")
    for user, shown in ((AnonymousUser(), False), (UserFactory(is_superuser=True), True)):
        request.user = user
        # The quota of units is none of the default regulation.
        assert {item.is_shown(request) for item in ours() if item.name != "pbgdpl-quota"} == {shown}


@pytest.mark.django_db
def test_every_report_offers_its_permission_to_groups() -> None:
    found = {
        permission.codename
        for permissions in hooks.get_hooks("register_permissions")
        for permission in permissions()
    }
    models = ("matter", "event", "change", "notice", "trafficday")
    assert {f"view_{model}" for model in models} <= found
    assert {one.codename for one in offered(Matter, "add")()} == {"add_matter"}
