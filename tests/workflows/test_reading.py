"""R11 (BK18 Điều 6.1b): no address of the admin shows the items of another unit."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from tests.factories import (
    ImageFactory,
    NewsFactory,
    SeatFactory,
    UnitFactory,
    UserFactory,
    cleared,
    seated,
)
from wagtail_pbgdpl import checks
from wagtail_pbgdpl.authority.scope import scope_of
from wagtail_pbgdpl.workflows.keys import as_key, as_keys
from wagtail_pbgdpl.workflows.visibility import in_scope
from wagtail_pbgdpl.worktime.active import today

pytestmark = [pytest.mark.usefixtures("indexed"), pytest.mark.django_db]

TITLE = "Tin mật chưa đăng"
CHANGED = "Tin mật đã sửa"


@pytest.fixture
def unit() -> Any:
    return UnitFactory(categories=["C2"])


@pytest.fixture
def item(index_of: Any, unit: Any, editor: Any) -> Any:
    """A draft of ``unit`` with two versions, written by somebody else."""
    page = NewsFactory(parent=index_of("C2"), live=False, unit=unit, title=TITLE, user=editor)
    page.title = CHANGED
    page.save_revision(user=editor, log_action=True)
    return page


@pytest.fixture
def group(portal: Any) -> Group:
    """All rights that Wagtail has on the tree: what R11 hides is not hidden for want of them."""
    group = Group.objects.create(name="Mọi quyền")
    group.permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "submit_translation"])
    )
    for action in ("add", "change", "publish", "lock", "unlock", "bulk_delete"):
        GroupPagePermission.objects.create(group=group, page=portal, permission_type=action)
    return group


def browser(user: Any, group: Group) -> Client:
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def right(unit: Any, group: Group) -> Client:
    return browser(seated("contact_officer", unit=unit), group)


def _other_unit() -> Any:
    return seated("contact_officer", unit=UnitFactory(categories=["C2"]))


def _other_category(unit: Any) -> Any:
    user = seated("contact_officer", unit=unit)
    unit.categories = ["C5"]
    unit.save()
    return user


def _ended(unit: Any) -> Any:
    user = UserFactory()
    yesterday = today() - datetime.timedelta(days=1)
    SeatFactory(role="contact_officer", unit=unit, user=user, ends_on=yesterday)
    return user


WRONG: dict[str, Any] = {
    "another unit": lambda unit: _other_unit(),
    "another category": _other_category,
    "an ended seat": _ended,
    "no seat": lambda unit: UserFactory(),
    "the operator": lambda unit: seated("operator"),
}


# Who they are is the query's business, and tested there; at each address one of them asks, and all
# of them at one address of each kind.
USUAL = "another unit"
EVERYBODYS = {"edit", "bulk", "api", "explorer", "search", "api all", "page types", "all at once"}


def by_person(names: Any) -> list[tuple[str, str]]:
    return [
        (person, name) for name in names for person in (WRONG if name in EVERYBODYS else [USUAL])
    ]


@pytest.fixture
def wrong(request: Any, unit: Any, group: Group, item: Any) -> Client:
    return browser(WRONG[getattr(request, "param", USUAL)](unit), group)


@pytest.mark.parametrize("person", WRONG)
def test_the_query_leaves_it_out_for_others(unit: Any, item: Any, person: str) -> None:
    user = WRONG[person](unit)
    model = type(item)
    assert not model.objects.filter(in_scope(scope_of(user), user)).exists()


def test_the_query_has_it_for_its_unit(unit: Any, item: Any) -> None:
    user = seated("contact_officer", unit=unit)
    assert type(item).objects.filter(in_scope(scope_of(user), user)).get() == item


def pages(name: str, *args: Any) -> Any:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


# Addresses about one page.
ABOUT_ONE: dict[str, Any] = {
    "edit": lambda page: pages("edit", page.pk),
    "history": lambda page: pages("history", page.pk),
    "history results": lambda page: pages("history_results", page.pk),
    "workflow history": lambda page: pages("workflow_history", page.pk),
    "usage": lambda page: pages("usage", page.pk),
    "view draft": lambda page: pages("view_draft", page.pk),
    "copy": lambda page: pages("copy", page.pk),
    "move": lambda page: pages("move", page.pk),
    "delete": lambda page: pages("delete", page.pk),
    "privacy": lambda page: pages("set_privacy", page.pk),
    "revision": lambda page: pages("revisions_view", page.pk, page.latest_revision_id),
    "revert": lambda page: pages(
        "revisions_revert", page.pk, page.revisions.earliest("created_at").pk
    ),
    "compare": lambda page: f"/admin/pages/{page.pk}/revisions/compare/earliest...latest/",
    "explore": lambda page: reverse("wagtailadmin_explore", args=[page.pk]),
    "explore results": lambda page: reverse("wagtailadmin_explore_results", args=[page.pk]),
    "add below": lambda page: pages("add_subpage", page.pk),
    "choose below": lambda page: reverse("wagtailadmin_choose_page_child", args=[page.pk]),
    "chosen": lambda page: reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={page.pk}",
    "bulk": lambda page: (
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}"
    ),
    "api": lambda page: f"/admin/api/main/pages/{page.pk}/",
    "translate": lambda page: reverse("simple_translation:submit_page_translation", args=[page.pk]),
}
# Addresses of which the answer lists pages.
LISTINGS: dict[str, Any] = {
    "explorer": lambda page: reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
    "explorer results": lambda page: reverse(
        "wagtailadmin_explore_results", args=[page.get_parent().pk]
    ),
    "explorer search": lambda page: (
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]) + "?q=Tin&search_all=1"
    ),
    "search": lambda page: pages("search") + "?q=Tin",
    "search results": lambda page: pages("search_results") + "?q=Tin",
    "of a type": lambda page: pages("type_use", "wagtail_pbgdpl_pages", "newspage"),
    "chooser": lambda page: reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk]),
    "chooser search": lambda page: reverse("wagtailadmin_choose_page_search") + "?q=Tin",
    "api children": lambda page: f"/admin/api/main/pages/?child_of={page.get_parent().pk}",
    "api explorer": lambda page: (
        f"/admin/api/main/pages/?child_of={page.get_parent().pk}&for_explorer=1"
    ),
    "api all": lambda page: "/admin/api/main/pages/",
    "site history": lambda page: reverse("wagtailadmin_reports:site_history"),
    "site history, exported": lambda page: (
        reverse("wagtailadmin_reports:site_history") + "?export=csv"
    ),
}
# Django reads each of these as the number.
SPELLINGS = ("%20{}", "{}%20", "%2B{}", "0_{}", "{}%0A", "%EF%BC%90{}")
for _spelling in SPELLINGS:
    ABOUT_ONE |= {
        f"chosen, as {_spelling}": lambda page, spelling=_spelling: (
            reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={spelling.format(page.pk)}"
        ),
        f"bulk, as {_spelling}": lambda page, spelling=_spelling: (
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
            + f"?id={spelling.format(page.pk)}"
        ),
    }
PAGE_TYPES: dict[str, Any] = {
    "page types": lambda page: reverse("wagtailadmin_reports:page_types_usage"),
    "page types, results": lambda page: reverse("wagtailadmin_reports:page_types_usage_results"),
}
BOARD_ALONE: dict[str, Any] = {
    "all at once, of a search": lambda page: (
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        + f"?id=all&childOf={page.get_parent().get_parent().pk}&q=Tin"
    ),
    "all at once, of everywhere": lambda page: (
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + "?id=all"
    ),
    "all at once": lambda page: (
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        + f"?id=all&childOf={page.get_parent().pk}"
    ),
}


def text(response: Any) -> str:
    found = b"".join(response.streaming_content) if response.streaming else response.content
    return str(found.decode())


def shows(response: Any) -> bool:
    # JSON writes Vietnamese letters as numbers.
    if "json" in response.headers.get("Content-Type", ""):
        shown = str(response.json())
    else:
        shown = text(response)
    return TITLE in shown or CHANGED in shown


class TestOneItem:
    @pytest.mark.parametrize(("wrong", "name"), by_person(ABOUT_ONE), indirect=["wrong"])
    def test_is_refused_to_others(self, wrong: Client, item: Any, name: str) -> None:
        response = wrong.get(ABOUT_ONE[name](item))
        assert response.status_code in (302, 403, 404), response.status_code
        if response.status_code == 302:
            assert response.headers["Location"] == reverse("wagtailadmin_home")
        assert not shows(response)

    # Nothing can stand below an item: Wagtail itself refuses that one. Whom a page is open to is
    # the Trưởng Ban's to say (R8).
    @pytest.mark.parametrize("name", sorted(ABOUT_ONE.keys() - {"add below", "privacy"}))
    def test_is_not_withheld_from_its_unit(self, right: Client, item: Any, name: str) -> None:
        """What else Wagtail or the rules of authority say to the act is not asked here."""
        response = right.get(ABOUT_ONE[name](item))
        refused = response.status_code == 302 and response.headers["Location"] == "/admin/"
        assert not refused
        assert response.status_code in (200, 302)


class TestListings:
    @pytest.mark.parametrize(("wrong", "name"), by_person(LISTINGS), indirect=["wrong"])
    def test_leave_it_out_for_others(self, wrong: Client, item: Any, name: str) -> None:
        response = wrong.get(LISTINGS[name](item))
        assert response.status_code == 200
        assert not shows(response)

    @pytest.mark.parametrize("name", LISTINGS)
    def test_show_it_to_its_unit(self, right: Client, item: Any, name: str) -> None:
        response = right.get(LISTINGS[name](item))
        assert response.status_code == 200
        assert shows(response)


class TestTheReportOnPageTypes:
    @pytest.mark.parametrize(("wrong", "name"), by_person(PAGE_TYPES), indirect=["wrong"])
    def test_leaves_the_types_of_items_out_for_others(
        self, wrong: Client, item: Any, name: str
    ) -> None:
        """The types of the site around the portal are its editors' business as before."""
        response = wrong.get(PAGE_TYPES[name](item))
        assert response.status_code == 200
        assert not shows(response)
        assert "PortalPage" in text(response) or "portalpage" in text(response)
        assert "newspage" not in text(response).lower()

    @pytest.mark.parametrize("name", PAGE_TYPES)
    def test_is_whole_for_the_board(self, group: Group, item: Any, name: str) -> None:
        response = browser(seated("chief"), group).get(PAGE_TYPES[name](item))
        assert response.status_code == 200
        assert "newspage" in text(response).lower()


