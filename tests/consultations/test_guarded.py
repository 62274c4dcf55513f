"""C12, X5, R11: who may do what, by address; a new version; the author's own; the erasure."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.asking.conftest import Browser
from tests.consultations.conftest import BODY
from tests.consultations.test_closing import comment
from tests.consultations.test_played import make, press, public_text, table
from tests.factories import UnitFactory, seated
from tests.questions.case import send, signed_in
from wagtail_pbgdpl.consultations import cases, erasure
from wagtail_pbgdpl.consultations.models import BlackOut, Comment, Consultation, Wording
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.core.base_page import page_of
from wagtail_pbgdpl.matters.models import Event
from wagtail_pbgdpl.notices.models import Notice

LOOK_UP = "/pbgdpl/du-thao/tra-cuu/"
NAME, ADDRESS = "Lò Văn Pá", "pa@example.vn"


def sent(consultation: Consultation, text: str = "Nên bỏ.", **about: Any) -> Comment:
    who = {
        "full_name": NAME,
        "email": ADDRESS,
        "name_may_be_shown": about.pop("name_may_be_shown", False),
    }
    return cases.receive(consultation, "dieu-1", text, who, **about)


def test_another_unit_sees_nothing_and_does_nothing(
    consultation: Consultation, officer: Any, secretary: Any
) -> None:
    row = sent(consultation)
    stranger = seated("contact_officer", unit=UnitFactory(categories=["C12"]))
    client = signed_in(stranger)
    for address in (
        table(consultation),
        f"{table(consultation)}enter/",
        f"/admin/pbgdpl/consultations/comments/{row.pk}/contact/",
        f"/admin/pbgdpl/consultations/comments/{row.pk}/files/1/",
        row.matter.address,
        consultation.matter.address,
    ):
        assert client.get(address).status_code == 404, address
    assert client.post(table(consultation), {"way": "show", "id": row.matter.pk}).status_code == 404
    # Neither is another consultation's row done along with one's own.
    assert press(officer, consultation, "show", row).status_code == 422
    assert row.matter.state == "comment_received"
    # Contact data are behind a purpose, and the look is written down.
    contact = f"/admin/pbgdpl/consultations/comments/{row.pk}/contact/"
    client = signed_in(secretary)
    assert ADDRESS not in client.get(contact).content.decode()
    client.post(contact, {"purpose": "hỏi lại"})
    assert ADDRESS in client.get(contact).content.decode()
    assert row.matter.events.filter(move="looked", by=secretary).exists()
    assert ADDRESS not in client.get(table(consultation)).content.decode()


def test_addresses_that_somebody_guesses(page: Any, consultation: Consultation) -> None:
    client, base = Client(), f"/pbgdpl/du-thao/{page.pk}"
    for address in (
        f"{base}/gop-y/dieu-99/",
        "/pbgdpl/du-thao/999999/gop-y/",
        "/pbgdpl/du-thao/da-nhan/x/",
        f"{LOOK_UP}x/",
        f"{LOOK_UP}x/1/",
    ):
        assert client.get(address).status_code == 404, address
    assert client.get(f"{base}/").url == page.get_url()
    page_of(page.pk).unpublish()
    for address in (f"{base}/", f"{base}/gop-y/", f"{base}/y-kien/"):
        assert client.get(address).status_code == 404, address


def test_what_is_withheld_is_told_and_never_shown(
    page: Any, consultation: Consultation, secretary: Any
) -> None:
    row = sent(consultation, "Nội dung bị cấm")
    assert press(secretary, consultation, "withhold", row).status_code == 422
    done = press(secretary, consultation, "withhold", row, text="BK21 Điều 7")
    assert done.status_code == 302
    assert "bị cấm" not in public_text(f"/pbgdpl/du-thao/{page.pk}/y-kien/")
    assert "BK21 Điều 7" in Notice.objects.get(key__startswith="comment_withheld").text


def test_the_author_corrects_and_withdraws(
    page: Any, consultation: Consultation, secretary: Any, browser: Browser
) -> None:
    """With the code and the address; corrected, it is looked at again."""
    row = sent(consultation, "Nên bỏ khoản 1.")
    make(secretary, row.matter, "comment_show")
    others = f"/pbgdpl/du-thao/{page.pk}/y-kien/"
    browser.open(LOOK_UP)
    browser.send(code=row.code, fact="sai@example.vn")
    assert browser.path == LOOK_UP
    browser.send(code=row.code, fact=ADDRESS)
    assert "Nên bỏ khoản 1." in browser.text
    browser.send("correct", text="Nên giữ khoản 1.")
    assert row.matter.state == "comment_received"
    assert "khoản 1." not in public_text(others)
    assert [one.text for one in row.wordings.all()] == ["Nên bỏ khoản 1.", "Nên giữ khoản 1."]
    make(secretary, row.matter, "comment_show")
    assert "Nên giữ khoản 1." in public_text(others)
    browser.open(browser.path)
    browser.send("withdraw")
    assert row.matter.state == "comment_withdrawn"
    assert "Nên giữ khoản 1." not in public_text(others)


def test_an_anonymous_comment_opens_with_its_code_alone(
    consultation: Consultation, browser: Browser
) -> None:
    anonymous = cases.receive(consultation, "", "Tôi đồng ý.", {})
    named = sent(consultation)
    browser.open(LOOK_UP)
    browser.send(code=named.code)
    assert browser.path == LOOK_UP
    browser.send(code=anonymous.code)
    assert anonymous.number in browser.text
    erasure.erase(anonymous)
    browser.open(LOOK_UP)
    browser.send(code=anonymous.code)
    assert browser.path == LOOK_UP


def test_a_new_version_keeps_each_comment_at_the_text_it_was_made_on(
    page: Any, consultation: Consultation, secretary: Any
) -> None:
    old = comment(consultation, "dieu-2")
    page = page_of(page.pk)
    page.body = BODY[:1]
    publish(page)
    new = comment(consultation, "dieu-1")
    assert (old.version.number, new.version.number) == (1, 2)
    assert old.quoted == "Điều 2. Hiệu lực\nTừ ngày ký."
    # What the draft no longer has can be commented no longer; what was said of it stays.
    with pytest.raises(Exception, match="không còn quy định này"):
        comment(consultation, "dieu-2")
    make(secretary, old.matter, "comment_show")
    assert "Điều 2" in public_text(f"/pbgdpl/du-thao/{page.pk}/y-kien/")
    assert "Dự thảo lần 2" in public_text(page.url)


def test_words_cannot_be_changed_by_anybody(consultation: Consultation) -> None:
    wording = sent(consultation).wording
    wording.text = "Khác"
    with pytest.raises(TypeError):
        wording.save()
    with pytest.raises(TypeError):
        wording.delete()


def test_of_an_erased_author_what_is_public_stays(
    page: Any, consultation: Consultation, secretary: Any, now: Any
) -> None:
    row = sent(consultation, "Tôi ở số 5 đường A. Nên bỏ.", name_may_be_shown=True)
    make(secretary, row.matter, "comment_show", passages="số 5 đường A", text="nơi ở")
    others = f"/pbgdpl/du-thao/{page.pk}/y-kien/"
    assert NAME in public_text(others)
    cases.withdraw(sent(consultation, "Rút lại ngay"))
    now.shift(datetime.timedelta(days=731))
    assert erasure.forget() == 1
    with transaction.atomic():
        erasure.erase(Comment.objects.get(pk=row.pk))
    shown = public_text(others)
    assert NAME not in shown
    assert "Nên bỏ." in shown
    kept = " ".join(Wording.objects.values_list("text", flat=True))
    assert "số 5" not in kept
    assert "Rút lại" not in kept
    assert not BlackOut.objects.exists()
    assert not Notice.objects.filter(address=ADDRESS).exists()
    # Nothing of it ever stood in the history.
    told = " ".join(f"{one.title} {one.text} {one.detail}" for one in Event.objects.all())
    assert "Nên bỏ" not in told


def test_an_entered_comment_counts_once(
    consultation: Consultation, officer: Any, secretary: Any
) -> None:
    address, client = f"{table(consultation)}enter/", signed_in(officer)
    form = client.get(address).context["form"]
    data = {
        "sending_key": form["sending_key"].value(),
        "source": "meeting",
        "arrived_on": "02/03/2026",
        "anchor": "dieu-1-khoan-2",
        "text": "Hội nghị đề nghị bổ sung.",
        "author": "organisation",
        "organisation": "Hội Luật gia tỉnh",
    }
    for _press in range(2):
        assert client.post(address, data).status_code == 302
    row = Comment.objects.get()
    assert (row.source, row.organisation, row.entered_by) == (
        *("meeting", "Hội Luật gia tỉnh"),
        officer,
    )
    assert row.received_at is not None
    make(secretary, row.matter, "comment_show")
    shown = public_text(f"/pbgdpl/du-thao/{consultation.page}/y-kien/")
    assert "Hội Luật gia tỉnh" in shown
    assert "hội nghị" in shown
    assert (
        send(
            officer, consultation.matter, "consult_invite", bodies="Sở Y tế; x", on="02/03/2026"
        ).status_code
        == 422
    )
    make(
        officer,
        consultation.matter,
        "consult_invite",
        bodies="Sở Y tế\nHội Luật gia tỉnh; hoi@example.vn",
        on="02/03/2026",
    )
    assert Notice.objects.filter(address="hoi@example.vn").count() == 1
