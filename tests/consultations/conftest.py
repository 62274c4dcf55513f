"""A draft that is open from 2 to 31 March 2026, the people around it, and a browser."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.asking.conftest import Browser
from tests.factories import UnitFactory, factory_for, seated
from tests.questions.case import day
from wagtail_pbgdpl.consultations.models import Consultation
from wagtail_pbgdpl.pages import models as pages

FIRST, LAST = datetime.date(2026, 3, 2), datetime.date(2026, 3, 31)
BODY = [
    (
        "legal_article",
        {
            "number": "1",
            "title": "Phạm vi điều chỉnh",
            "lead": "",
            "clauses": [
                {"number": "1", "text": "Quy chế này quy định:\na) Tổ chức;\nđ) Hoạt động."},
                {"number": "2", "text": "Áp dụng trên địa bàn tỉnh."},
            ],
            "prefix": "",
        },
    ),
    (
        "legal_article",
        {
            "number": "2",
            "title": "Hiệu lực",
            "lead": "Từ ngày ký.",
            "clauses": [],
            "prefix": "",
        },
    ),
]


@pytest.fixture
def now(time_machine: Any) -> Any:
    """Monday, 2 March 2026."""
    time_machine.move_to(day(2), tick=False)
    return time_machine


@pytest.fixture
def unit(db: Any) -> Any:
    return UnitFactory(name="Sở Tư pháp", categories=["C12"])


@pytest.fixture
def officer(unit: Any) -> Any:
    return seated("contact_officer", unit=unit)


@pytest.fixture
def head(unit: Any) -> Any:
    return seated("unit_head", unit=unit)


@pytest.fixture
def secretary(db: Any) -> Any:
    return seated("secretary")


@pytest.fixture
def chief(db: Any) -> Any:
    return seated("chief")


def make_page(parent: Any, unit: Any, **others: Any) -> Any:
    draft = {"opens_on": FIRST, "closes_on": LAST, "body": BODY}
    return factory_for(pages.ConsultationPage)(
        parent=parent, unit=unit, title="Dự thảo Quy chế", **draft | others
    )


@pytest.fixture
def page(now: Any, unit: Any, index_of: Any) -> Any:
    return make_page(
        index_of("C12"), unit, questions="Có nên thu phí?\n\nThời hạn bao lâu là phù hợp?"
    )


@pytest.fixture
def consultation(page: Any) -> Consultation:
    return Consultation.objects.get(page=page.pk)


@pytest.fixture
def browser(db: Any, now: Any) -> Browser:
    return Browser(now)