def test_all_at_once_is_the_hosts_own_where_nothing_is_of_the_portal(
    wrong: Client, portal: Any
) -> None:
    above = Page.objects.get(pk=portal.pk).get_parent()
    host = above.add_child(instance=Page(title="Trang của sở", slug="cua-so"))
    host.add_child(instance=Page(title="Trang con của sở", slug="con"))
    for kind, parent in ("publish", host), ("delete", host), ("publish", above):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", kind])
        response = wrong.get(f"{address}?id=all&childOf={parent.pk}")
        assert response.status_code == 200, kind


class TestWhatNamesItemsOfAllUnits:
    @pytest.mark.parametrize(("wrong", "name"), by_person(BOARD_ALONE), indirect=["wrong"])
    def test_is_refused(self, wrong: Client, item: Any, name: str) -> None:
        response = wrong.get(BOARD_ALONE[name](item))
        assert response.status_code == 302
        assert response.headers["Location"] == reverse("wagtailadmin_home")

    @pytest.mark.parametrize("name", BOARD_ALONE)
    def test_is_the_boards(self, group: Group, item: Any, name: str) -> None:
        response = browser(seated("chief"), group).get(BOARD_ALONE[name](item))
        assert response.status_code == 200
        assert shows(response)


def test_without_the_middleware_hooks_still_close_what_has_one(
    wrong: Client, item: Any, settings: Any
) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != checks.READING]
    for name in ("explore", "explore results", "copy", "api"):
        assert not shows(wrong.get(ABOUT_ONE[name](item)))


