"""R11 (BK18 Điều 6.1b): which items somebody sees before they are public."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page

from tests.factories import (
    DelegationFactory,
    NewsFactory,
    SeatFactory,
    UnitFactory,
    UserFactory,
    seated,
)
from wagtail_pbgdpl.authority.facts import person
from wagtail_pbgdpl.authority.rules import Act, Item, decide
from wagtail_pbgdpl.content.actions import add_draft, publish
from wagtail_pbgdpl.organisation.succession import merge
from wagtail_pbgdpl.pages.models import ContentPage, NewsPage
from wagtail_pbgdpl.workflows.visibility import (
    base_page,
    choosable_by,
    item_models,
    may_see,
    visible_to,
)
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.django_db

BOARD = ["secretary", "member", "deputy_chief", "chief"]
OF_A_UNIT = ["contact_officer", "unit_head"]


@pytest.fixture
def unit() -> Any:
    return UnitFactory(categories=["C2"])


@pytest.fixture
def draft(index_of: Any, unit: Any) -> Any:
    return NewsFactory(parent=index_of("C2"), live=False, unit=unit, title="Tin chưa đăng")


def sees(user: Any, page: Any) -> bool:
    """What the query says, and the question about one page with it."""
    found = visible_to(user, Page.objects.all()).filter(pk=page.pk).exists()
    assert may_see(user, page) is found
    return found


def test_items_are_found_without_their_room() -> None:
    assert item_models() == (ContentPage,)
    assert base_page() is Page


@pytest.mark.parametrize("role", OF_A_UNIT)
def test_a_units_people_see_their_own(draft: Any, unit: Any, role: str) -> None:
    assert sees(seated(role, unit=unit), draft)


@pytest.mark.parametrize("role", OF_A_UNIT)
@pytest.mark.parametrize("live", [True, False])
def test_other_units_do_not(index_of: Any, unit: Any, role: str, live: bool) -> None:
    page = NewsFactory(parent=index_of("C2"), live=live, unit=unit)
    assert not sees(seated(role, unit=UnitFactory(categories=["C2"])), page)


def test_a_category_that_the_unit_was_not_given(draft: Any, unit: Any) -> None:
    unit.categories = ["C5"]
    unit.save()
    assert not sees(seated("contact_officer", unit=unit), draft)


def test_two_seats_are_not_mixed(draft: Any, unit: Any, index_of: Any) -> None:
    """A category given to one unit opens nothing of the other."""
    other = UnitFactory(categories=["C5"])
    user = seated("contact_officer", unit=other)
    SeatFactory(role="contact_officer", user=user, unit=unit)
    second = NewsFactory(parent=index_of("C2"), live=False, unit=other)
    assert sees(user, draft)
    assert not sees(user, second)


def test_a_successor_sees_what_the_unit_before_it_left(draft: Any, unit: Any) -> None:
    new = UnitFactory(categories=[])
    merge([unit], new, on=today())
    assert sees(seated("contact_officer", unit=new), draft)


@pytest.mark.parametrize("role", BOARD)
def test_the_board_sees_all(draft: Any, role: str) -> None:
    assert sees(seated(role), draft)


def test_the_operator_sees_index_pages_alone(draft: Any, index_of: Any) -> None:
    """R10: the work is technical."""
    operator = seated("operator")
    assert not sees(operator, draft)
    assert sees(operator, index_of("C2"))


def test_a_superuser_sees_all(draft: Any, editor: Any) -> None:
    assert sees(editor, draft)
    editor.is_active = False
    assert not sees(editor, draft)


def test_nobody_else_sees_an_item(draft: Any, index_of: Any, site: Any) -> None:
    for user in (UserFactory(), AnonymousUser()):
        assert not sees(user, draft)
        assert sees(user, index_of("C2"))
        assert sees(user, site.root_page)


@pytest.mark.parametrize(("field", "days"), [("ends_on", -1), ("starts_on", 1)])
def test_a_seat_that_does_not_hold_today(draft: Any, unit: Any, field: str, days: int) -> None:
    user = seated("contact_officer", unit=unit, **{field: today() + datetime.timedelta(days=days)})
    assert not sees(user, draft)


class TestWhatOneBeganOneself:
    def begun(self, index_of: Any, user: Any, unit: Any = None) -> Any:
        return NewsFactory(parent=index_of("C2"), live=False, user=user, unit=unit)

    def test_without_a_unit_yet(self, index_of: Any, unit: Any) -> None:
        user = seated("contact_officer", unit=unit)
        page = self.begun(index_of, user)
        assert sees(user, page)
        assert not sees(seated("contact_officer", unit=unit), page)

    def test_in_a_category_that_was_taken_away(self, index_of: Any, unit: Any) -> None:
        user = seated("contact_officer", unit=unit)
        page = self.begun(index_of, user, unit)
        unit.categories = []
        unit.save()
        assert sees(user, page)

    def test_for_a_unit_that_one_left(self, index_of: Any, unit: Any) -> None:
        user = seated("contact_officer", unit=UnitFactory())
        assert not sees(user, self.begun(index_of, user, unit))

    def test_without_a_seat_any_more(self, index_of: Any) -> None:
        user = UserFactory()
        assert not sees(user, self.begun(index_of, user))


def test_whoever_acts_for_the_board_sees_what_was_delegated(index_of: Any, draft: Any) -> None:
    """R3: nobody's sight is narrowed by a delegation."""
    given = DelegationFactory(categories=["C5"])
    assert sees(given.delegate.user, draft)


