"""What is owed is entered, shown, taken up and given up in the admin, each by whom it concerns."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from tests.factories import SeatFactory, UnitFactory, UserFactory, factory_for, seated
from wagtail_pbgdpl.authority.reach import reach_of
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.matters import obligations, record
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.matters.publications import Move
from wagtail_pbgdpl.organisation.succession import merge
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.worktime import VIETNAM
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.usefixtures("portal")

# A Monday.
NOW = datetime.datetime(2026, 3, 16, 9, tzinfo=VIETNAM)
START = datetime.date(2026, 3, 2)
DUE = datetime.datetime.combine(datetime.date(2026, 3, 16), datetime.time.max, VIETNAM)
OWE = "/admin/pbgdpl/ledger/owe/"
BOARD = ["secretary", "member", "deputy_chief", "chief"]
OF_A_UNIT = ["contact_officer", "unit_head"]


@pytest.fixture(autouse=True)
def _frozen() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def values(**changes: Any) -> dict[str, Any]:
    usual = {"title": "Công văn 12/STP", "category": "C3", "started_on": "02/03/2026"}
    return {**usual, "unit": "", "remark": "Theo sổ văn bản đi", **changes}


def desk(role: str, **seat: Any) -> Client:
    client = Client()
    client.force_login(SeatFactory(role=role, **seat).user)
    return client


def owed(**changes: Any) -> Matter:
    return obligations.owe(**{"title": "Công văn", "category": "C3", "start": START, **changes})


def address(row: Matter) -> str:
    return reverse("pbgdpl_ledger_entry", args=[row.pk])


def refused(response: Any) -> bool:
    home = reverse("wagtailadmin_home")
    return response.status_code == 302 and response["Location"] == home


def said(response: Any) -> str:
    html = BeautifulSoup(response.content, "lxml")
    return " ".join(found.get_text(" ", strip=True) for found in html.select(".messages"))


def draft_of(index_of: Any, **changes: Any) -> Any:
    usual = {"parent": index_of("C3"), "issued_on": START, "live": False, "title": "Bản thảo"}
    return factory_for(pages.DirectivePage)(**{**usual, **changes})


class TestEntering:
    @pytest.mark.parametrize("role", BOARD)
    def test_by_the_board_for_any_unit(self, role: str) -> None:
        """R2–R4, T2: it is entered with its clock, which the answer names."""
        unit = UnitFactory()
        response = desk(role).post(OWE, values(unit=unit.pk), follow=True)
        row = Matter.objects.publications().get()
        assert (row.title, row.unit, row.due_at, row.subject) == (
            "Công văn 12/STP",
            unit,
            DUE,
            None,
        )
        assert response.redirect_chain == [(address(row), 302)]
        assert "16/03/2026 23:59" in said(response)
        assert row.events.get().move == "owed"
        assert row.events.get().by is not None

    def test_by_the_board_for_no_unit(self) -> None:
        desk("secretary").post(OWE, values())
        assert Matter.objects.publications().get().unit is None

    @pytest.mark.parametrize("role", OF_A_UNIT)
    def test_by_a_unit_for_itself(self, role: str) -> None:
        """R11"""
        unit = UnitFactory(categories=["C3"])
        client = desk(role, unit=unit)
        form = client.get(OWE).context["form"]
        assert [code for code, _name in form.fields["category"].choices] == ["", "C3"]
        assert form.fields["unit"].initial == unit
        client.post(OWE, values(unit=unit.pk))
        assert Matter.objects.publications().get().unit == unit

    @pytest.mark.parametrize("role", OF_A_UNIT)
    @pytest.mark.parametrize("unit", ["other", "none", "gone", "words"])
    def test_by_a_unit_for_another_is_refused(self, role: str, unit: str) -> None:
        """R11: also by a number that the form does not offer."""
        number = {"other": UnitFactory().pk, "none": "", "gone": 999_999, "words": "sở"}[unit]
        response = desk(role).post(OWE, values(unit=number))
        assert response.status_code == 200
        assert set(response.context["form"].errors) == {"unit"}
        assert not Matter.objects.publications().exists()

    @pytest.mark.parametrize("category", ["C2", "C99", ""])
    def test_by_a_unit_in_a_category_not_given_is_refused(self, category: str) -> None:
        """R11: BK18 Điều 6.1b"""
        unit = UnitFactory(categories=["C3"])
        response = desk("contact_officer", unit=unit).post(
            OWE, values(unit=unit.pk, category=category)
        )
        assert set(response.context["form"].errors) == {"category"}
        assert not Matter.objects.publications().exists()

    def test_by_somebody_of_two_units_mixes_nothing(self) -> None:
        one, other = UnitFactory(categories=["C2"]), UnitFactory(categories=["C3"])
        seat = SeatFactory(unit=one)
        SeatFactory(user=seat.user, unit=other)
        client = Client()
        client.force_login(seat.user)
        response = client.post(OWE, values(unit=one.pk))
        assert set(response.context["form"].errors) == {"category"}
        client.post(OWE, values(unit=other.pk))
        assert Matter.objects.publications().get().unit == other

    def test_by_a_member_in_what_they_follow(self) -> None:
        """R4"""
        client = desk("member", categories=["C2"])
        assert set(client.post(OWE, values()).context["form"].errors) == {"category"}
        client.post(OWE, values(category="C2"))
        assert Matter.objects.publications().get().category == "C2"

    def test_for_a_unit_that_was_not_given_the_category_is_refused(self) -> None:
        unit = UnitFactory(name="Sở Một", categories=["C2"])
        errors = desk("secretary").post(OWE, values(unit=unit.pk)).context["form"].errors
        assert "Sở Một" in str(errors["category"])
        assert not Matter.objects.publications().exists()

    def test_for_a_unit_that_ended_is_refused(self) -> None:
        unit = UnitFactory(ends_on=today() - datetime.timedelta(days=1))
        errors = desk("secretary").post(OWE, values(unit=unit.pk)).context["form"].errors
        assert set(errors) == {"unit"}

    def test_after_the_last_day_of_the_seat_is_refused(self) -> None:
        """R10"""
        client = desk("secretary", ends_on=today() - datetime.timedelta(days=1))
        assert client.get(OWE).status_code == 302
        client.post(OWE, values())
        assert not Matter.objects.publications().exists()

    def test_by_the_operator_is_refused(self) -> None:
        client = desk("operator")
        assert refused(client.get(OWE))
        assert refused(client.post(OWE, values()))
        assert not Matter.objects.publications().exists()

    def test_by_an_operator_who_supplies_for_a_unit_too_is_for_that_unit(self) -> None:
        """R11: the operator's seat gives no reach."""
        user = seated("operator")
        seat = SeatFactory(user=user, unit=UnitFactory(categories=["C3"]))
        owed(unit=UnitFactory())
        assert reach_of(type(user).objects.get(pk=user.pk)).units == {seat.unit.pk: {"C3"}}
        client = Client()
        client.force_login(user)
        assert not client.get("/admin/reports/pbgdpl/ledger/").context["object_list"]

    def test_by_a_visitor_asks_to_log_in(self) -> None:
        assert "/login/" in Client().post(OWE, values())["Location"]

    @pytest.mark.parametrize(
        "day", ["31/02/2026", "03-2026", "hôm qua", "", "02/09/1945", "02/09/9945"]
    )
    def test_a_bad_day_is_said_at_its_field_and_nothing_is_lost(self, day: str) -> None:
        unit = UnitFactory()
        response = desk("secretary").post(OWE, values(started_on=day, unit=unit.pk))
        assert set(response.context["form"].errors) == {"started_on"}
        html = BeautifulSoup(response.content, "lxml")
        assert html.select_one("[name=title]")["value"] == "Công văn 12/STP"  # type: ignore[index]
        assert html.select_one("[name=started_on]").get("value", "") == day  # type: ignore[union-attr]
        assert html.select_one("[name=remark]").get_text(strip=True) == "Theo sổ văn bản đi"  # type: ignore[union-attr]
        selected = [option["value"] for option in html.select("option[selected]")]
        chosen = [value for value in selected if value]
        assert chosen == ["C3", str(unit.pk)]
        assert not Matter.objects.publications().exists()

    def test_the_day_is_read_the_vietnamese_way(self) -> None:
        desk("secretary").post(OWE, values(started_on="03/02/2026"))
        assert Matter.objects.publications().get().started_on == datetime.date(2026, 2, 3)

    @pytest.mark.parametrize("title", ["", "x" * 256, "a\x00b"])
    def test_a_bad_title_is_said_at_its_field(self, title: str) -> None:
        response = desk("secretary").post(OWE, values(title=title))
        assert set(response.context["form"].errors) == {"title"}

    def test_what_is_due_at_once_says_so(self) -> None:
        """T1"""
        response = desk("secretary").post(OWE, values(category="C2"), follow=True)
        assert Matter.objects.publications().get().due_at is None
        assert gettext("Entered. It is to be published at once.") in said(response)

    def test_twice_is_entered_once(self) -> None:
        client = desk("secretary")
        # The same text in another form of Unicode is the same.
        client.post(OWE, values())
        again = values(title=unicodedata.normalize("NFD", "Công văn 12/STP"))
        response = client.post(OWE, again, follow=True)
        row = Matter.objects.publications().get()
        assert response.redirect_chain == [(address(row), 302)]
        assert gettext("This is in the ledger already; it was not entered twice.") in said(response)
        assert row.events.count() == 1

    @pytest.mark.parametrize(
        "change", [{"title": "Công văn 13/STP"}, {"remark": ""}, {"started_on": "03/03/2026"}]
    )
    def test_what_differs_is_entered(self, change: dict[str, str]) -> None:
        client = desk("secretary")
        client.post(OWE, values())
        client.post(OWE, values(**change))
        assert Matter.objects.publications().count() == 2

    def test_again_after_the_first_was_closed(self) -> None:
        client = desk("secretary")
        client.post(OWE, values())
        obligations.give_up(Matter.objects.publications().get(), reason="nhầm")
        client.post(OWE, values())
        assert Matter.objects.open().count() == 1


