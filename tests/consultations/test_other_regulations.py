"""C12, T6: a consultation by address where BK18 and BP20 say otherwise than BK21."""

from __future__ import annotations

from typing import Any

import pytest

from tests.asking.conftest import Browser
from tests.conftest import emptied
from tests.consultations.conftest import make_page
from tests.consultations.test_played import make, press, public_text
from tests.factories import UnitFactory, seated
from tests.questions.case import day, send
from wagtail_pbgdpl.consultations import cases
from wagtail_pbgdpl.consultations.models import Comment, Consultation
from wagtail_pbgdpl.content.indexes import CategoryIndexMixin
from wagtail_pbgdpl.core.discovery import concrete_models
from wagtail_pbgdpl.provisioning.portal import set_up
from wagtail_pbgdpl.regulations.active import get_regulation

CATEGORY = "gop-y-du-thao"


@pytest.mark.parametrize(
    "profile",
    [
        pytest.param("bac_kan_portal_2018", id="BK18"),
        pytest.param("binh_phuoc_2020", id="BP20"),
    ],
)
def test_from_a_comment_to_the_published_table(
    profile: str, portal: Any, settings: Any, now: Any, browser: Browser
) -> None:
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"PROFILE": profile}
    set_up(get_regulation(), emptied(portal))
    unit = UnitFactory(categories=[CATEGORY])
    officer, head = seated("contact_officer", unit=unit), seated("unit_head", unit=unit)
    secretary, last = seated("secretary"), seated("chief")
    index = next(
        found
        for model in concrete_models(CategoryIndexMixin)
        for found in model._default_manager.filter(category=CATEGORY)
    )
    page = make_page(index, unit)
    consultation = Consultation.objects.get(page=page.pk)

    browser.open(page.url)
    browser.open(browser.soup.select_one("#dieu-1-khoan-2 a[href*='gop-y']")["href"])
    browser.send(text="Nên ghi rõ cả đặc khu.", consent="on")
    comment = Comment.objects.get()
    assert press(secretary, consultation, "show", comment).status_code == 302
    now.move_to(day(31, 23) + (day(2) - day(1)), tick=False)
    cases.follow_all()
    said = {"verdict": "accepted", "answer": "Tiếp thu."}
    assert press(officer, consultation, "answer", comment, **said).status_code == 302
    make(head, consultation.matter, "consult_propose")
    assert consultation.matter.role == "chief"
    assert send(head, consultation.matter, "consult_summarise").status_code != 302
    make(last, consultation.matter, "consult_summarise")
    shown = public_text(f"/pbgdpl/du-thao/{page.pk}/y-kien/")
    assert "Nên ghi rõ cả đặc khu." in shown
    assert "Tiếp thu." in shown
