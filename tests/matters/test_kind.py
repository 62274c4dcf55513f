"""A kind of a site's own (``tests.extension_app.kinds``), by the admin's own addresses."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.extension_app import kinds as own
from tests.extension_app.models import SpeakerRequest
from tests.factories import CalendarExceptionFactory, UnitFactory, UserFactory, seated
from tests.workflows.board import GROUND, make_board
from wagtail_pbgdpl.matters import ledger, record
from wagtail_pbgdpl.matters.deeds import Deed, Refused, act
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.matters.recalculation import recalculate
from wagtail_pbgdpl.matters.reminders import remind
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.regulations import RoleCode, get_regulation, shipped_profiles
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.django_db
ASKED_AT = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def now(time_machine: Any) -> Any:
    time_machine.move_to(ASKED_AT, tick=False)
    return time_machine


@pytest.fixture
def unit() -> Any:
    return UnitFactory(categories=["C2"])


@pytest.fixture
def head(unit: Any) -> Any:
    return seated("unit_head", unit=unit)


@pytest.fixture
def secretary() -> Any:
    return seated("secretary")


@pytest.fixture
def matter(unit: Any, secretary: Any, head: Any) -> Matter:
    officer = seated("contact_officer", unit=unit)
    return own.ask("Luật Hòa giải ở cơ sở", "Nhà văn hóa xã Yên Cư", unit, officer)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def decide(user: Any, matter: Matter, way: str, **values: str) -> Any:
    """Send the form of a move as the page of the matter has it."""
    client = signed_in(user)
    text = client.get(matter.address).content.decode()
    seen = re.search(rf'name="{way}-seen" value="([^"]+)"', text)
    data = {f"{way}-{name}": value for name, value in values.items()}
    data |= {"way": way, f"{way}-seen": seen[1] if seen else ""}
    return client.post(matter.address, data, follow=True)


def again(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def test_from_the_request_to_the_end(matter: Matter, secretary: Any, head: Any) -> None:
    assert matter.address == reverse("pbgdpl_matter", args=[matter.pk])
    assert matter.due_at == datetime.datetime(2026, 3, 9, 23, 59, 59, 999999, tzinfo=VIETNAM)
    waits = reverse("pbgdpl_waiting")
    assert matter.address in signed_in(secretary).get(waits).content.decode()
    assert matter.address not in signed_in(head).get(waits).content.decode()

    shown = signed_in(secretary).get(matter.address).content.decode()
    assert "Nhà văn hóa xã Yên Cư" in shown
    assert "Chờ thư ký xem xét" in shown
    assert "15/KH-UBND" in shown
    assert decide(secretary, matter, "give").status_code == 200
    assert again(matter).state == "given"
    assert matter.address in signed_in(head).get(waits).content.decode()
    assert "Chờ ông/bà xử lý: «Luật Hòa giải ở cơ sở»" in [
        one.subject for one in Notice.objects.filter(recipient=head)
    ]

    decide(head, matter, "agree", text="Ông Hoàng Văn Thái")
    done = again(matter)
    assert (done.state, done.outcome, done.closed_by) == ("agreed", "agreed", head)
    assert done.unit_at_close == done.unit
    assert done.closed_at == ASKED_AT
    moves = list(matter.events.values_list("move", "by", "role", "text"))
    assert moves[1:] == [
        ("give", secretary.pk, "secretary", ""),
        ("agree", head.pk, "unit_head", "Ông Hoàng Văn Thái"),
    ]
    assert "Ông Hoàng Văn Thái" in signed_in(head).get(matter.address).content.decode()


def test_is_in_the_journal(matter: Matter, secretary: Any) -> None:
    decide(secretary, matter, "give")
    text = signed_in(secretary).get(reverse("pbgdpl_decisions")).content.decode()
    assert matter.address in text
    assert "chuyển đơn vị" in text


def test_needs_grounds_and_words(matter: Matter, secretary: Any) -> None:
    """R9"""
    refused = decide(secretary, matter, "decline", text="Trùng lịch")
    assert refused.status_code == 422
    assert "Trùng lịch" in refused.content.decode()
    refused = decide(secretary, matter, "decline", grounds=GROUND)
    assert refused.status_code == 422
    assert again(matter).state == "asked"
    decide(secretary, matter, "decline", grounds=GROUND, text="Trùng lịch")
    row = again(matter)
    assert (row.state, row.role, row.is_open) == ("declined", "", True)
    event = row.events.last()
    assert [one["code"] for one in event.grounds] == [GROUND]
    assert str(event) == "trả lại: Luật Hòa giải ở cơ sở"


@pytest.mark.parametrize("profile", shipped_profiles())
def test_in_a_portal_of_each_regulation(profile: str, settings: Any) -> None:
    """Roles, grounds and their clauses are those of the regulation; who has none does nothing."""
    settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, "PROFILE": profile}
    regulation = get_regulation()
    unit = UnitFactory(categories=["C2"])
    head = seated("unit_head", unit=unit)
    matter = own.ask("Luật Hòa giải", "Xã Yên Cư", unit, None)
    if RoleCode.SECRETARY not in regulation.roles:
        assert decide(head, matter, "give").status_code in (404, 422)
        assert again(matter).state == "asked"
        return
    secretary = seated("secretary")
    shown = signed_in(secretary).get(matter.address).content.decode()
    assert all(ground.cited in shown for ground in regulation.refusal_grounds.values())
    grounds = list(regulation.refusal_grounds)[:1]
    stranger = seated("unit_head", unit=UnitFactory(categories=["C2"]))
    assert decide(stranger, matter, "give").status_code == 404
    words = {"text": "Trùng lịch"} | ({"grounds": grounds[0]} if grounds else {})
    decide(secretary, matter, "decline", **words)
    assert again(matter).state == "declined"
    kept = again(matter).events.get(move="decline")
    assert [one["code"] for one in kept.grounds] == grounds
    assert kept.authority == regulation.roles[RoleCode.SECRETARY].name


def test_comes_back_to_who_asked(matter: Matter, secretary: Any, unit: Any) -> None:
    decide(secretary, matter, "decline", grounds=GROUND, text="Trùng lịch")
    officer = matter.events.first().by
    assert matter.address in signed_in(officer).get(reverse("pbgdpl_waiting")).content.decode()
    decide(officer, matter, "ask_again")
    assert again(matter).state == "asked"


def test_nobody_else_sees_or_decides_it(matter: Matter, head: Any) -> None:
    """R11: another unit, another role, a guessed number, a move that is not theirs."""
    for stranger in (seated("unit_head", unit=UnitFactory(categories=["C2"])), seated("operator")):
        assert signed_in(stranger).get(matter.address).status_code == 404
        assert signed_in(stranger).post(matter.address, {"way": "give"}).status_code == 404
    assert signed_in(head).get(reverse("pbgdpl_matter", args=[matter.pk + 99])).status_code == 404
    assert decide(head, matter, "give").status_code == 422
    assert decide(head, matter, "agree", text="Tôi").status_code == 422
    assert signed_in(head).post(matter.address, {"way": "begun"}).status_code in (302, 403)
    assert again(matter).state == "asked"
    assert matter.events.count() == 1


def test_of_two_the_second_is_told(matter: Matter, secretary: Any) -> None:
    other = seated("secretary")
    looked_at = again(matter)
    act(Deed(looked_at, "give", secretary, seen=looked_at.mark))
    with pytest.raises(Refused, match="đã xử lý trước: chuyển đơn vị"):
        act(Deed(looked_at, "give", other, seen=looked_at.mark))
    assert matter.events.filter(move="give").count() == 1


def test_is_reminded_of_and_moved_with_the_calendar(
    matter: Matter, secretary: Any, now: Any
) -> None:
    CalendarExceptionFactory(date=datetime.date(2026, 3, 5))
    assert [one.row.pk for one in recalculate()] == [matter.pk]
    row = again(matter)
    assert row.due_at == datetime.datetime(2026, 3, 10, 23, 59, 59, 999999, tzinfo=VIETNAM)
    assert row.events.last().move_label == "thay đổi thời hạn"
    now.move_to(datetime.datetime(2026, 3, 9, 9, 0, tzinfo=VIETNAM), tick=False)
    remind()
    # Whose turn it is.
    letter = Notice.objects.filter(recipient=secretary, key__startswith="reminder:").get()
    assert matter.address in letter.text


def test_a_page_of_the_same_number_is_another_thing(index_of: Any) -> None:
    """What becomes of one says nothing of the other."""
    board = make_board(index_of("C2"))
    page = board.published()
    request = SpeakerRequest(pk=page.pk, topic="Luật", place="Xã", unit=board.unit)
    request.save()
    mine = record.begin(own.SpeakerRequests, request, title="Luật", category="C2", unit=board.unit)
    assert ledger.of_page(page) != mine
    before = Event.objects.of_page(page.pk).count()
    act(Deed(mine, "give", board.secretary))
    assert Event.objects.of_page(page.pk).count() == before
    item = signed_in(board.chief).get(reverse("pbgdpl_item", args=[page.pk])).content.decode()
    assert "chuyển đơn vị" not in item.lower()
    page.delete()
    assert again(mine).state == "given"


def test_has_a_list_and_stands_on_the_home_page(
    matter: Matter, secretary: Any, head: Any, now: Any
) -> None:
    address = reverse("pbgdpl_matters")
    for user in (secretary, head):
        assert matter.address in signed_in(user).get(address).content.decode()
    stranger = seated("unit_head", unit=UnitFactory(categories=["C2"]))
    assert matter.address not in signed_in(stranger).get(address).content.decode()
    assert signed_in(UserFactory(is_staff=True)).get(address).status_code == 302

    now.move_to(datetime.datetime(2026, 3, 12, 9, 0, tzinfo=VIETNAM), tick=False)
    home = signed_in(head).get(reverse("wagtailadmin_home")).content.decode()
    late = f"{address}?kind=speaker&amp;state=late&amp;unit={matter.unit_id}"
    assert late in home
    assert matter.address in signed_in(head).get(late.replace("&amp;", "&")).content.decode()
    closed = signed_in(head).get(f"{address}?state=closed").content.decode()
    assert matter.address not in closed
    sheet = b"".join(signed_in(head).get(f"{address}?export=csv").streaming_content).decode()
    assert "Đề nghị cử báo cáo viên" in sheet
    assert "quá hạn 3 ngày làm việc" in sheet


def test_is_not_counted_as_a_publication(matter: Matter, secretary: Any) -> None:
    """P1, S6: the ledger and the quotas are about what is published."""
    assert not Matter.objects.publications().exists()
    text = signed_in(secretary).get(reverse("pbgdpl_ledger")).content.decode()
    assert "Luật Hòa giải" not in text


def test_the_guide_says_what_the_app_does(repository: Path) -> None:
    guide = (repository / "docs/how-to/add-a-kind.md").read_text()
    blocks = dict(re.findall(r"```python\n# speakers/(\w+)\.py\n(.*?)```", guide, re.DOTALL))
    assert list(blocks) == ["models", "kinds", "apps"]
    app = repository / "tests/extension_app"
    assert blocks["kinds"] == (app / "kinds.py").read_text()
    model = blocks["models"].partition("\n\n\n")[2]
    assert model in (app / "models.py").read_text()
    lines = [line for code in blocks.values() for line in code.splitlines() if line.strip()]
    assert len(lines) < 100
