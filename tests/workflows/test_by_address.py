"""Each regulation with a board is played by address, from the officer's draft to the public page.

R2, R5–R8, R11: BK21 Điều 10.4, 14.2, 21.2; BK18 Điều 5.5, 6.1, 13.2; BP20 Điều 15; QT24 Điều 6,
10.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowPage

from tests.both import rows_here
from tests.conftest import emptied
from tests.kept import Kept
from tests.workflows.by_address import (
    People,
    decide,
    hurry,
    is_public,
    offers,
    play,
    seat_everybody,
    send,
    sorts_of_content,
    waits_for,
    write,
)
from wagtail_pbgdpl.content.indexes import PortalMixin
from wagtail_pbgdpl.content.required import required_fields
from wagtail_pbgdpl.core.discovery import root_model
from wagtail_pbgdpl.matters.models import Event
from wagtail_pbgdpl.organisation.models import Delegation, Seat
from wagtail_pbgdpl.pages.models import OtherPage
from wagtail_pbgdpl.provisioning.portal import set_up
from wagtail_pbgdpl.regulations import Workflow, load, shipped_profiles
from wagtail_pbgdpl.regulations.active import get_regulation
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.django_db

REGULATIONS = [load(name) for name in shipped_profiles()]


@pytest.fixture(scope="module")
def seated_people(request: Any, kept_rows: None) -> Iterator[Kept]:
    """The portal and the board of a profile, in a site where there was none."""
    with override_settings(WAGTAIL_PBGDPL={"PROFILE": request.param}), transaction.atomic():
        set_up(get_regulation(), emptied(root_model(PortalMixin).objects.get()))
        yield Kept(seat_everybody())
        transaction.set_rollback(True)


@pytest.fixture
def people(seated_people: Kept) -> People:
    (found,) = seated_people.again()
    assert isinstance(found, People)
    return found


def index_of(code: str) -> Any:
    portal = root_model(PortalMixin).objects.get()
    pages = [page.specific for page in portal.get_children()]
    return next(page for page in pages if page.category == code)


WITH_A_BOARD = [one.name for one in REGULATIONS if one.workflows]
with_a_board = pytest.mark.parametrize("seated_people", rows_here([WITH_A_BOARD]), indirect=True)


def usual_workflow() -> Workflow:
    return next(iter(get_regulation().workflows.values()))


@with_a_board
def test_every_step_from_draft_to_public(people: People) -> None:
    (index, model), *_others = sorts_of_content()
    play(people, usual_workflow(), index, model, "Tin đi hết các bước")


@pytest.fixture(scope="module")
def played() -> set[Any]:
    """Types of page with the fields that were asked of them, by whichever regulation."""
    return set()


@with_a_board
def test_every_sort_of_content_becomes_public(people: People, played: set[Any]) -> None:
    """With what the regulation asks for in its category (S3, D1, D3, D4).

    Another regulation that asks the same of a type is not played: its steps are, above.
    """
    for index, model in sorts_of_content():
        sort = (model, required_fields(index.category))
        if sort not in played:
            hurry(people, usual_workflow(), index, model, f"Tin {index.slug}")
            played.add(sort)
    assert played


@pytest.mark.parametrize("seated_people", ["bac_kan_portal_2018"], indirect=True)
class TestTheBoardOfBK18:
    """Điều 5.5, 13.2, 16.1a: the Ban moderates; individuals do so where they are authorised."""

    def at_approval(self, people: People, code: str, *passed_by: str) -> int:
        page_id = write(people, "contact_officer", index_of(code), OtherPage, "Tin của đơn vị")
        send(people, "contact_officer", OtherPage, page_id)
        for role in passed_by:
            decide(people.browser(role), page_id, "pass")
        return page_id

    def test_a_deputy_approves_without_a_delegation(self, people: People) -> None:
        """R2: the slip is signed by a leader of the Ban (Phụ lục)."""
        page_id = self.at_approval(people, "thong-tin-khac", "unit_head", "secretary")
        deputy = people.browser("deputy_chief")
        assert waits_for(deputy, "Tin của đơn vị")
        decide(deputy, page_id, "pass")
        page = OtherPage.objects.get(pk=page_id)
        assert is_public(page.get_url(), page.title)
        decision = Event.objects.decisions().filter(subject=page_id).last()
        assert (decision.authority, decision.delegation) == ("Phó Trưởng ban Biên tập", None)

    def test_a_deputy_judges_no_work_of_their_own(self, people: People) -> None:
        page_id = write(people, "deputy_chief", index_of("thong-tin-khac"), OtherPage, "Của Phó")
        send(people, "deputy_chief", OtherPage, page_id)
        decide(people.browser("secretary"), page_id, "pass")
        assert "pass" not in offers(people.browser("deputy_chief"), page_id)
        assert "pass" in offers(people.browser("chief"), page_id)

    def test_a_member_moderates_only_where_authorised(self, people: People) -> None:
        """R3, R11"""
        page_id = self.at_approval(people, "trang-thanh-vien", "unit_head")
        member = people.browser("member")
        assert "pass" not in offers(member, page_id)
        delegate(people, ["trang-thanh-vien"])
        decide(member, page_id, "pass")
        page = OtherPage.objects.get(pk=page_id)
        assert not page.live
        # «Trực tiếp cập nhật»: the unit itself puts it up.
        decide(people.browser("contact_officer"), page_id, "pass")
        assert is_public(page.get_url(), page.title)

    def test_it_reaches_no_category_but_those_of_the_clause(self, people: People) -> None:
        delegate(people, [])
        page_id = self.at_approval(people, "thong-tin-khac", "unit_head", "secretary")
        assert "pass" not in offers(people.browser("member"), page_id)

    def test_it_cannot_be_given_for_others(self, people: People) -> None:
        chief = Seat.objects.get(role="chief")
        data = {
            "code": "kiem-duyet-chuyen-nganh",
            "delegator": chief.pk,
            "delegate": Seat.objects.get(role="member").pk,
            "categories": ["thong-tin-khac"],
            "decision_number": "15/QĐ-BBT",
            "decided_on": today(),
            "starts_on": today(),
            "ends_on": today(),
        }
        client = people.browser("chief")
        response = client.post(reverse("pbgdpl_delegations:add"), data)
        (error,) = response.context["form"].errors["categories"]
        assert "trang-thanh-vien" in error
        response = client.post(
            reverse("pbgdpl_delegations:add"), data | {"categories": ["trang-thanh-vien"]}
        )
        assert response.status_code == 302

    def test_the_unit_puts_nothing_up_that_the_board_has_not_judged(self, people: People) -> None:
        """R8"""
        page_id = self.at_approval(people, "trang-thanh-vien", "unit_head")
        assert "pass" not in offers(people.browser("contact_officer"), page_id)
        decide(people.browser("deputy_chief"), page_id, "pass")
        page = OtherPage.objects.get(pk=page_id)
        page.title = "Sửa sau khi duyệt"
        with pytest.raises(PermissionDenied):
            page.save_revision(user=people.by_role["contact_officer"])

    def test_its_sections_alone_go_this_way(self, people: People) -> None:
        portal = root_model(PortalMixin).objects.get()
        below = WorkflowPage.objects.filter(page__path__startswith=portal.path)
        names = {code: one.name for code, one in get_regulation().workflows.items()}
        assert dict(below.values_list("page_id", "workflow__name")) == {
            portal.pk: names["don_vi"],
            index_of("trang-thanh-vien").pk: names["truc_tiep"],
        }

    def test_a_section_that_is_no_longer_given_goes_the_usual_way(
        self, people: People, settings: Any, tmp_path: Path
    ) -> None:
        own = tmp_path / "tinh.toml"
        own.write_text(
            'schema = 1\nextends = "bac_kan_portal_2018"\n'
            '[workflows.truc_tiep]\napplies_to = ["thong-tin-khac"]\n'
        )
        set_up(load(own), root_model(PortalMixin).objects.get())
        assert WorkflowPage.objects.filter(page_id=index_of("thong-tin-khac").pk).exists()
        assert not WorkflowPage.objects.filter(page_id=index_of("trang-thanh-vien").pk).exists()


def delegate(people: People, categories: list[str]) -> None:
    Delegation.objects.create(
        code="kiem-duyet-chuyen-nganh",
        delegator=Seat.objects.get(role="chief"),
        delegate=Seat.objects.get(role="member"),
        categories=categories,
        decision_number="15/QĐ-BBT",
        decided_on=today(),
        starts_on=today(),
        ends_on=today(),
        confirmed_at=timezone.now(),
    )