class TestTheRule:
    """T9–T11 (BP20 Điều 9.3)"""

    CATEGORY = "bao-cao-thong-ke"

    @pytest.fixture(autouse=True)
    def _profile(self, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = {"PROFILE": "binh_phuoc_2020"}

    def test_is_chosen_where_the_category_has_several(self) -> None:
        client = desk("secretary")
        response = client.post(OWE, values(category=self.CATEGORY))
        assert set(response.context["form"].errors) == {"rule"}
        client.post(OWE, values(category=self.CATEGORY, rule="T11b"))
        assert Matter.objects.publications().get().rule == "T11b"

    def test_of_another_category_is_refused(self) -> None:
        client = desk("secretary")
        response = client.post(OWE, values(category="van-ban-phap-luat", rule="T11b"))
        assert set(response.context["form"].errors) == {"rule"}
        assert not Matter.objects.publications().exists()

    def test_in_office_hours_takes_the_hour(self) -> None:
        client = desk("secretary")
        event = {"category": "hoi-nghi", "started_on": "02/03/2026"}
        response = client.post(OWE, values(**event, started_time="25:00"))
        assert set(response.context["form"].errors) == {"started_time"}
        client.post(OWE, values(**event, started_time="08:00"))
        row = Matter.objects.publications().get()
        assert row.started_at == datetime.datetime(2026, 3, 2, 8, tzinfo=VIETNAM)
        assert row.due_at is not None
        assert row.due_at.astimezone(VIETNAM).date() == datetime.date(2026, 3, 3)


def test_without_a_condition_or_office_hours_nobody_is_asked(settings: Any, tmp_path: Any) -> None:
    profile = tmp_path / "tinh.toml"
    text = 'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n[deadlines.T4]\ncondition = ""\n'
    profile.write_text(text, encoding="utf-8")
    settings.WAGTAIL_PBGDPL = {"PROFILE": str(profile)}
    fields = desk("secretary").get(OWE).context["form"].fields
    assert "rule" not in fields
    assert "started_time" not in fields


class TestTheWay:
    def test_leads_from_the_report_and_the_home_page(self) -> None:
        client = desk("contact_officer")
        for page in ("/admin/reports/pbgdpl/ledger/", "/admin/"):
            assert f'href="{OWE}"' in client.get(page).content.decode()

    def test_is_not_shown_to_who_has_no_reach(self) -> None:
        client = desk("contact_officer", unit=UnitFactory(categories=[]))
        for page in ("/admin/reports/pbgdpl/ledger/", "/admin/"):
            assert f'href="{OWE}"' not in client.get(page).content.decode()
        assert refused(client.get(OWE))

    def test_leads_from_the_rows_to_their_entries_and_editors(self, index_of: Any) -> None:
        owing, page = owed(), draft_of(index_of)
        html = desk("chief").get("/admin/reports/pbgdpl/ledger/").content.decode()
        assert f'href="{address(owing)}"' in html
        assert f'href="{address(Matter.objects.publications().get(subject=page.pk))}"' in html
        assert f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}"' in html