def test_a_page_that_is_not_there_is_the_views_to_answer(right: Client) -> None:
    assert right.get(pages("edit", 999_999)).status_code == 404
    assert right.get(pages("history", 999_999)).status_code == 404


def test_visitors_are_sent_to_the_log_in(client: Client, item: Any) -> None:
    response = client.get(pages("edit", item.pk))
    assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))


def test_one_hidden_among_several_is_refused(wrong: Client, item: Any, index_of: Any) -> None:
    public = NewsFactory(parent=index_of("C2"))
    address = reverse("wagtailadmin_choose_page_chosen_multiple")
    assert wrong.get(f"{address}?id={public.pk}").status_code == 200
    response = wrong.get(f"{address}?id={public.pk}&id=%2B{item.pk}")
    assert response.status_code == 302
    assert not shows(response)


@pytest.mark.parametrize("key", ["x", "1e3", "", "9" * 30, "9" * 5000])
def test_what_is_no_key_is_the_views_to_answer(right: Client, key: str) -> None:
    assert as_key(key) is None
    assert not as_keys([key])


def test_scripts_get_a_403(wrong: Client, item: Any) -> None:
    response = wrong.get(
        pages("set_privacy", item.pk), headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert response.status_code == 403


def test_the_session_of_an_editor_is_closed_too(wrong: Client, item: Any) -> None:
    address = reverse(
        "wagtailadmin_editing_sessions:ping",
        args=["wagtail_pbgdpl_pages", "newspage", str(item.pk), 1],
    )
    assert wrong.post(address).status_code in (302, 404)


def test_where_an_image_is_used_names_no_item_of_others(index_of: Any, unit: Any) -> None:
    user = seated("contact_officer")
    image = ImageFactory(uploaded_by_user=user)
    NewsFactory(parent=index_of("C2"), live=False, unit=unit, title=TITLE, cover=image)
    client = Client()
    client.force_login(user)
    group = Group.objects.create(name="Ảnh")
    GroupCollectionPermission.objects.create(
        group=group,
        collection=image.collection,
        permission=Permission.objects.get(codename="change_image"),
    )
    user.groups.add(group)
    response = client.get(reverse("wagtailimages:image_usage", args=[image.pk]))
    assert response.status_code == 200
    assert not shows(response)


def test_what_is_sent_is_refused_like_what_is_asked(wrong: Client, item: Any) -> None:
    parent = item.get_parent()
    for name in ("copy", "delete", "bulk", "edit"):
        wrong.post(
            ABOUT_ONE[name](item),
            {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": parent.pk},
        )
    assert Page.objects.child_of(parent).count() == 1
    assert not Page.objects.get(pk=item.pk).live


def test_pages_of_the_site_around_stay_as_they_are(site: Any, item: Any) -> None:
    """What is no item is Wagtail's to show."""
    own = site.root_page.add_child(instance=Page(title="Trang của tỉnh", slug="rieng", live=False))
    group = Group.objects.create(name="Của trang riêng")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(group=group, page=own, permission_type="change")
    client = browser(UserFactory(), group)
    for name in ("history", "usage", "view_draft"):
        assert client.get(pages(name, own.pk)).status_code in (200, 302)
    assert "Trang của tỉnh" in client.get(pages("edit", own.pk)).content.decode()


class TestTheHomePage:
    """Of what somebody worked on, only what waits is on the home page; the reports forget it with
    the seat."""

    @pytest.fixture
    def worked(self, unit: Any, group: Group, index_of: Any) -> Any:
        seat = SeatFactory(role="contact_officer", unit=unit)
        page = NewsFactory(parent=index_of("C2"), live=False, unit=unit, title=TITLE)
        page.save_revision(user=seat.user, log_action=True)
        page.locked, page.locked_by, page.locked_at = True, seat.user, timezone.now()
        page.save()
        return seat

    def test_reports_show_ones_own_work(self, worked: Any, group: Group) -> None:
        client = browser(worked.user, group)
        assert shows(client.get(reverse("wagtailadmin_reports:locked_pages")))
        assert not shows(client.get(reverse("wagtailadmin_home")))

    def test_forgets_it_with_the_seat(self, worked: Any, group: Group) -> None:
        worked.ends_on = today() - datetime.timedelta(days=1)
        worked.save()
        client = browser(worked.user, group)
        for name in ("wagtailadmin_home", "wagtailadmin_reports:locked_pages"):
            assert not shows(client.get(reverse(name)))


@pytest.mark.parametrize("name", ["aging_pages", "locked_pages", "workflow", "workflow_tasks"])
def test_reports_leave_it_out(wrong: Client, item: Any, editor: Any, name: str) -> None:
    cleared(item.save_revision()).publish()
    item.refresh_from_db()
    item.locked, item.locked_by, item.locked_at = True, editor, timezone.now()
    item.save()
    address = reverse(f"wagtailadmin_reports:{name}")
    assert not shows(wrong.get(address))
    assert not shows(wrong.get(address + "?export=csv"))


def test_the_explorer_costs_the_same_for_many(
    right: Client, item: Any, unit: Any, django_assert_max_num_queries: Any
) -> None:
    """The gate adds a bounded number of queries to a listing."""
    address = LISTINGS["explorer results"](item)
    right.get(address)
    with django_assert_max_num_queries(200) as first:
        right.get(address)
    for _ in range(5):
        NewsFactory(parent=item.get_parent(), live=False, unit=UnitFactory())
    with django_assert_max_num_queries(len(first.captured_queries)):
        right.get(address)


class TestTheCheck:
    def test_the_middleware_is_missing(self, settings: Any) -> None:
        settings.MIDDLEWARE = []
        (warning,) = checks.check_reading()
        assert warning.id == "wagtail_pbgdpl.W004"
        assert checks.READING in warning.msg

    def test_the_search_is_open(self, settings: Any) -> None:
        settings.WAGTAILADMIN_PAGE_SEARCH_FILTER_BY_PERMISSIONS = False
        (warning,) = checks.check_reading()
        assert warning.id == "wagtail_pbgdpl.W004"
