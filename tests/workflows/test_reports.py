"""R9, R12: everything that was decided, for those entitled to know."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.factories import UnitFactory, UserFactory, seated
from tests.kept import Kept
from tests.workflows.board import GROUND, Board, make_board, step_of
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.organisation.succession import merge
from wagtail_pbgdpl.pages.models import CategoryIndexPage
from wagtail_pbgdpl.regulations.schema import INFERRED
from wagtail_pbgdpl.workflows import decisions
from wagtail_pbgdpl.workflows.reports import share_of_emergencies
from wagtail_pbgdpl.worktime import VIETNAM
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 16, 9, tzinfo=VIETNAM)
ADDRESS = "/admin/reports/pbgdpl/decisions/"


def journalled(**values: Any) -> Event:
    """Enter a decision about some page."""
    matter, _made = Matter.objects.get_or_create(subject=1, defaults={"title": "Bài"})
    return Event.objects.create(matter=matter, subject=1, **values)


@pytest.fixture(autouse=True)
def _frozen() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def decided(kept_rows: None) -> Iterator[Kept]:
    """Of one unit a return and a publication; of another an emergency."""
    index = CategoryIndexPage.objects.get(category="C2")
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        board = make_board(index)
        page = board.sent(title="=Bài một")
        decisions.send_back(step_of(page), board.head, grounds=[GROUND], explanation="=1+1")
        board.published(title="Bài hai")
        other = make_board(index)
        decisions.publish_in_emergency(other.sent(title="Bài ba"), board.chief, reason="Lũ về.")
        yield Kept(board)
        transaction.set_rollback(True)


@pytest.fixture
def board(decided: Kept, db: None) -> Board:
    (found,) = decided.again()
    assert isinstance(found, Board)
    return found


def report(user: Any, **query: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(ADDRESS, query)


def found(user: Any, **query: Any) -> list[tuple[str, str]]:
    response = report(user, **query)
    assert response.status_code == 200
    rows = response.context["object_list"]
    # What the set-up of the portal entered stands there, too.
    return [(row.title, row.move) for row in rows if row.move != "entered"]


def titles(user: Any, **query: Any) -> set[str]:
    return {title for title, _kind in found(user, **query)}


class TestWhoSeesWhat:
    @pytest.mark.parametrize("who", ["chief", "deputy", "member", "secretary"])
    def test_the_board_all(self, board: Board, who: str) -> None:
        assert titles(getattr(board, who)) == {"=Bài một", "Bài hai", "Bài ba"}

    @pytest.mark.parametrize("who", ["officer", "head"])
    def test_the_people_of_a_unit_their_own(self, board: Board, who: str) -> None:
        """R11"""
        assert titles(getattr(board, who)) == {"=Bài một", "Bài hai"}

    def test_and_in_the_categories_given_to_it(self, board: Board) -> None:
        board.unit.categories = ["C1"]
        board.unit.save()
        assert titles(board.head) == set()

    def test_the_filter_shows_no_more(self, board: Board) -> None:
        other = Event.objects.get(move="emergency").unit
        assert other is not None
        assert found(board.head, unit=other.pk) == []

    @pytest.mark.parametrize("role", ["operator", None])
    def test_others_none(self, board: Board, role: str | None) -> None:
        user = seated(role) if role else UserFactory()
        assert report(user).status_code == 302
        assert report(user, export="csv").status_code == 302

    def test_nor_whose_seat_has_ended(self, board: Board) -> None:
        """R10"""
        user = seated("unit_head", ends_on=today() - datetime.timedelta(days=1), unit=board.unit)
        response = report(user)
        assert response.status_code == 302 or not response.context["object_list"]


class TestFilters:
    def test_by_kind(self, board: Board) -> None:
        assert found(board.chief, kind="returned") == [("=Bài một", "returned")]

    def test_by_unit_with_those_before_it(self, board: Board) -> None:
        new = UnitFactory()
        merge([board.unit], new, on=today())
        assert titles(board.chief, unit=new.pk) == {"=Bài một", "Bài hai"}

    def test_by_category(self, board: Board) -> None:
        assert found(board.chief, category="C1") == []
        assert titles(board.chief, category="C2") == {"=Bài một", "Bài hai", "Bài ba"}

    def test_by_month_of_vietnam(self, board: Board) -> None:
        with time_machine.travel(datetime.datetime(2026, 2, 28, 17, 30, tzinfo=datetime.UTC)):
            board.sent(title="Nửa đêm ngày 01/3")
        with time_machine.travel(datetime.datetime(2026, 2, 28, 16, 30, tzinfo=datetime.UTC)):
            board.sent(title="Đêm 28/02")
        assert titles(board.chief, month="2026-02") == {"Đêm 28/02"}
        assert "Nửa đêm ngày 01/3" in titles(board.chief, month="2026-03")

    def test_by_what_is_still_to_be_reviewed(self, board: Board) -> None:
        assert found(board.chief, unreviewed="true") == [("Bài ba", "emergency")]

    @pytest.mark.parametrize("query", [{"kind": "x"}, {"unit": "x"}, {"month": "2026-13"}])
    def test_nonsense_is_no_error(self, board: Board, query: dict[str, str]) -> None:
        assert report(board.chief, **query).status_code == 200


def test_the_share_of_emergencies(board: Board) -> None:
    """Of what the board decided; what the set-up entered is no decision of it."""
    journalled(title="Nhập", move="entered", clears=True)
    share = share_of_emergencies(Event.objects.decisions())
    assert share == {"all": 2, "emergencies": 1, "percent": 50}
    assert share_of_emergencies(Event.objects.none())["percent"] == 0
    assert report(board.chief).context["share"]["percent"] == 50
    assert report(board.head).context["share"] == {"all": 1, "emergencies": 0, "percent": 0}


class TestExports:
    def test_csv(self, board: Board) -> None:
        content = b"".join(report(board.chief, export="csv").streaming_content)
        table = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
        assert len(table) == Event.objects.decisions().count()
        (returned,) = [row for row in table if "Điều 9" in str(row)]
        values = list(returned.values())
        assert "16/03/2026 09:00" in values
        assert "'=Bài một" in values
        assert "'=1+1" in values
        assert board.unit.name in values
        assert f"Thông tin không bảo đảm đầy đủ, chính xác (Điều 9 – {INFERRED})" in values

    def test_xlsx(self, board: Board) -> None:
        content = BytesIO(report(board.chief, export="xlsx").getvalue())
        sheet = load_workbook(content).active
        assert sheet is not None
        assert sheet.max_row == 1 + Event.objects.decisions().count()
        types = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert "f" not in types, "a text was taken for a formula"

    def test_no_text_is_taken_for_a_formula(self, board: Board) -> None:
        """Whatever field it stands in."""
        journalled(title="Bài", move="returned", by_name="=cmd", authority="@x", step="+1")
        content = b"".join(report(board.chief, export="csv").streaming_content)
        cells = [cell for row in csv.reader(StringIO(content.decode("utf-8-sig"))) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]

    def test_of_what_is_filtered_and_seen(self, board: Board) -> None:
        content = b"".join(report(board.head, export="csv", kind="passed").streaming_content)
        assert len(content.decode("utf-8-sig").splitlines()) == 1 + 4


def test_it_costs_the_same_for_many(board: Board) -> None:
    board.published()

    def queries(**query: Any) -> int:
        client = Client()
        client.force_login(board.chief)
        client.get(ADDRESS, query)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(ADDRESS, query)
            b"".join(response) if query else response.content
        return len(captured)

    few = queries(), queries(export="csv")
    for _number in range(30):
        journalled(title="Bài", move="returned", unit=UnitFactory(), by=UserFactory())
    assert (queries(), queries(export="csv")) == few
    assert few[0] < 60
