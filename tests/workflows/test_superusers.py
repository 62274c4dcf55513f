"""R8, R10: the operator gives access with the groups of the set-up, and no more than that."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory, seated
from wagtail_pbgdpl.provisioning.models import ProvisionedObject

PASSWORD = "Mat-khau-moi-2026"


@pytest.fixture
def group(db: Any) -> Any:
    def find(role: str) -> Group:
        record = ProvisionedObject.objects.get(key=f"group:{role}")
        return Group.objects.get(pk=record.object_id)

    return find


@pytest.fixture
def operator(group: Any, client: Client) -> Any:
    user = seated("operator")
    client.force_login(user)
    return user


@pytest.fixture
def superuser(db: Any) -> Any:
    return UserFactory(is_superuser=True)


def form(user: Any, **values: Any) -> dict[str, Any]:
    return {
        "username": user.username,
        "email": user.email,
        "first_name": "Ngọc",
        "last_name": "Đàm",
        "is_active": "on",
        **values,
    }


def edit(client: Client, user: Any, **values: Any) -> Any:
    return client.post(reverse("wagtailusers_users:edit", args=(user.pk,)), form(user, **values))


def bulk(client: Client, action: str, *users: Any, **values: str) -> None:
    address = reverse("wagtail_bulk_action", args=("auth", "user", action))
    keys = "&".join(f"id={user.pk}" for user in users)
    client.post(f"{address}?{keys}", values)


class TestOperator:
    @pytest.fixture(autouse=True)
    def _at_the_desk(self, operator: Any) -> None:
        pass

    def test_suspends_access(self, client: Client) -> None:
        officer = seated("contact_officer")
        assert officer.groups.exists()
        assert edit(client, officer, is_active="").status_code == 302
        officer.refresh_from_db()
        assert not officer.is_active
        assert not officer.groups.exists()

    def test_gives_no_role_through_its_group(self, client: Client, group: Any) -> None:
        """Roles come with seats; ticking the group of the Trưởng Ban changes nothing."""
        officer = UserFactory()
        assert edit(client, officer, groups=[str(group("chief").pk)]).status_code == 302
        assert not officer.groups.exists()

    def test_makes_a_user(self, client: Client) -> None:
        data = form(UserFactory.build(username="moi"), password1=PASSWORD, password2=PASSWORD)
        assert client.post(reverse("wagtailusers_users:add"), data).status_code == 302
        assert get_user_model().objects.get(username="moi").check_password(PASSWORD)

    def test_makes_no_superuser(self, client: Client) -> None:
        data = form(
            UserFactory.build(username="moi"),
            password1=PASSWORD,
            password2=PASSWORD,
            is_superuser="on",
        )
        client.post(reverse("wagtailusers_users:add"), data)
        assert not get_user_model().objects.filter(is_superuser=True).exists()

    def test_makes_nobody_a_superuser(self, client: Client, operator: Any) -> None:
        for user in (UserFactory(), operator):
            edit(client, user, is_superuser="on")
            user.refresh_from_db()
            assert not user.is_superuser

    def test_changes_no_superuser(self, client: Client, superuser: Any) -> None:
        """Neither the password nor the rank."""
        before = superuser.password
        edit(client, superuser, password1=PASSWORD, password2=PASSWORD)
        edit(client, superuser, password1=PASSWORD, password2=PASSWORD, is_superuser="on")
        superuser.refresh_from_db()
        assert superuser.password == before
        assert superuser.is_superuser

    def test_suspends_no_superuser_among_others(
        self, client: Client, superuser: Any, group: Any
    ) -> None:
        other = UserFactory()
        bulk(client, "set_active_state", superuser, other, mark_as_active="False")
        bulk(client, "assign_role", superuser, role=str(group("chief").pk))
        bulk(client, "delete", superuser)
        superuser.refresh_from_db()
        assert superuser.is_active
        assert not superuser.groups.exists()

    def test_suspends_others_together(self, client: Client) -> None:
        users = UserFactory.create_batch(2)
        bulk(client, "set_active_state", *users, mark_as_active="False")
        assert not get_user_model().objects.filter(
            pk__in=[user.pk for user in users], is_active=True
        )


def test_a_superuser_may_do_all_that(client: Client, superuser: Any) -> None:
    client.force_login(superuser)
    user = UserFactory()
    assert edit(client, user, is_superuser="on").status_code == 302
    user.refresh_from_db()
    assert user.is_superuser
    data = form(user, password1=PASSWORD, password2=PASSWORD)
    client.post(reverse("wagtailusers_users:edit", args=(user.pk,)), data)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert not user.is_superuser


def test_pages_can_still_be_changed_in_bulk(client: Client, index_of: Any, editor: Any) -> None:
    """The same hook sees every bulk action of the admin."""
    from tests.factories import NewsFactory

    page = NewsFactory(parent=index_of("C2"), live=False)
    client.force_login(editor)
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "delete"))
    client.post(f"{address}?id={page.pk}")
    assert not type(page).objects.filter(pk=page.pk).exists()