def test_a_draft_belongs_to_the_unit_of_its_latest_version(draft: Any, unit: Any) -> None:
    """The editor keeps what is typed in revisions; the row of a draft follows them."""
    user = seated("contact_officer", unit=unit)
    new = UnitFactory(categories=["C2"])
    draft.unit = new
    draft.save_revision()
    assert not sees(user, draft)
    assert sees(seated("contact_officer", unit=new), draft)
    assert NewsPage.objects.get(pk=draft.pk).unit == new
    draft.unit = None
    draft.save_revision()
    assert NewsPage.objects.get(pk=draft.pk).unit is None


def test_what_is_live_belongs_to_the_unit_that_stands_there(index_of: Any, unit: Any) -> None:
    page = NewsFactory(parent=index_of("C2"), unit=unit)
    page.unit = UnitFactory(categories=["C2"])
    page.save_revision()
    assert sees(seated("contact_officer", unit=unit), page)


def test_it_agrees_with_the_rules_of_authority(index_of: Any, unit: Any) -> None:
    items = [
        NewsFactory(parent=index_of(code), live=False, unit=one)
        for code in ("C2", "C15")
        for one in (unit, UnitFactory(categories=["C2", "C15"]))
        if NewsPage.can_exist_under(index_of(code))
    ]
    for role in [*BOARD, *OF_A_UNIT, "operator"]:
        user = seated(role, unit=unit) if role in OF_A_UNIT else seated(role)
        for page in items:
            item = Item(category=page.category, unit=page.unit_id)
            assert sees(user, page) is bool(decide(person(user), Act.READ, item, today()))


class TestChoosers:
    def offers(self, user: Any, page: Any) -> bool:
        return bool(choosable_by(user, Page.objects.all()).filter(pk=page.pk).exists())

    def test_links_lead_to_what_is_public(self, index_of: Any, draft: Any) -> None:
        other = seated("contact_officer")
        live = NewsFactory(parent=index_of("C2"), unit=draft.unit)
        assert self.offers(other, live)
        assert not self.offers(other, draft)

    def test_the_title_of_a_draft_is_not_shown(self, index_of: Any, unit: Any) -> None:
        live = NewsFactory(parent=index_of("C2"), unit=unit)
        live.title = "Tên mới chưa duyệt"
        live.save_revision()
        assert not self.offers(seated("contact_officer"), live)
        assert self.offers(seated("contact_officer", unit=unit), live)

    def test_what_was_taken_down_is_not_offered(self, index_of: Any, unit: Any) -> None:
        live = NewsFactory(parent=index_of("C2"), unit=unit)
        live.unpublish()
        assert not self.offers(seated("contact_officer"), live)


def test_queries_do_not_grow(index_of: Any, unit: Any, django_assert_num_queries: Any) -> None:
    """Three for the seats and one for the pages, however many there are."""
    user = seated("contact_officer", unit=unit)
    for _ in range(4):
        NewsFactory(parent=index_of("C2"), live=False, unit=unit)
        NewsFactory(parent=index_of("C2"), live=False, unit=UnitFactory())
    with django_assert_num_queries(4):
        seen = list(visible_to(user, NewsPage.objects.all()))
    assert len(seen) == 4
    page = seen[0]
    with django_assert_num_queries(4):
        assert may_see(user, page)


def test_a_published_draft_keeps_its_unit(index_of: Any, unit: Any) -> None:
    page = add_draft(
        index_of("C2"), NewsPage(title="Tin", summary="x", author="A", source="B", unit=unit)
    )
    assert publish(page).unit == unit
