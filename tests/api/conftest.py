"""A portal with something of each kind, and beside each something that is not for everybody."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from tests.factories import (
    DocumentTypeFactory,
    IssuingBodyFactory,
    LegalFieldFactory,
    NewsFactory,
    UnitFactory,
    factory_for,
    public_below,
)
from wagtail_pbgdpl.api import answering, log
from wagtail_pbgdpl.content.indexes import CategoryIndexMixin
from wagtail_pbgdpl.pages import models as pages

BASE = "/api/pbgdpl/v1/"
ASKER = "Nông Văn Dền"
BODY = [
    ("legal_heading", {"level": "chuong", "number": "I", "title": "QUY ĐỊNH CHUNG", "prefix": ""}),
    (
        "legal_article",
        {
            "number": "1",
            "title": "Phạm vi điều chỉnh",
            "lead": "",
            "clauses": [
                {
                    "number": "1",
                    "text": "Quy định về:\na) Mức chi;\nđ) Nguồn kinh phí.",
                },
                {"number": "2", "text": "Không áp dụng với hội thi."},
            ],
            "prefix": "",
        },
    ),
    ("rich_text", "<p>Nơi nhận: <b>Sở Tư pháp</b></p>"),
]


def identifier(page: Any) -> str:
    return f"{page.translation_key}.{page.locale.language_code}"


def basis(name: str, articles: str = "", page: Any = None) -> dict[str, Any]:
    return {"name": name, "articles": articles, "page": page and page.page_ptr, "url": ""}


@pytest.fixture(scope="module")
def world(kept_rows: None) -> SimpleNamespace:
    """Made once; the tests of a module change nothing of it, or roll it back."""
    site = Site.objects.get(is_default_site=True)
    index = {page.category: page for page in Page.objects.type(CategoryIndexMixin).specific()}
    unit = UnitFactory(code="so-tu-phap", name="Sở Tư pháp", phone="0209 3870 100")
    field = LegalFieldFactory(code="dat-dai-moi", name="Đất đai")
    made = SimpleNamespace(site=site, index=index, unit=unit, field=field)
    made.news = NewsFactory(parent=index["C2"], title="Tin công khai", unit=unit)
    made.draft = NewsFactory(parent=index["C2"], title="Tin nháp", live=False)
    made.closed = NewsFactory(parent=index["C2"], title="Tin nội bộ")
    PageViewRestriction.objects.create(page_id=made.closed.pk, restriction_type="login")
    made.below_closed = factory_for(pages.IntroductionPage)(
        parent=index["C1"], title="Tin trong mục kín"
    )
    PageViewRestriction.objects.create(page_id=index["C1"].pk, restriction_type="login")
    made.below_down = factory_for(pages.MaterialPage)(parent=index["C5"], title="Tài liệu đã gỡ")
    index["C5"].unpublish()
    made.document = factory_for(pages.LegalDocumentPage)(
        parent=index["C7"],
        title="Quyết định về mức chi",
        document_number="17/2018/QĐ-UBND",
        document_type=DocumentTypeFactory(code="quyet-dinh-moi", name="Quyết định"),
        issuing_body=IssuingBodyFactory(code="ubnd-tinh-moi", name="UBND tỉnh"),
        issued_on=datetime.date(2018, 7, 20),
        effective_on=datetime.date(2018, 8, 1),
        validity="CHL",
        legal_fields=[field],
        body=BODY,
    )
    made.consultation = factory_for(pages.ConsultationPage)(
        parent=index["C12"],
        title="Dự thảo Nghị quyết",
        body=BODY,
        opens_on=datetime.date(2026, 1, 5),
        closes_on=datetime.date(2026, 3, 5),
    )
    made.answer = factory_for(pages.AnswerPage)(
        parent=index["C6"],
        title="Ai được chia thừa kế?",
        question_text="Con nuôi có được chia thừa kế không?",
        asker_name=ASKER,
        author=ASKER,
        answered_on=datetime.date(2026, 5, 4),
        unit=unit,
        legal_fields=[field],
        body=[("rich_text", "<p>Con nuôi được hưởng như con đẻ.</p>")],
        legal_basis=[
            ("legal_basis", basis("Bộ luật Dân sự 2015", "Điều 651")),
            ("legal_basis", basis("Tin nội bộ", page=made.closed)),
            ("legal_basis", basis("Quyết định", page=made.document)),
        ],
    )
    made.other = _other_site()
    log.settle_all()
    return made


def _other_site() -> Any:
    """Return the news of another portal in the same database."""
    root = Page.get_first_root_node().add_child(instance=Page(title="Cổng khác", slug="cong-khac"))
    Site.objects.create(hostname="khac.example", root_page=root)
    portal = public_below(root, pages.PortalPage(title="Cổng khác", slug="cong"))
    index = public_below(portal, pages.CategoryIndexPage(title="Tin", slug="tin", category="C2"))
    return NewsFactory(parent=index, title="Tin của cổng khác")


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A server in this process leaves the connection open, in whose transaction the test is."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def api(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that asks the API; from below its address, or a full one."""
    for name in ("gate", "gate_of_unknown"):
        monkeypatch.setattr(answering, name, answering.FloodGate())

    def ask(address: str = "", **extra: Any) -> Any:
        return Client().get(address if "://" in address else BASE + address, **extra)

    return ask
