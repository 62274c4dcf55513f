"""The list in which an administrator keeps the office calendar."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import translation

from wagtail_pbgdpl.worktime.active import get_calendar
from wagtail_pbgdpl.worktime.admin import CalendarExceptionAdmin
from wagtail_pbgdpl.worktime.models import CalendarException

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.worktime.urls")]

HELPER = CalendarExceptionAdmin().url_helper


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def rows():
    for on, kind, name, notice in (
        (date(2025, 6, 2), "off", "Quốc tang", "1/TB"),
        (date(2026, 6, 6), "worked", "Làm bù", "2/TB"),
        (date(2026, 6, 5), "off", "Nghỉ hoán đổi", "2/TB"),
    ):
        CalendarException.objects.create(date=on, kind=kind, name=name, notice=notice)


def listed(client, **query):
    response = client.get(HELPER.index_url, query)
    assert response.status_code == 200
    return [row.name for row in response.context["object_list"]]


def test_the_list_shows_the_latest_first(admin_client, rows):
    assert listed(admin_client) == ["Làm bù", "Nghỉ hoán đổi", "Quốc tang"]


def test_the_list_is_filtered_by_year_and_kind(admin_client, rows):
    assert listed(admin_client, year="2026") == ["Làm bù", "Nghỉ hoán đổi"]
    assert listed(admin_client, year="2026", kind__exact="off") == ["Nghỉ hoán đổi"]
    assert len(listed(admin_client, year="x")) == 3


def test_the_list_is_searched_by_name_and_notice(admin_client, rows):
    assert listed(admin_client, q="1/TB") == ["Quốc tang"]
    assert listed(admin_client, q="hoán đổi") == ["Nghỉ hoán đổi"]


def test_a_day_off_entered_in_the_form_is_in_force(admin_client):
    fields = {"date": "2025-06-02", "kind": "off", "name": "Quốc tang", "notice": "1/TB"}
    response = admin_client.post(HELPER.create_url, fields)
    assert response.status_code == 302
    assert get_calendar().day(date(2025, 6, 2)).name == "Quốc tang"


def test_the_form_says_what_is_wrong(admin_client):
    fields = {"date": "2025-06-07", "kind": "off", "name": "Quốc tang", "notice": ""}
    response = admin_client.post(HELPER.create_url, fields)
    assert response.status_code == 200
    assert "07/06/2025 is a day off already." in response.content.decode()
    assert not CalendarException.objects.exists()


def test_someone_without_permission_is_refused(client, django_user_model, rows):
    client.force_login(django_user_model.objects.create_user("editor"))
    assert client.get(HELPER.index_url).status_code == 403
    assert client.post(HELPER.create_url, {"date": "2025-06-03"}).status_code == 403


def test_the_year_says_of_each_day_whether_it_is_worked(admin_client, rows):
    """What the clock counts is what the page shows."""
    page = admin_client.get(reverse("pbgdpl_calendar"), {"year": "2026"})
    calendar = get_calendar()
    shown = {
        day.date: day.works
        for _name, month in page.context["months"]
        for week in month.weeks
        for day in week
        if day is not None
    }
    assert len(shown) == 365
    assert all(calendar.day(on).works == works for on, works in shown.items())
    special = {one["day"].date: one for one in page.context["special"]}
    row = CalendarException.objects.get(date=date(2026, 6, 6))
    assert special[row.date]["address"] == HELPER.get_action_url("edit", row.pk)
    assert special[date(2026, 1, 1)]["address"] == ""
    assert page.context["seasons"][0]["sessions"]
    assert HELPER.create_url in page.content.decode()


def test_the_year_is_one_of_the_calendar(admin_client):
    for year in ("1999", "2101", "abc", ""):
        assert admin_client.get(reverse("pbgdpl_calendar"), {"year": year}).status_code == 404
    page = admin_client.get(reverse("pbgdpl_calendar"), {"year": "2100"})
    assert page.context["is_computed"]
    assert len(page.context["years"]) == 1


def test_who_does_not_keep_it_reads_it(client, django_user_model, rows):
    user = django_user_model.objects.create_user("editor")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    page = client.get(reverse("pbgdpl_calendar"), {"year": "2026"})
    assert not any(one["address"] for one in page.context["special"])
    assert HELPER.create_url not in page.content.decode()
    client.logout()
    assert client.get(reverse("pbgdpl_calendar")).status_code == 302