def test_the_permissions_can_be_given_in_the_admin(admin_client: Client) -> None:
    response = admin_client.get(reverse("wagtailusers_groups:add"))
    offered = {permission.codename for permission in get_permissions(response)}
    assert {"add_matter", "view_matter"} <= offered


def get_permissions(response: Any) -> Any:
    return response.context["form"].fields["permissions"].queryset


class TestTheEntry:
    def text(self, client: Client, row: Matter) -> str:
        response = client.get(address(row))
        assert response.status_code == 200
        html = BeautifulSoup(response.content, "lxml")
        return html.select_one("main").get_text(" ", strip=True)  # type: ignore[union-attr]

    def test_shows_facts_clock_and_history(self) -> None:
        """R12, T2"""
        by = UserFactory(first_name="Đàm Thị Ngọc")
        row = owed(unit=UnitFactory(name="Sở Một"), by=by, remark="Theo sổ")
        text = self.text(desk("chief"), row)
        for part in ("Sở Một", "Theo sổ", "16/03/2026 23:59", "Điều 12 khoản 1 điểm b"):
            assert part in text
        assert "Đàm Thị Ngọc" in text
        assert "02/03/2026" in text

    def test_shows_every_event(self, index_of: Any) -> None:
        row, chief = owed(), UserFactory(first_name="Hoàng Mai", is_superuser=True)
        page = draft_of(index_of, issued_on=datetime.date(2026, 3, 3))
        obligations.take_up(row, page)
        publish(page, user=chief)
        page.refresh_from_db()
        page.unpublish()
        kinds = list(row.events.of_the_clock().values_list("move", flat=True))
        assert kinds == ["owed", "changed", "moved", "published", "unpublished"]
        text = self.text(desk("chief"), row)
        assert "17/03/2026 23:59" in text
        for kind in kinds:
            assert str(Move(kind).label) in text
        assert "Hoàng Mai" in text

    def test_of_a_rule_that_is_gone_still_says_when_it_was_due(self) -> None:
        row = owed()
        Matter.objects.filter(pk=row.pk).update(category="C99")
        assert "16/03/2026 23:59" in self.text(desk("chief"), row)

    @pytest.mark.parametrize("role", OF_A_UNIT)
    def test_of_another_unit_is_not_found(self, role: str) -> None:
        """R11: by a guessed number; for looking and for every act."""
        row = owed(unit=UnitFactory())
        client = desk(role)
        assert client.get(address(row)).status_code == 404
        for name in ("pbgdpl_give_up", "pbgdpl_take_up", "pbgdpl_owed_write"):
            assert client.post(reverse(name, args=[row.pk])).status_code == 404
        assert client.get(address(row).replace(str(row.pk), "999999")).status_code == 404

    def test_is_not_for_the_operator(self) -> None:
        assert refused(desk("operator").get(address(owed())))

    def test_of_an_old_unit_is_for_its_successor(self) -> None:
        old, new = UnitFactory(categories=["C3"]), UnitFactory(categories=["C3"])
        row = owed(unit=old)
        merge([old], new, on=today())
        response = desk("contact_officer", unit=new).get(address(row))
        assert response.context["take_up_form"] is not None

    def test_costs_the_same_for_a_long_history(self) -> None:
        row, client = owed(), desk("chief")

        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get(address(row))
            return len(captured)

        cost()
        few = cost()
        for _number in range(30):
            record.note(row, "changed", UserFactory())
        assert cost() == few


