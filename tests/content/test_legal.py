"""D1: the metadata of documents; C12: when a consultation is open."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.editing import posted
from tests.factories import factory_for
from wagtail_pbgdpl.content.consultations import ConsultationState
from wagtail_pbgdpl.content.legal_metadata import is_usual_number
from wagtail_pbgdpl.pages import models as pages

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
DAY = datetime.date(2026, 3, 2)
BEFORE, AFTER = DAY - datetime.timedelta(days=1), DAY + datetime.timedelta(days=1)

USUAL = [
    "17/2018/QĐ-UBND",
    "043/2025/QĐ-UBND",
    "64/2025/QH15",
    "66.14/2026/NQ-CP",
    "67/VBHN-VPQH",
    "1628/QĐ-UBND",
    "31-KH/TU",
    "12729/VPCP-KGVX",
    "80-NQ/TW",
]
ODD = ["", "QĐ-UBND", "Số 17/2018/QĐ-UBND", "17 2018 QĐ UBND", "17", "/QĐ-UBND", "17/", "?"]


class TestNumbers:
    """Numbers that really occur are usual; odd ones are pointed out, none is refused."""

    @pytest.mark.parametrize("number", USUAL)
    def test_numbers_that_occur(self, number: str) -> None:
        assert is_usual_number(number)
        assert is_usual_number(f"  {number} ")

    @pytest.mark.parametrize("number", USUAL)
    def test_the_same_in_nfd(self, number: str) -> None:
        """Typed on macOS, before it is stored."""
        assert is_usual_number(unicodedata.normalize("NFD", number))

    @pytest.mark.parametrize("number", ODD)
    def test_odd_ones(self, number: str) -> None:
        assert not is_usual_number(number)

    @pytest.mark.parametrize("number", [*USUAL, *(odd for odd in ODD if odd)])
    def test_none_is_refused(self, index_of: Any, number: str) -> None:
        page = factory_for(pages.LegalDocumentPage)(parent=index_of("C7"), document_number=number)
        page.full_clean()
        assert page.live
        assert page.document_number == number

    @pytest.mark.parametrize(
        ("number", "pointed_out"),
        [("17 2018 QĐ UBND", True), ("17/2018/QĐ-UBND", False), ("", False)],
    )
    def test_an_odd_one_is_pointed_out_in_the_editor(
        self, index_of: Any, admin_client: Client, number: str, pointed_out: bool
    ) -> None:
        page = factory_for(pages.LegalDocumentPage)(
            parent=index_of("C7"), live=False, document_number=number
        )
        editor = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        hint = f"«{number}» không theo dạng số, ký hiệu văn bản"
        assert (hint in editor.content.decode()) is pointed_out

    @given(st.integers(1, 99999), st.integers(1945, 2100), st.sampled_from(["QĐ", "NQ", "CTr"]))
    def test_every_number_of_a_legal_document(self, number: int, year: int, symbol: str) -> None:
        assert is_usual_number(f"{number}/{year}/{symbol}-UBND")
        assert is_usual_number(f"{number:02}/{symbol}-UBND")


TYPES = [
    (pages.DirectivePage, "C3"),
    (pages.LegalDocumentPage, "C7"),
    (pages.PartyDocumentPage, "C9"),
    (pages.ConsultationPage, "C12"),
]


@pytest.mark.parametrize(("model", "code"), TYPES, ids=[model.__name__ for model, _ in TYPES])
class TestDates:
    """The same metadata in C3, C7, C9 and C12, also where a type has checks of its own."""

    @pytest.mark.parametrize(
        ("dates", "wrong"),
        [
            ({"issued_on": DAY, "effective_on": BEFORE}, {"effective_on"}),
            ({"effective_on": DAY, "expired_on": BEFORE}, {"expired_on"}),
            ({"issued_on": DAY, "expired_on": BEFORE}, {"expired_on"}),
            (
                {"issued_on": AFTER, "effective_on": DAY, "expired_on": BEFORE},
                {"effective_on", "expired_on"},
            ),
            ({"issued_on": DAY, "effective_on": DAY, "expired_on": DAY}, set()),
            ({"issued_on": BEFORE, "effective_on": DAY, "expired_on": AFTER}, set()),
            ({"expired_on": DAY}, set()),
            ({}, set()),
        ],
    )
    def test_the_error_stands_at_its_field(
        self, model: Any, code: str, dates: dict[str, Any], wrong: set[str], index_of: Any
    ) -> None:
        page = factory_for(model)(parent=index_of(code))
        for name, value in dates.items():
            setattr(page, name, value)
        errors: set[str] = set()
        try:
            page.full_clean()
        except ValidationError as error:
            errors = set(error.message_dict)
        assert errors == wrong


def submit(client: Client, editor: Any, index: Any, model: Any, **values: str) -> Any:
    client.force_login(editor)
    address = reverse(
        "wagtailadmin_pages:add", args=("wagtail_pbgdpl_pages", model._meta.model_name, index.pk)
    )
    data = posted(client.get(address).context["form"])
    data |= {"title": "Văn bản", "slug": "van-ban", "author": "A", "source": "B"} | values
    return client.post(address, data | {"action-submit": "1"})


@pytest.mark.parametrize(
    ("model", "code", "values", "field"),
    [
        (
            pages.LegalDocumentPage,
            "C7",
            {"issued_on": "2026-03-02", "effective_on": "2026-03-01"},
            "effective_on",
        ),
        (
            pages.ConsultationPage,
            "C12",
            {"opens_on": "2026-03-02", "closes_on": "2026-03-01"},
            "closes_on",
        ),
        (
            pages.StatisticalReportPage,
            "C3",
            {"period_start": "2026-03-02", "period_end": "2026-03-01"},
            "period_end",
        ),
        (
            pages.NewsPage,
            "C2",
            {"event_start": "2026-03-02 08:00", "event_end": "2026-03-02 07:00"},
            "event_end",
        ),
        (
            pages.CouncilActivityPage,
            "C8",
            {"event_start": "2026-03-02 08:00", "event_end": "2026-03-02 07:00"},
            "event_end",
        ),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_the_editor_shows_the_error_at_its_field(
    index_of: Any,
    editor: Any,
    client: Client,
    model: Any,
    code: str,
    values: dict[str, str],
    field: str,
) -> None:
    response = submit(client, editor, index_of(code), model, **values)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {field}
    assert not model.objects.exists()


class TestConsultation:
    """C12: comments are taken until the end of the closing day, Vietnamese time."""

    def moment(self, day: int, hour: int, minute: int) -> datetime.datetime:
        return datetime.datetime(2026, 3, day, hour, minute, tzinfo=VIETNAM)

    @pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "UTC", "America/New_York"])
    @pytest.mark.parametrize(
        ("day", "hour", "minute", "state"),
        [
            (1, 23, 59, ConsultationState.UPCOMING),
            (2, 0, 0, ConsultationState.OPEN),
            (2, 23, 59, ConsultationState.OPEN),
            (21, 0, 0, ConsultationState.OPEN),
            (21, 23, 59, ConsultationState.OPEN),
            (22, 0, 0, ConsultationState.CLOSED),
        ],
    )
    def test_the_edges(
        self, settings: Any, zone: str, day: int, hour: int, minute: int, state: ConsultationState
    ) -> None:
        settings.TIME_ZONE = zone
        page = pages.ConsultationPage(opens_on=DAY, closes_on=datetime.date(2026, 3, 21))
        with time_machine.travel(self.moment(day, hour, minute), tick=False):
            assert page.state() is state

    def test_a_consultation_of_one_day(self) -> None:
        page = pages.ConsultationPage(opens_on=DAY, closes_on=DAY)
        states = [page.state(day) for day in (BEFORE, DAY, AFTER)]
        assert states == [
            ConsultationState.UPCOMING,
            ConsultationState.OPEN,
            ConsultationState.CLOSED,
        ]

    def test_without_dates(self) -> None:
        assert pages.ConsultationPage().state(DAY) is ConsultationState.UNDATED
        assert pages.ConsultationPage(opens_on=DAY).state(AFTER) is ConsultationState.OPEN

    def test_a_closing_day_alone_still_closes(self) -> None:
        """An editor who gives only the last day must not leave it open for ever."""
        page = pages.ConsultationPage(closes_on=DAY)
        assert page.state(AFTER) is ConsultationState.CLOSED
        assert page.state(DAY) is ConsultationState.OPEN

    def test_the_page_says_so(self, index_of: Any, client: Client) -> None:
        page = factory_for(pages.ConsultationPage)(
            parent=index_of("C12"),
            opens_on=DAY,
            closes_on=datetime.date(2026, 3, 21),
            short_because="Trình tự, thủ tục rút gọn",
        )
        with time_machine.travel(self.moment(21, 23, 59), tick=False):
            assert "Đang lấy ý kiến" in client.get(page.url).content.decode()
        with time_machine.travel(self.moment(22, 0, 0), tick=False):
            assert "Đang lấy ý kiến" not in client.get(page.url).content.decode()
