"""R10, R12: whose account changes is told, at the old and the new address, and so is the head."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode

from tests.factories import SeatFactory, UserFactory, seated
from wagtail_pbgdpl.changes.accounts import chose_password
from wagtail_pbgdpl.changes.actor import acting_in
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.notices import outbox
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.organisation.models import RoleGroup

pytestmark = pytest.mark.usefixtures("portal")

NEW = "Mat-khau-moi-2026"


def form(user: Any, **values: Any) -> dict[str, Any]:
    return {
        "username": user.username,
        "email": user.email,
        "first_name": "Ngọc",
        "last_name": "Đàm",
        "is_active": "on",
        **values,
    }


def edit(by: Any, user: Any, **values: Any) -> Any:
    client = Client()
    client.force_login(by)
    return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), form(user, **values))


def bulk(by: Any, action: str, *users: Any, **values: str) -> Any:
    client = Client()
    client.force_login(by)
    address = reverse("wagtail_bulk_action", args=("auth", "user", action))
    keys = "&".join(f"id={user.pk}" for user in users)
    return client.post(f"{address}?{keys}", values)


def addresses() -> list[str]:
    return sorted(Notice.objects.values_list("address", flat=True))


@pytest.fixture
def operator() -> Any:
    return seated("operator")


@pytest.fixture
def chief() -> Any:
    return seated("chief")


@pytest.fixture
def member(chief: Any) -> Any:
    return seated("member")


class TestTheJournal:
    def test_an_address(self, operator: Any, member: Any, chief: Any) -> None:
        old = member.email
        assert edit(operator, member, email="khac@example.vn").status_code == 302
        row = Change.objects.get()
        assert (row.kind, row.person, row.by, row.login) == ("account", member, operator, True)
        assert [line[1:] for line in row.details] == [[old, "khac@example.vn"]]
        assert addresses() == sorted([old, "khac@example.vn", chief.email])

    def test_a_user_name(self, operator: Any, member: Any) -> None:
        old = member.username
        edit(operator, member, username="khac")
        row = Change.objects.get()
        assert (row.login, row.details[0][1:]) == (True, [old, "khac"])

    def test_a_password_is_never_in_it(self, operator: Any) -> None:
        officer = seated("contact_officer")
        assert edit(operator, officer, password1=NEW, password2=NEW).status_code == 302
        row = Change.objects.get()
        officer.refresh_from_db()
        assert row.login
        assert NEW not in str(row.details) + Notice.objects.first().text
        assert officer.password not in str(row.details)

    def test_who_is_switched_off_and_on_again(self, operator: Any, member: Any) -> None:
        """R10: told also while the account is off; to sign in again counts as a new way."""
        edit(operator, member, is_active="")
        off = Change.objects.get()
        assert not off.login
        notice = Notice.objects.get(recipient=member)
        assert notice.regardless
        edit(operator, member)
        assert Change.objects.latest("pk").login

    def test_together(self, operator: Any, member: Any) -> None:
        """By one update of the database, which sends no signal."""
        officer, visitor = seated("contact_officer"), UserFactory()
        bulk(operator, "set_active_state", member, officer, visitor, mark_as_active="False")
        rows = Change.objects.all()
        assert {row.person for row in rows} == {member, officer}
        assert not any(row.login for row in rows)
        bulk(operator, "set_active_state", member, visitor, mark_as_active="True")
        assert Change.objects.get(login=True).person == member

    def test_a_superuser(self, member: Any) -> None:
        edit(UserFactory(is_superuser=True), member, is_superuser="on")
        row = Change.objects.get()
        assert (row.kind, row.login) == ("account", False)

    def test_groups_of_the_site(self, operator: Any, member: Any, chief: Any) -> None:
        group = Group.objects.create(name="Editors của tỉnh")
        edit(operator, member, groups=[str(group.pk)])
        row = Change.objects.get()
        assert (row.kind, row.person, row.login) == ("groups", member, False)
        assert "Editors của tỉnh" in row.details[0][0]
        assert addresses() == sorted([member.email, chief.email])
        edit(operator, member)
        assert Change.objects.count() == 2

    def test_groups_of_the_site_given_together(self, operator: Any, member: Any) -> None:
        group = Group.objects.create(name="Editors của tỉnh")
        bulk(operator, "assign_role", member, role=str(group.pk))
        assert Change.objects.get().person == member

    def test_groups_of_roles_follow_from_seats_and_are_not_told_again(
        self, operator: Any, member: Any
    ) -> None:
        chiefs = RoleGroup.objects.get(role="chief").group
        edit(operator, member, groups=[str(chiefs.pk)])
        assert not Change.objects.exists()
        SeatFactory(user=member, role="secretary")
        assert not Change.objects.exists()

    def test_who_has_no_seat_is_left_alone(self, operator: Any) -> None:
        """A visitor's account of the site around the portal."""
        visitor = UserFactory()
        edit(operator, visitor, email="khac@example.vn", password1=NEW, password2=NEW)
        assert not Change.objects.exists()
        assert not Notice.objects.exists()

    @pytest.mark.parametrize("days", [{"ends_on": "2020-01-01"}, {"starts_on": "2990-01-01"}])
    def test_who_had_one_or_will_is_not(self, days: Any, operator: Any) -> None:
        person = SeatFactory(role="secretary", **days).user
        edit(operator, person, email="khac@example.vn")
        assert Change.objects.get().person == person

    def test_what_stays_the_same_is_no_change(self, operator: Any, member: Any) -> None:
        edit(operator, member)
        assert not Change.objects.exists()

    def test_it_is_written_with_the_change_or_not_at_all(
        self, operator: Any, member: Any, monkeypatch: Any
    ) -> None:
        """R12"""
        old = member.email

        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr(outbox, "put", fail)
        with pytest.raises(RuntimeError):
            edit(operator, member, email="khac@example.vn")
        member.refresh_from_db()
        assert member.email == old
        assert not Change.objects.exists()