class TestWriting:
    def test_leads_to_the_form_of_the_type(self, index_of: Any) -> None:
        row = owed()
        response = desk("secretary").get(reverse("pbgdpl_owed_write", args=[row.pk]))
        arguments = ["wagtail_pbgdpl_pages", "directivepage", index_of("C3").pk]
        one = reverse("wagtailadmin_pages:add", args=arguments)
        several = reverse("wagtailadmin_pages:add_subpage", args=arguments[2:])
        assert response["Location"] in (one, several)

    def test_leads_to_something_that_opens(self) -> None:
        for category in ("C2", "C3"):
            row = owed(category=category)
            response = desk("contact_officer", unit=UnitFactory()).get(
                reverse("pbgdpl_owed_write", args=[row.pk])
            )
            assert response.status_code == 404
            found = desk("chief").get(reverse("pbgdpl_owed_write", args=[row.pk]), follow=True)
            assert found.status_code == 200
            assert row.title in said(found)

    def test_of_a_closed_row_leads_back(self) -> None:
        row = obligations.give_up(owed(), reason="nhầm")
        response = desk("chief").get(reverse("pbgdpl_owed_write", args=[row.pk]))
        assert response["Location"] == address(row)

    def test_in_a_category_without_index_page_says_so(self, index_of: Any) -> None:
        row = owed()
        index_of("C3").delete()
        client = desk("chief")
        response = client.get(reverse("pbgdpl_owed_write", args=[row.pk]), follow=True)
        assert response.redirect_chain == [(address(row), 302)]

    def test_is_not_for_a_member_who_does_not_follow_it(self) -> None:
        """R4: they see the row; it is not theirs to write."""
        row, client = owed(), desk("member", categories=["C2"])
        assert client.get(address(row)).context["take_up_form"] is None
        assert refused(client.get(reverse("pbgdpl_owed_write", args=[row.pk])))
        assert refused(client.post(reverse("pbgdpl_take_up", args=[row.pk]), {"draft": 1}))


