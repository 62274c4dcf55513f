"""I6, R3, R5: the screens of who works here all day, where another regulation holds than BK21."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.conftest import emptied
from tests.factories import UnitFactory, seated
from tests.vietnamese.english import english_in, listen
from wagtail_pbgdpl.organisation.models import Delegation
from wagtail_pbgdpl.provisioning.portal import set_up
from wagtail_pbgdpl.regulations import RoleCode
from wagtail_pbgdpl.regulations.active import get_regulation

OF_A_UNIT = ("contact_officer", "unit_head")
SCREENS = (
    *(reverse("pbgdpl_succession", args=[kind]) for kind in ("merge", "rename", "divide")),
    reverse("pbgdpl_calendar"),
    reverse("pbgdpl_recalculate"),
    reverse("pbgdpl_delegations:add"),
    reverse("pbgdpl_seats:add"),
)


@pytest.fixture(
    params=["bac_kan_portal_2018", "binh_phuoc_2020", "quang_tri_2024"],
    ids=["BK18", "BP20", "QT24"],
)
def profile(request: Any, portal: Any, settings: Any) -> str:
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"PROFILE": request.param}
    set_up(get_regulation(), emptied(portal))
    return str(request.param)


def opened(user: Any, address: str) -> BeautifulSoup:
    """Open a page, which must say everything in Vietnamese and nothing in codes."""
    client = Client()
    client.force_login(user)
    missed = listen()
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    assert english_in(answer.content) | missed == set(), address
    page = BeautifulSoup(answer.content, "html.parser").select_one("main")
    assert page is not None
    codes = [*RoleCode, *get_regulation().delegations]
    said = page.get_text(" ").split()
    assert not [code for code in codes if "_" in code and code in said], address
    empty = [one for one in page.select(".pbgdpl-jobs a, h2, th") if not one.get_text().strip()]
    assert not empty, (address, empty)
    return page


def people() -> dict[str, Any]:
    """Return somebody of each role that the regulation has."""
    unit = UnitFactory()
    return {
        role: seated(role, **({"unit": unit} if role in OF_A_UNIT else {}))
        for role in get_regulation().roles
    }


def test_each_home_page_leads_where_it_says(profile: str) -> None:
    for role, user in people().items():
        page = opened(user, reverse("wagtailadmin_home"))
        jobs = page.select(".pbgdpl-jobs a")
        assert len(jobs) <= 3, role
        for job in jobs:
            opened(user, str(job["href"]))
        opened(user, reverse("pbgdpl_guides"))


def test_the_screens_of_units_calendar_and_rights(profile: str, admin_user: Any) -> None:
    UnitFactory()
    for address in SCREENS:
        opened(admin_user, address)


def test_r3_a_delegation_is_offered_as_the_regulation_knows_it(profile: str) -> None:
    """BK18 Điều 16: of members; BP20 Điều 19.2: of a Phó or a member; QT24 knows none."""
    known = get_regulation().delegations
    user = people()["chief"]
    labels = [one.get_text(strip=True) for one in opened(user, "/admin/").select(".pbgdpl-jobs a")]
    assert ("Ủy quyền" in labels) is bool(known)
    assert "Ủy quyền cho Phó Trưởng Ban" not in labels
    if not known:
        return
    page = opened(user, reverse("pbgdpl_delegations:add"))
    offered = page.select("[name=delegate] option")
    names = {get_regulation().roles[entry.delegate].name for entry in known.values()}
    assert {one.get_text().partition(" – ")[0] for one in offered if one["value"]} == names
    client = Client()
    client.force_login(user)
    for day, (code, entry) in enumerate(known.items(), start=3):
        name = get_regulation().roles[entry.delegate].name
        data = {
            "code": code,
            "delegator": page.select_one("[name=delegator] option[selected]")["value"],
            "delegate": next(one["value"] for one in offered if one.get_text().startswith(name)),
            "decision_number": "12/QĐ-BBT",
            "decided_on": "02/03/2026",
            "starts_on": f"{day:02}/03/2026",
            "ends_on": f"{day:02}/03/2026",
            "categories": entry.applies_to[:1],
        }
        answer = client.post(reverse("pbgdpl_delegations:add"), data)
        assert answer.status_code == 302, answer.context["form"].errors
    assert Delegation.objects.count() == len(known)
