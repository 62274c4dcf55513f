"""R10: the operator sees what was sent and what waits; nobody else does, and nobody the text."""

from __future__ import annotations

import datetime
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import UserFactory, seated
from tests.notices.conftest import post
from tests.workflows.board import make_board, step_of
from wagtail_pbgdpl.notices import delivery
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.notices.reports import shown_error
from wagtail_pbgdpl.workflows import decisions
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.usefixtures("portal")

NOW = datetime.datetime(2026, 3, 16, 9, tzinfo=VIETNAM)
ADDRESS = "/admin/reports/pbgdpl/notices/"


@pytest.fixture(autouse=True)
def _frozen() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _rows(portal: Any) -> None:
    for key in ("waiting", "given up", "sent"):
        post(key, UserFactory(), f"Thư {key}", "Điều riêng tư")
    Notice.objects.filter(key="given up").update(next_attempt_at=None, last_error="550 từ chối")
    Notice.objects.filter(key="sent").update(next_attempt_at=None, sent_at=NOW)


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(seated("operator"))
    return client


def test_the_operator_sees_what_happened_to_each_and_not_what_it_says(operator: Client) -> None:
    html = operator.get(reverse("pbgdpl_notices")).content.decode()
    assert "550 từ chối" in html
    assert "16/03/2026 09:00" in html
    assert "Điều riêng tư" not in html


@pytest.mark.usefixtures("english")
class TestWhatItIsAbout:
    """R11: a subject names drafts, which the operator may not read."""

    @pytest.fixture(autouse=True)
    def _of_a_draft(self, index_of: Any) -> None:
        board = make_board(index_of("C2"))
        page = board.sent(title="Bản thảo chưa ai biết")
        decisions.take_back(page, board.officer, reason="Gửi nhầm bản.")
        board.send(page)
        decisions.pass_step(step_of(page), board.head, comment="Đồng ý.")
        assert Notice.objects.filter(subject__contains="Bản thảo chưa ai biết").count() > 2

    def test_the_sort_is_shown_and_no_title(self, operator: Client) -> None:
        for address in (ADDRESS, f"{ADDRESS}results/"):
            html = operator.get(address).content.decode()
            assert "Bản thảo chưa ai biết" not in html
            for sort in ("a step waits", "decision", "notice"):
                assert sort in html

    def test_nor_in_an_export(self, operator: Client) -> None:
        response = operator.get(ADDRESS, {"export": "csv"})
        text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        assert "a step waits" in text
        assert "Bản thảo chưa ai biết" not in text
        content = BytesIO(operator.get(ADDRESS, {"export": "xlsx"}).getvalue())  # type: ignore[attr-defined]
        sheet = load_workbook(content).active
        assert sheet is not None
        cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
        assert "a step waits" in cells
        assert not [cell for cell in cells if "Bản thảo" in cell]


@pytest.mark.parametrize("state", ["waiting", "given_up", "sent"])
def test_by_state(operator: Client, state: str) -> None:
    rows = operator.get(ADDRESS, {"state": state}).context["object_list"]
    assert [row.key for row in rows] == [state.replace("_", " ")]


def test_by_address(operator: Client) -> None:
    address = Notice.objects.get(key="sent").address
    rows = operator.get(ADDRESS, {"address": address}).context["object_list"]
    assert [row.key for row in rows] == ["sent"]


def test_it_can_be_exported(operator: Client) -> None:
    response = operator.get(ADDRESS, {"export": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 1 + 3
    assert "16/03/2026 09:00" in lines[1]
    assert operator.get(ADDRESS, {"export": "xlsx"}).status_code == 200


@pytest.mark.parametrize("role", ["contact_officer", "secretary", "chief"])
def test_others_do_not(client: Client, role: str) -> None:
    client.force_login(seated(role))
    assert client.get(ADDRESS).status_code == 302
    assert ADDRESS not in client.get("/admin/").content.decode()


def test_it_costs_the_same_for_many(operator: Client, django_assert_max_num_queries: Any) -> None:
    operator.get(ADDRESS)
    with django_assert_max_num_queries(60) as captured:
        operator.get(ADDRESS)
    for number in range(20):
        post(str(number), UserFactory(), "Thư", "Nội dung")
    with django_assert_max_num_queries(len(captured)):
        operator.get(ADDRESS)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (delivery.GONE, "Tài khoản không còn hoặc đã bị khóa."),
        (delivery.NOT_TAKEN, "Máy chủ thư không nhận thư."),
        (f"{delivery.CAME_BACK}: 5.1.1", "Máy chủ thư gửi trả lại: 5.1.1"),
        ("SMTPDataError: (550, 'no')", "SMTPDataError: (550, 'no')"),
    ],
)
def test_i6_the_error_is_told_in_vietnamese(written: str, shown: str) -> None:
    assert shown_error(Notice(address="a@b.example", last_error=written)) == shown


class TestWhoHasNoAccount:
    """Q7: the address of who asked something stands behind a purpose, here too."""

    @pytest.fixture(autouse=True)
    def _asked(self, _rows: None) -> None:
        Notice.objects.create(
            key="question_answer:1",
            address="hoa.nong@thu.example",
            regardless=True,
            subject="HD",
            text="…",
            next_attempt_at=None,
            last_error="550 <hoa.nong@thu.example> unknown",
        )

    @pytest.mark.parametrize("file", ["", "?export=csv", "?export=xlsx"])
    def test_is_not_named(self, operator: Client, file: str) -> None:
        response = operator.get(f"{ADDRESS}{file}")
        if file == "?export=xlsx":
            rows = load_workbook(BytesIO(response.getvalue())).active.values
            text = str(list(rows))
        else:
            text = (response.getvalue() if file else response.content).decode()
        assert "…@thu.example" in text
        assert "hoa.nong" not in text

    def test_is_not_found_by_a_guess(self, operator: Client) -> None:
        found = operator.get(ADDRESS, {"address": "hoa.nong"}).context["object_list"]
        assert not list(found)
        assert list(operator.get(ADDRESS, {"address": "@"}).context["object_list"])
