"""The list of questions and their figures: filters, files, queries (Q2, P3, T3, T12, R11)."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import LegalFieldFactory, UnitFactory, seated
from tests.questions.case import NAME, SENDER, WORDS, day, received, signed_in
from wagtail_pbgdpl.matters.deeds import Deed, act
from wagtail_pbgdpl.questions import cases, erasure, figures
from wagtail_pbgdpl.questions.models import Question
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(autouse=True)
def now() -> Iterator[Any]:
    with time_machine.travel(day(2), tick=False) as frozen:
        yield frozen


@pytest.fixture
def unit() -> Any:
    return UnitFactory(name="Sở Một", categories=["C6"])


@pytest.fixture
def other() -> Any:
    return UnitFactory(name="Sở Hai", categories=["C6"])


@pytest.fixture
def asked(unit: Any, other: Any, now: Any) -> dict[str, Question]:
    """On 30 March: one answered in time, one late, one late and open, one due soon, others."""
    secretary, head = seated("secretary"), seated("unit_head", unit=unit)

    def forwarded(to: Any) -> Question:
        question = received()
        values = {"topic": "noi-dung-khac", "heading": "=Đất", "unit": to, "others": []}
        act(Deed(question.matter, "forward", secretary, values=values))
        return question

    def answer(question: Question) -> Question:
        act(Deed(question.matter, "draft", head, values={"answer": "Trả lời"}))
        act(Deed(question.matter, "approve", head))
        return question

    # Fifteen working days from 2 March end on 23 March.
    found = {"in time": forwarded(unit), "too late": forwarded(unit), "late": forwarded(other)}
    paused = forwarded(unit)
    act(Deed(paused.matter, "ask_more", head, values={"wanted": "Ở đâu?"}))
    now.move_to(day(6), tick=False)
    answer(found["in time"])
    cases.rate(found["in time"], 4)
    now.move_to(day(10), tick=False)
    found["soon"] = forwarded(unit)
    found["spam"], found["new"] = received(), received()
    act(Deed(found["spam"].matter, "spam", secretary, text="Quảng cáo"))
    cases.supplied(paused, "Ở xã.")
    now.move_to(day(12), tick=False)
    found["paused"] = answer(paused)
    now.move_to(day(25), tick=False)
    answer(found["too late"])
    now.move_to(day(30), tick=False)
    found["asker"] = received()
    act(Deed(found["asker"].matter, "ask_more", secretary, values={"wanted": "Gì?"}))
    return found


def listing() -> str:
    return reverse("pbgdpl_questions:list")


def numbers(client: Client, address: str, **query: Any) -> set[str]:
    return {row.question.number for row in client.get(address, query).context["object_list"]}


FILTERS: list[tuple[dict[str, str], set[str]]] = [
    ({"standing": "late"}, {"late"}),
    ({"standing": "soon"}, {"soon"}),
    ({"standing": "open"}, {"late", "soon", "new", "asker"}),
    ({"standing": "in_time"}, {"in time", "paused"}),
    ({"standing": "too_late"}, {"too late"}),
    ({"role": "contact_officer"}, set()),
    ({"role": "unit_head"}, {"late", "soon"}),
    ({"role": "secretary"}, {"new"}),
    ({"role": "asker"}, {"asker"}),
    ({"unit": "none", "standing": "received"}, {"new", "asker"}),
    ({"state": "spam"}, {"spam"}),
]


def test_filters(asked: Any) -> None:
    client = signed_in(seated("chief"))
    for query, expected in FILTERS:
        found = numbers(client, listing(), **query)
        assert found == {asked[name].number for name in expected}, query


def test_days_left_in_words_and_colour(asked: Any, unit: Any) -> None:
    html = BeautifulSoup(signed_in(seated("chief")).get(listing()).content, "lxml")
    rows = {row.a.get_text(strip=True): row for row in html.select("table tbody tr")}
    late, soon = rows[asked["late"].number], rows[asked["soon"].number]
    assert late.select_one(".pbgdpl-standing--late").get_text() == "late by 5 working days"
    assert soon.select_one(".pbgdpl-standing--soon").get_text() == "due in 1 working day"
    assert "stopped since" in rows[asked["asker"].number].get_text()
    assert "the asker" in rows[asked["asker"].number].get_text()


def test_files_without_contact_data(asked: Any, unit: Any) -> None:
    client = signed_in(seated("chief"))
    content = b"".join(client.get(listing(), {"export": "csv"}).streaming_content)
    lines = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert len(lines) == len(asked)
    assert {line["Heading"] for line in lines} == {"'=Đất", ""}
    written = b"".join(client.get(listing(), {"export": "xlsx"}).streaming_content)
    sheet = load_workbook(BytesIO(written)).active
    text = str([[cell.value for cell in row] for row in sheet.rows]) + content.decode()
    assert asked["late"].number in text
    for secret in (NAME, WORDS, SENDER["email"], SENDER["phone"]):
        assert secret not in text


def test_a_unit_sees_its_own(asked: Any, other: Any) -> None:
    """R11: in the list, in its files and in the figures."""
    client = signed_in(seated("contact_officer", unit=other))
    assert numbers(client, listing()) == {asked["late"].number}
    assert (
        asked["soon"].number
        not in b"".join(client.get(listing(), {"export": "csv"}).streaming_content).decode()
    )
    rows = client.get(reverse("pbgdpl_questions_report")).context["object_list"]
    assert [(row.about, row.received) for row in rows] == [(other, 1)]
    assert signed_in(seated("operator")).get(reverse("pbgdpl_questions_report")).status_code == 302


def test_figures_and_the_rows_behind_them(asked: Any, unit: Any, other: Any, now: Any) -> None:
    now.move_to(datetime.datetime(2026, 2, 27, 9, tzinfo=VIETNAM), tick=False)
    received()
    now.move_to(day(30), tick=False)
    client = signed_in(seated("chief"))
    address = reverse("pbgdpl_questions_report")
    response = client.get(address, {"month": "2026-03"})
    rows = response.context["object_list"]
    assert [(row.about, row.is_sum) for row in rows] == [
        (other, False), (unit, False), (None, False), (None, True)
    ]  # fmt: skip
    own = rows[1]
    assert (own.received, own.answered, own.in_time, own.too_late) == (4, 3, 2, 1)
    assert (own.open, own.open_late, rows[0].open_late) == (1, 0, 1)
    # In 4 days; in 8 less the 6 in which the asker was waited for; in 17.
    assert own.days == {2: 1, 4: 1, 17: 1}
    assert (own.median, own.ninetieth, own.rating) == (4.0, 17, 4.0)
    assert (rows[-1].received, rows[-1].answered) == (7, 3)

    html = BeautifulSoup(response.content, "lxml")
    for line, row in zip(html.select("table tbody tr"), rows, strict=True):
        counted = (row.received, row.answered, row.in_time, row.too_late, row.open, row.open_late)
        links = line.select("td a")
        assert tuple(int(link.get_text()) for link in links) == counted
        for link in {links[0]["href"], links[2]["href"], links[5]["href"]}:
            shown = client.get(link).context["paginator"].count
            assert shown == int(next(a for a in links if a["href"] == link).get_text())
    content = b"".join(client.get(address, {"export": "csv"}).streaming_content)
    lines = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert [line["Unit"] for line in lines] == ["Sở Hai", "Sở Một", "with no unit", "All"]
    assert client.get(address, {"month": "2026-01"}).status_code == 200
    assert client.get(address, {"kind": "petition"}).context["object_list"] == []


def test_figures_by_field_and_by_month_lead_to_their_rows(asked: Any, now: Any) -> None:
    field = LegalFieldFactory(name="Đất đai")
    Question.objects.filter(pk=asked["late"].pk).update(legal_field=field)
    now.move_to(datetime.datetime(2025, 4, 1, 9, tzinfo=VIETNAM), tick=False)
    received()
    now.move_to(datetime.datetime(2025, 3, 31, 9, tzinfo=VIETNAM), tick=False)
    received()
    now.move_to(day(30), tick=False)
    client = signed_in(seated("chief"))
    address = reverse("pbgdpl_questions_report")

    def rows(**query: str) -> list[tuple[str, int]]:
        response = client.get(address, query)
        lines = BeautifulSoup(response.content, "lxml").select("table tbody tr")
        for line in lines:
            link = line.select("td a")[0]
            assert client.get(link["href"]).context["paginator"].count == int(link.get_text())
        return [(line.td.get_text(strip=True), int(line.a.get_text())) for line in lines]

    # The twelve months begin on 1 April.
    assert rows(by="field") == [("Đất đai", 1), ("without a legal field", 7), ("All", 8)]
    assert rows(by="month") == [("03/2026", 7), ("04/2025", 1), ("All", 8)]
    assert rows(by="month", month="all")[-2:] == [("03/2025", 1), ("All", 9)]
    response = client.get(address, {"by": "month"})
    figure = BeautifulSoup(response.content, "lxml").select_one("figure")
    assert figure["aria-label"] == "Figures of questions and answers"
    drawn = response.context["drawing"]
    assert "<svg" in drawn
    assert "04/2025" in drawn


def test_the_figures_of_the_year_on_the_overview(asked: Any, unit: Any, other: Any) -> None:
    html = BeautifulSoup(signed_in(seated("chief")).get(reverse("pbgdpl_overview")).content, "lxml")
    cells = html.select("#pbgdpl-questions-content tbody td")
    assert [cell.get_text(strip=True) for cell in cells] == [
        "7", "4", "1", "3", "2 (67 %)", "4.0", "17"
    ]  # fmt: skip
    client = signed_in(seated("contact_officer", unit=other))
    html = BeautifulSoup(client.get(reverse("pbgdpl_overview")).content, "lxml")
    assert html.select_one("#pbgdpl-questions-content tbody td").get_text(strip=True) == "1"
    link = html.select("#pbgdpl-questions-content tbody a")[2]["href"]
    assert numbers(client, link) == {asked["late"].number}


def test_the_public_figures(asked: Any, unit: Any, client: Client) -> None:
    """By month, and by unit: of the twelve months, and of one at an address of its own."""
    address = reverse("wagtail_pbgdpl:question_figures")
    march = reverse("wagtail_pbgdpl:question_figures_month", args=[2026, 3])

    def rows(address: str) -> list[list[str]]:
        response = client.get(address)
        assert response.status_code == 200
        assert not response.cookies
        assert response.pbgdpl_public
        lines = BeautifulSoup(response.content, "lxml").select("table tbody tr")
        return [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in lines]

    in_march = [["Sở Hai", "1", "0", "0", "–"], ["Sở Một", "4", "3", "2", "67%"]]
    assert rows(address) == [["03/2026", "7", "3", "2", "67%"], *in_march]
    assert f'href="{march}#don-vi"' in client.get(address).content.decode()
    assert rows(march)[1:] == in_march
    assert rows(reverse("wagtail_pbgdpl:question_figures_month", args=[2026, 2]))[1:] == []
    for wrong in ("2025-3", "2026-4", "2026-13", "0-0", "9999999999-1"):
        assert client.get(f"{address}{wrong}/").status_code == 404, wrong
    erasure.erase(Question.objects.get(pk=asked["in time"].pk))
    assert rows(march)[1:] == in_march
    assert figures.of(figures.EVERYBODY, figures.MONTH)[0].rating == 4


def test_queries_do_not_grow(asked: Any) -> None:
    client = signed_in(seated("chief"))
    names = ("pbgdpl_questions:list", "pbgdpl_questions_report", "wagtail_pbgdpl:question_figures")

    def queries(name: str) -> int:
        # What a process remembers for a second would be asked for in the one and not in the other.
        process_cache.forget()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(name)).status_code == 200
        return len(captured)

    for name in names:
        queries(name)
    before = [queries(name) for name in names]
    for number in range(6):
        received(legal_field=None, commune=f"Xã {number}")
    assert [queries(name) for name in names] == before


def test_the_home_page_names_what_is_late(asked: Any, other: Any) -> None:
    html = BeautifulSoup(signed_in(seated("chief")).get("/admin/").content, "lxml")
    text = html.select_one("#pbgdpl-due-content").get_text(" ", strip=True)
    assert "Sở Hai Question of the public late 1" in text