class TestTakingUp:
    def take_up(self, client: Client, row: Matter, draft: Any) -> Any:
        values = {"draft": draft}
        return client.post(reverse("pbgdpl_take_up", args=[row.pk]), values, follow=True)

    def own(self, page: Any) -> Matter:
        return Matter.objects.publications().get(subject=page.pk)

    def test_offers_drafts_of_the_same_category_and_unit(self, index_of: Any) -> None:
        unit, other = UnitFactory(), UnitFactory()
        row = owed(unit=unit)
        fits = draft_of(index_of, unit=unit)
        draft_of(index_of, unit=other)
        draft_of(index_of)
        draft_of(index_of, unit=unit, live=True)
        factory_for(pages.NewsPage)(parent=index_of("C2"), unit=unit, live=False)
        taken = draft_of(index_of, unit=unit)
        obligations.take_up(owed(unit=unit), taken)
        form = desk("contact_officer", unit=unit).get(address(row)).context["take_up_form"]
        assert [draft.subject for draft in form.fields["draft"].queryset] == [fits.pk]

    @pytest.mark.parametrize("role", ["secretary", "contact_officer"])
    def test_makes_the_draft_what_was_owed(self, role: str, index_of: Any) -> None:
        unit = UnitFactory()
        row, page = owed(unit=unit), draft_of(index_of, unit=unit)
        seat = {"unit": unit} if role in OF_A_UNIT else {}
        response = self.take_up(desk(role, **seat), row, self.own(page).pk)
        row.refresh_from_db()
        assert row.subject == page.pk
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in response.content.decode()
        last = row.events.last()
        assert last is not None
        assert (last.move, last.by is not None) == ("changed", True)

    def test_refuses_what_was_not_offered(self, index_of: Any) -> None:
        """R11: by a guessed number."""
        unit = UnitFactory()
        row, page = owed(unit=unit), draft_of(index_of, unit=UnitFactory())
        client = desk("contact_officer", unit=unit)
        for draft in (self.own(page).pk, row.pk, 999_999, "", "x"):
            assert self.take_up(client, row, draft).status_code == 200
        row.refresh_from_db()
        assert row.subject is None
        assert self.own(page).is_open

    def test_refuses_a_page_that_is_gone(self, index_of: Any) -> None:
        row, page = owed(), draft_of(index_of)
        number = self.own(page).pk
        page.delete()
        self.take_up(desk("secretary"), row, number)
        row.refresh_from_db()
        assert row.subject is None

    def test_happens_once(self, index_of: Any) -> None:
        row, client = owed(), desk("secretary")
        first, second = draft_of(index_of), draft_of(index_of, title="Bản khác")
        for page in (first, second):
            self.take_up(client, row, self.own(page).pk)
        row.refresh_from_db()
        assert row.subject == first.pk
        assert self.own(second).is_open

    def test_is_not_done_by_looking(self) -> None:
        response = desk("chief").get(reverse("pbgdpl_take_up", args=[owed().pk]))
        assert response.status_code == 405


