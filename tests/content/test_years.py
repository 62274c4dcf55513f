"""T2, T9: no date field takes a year that can only be a typing error, and no limit is lost."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.editing import save
from tests.factories import NewsFactory, SeatFactory, factory_for
from wagtail_pbgdpl.content.base import ContentMixin
from wagtail_pbgdpl.core.fields import DayField, InstantField
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.organisation.models import Period, UnitSuccession
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.worktime.models import CalendarException

pytestmark = pytest.mark.usefixtures("portal")

NOW = datetime.datetime(2026, 3, 16, 2, tzinfo=datetime.UTC)
YEARS = ["0001", "0206", "2206"]
MESSAGE = "Năm phải nằm trong khoảng từ 1945 đến"


@pytest.fixture(autouse=True)
def _frozen() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("code", "model", "fields"),
    [
        ("C3", "DirectivePage", {"issued_on": "", "expired_on": ""}),
        (
            "C2",
            "NewsPage",
            {
                "information_on": "",
                "event_start": " 08:00",
                "go_live_at": " 08:00",
                "expire_at": " 08:00",
            },
        ),
        ("C12", "ConsultationPage", {"closes_on": ""}),
    ],
)
def test_is_refused_at_its_field_and_kept_as_typed(
    year: str, code: str, model: str, fields: dict[str, str], index_of: Any, desk: Client
) -> None:
    page = factory_for(getattr(pages, model))(parent=index_of(code), live=False)
    typed = {field: f"{year}-11-20{clock}" for field, clock in fields.items()}
    answer = save(desk, page, **typed, title="Tên mới")
    assert answer.status_code == 200
    form = answer.context["form"]
    for field, text in typed.items():
        # Of an end in the past Wagtail says itself that it is over.
        if field != "expire_at" or int(year) > 2000:
            assert any(MESSAGE in error for error in form.errors[field]), field
        assert form[field].value() == text
    assert form["title"].value() == "Tên mới"


@pytest.mark.parametrize("year", ["1945", "1985", "2026", "2028"])
def test_of_old_and_coming_documents_is_taken(year: str, index_of: Any, desk: Client) -> None:
    page = factory_for(pages.DirectivePage)(parent=index_of("C3"), live=False)
    answer = save(desk, page, issued_on=f"{year}-11-20")
    assert answer.status_code == 302, answer.context["form"].errors
    row = Matter.objects.get(subject=page.pk)
    assert row.due_at is not None


@pytest.mark.parametrize("year", [206, 1985, 2100, 2206])
def test_that_stands_in_the_database_has_a_limit_and_a_page(
    year: int, index_of: Any, desk: Client
) -> None:
    day = datetime.date(year, 12, 31)
    page = factory_for(pages.DirectivePage)(parent=index_of("C3"), live=False, issued_on=day)
    row = Matter.objects.get(subject=page.pk)
    assert row.due_at is not None
    for address in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("pbgdpl_ledger_entry", args=[row.pk]),
        reverse("pbgdpl_ledger"),
    ):
        assert desk.get(address).status_code == 200


def test_of_what_is_owed_is_asked_too() -> None:
    client = Client()
    client.force_login(SeatFactory(role="secretary").user)
    values = {"title": "Công văn", "category": "C3", "started_on": "20/11/2206"}
    answer = client.post(reverse("pbgdpl_owe"), values)
    assert MESSAGE in answer.context["form"].errors["started_on"][0]


def test_every_date_that_people_type_has_bounds() -> None:
    fields = {
        (model.__name__, field)
        for model in apps.get_models()
        if issubclass(model, ContentMixin | Period | UnitSuccession | CalendarException)
        for field in model._meta.get_fields()
        if isinstance(field, models.DateField) and field.editable and field.model is not Page
    }
    loose = {
        (model, field.name)
        for model, field in fields
        if not isinstance(field, DayField | InstantField)
    }
    # The calendar has years of its own.
    assert loose == {("CalendarException", "date")}


def test_news_of_today_is_saved_as_before(index_of: Any, desk: Client) -> None:
    page = NewsFactory(parent=index_of("C2"), live=False)
    assert save(desk, page, event_start="2026-03-20 08:00").status_code == 302
