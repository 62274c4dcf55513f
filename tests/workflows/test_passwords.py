"""R8, R10: nobody sets the password of the board; it is set by a link to its person alone."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tests.factories import DECIDED_ON, SeatFactory, UserFactory, seated
from wagtail_pbgdpl.authority.facts import person
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.organisation.models import Seat
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.usefixtures("portal")

NEW = "Mat-khau-moi-2026"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def operator(client: Client) -> Any:
    user = seated("operator")
    client.force_login(user)
    return user


def edit(client: Client, user: Any, **values: Any) -> Any:
    data = {
        "username": user.username,
        "email": user.email,
        "first_name": "Ngọc",
        "last_name": "Đàm",
        "is_active": "on",
        **values,
    }
    return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), data)


def link_address(user: Any) -> str:
    return reverse("pbgdpl_send_password_link", args=[user.pk])


def link_of(user: Any) -> str:
    notice = Notice.objects.filter(key__startswith="password:", recipient=user).latest("pk")
    found = re.search(r"/password_reset/confirm/\S+", notice.text)
    assert found, notice.text
    return reverse("wagtailadmin_home").rstrip("/") + found[0]


def set_by_link(user: Any) -> None:
    """Do what the person does who was sent a link."""
    visitor = Client()
    page = visitor.get(link_of(user), follow=True)
    address = page.redirect_chain[-1][0]
    visitor.post(address, {"new_password1": NEW, "new_password2": NEW})


@pytest.mark.parametrize(
    "days",
    [
        {},
        {"starts_on": today() + DAY},
        {"awaits_confirmation": True},
    ],
    ids=["holds", "will hold", "waits"],
)
@pytest.mark.parametrize("role", ["secretary", "member", "deputy_chief", "chief"])
def test_the_operator_sets_none_of_the_board(
    role: str, days: Any, operator: Any, client: Client
) -> None:
    user = SeatFactory(role=role, **days).user
    before = user.password
    response = edit(client, user, password1=NEW, password2=NEW, last_name="Tên mới")
    user.refresh_from_db()
    assert (user.password, user.last_name) == (before, "")
    assert not Change.objects.exists()
    # Nothing typed is lost, and the reason stands at the field.
    form = response.context["form"]
    assert set(form.errors) == {"password1"}
    assert form["last_name"].value() == "Tên mới"


def test_nor_does_a_superuser(client: Client) -> None:
    client.force_login(UserFactory(is_superuser=True))
    user = seated("chief")
    edit(client, user, password1=NEW, password2=NEW, is_superuser="on")
    user.refresh_from_db()
    assert not user.check_password(NEW)
    assert not user.is_superuser


@pytest.mark.parametrize("days", [{"ends_on": today() - DAY}])
def test_of_others_they_do(days: Any, operator: Any, client: Client) -> None:
    """R10: units' people, and who sits on the board no longer."""
    for user in (
        seated("contact_officer"),
        SeatFactory(role="chief", **days).user,
        UserFactory(),
    ):
        assert edit(client, user, password1=NEW, password2=NEW).status_code == 302
        user.refresh_from_db()
        assert user.check_password(NEW)


def test_the_rest_of_the_account_is_still_theirs_to_keep(operator: Any, client: Client) -> None:
    """R10"""
    user = seated("member")
    assert edit(client, user, last_name="Tên mới").status_code == 302
    user.refresh_from_db()
    assert user.last_name == "Tên mới"


def test_one_of_the_board_who_keeps_accounts_sets_their_own(client: Client) -> None:
    both = seated("operator", "secretary")
    client.force_login(both)
    assert edit(client, both, password1=NEW, password2=NEW).status_code == 302
    both.refresh_from_db()
    assert both.check_password(NEW)