def test_a_key_to_the_api_lets_its_bearer_act_as_its_owner(member: Any) -> None:
    models = pytest.importorskip("wagtail.models")
    if not hasattr(models, "APIToken"):
        pytest.skip("Wagtail 7.4 has no keys")
    token, _ = models.APIToken.create_token(user=member, name="máy chủ khác")
    row = Change.objects.get()
    assert (row.person, row.login) == (member, True)
    assert row.details[0][2] == "máy chủ khác"
    token.save()
    models.APIToken.create_token(user=UserFactory(), name="khách")
    assert Change.objects.count() == 1


class TestWhoHears:
    def test_the_head_hears_nothing_of_what_people_of_units_do_themselves(self, chief: Any) -> None:
        officer = seated("contact_officer")
        client = Client()
        client.force_login(officer)
        data = {
            "password-old_password": "mat-khau-thu-nghiem",
            "password-new_password1": NEW,
            "password-new_password2": NEW,
            "name_email-first_name": "Ngọc",
            "name_email-last_name": "Đàm",
            "name_email-email": officer.email,
            "locale-preferred_language": "vi",
            "locale-current_time_zone": "Asia/Ho_Chi_Minh",
            "theme-theme": "system",
            "theme-density": "default",
            "theme-contrast": "system",
            "theme-keyboard_shortcuts": "true",
        }
        response = client.post(reverse("wagtailadmin_account"), data)
        assert response.status_code == 302
        assert Change.objects.get().by == officer
        assert addresses() == [officer.email]

    def test_but_of_what_others_do(self, operator: Any, chief: Any) -> None:
        officer = seated("contact_officer")
        edit(operator, officer, email="khac@example.vn")
        assert chief.email in addresses()

    def test_while_nobody_is_head_the_board_hears(self, operator: Any) -> None:
        secretary, deputy = seated("secretary"), seated("deputy_chief")
        edit(operator, deputy, email="khac@example.vn")
        assert secretary.email in addresses()

    def test_letters_are_delivered_to_both_addresses(
        self, operator: Any, member: Any, django_capture_on_commit_callbacks: Any, mailoutbox: Any
    ) -> None:
        old = member.email
        with django_capture_on_commit_callbacks(execute=True):
            edit(operator, member, email="khac@example.vn", is_active="")
        received = {address for message in mailoutbox for address in message.to}
        assert {old, "khac@example.vn"} <= received
        body = next(message.body for message in mailoutbox if message.to == [old])
        assert operator.username in body
        assert "khac@example.vn" in body


class TestWhatIsNoChange:
    def test_a_new_account(self) -> None:
        user = UserFactory()
        user.set_password(NEW)
        user.save()
        assert not Change.objects.exists()

    def test_the_time_of_a_login_costs_no_query(
        self, member: Any, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(1):
            member.save(update_fields=["last_login"])

    def test_the_same_password_in_a_newer_form(
        self, member: Any, client: Client, settings: Any
    ) -> None:
        """Django stores it anew when somebody signs in."""
        weak = make_password(NEW)
        settings.PASSWORD_HASHERS = [
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
            *settings.PASSWORD_HASHERS,
        ]
        get_user_model().objects.filter(pk=member.pk).update(password=weak)
        data = {"username": member.username, "password": NEW}
        assert client.post(reverse("wagtailadmin_login"), data).status_code == 302
        member.refresh_from_db()
        assert member.password != weak
        assert not Change.objects.exists()

    def test_a_hash_set_by_somebody_else_is_one(self, operator: Any, member: Any, rf: Any) -> None:
        request = rf.get("/")
        request.user = operator
        with acting_in(request):
            member.password = make_password(NEW)
            member.save(update_fields=["password"])
        assert Change.objects.get().login


def open_link(user: Any, client: Client) -> None:
    key = urlsafe_base64_encode(str(user.pk).encode())
    token = default_token_generator.make_token(user)
    address = reverse("wagtailadmin_password_reset_confirm", args=[key, token])
    form_address = client.get(address, follow=True).redirect_chain[-1][0]
    client.post(form_address, {"new_password1": NEW, "new_password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_password_set_by_the_link_is_set_by_the_person(member: Any, client: Client) -> None:
    assert not chose_password(member)
    open_link(member, client)
    row = Change.objects.get()
    assert (row.by, row.login) == (member, True)
    assert chose_password(member)


def test_a_link_opened_in_the_session_of_another_is_not(
    member: Any, operator: Any, client: Client
) -> None:
    member.set_unusable_password()
    member.save()
    client.force_login(operator)
    open_link(member, client)
    row = Change.objects.latest("pk")
    assert (row.by, row.login) == (operator, True)
    assert not chose_password(member)
