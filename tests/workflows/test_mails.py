"""The e-mails of one item, counted as they leave, and what each person chose for them (R9, R12)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core import mail

from tests.workflows import by_address
from tests.workflows.board import GROUND, Board, fresh
from tests.workflows.by_address import decide, seat_everybody, send, write
from wagtail_pbgdpl.matters.models import Event
from wagtail_pbgdpl.notices.daily import gather
from wagtail_pbgdpl.pages.models import NewsPage
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.django_db

ACCOUNT = "/admin/account/"
TITLE = "Tuyên truyền pháp luật tại xã"
AT_MOST = 9


def at(day: int, hour: int = 9) -> datetime.datetime:
    """A moment of working days from Monday, 16 March 2026."""
    return datetime.datetime(2026, 3, day, hour, tzinfo=VIETNAM)


def choose(people: by_address.People, role: str, when: str, *, follows: bool = False) -> None:
    """Choose in the account settings; what stood there otherwise stays."""
    client = people.browser(role)
    form = by_address.read(client, ACCOUNT).select_one("form:has([name=pbgdpl_mail-when])")
    sent = by_address.fields_of(form) | {"pbgdpl_mail-when": when}
    sent |= {"name_email-first_name": "Hoa", "name_email-last_name": "Nông"}
    sent |= {"pbgdpl_mail-follows": "on"} if follows else {}
    answer = client.post(ACCOUNT, sent)
    assert answer.status_code == 302, by_address.shown_errors(answer)


def play(people: by_address.People, index: Any) -> None:
    """Let an item go its five steps, with one return on the way, and be taken down in the end."""
    number = write(people, "contact_officer", index, NewsPage, TITLE)
    refusal = {"grounds": [GROUND], "explanation": "Thiếu số liệu quý I."}
    send(people, "contact_officer", NewsPage, number)
    decide(people.browser("unit_head"), number, "pass")
    decide(people.browser("secretary"), number, "return", **refusal)
    send(people, "contact_officer", NewsPage, number)
    for role in ("unit_head", "secretary", "member", "chief"):
        decide(people.browser(role), number, "pass")
    assert NewsPage.objects.get(pk=number).live
    taken = {"grounds": [GROUND], "reason": "Sai số liệu."}
    decide(people.browser("chief"), number, "take-down", **taken)
    assert not NewsPage.objects.get(pk=number).live


def sent_to(people: by_address.People) -> dict[str, int]:
    """Return how many e-mails have left for each role."""
    by_mail = {user.email: role for role, user in people.by_role.items()}
    found: dict[str, int] = {}
    for message in mail.outbox:
        role = by_mail[message.to[0]]
        found[role] = found.get(role, 0) + 1
    return found


class TestOneItem:
    def test_makes_nine_letters(
        self, index_of: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        """Its turn to each who decides; to its writer what came back, shows, or shows no more."""
        people = seat_everybody()
        with django_capture_on_commit_callbacks(execute=True):
            play(people, index_of("C2"))
        assert sent_to(people) == {
            "unit_head": 2, "secretary": 2, "member": 1, "chief": 1, "contact_officer": 3
        }  # fmt: skip
        assert len(mail.outbox) == AT_MOST

    def test_makes_one_a_day_for_who_wants_that(
        self, index_of: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        people = seat_everybody()
        for role in ("contact_officer", "unit_head", "secretary", "member", "chief"):
            choose(people, role, "daily", follows=role == "member")
        with (
            django_capture_on_commit_callbacks(execute=True),
            time_machine.travel(at(16), tick=False),
        ):
            play(people, index_of("C2"))
            assert not mail.outbox
            gather(at(16))
            gather(at(16, 10))
        # Nothing waits any more: the others have nothing to be told.
        assert sent_to(people) == {"contact_officer": 1, "member": 1}
        text = mail.outbox[0].body
        assert text.count(TITLE) >= 3
        assert text.index("Thiếu số liệu quý I.") < text.index("Sai số liệu.")


class TestTheWords:
    """What happened is called by its name: on the item's page, in lists, letters and messages."""

    def test_the_last_step_publishes(self, index_of: Any) -> None:
        people = seat_everybody()
        number = write(people, "contact_officer", index_of("C2"), NewsPage, TITLE)
        send(people, "contact_officer", NewsPage, number)
        said = [
            decide(people.browser(role), number, "pass")
            for role in ("unit_head", "secretary", "member", "chief")
        ]
        assert ["đã chuyển bước tiếp theo" in one for one in said] == [True, True, True, False]
        assert "đã duyệt và đăng" in said[-1]
        decide(
            people.browser("chief"), number, "take-down", grounds=[GROUND], reason="Sai số liệu."
        )
        html = by_address.read(people.browser("chief"), f"/admin/pbgdpl/items/{number}/")
        text = html.select_one(".pbgdpl-item").get_text(" ", strip=True)
        assert text.startswith("Đã gỡ")
        ground, word = text.index("Điều 9 – suy ra"), text.index("Sai số liệu.")
        assert ground < word < text.index("Quá trình xử lý")
        panels = [one["id"] for one in html.select("section[id^=pbgdpl-]")]
        assert panels.index("pbgdpl-history-section") < panels.index("pbgdpl-emergency-section")
        listed = by_address.read(people.browser("chief"), f"/admin/pages/{index_of('C2').pk}/")
        row = next(one for one in listed.select("tbody tr") if TITLE in one.get_text())
        assert "đã gỡ" in row.get_text()
        # «Xem bản nháp» is a button.
        assert "bản nháp" not in row.get_text().lower().replace("xem bản nháp", "")

    def test_an_hour_of_publication_is_named(self, board: Board) -> None:
        """Approved, and not yet public: nobody is told that it shows."""
        page = board.draft()
        later = at(20)
        with time_machine.travel(at(16), tick=False):
            page.go_live_at = later
            page.save_revision(user=board.officer)
            board.pass_on(board.send(page), board.head, board.secretary, board.member, board.chief)
            page = fresh(page)
            assert not page.live
            event = Event.objects.decisions().get(subject=page.pk, clears=True)
            assert "20/3/2026" in event.move_label or "20/03/2026" in event.move_label
            assert "đã duyệt và đăng" not in event.move_label