class TestGivingUp:
    def post(self, client: Client, row: Matter, reason: str = "Văn bản mật") -> Any:
        return client.post(reverse("pbgdpl_give_up", args=[row.pk]), {"reason": reason})

    @pytest.mark.parametrize("role", BOARD)
    def test_by_the_board_with_a_reason(self, role: str) -> None:
        row, client = owed(unit=UnitFactory()), desk(role)
        assert reverse("pbgdpl_give_up", args=[row.pk]) in client.get(address(row)).content.decode()
        self.post(client, row)
        row.refresh_from_db()
        assert not row.is_open
        html = client.get(address(row)).content.decode()
        assert "Văn bản mật" in html
        assert reverse("pbgdpl_give_up", args=[row.pk]) not in html

    def test_without_a_reason_is_refused(self) -> None:
        row = owed()
        response = self.post(desk("chief"), row, reason=" ")
        assert set(response.context["form"].errors) == {"reason"}
        row.refresh_from_db()
        assert row.is_open

    @pytest.mark.parametrize("role", OF_A_UNIT)
    def test_by_the_unit_itself_is_refused(self, role: str) -> None:
        unit = UnitFactory()
        row, client = owed(unit=unit), desk(role, unit=unit)
        link = reverse("pbgdpl_give_up", args=[row.pk])
        assert link not in client.get(address(row)).content.decode()
        assert refused(client.get(link))
        assert refused(self.post(client, row))
        row.refresh_from_db()
        assert row.is_open

    def test_by_a_member_who_does_not_follow_it_is_refused(self) -> None:
        row = owed()
        assert refused(self.post(desk("member", categories=["C2"]), row))

    def test_of_a_closed_row_changes_nothing(self) -> None:
        row, client = owed(), desk("chief")
        for reason in ("một", "hai"):
            self.post(client, row, reason)
        cancelled = row.events.filter(move="given_up")
        assert [event.detail["reason"] for event in cancelled] == ["một"]
