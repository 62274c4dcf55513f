"""C12: after the closing nothing comes in by any way; a reason and a record open it again."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.asking.conftest import Browser
from tests.consultations.conftest import LAST, make_page
from tests.consultations.test_played import make, public_text
from tests.questions.case import send
from wagtail_pbgdpl.consultations import cases
from wagtail_pbgdpl.consultations.models import Comment, Consultation
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.consulting import note_states
from wagtail_pbgdpl.matters.models import Reminder
from wagtail_pbgdpl.matters.reminders import remind
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.pages.models import ConsultationPage
from wagtail_pbgdpl.worktime import VIETNAM

MIDNIGHT = datetime.datetime(2026, 4, 1, tzinfo=VIETNAM)
SECOND = datetime.timedelta(seconds=1)
WHO = {"full_name": "Lò Văn Pá"}


def comment(consultation: Consultation, anchor: str = "", **about: Any) -> Comment:
    return cases.receive(consultation, anchor, "Nên bỏ.", WHO, **about)


def test_a_form_that_was_opened_before(
    page: Any, consultation: Consultation, browser: Browser, now: Any
) -> None:
    """What was written is shown, to be copied; nothing that the browser says makes it earlier."""
    now.move_to(MIDNIGHT - 30 * SECOND, tick=False)
    browser.open(f"/pbgdpl/du-thao/{page.pk}/gop-y/dieu-2/")
    # A minute later.
    browser.client.defaults["HTTP_DATE"] = "Mon, 02 Mar 2026 02:00:00 GMT"
    browser.send(text="Viết dở từ hôm trước", consent="on", received_at="2026-03-02")
    assert browser.response.status_code == 410
    assert browser.soup.select_one("textarea[readonly]").text.strip() == "Viết dở từ hôm trước"
    assert not Comment.objects.exists()
    # The job that tells the history may be late; the clock is not.
    assert consultation.matter.state == "consult_open"
    assert not browser.open(browser.path).content.count(b"<textarea")


def test_the_last_second_and_the_first(consultation: Consultation, now: Any) -> None:
    now.move_to(MIDNIGHT - SECOND, tick=False)
    kept = comment(consultation)
    now.move_to(MIDNIGHT, tick=False)
    for late in (
        lambda: comment(consultation),
        lambda: cases.correct(kept, "Khác"),
        lambda: cases.withdraw(kept),
    ):
        with pytest.raises(cases.Closed):
            late()
    assert [one.wording.text for one in Comment.objects.all()] == ["Nên bỏ."]


def test_what_has_not_opened_takes_nothing(unit: Any, now: Any, index_of: Any) -> None:
    opens = datetime.date(2026, 3, 5)
    page = make_page(index_of("C12"), unit, opens_on=opens, closes_on=None)
    consultation = Consultation.objects.get(page=page.pk)
    # As long as the profile has it.
    assert consultation.closes_on == datetime.date(2026, 3, 25)
    assert consultation.matter.state == "consult_upcoming"
    assert "Sắp lấy ý kiến" in public_text(page.url)
    with pytest.raises(cases.Closed):
        comment(consultation)


def test_an_officer_enters_what_came_in_time_and_no_more(
    consultation: Consultation, officer: Any, now: Any
) -> None:
    said = {"source": "post", "author": "agency", "organisation": "Sở Tài chính"}
    now.move_to(MIDNIGHT + datetime.timedelta(days=1, hours=9), tick=False)
    cases.follow_all()

    def enter(arrived_on: datetime.date, **more: str) -> Comment:
        facts = {**said, "arrived_on": arrived_on, **more}
        return cases.enter(consultation, "dieu-1", "Đề nghị rà soát.", officer, facts)

    with pytest.raises(ValidationError, match="không đến trong thời gian"):
        enter(datetime.date(2026, 4, 1), register_number="15/VB")
    with pytest.raises(ValidationError, match="số văn bản đến"):
        enter(LAST)
    found = enter(LAST, register_number="15/VB")
    assert (found.source, found.arrived_on, found.entered_by) == ("post", LAST, officer)
    # It is looked at as any other, and delays the summary.
    assert found.matter.state == "comment_received"


def test_it_is_prolonged_with_a_reason_on_record(
    page: Any, consultation: Consultation, officer: Any, head: Any, now: Any
) -> None:
    now.move_to(MIDNIGHT + datetime.timedelta(hours=9), tick=False)
    cases.follow_all()
    closed = consultation.matter
    assert send(officer, closed, "consult_prolong", closes_on="15/04/2026", text="Ít").status_code
    assert consultation.matter.state == "consult_closed"
    assert send(head, closed, "consult_prolong", closes_on="15/04/2026").status_code == 422
    assert (
        send(head, closed, "consult_prolong", closes_on="30/03/2026", text="Ít").status_code == 422
    )
    make(head, closed, "consult_prolong", closes_on="15/04/2026", text="Còn ít ý kiến.")
    consultation.refresh_from_db()
    assert consultation.matter.state == "consult_open"
    assert comment(consultation).number
    # The page and its versions say the same, and the public reads why.
    page = ConsultationPage.objects.get(pk=page.pk)
    assert page.closes_on == page.latest_revision.as_object().closes_on == consultation.closes_on
    assert "Còn ít ý kiến." in public_text(page.url)
    # An older version that is published takes nothing back.
    page.closes_on = LAST
    with pytest.raises(ValidationError, match="Đã bắt đầu lấy ý kiến"):
        page.full_clean()
    page.closes_on = consultation.closes_on
    assert publish(page).closes_on == consultation.closes_on


def test_a_short_one_says_why(index_of: Any, unit: Any, now: Any) -> None:
    short = {"closes_on": datetime.date(2026, 3, 10)}
    with pytest.raises(ValidationError, match="lý do rút ngắn"):
        make_page(index_of("C12"), unit, **short)
    page = make_page(index_of("C12"), unit, short_because="Thủ tục rút gọn", **short)
    assert "Thủ tục rút gọn" in public_text(page.url)


def test_the_unit_is_reminded_before_the_closing_and_until_the_summary(
    consultation: Consultation, officer: Any, now: Any
) -> None:
    """By the round of all matters: three working days before, then of the summary."""
    matter = consultation.matter

    def told(moment: datetime.datetime) -> int:
        now.move_to(moment, tick=False)
        cases.follow_all()
        before = Reminder.objects.filter(matter=matter).count()
        remind()
        return Reminder.objects.filter(matter=matter).count() - before

    assert told(datetime.datetime(2026, 3, 20, 9, tzinfo=VIETNAM)) == 0
    assert told(datetime.datetime(2026, 3, 26, 9, tzinfo=VIETNAM)) == 1
    assert told(datetime.datetime(2026, 4, 2, 9, tzinfo=VIETNAM)) == 0
    # Fifteen working days later the summary is owed, and late after that.
    due = consultation.matter.due_at
    assert due is not None
    assert due.date().isoformat() == "2026-04-21"
    assert told(datetime.datetime(2026, 4, 29, 9, tzinfo=VIETNAM)) == 1
    assert Notice.objects.filter(recipient=officer, key__startswith="reminder").count() == 2
    assert "không đúng quy định" in public_text(f"/pbgdpl/du-thao/{consultation.page}/y-kien/")


def test_the_list_remembers_the_rows_and_no_day(
    page: Any, consultation: Consultation, head: Any, now: Any
) -> None:
    """C12: how many days are left follows the clock, and a new closing day at once."""
    (listed,) = ConsultationPage.objects.filter(pk=page.pk)
    note_states([listed])
    assert "30" in listed.consultation_label
    with CaptureQueriesContext(connection) as captured:
        now.move_to(MIDNIGHT - SECOND, tick=False)
        note_states([listed])
    assert len(captured) == 0
    assert "1" in listed.consultation_label
    assert "30" not in listed.consultation_label
    make(
        head, consultation.matter, "consult_prolong", closes_on="10/04/2026", text="Còn ít ý kiến."
    )
    note_states([listed])
    assert "11" in listed.consultation_label