class TestTheLink:
    def test_is_offered_in_the_list(self, operator: Any, client: Client) -> None:
        user = seated("chief")
        text = client.get(reverse("wagtailusers_users:index")).content.decode()
        assert link_address(user) in text

    def test_goes_to_the_person_and_is_shown_to_nobody(self, operator: Any, client: Client) -> None:
        user = seated("chief")
        assert client.get(link_address(user)).status_code == 200
        assert not Notice.objects.exists()
        response = client.post(link_address(user), follow=True)
        notice = Notice.objects.get()
        assert (notice.address, notice.recipient) == (user.email, user)
        token = link_of(user).rstrip("/").rpartition("/")[2]
        report = client.get(reverse("pbgdpl_notices"))
        export = client.get(reverse("pbgdpl_notices") + "?export=csv")
        texts = [
            response.content.decode(),
            report.content.decode(),
            b"".join(export.streaming_content).decode(),
        ]
        assert notice.sort in texts[1]
        assert not any(token in text for text in texts)
        row = Change.objects.get()
        assert (row.person, row.by, row.login) == (user, operator, False)
        assert token not in str(row.details)

    def test_sets_the_password_once(self, operator: Any, client: Client) -> None:
        user = seated("chief")
        client.post(link_address(user))
        set_by_link(user)
        user.refresh_from_db()
        assert user.check_password(NEW)
        again = Client().get(link_of(user), follow=True)
        assert not again.context["validlink"]

    @pytest.mark.parametrize("role", ["secretary", "chief", "contact_officer"])
    def test_is_not_for_others_to_send(self, role: str, client: Client) -> None:
        client.force_login(seated(role))
        client.post(link_address(seated("member")))
        assert not Notice.objects.exists()

    def test_nor_for_visitors(self, client: Client) -> None:
        assert client.post(link_address(seated("member"))).status_code == 302
        assert not Notice.objects.exists()

    def test_an_operator_touches_no_superuser(self, operator: Any, client: Client) -> None:
        user = UserFactory(is_superuser=True)
        client.post(link_address(user))
        assert not Notice.objects.exists()

    def test_not_to_an_account_that_is_off(self, operator: Any, client: Client) -> None:
        client.post(link_address(UserFactory(is_active=False)))
        client.post(link_address(UserFactory(email="")))
        assert not Notice.objects.exists()
        missing = reverse("pbgdpl_send_password_link", args=[999_999])
        assert client.get(missing).status_code == 404


class TestANewMemberOfTheBoard:
    """Whoever made the account knows the first password; it opens nothing of the board."""

    def enter(self, client: Client, user: Any) -> Seat:
        data = {
            "role": "deputy_chief",
            "user": str(user.pk),
            "unit": "",
            "starts_on": f"{today():%d/%m/%Y}",
            "ends_on": "",
            "decision_number": "12/QĐ-UBND",
            "decided_on": f"{DECIDED_ON:%d/%m/%Y}",
        }
        assert client.post(reverse("pbgdpl_seats:add"), data).status_code == 302
        return Seat.objects.get(user=user, role="deputy_chief")

    def confirm(self, seat: Seat) -> None:
        client = Client()
        client.force_login(seated("chief"))
        client.post(reverse("pbgdpl_confirm_seat", args=[seat.pk]))
        seat.refresh_from_db()
        assert not seat.awaits_confirmation

    def test_gets_a_link_and_the_password_known_to_the_operator_is_void(
        self, operator: Any, client: Client
    ) -> None:
        user = UserFactory()
        session = Client()
        session.force_login(user)
        self.confirm(self.enter(client, user))
        user = get_user_model().objects.get(pk=user.pk)
        assert not user.has_usable_password()
        assert link_of(user)
        assert not person(user).is_quiet(today())
        # Sessions that were opened with it are over, too.
        assert session.get(reverse("wagtailadmin_home")).status_code == 302

    def test_the_password_that_they_then_set_makes_nobody_wait(
        self, operator: Any, client: Client
    ) -> None:
        """It went to the address that the confirmer has seen. Else a new board could not begin."""
        user = UserFactory()
        self.confirm(self.enter(client, user))
        set_by_link(user)
        user.refresh_from_db()
        assert user.check_password(NEW)
        assert not person(user).is_quiet(today())
        client.post(link_address(user))
        set_by_link(user)
        assert person(user).is_quiet(today())

    def test_after_another_address_they_wait(self, operator: Any, client: Client) -> None:
        user = UserFactory()
        self.confirm(self.enter(client, user))
        edit(client, user, email="ke-gian@example.vn")
        client.post(link_address(user))
        set_by_link(user)
        assert person(user).is_quiet(today())

    def test_keeps_a_password_of_their_own(self, operator: Any, client: Client) -> None:
        user = seated("contact_officer")
        client.post(link_address(user))
        set_by_link(user)
        Notice.objects.all().delete()
        self.confirm(self.enter(client, user))
        user.refresh_from_db()
        assert user.check_password(NEW)
        assert not Notice.objects.filter(key__startswith="password:").exists()
