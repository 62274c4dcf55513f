"""The page on which an item is decided, the list of what waits, and the editor's buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from tests.factories import DelegationFactory, SeatFactory, UserFactory, seated
from tests.workflows.board import GROUND, Board, edit, fresh, kinds, step_of
from tests.workflows.test_guard import form_of
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.organisation.models import Seat
from wagtail_pbgdpl.workflows import decisions

pytestmark = pytest.mark.django_db

LATER = {"grounds": [GROUND], "explanation": "Thiếu số liệu quý I."}


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(page: Any) -> str:
    return reverse("pbgdpl_item", args=[page.pk])


def form(way: str, **values: Any) -> dict[str, Any]:
    return {"way": way, **{f"{way}-{name}": value for name, value in values.items()}}


def post(user: Any, page: Any, way: str, **values: Any) -> Any:
    return logged_in(user).post(address(page), form(way, **values))


def texts(response: Any) -> list[str]:
    """What Wagtail says above the page."""
    return [str(message) for message in response.context["messages"]]


def see(user: Any, page: Any) -> BeautifulSoup:
    response = logged_in(user).get(address(page))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def offered(user: Any, page: Any) -> list[str]:
    return [str(field["value"]) for field in see(user, page).select("input[name=way]")]


# For each way: who may, what is filled in, and how the item is brought there.
WAYS: dict[str, tuple[str, dict[str, Any], Callable[[Board], Any]]] = {
    "pass": ("chief", {"comment": "Được."}, lambda board: board.at_approval()),
    "return": ("chief", LATER, lambda board: board.at_approval()),
    "take-back": ("officer", {"reason": "Gửi nhầm."}, lambda board: board.sent()),
    "emergency": ("chief", {"reason": "Lũ về trong đêm."}, lambda board: board.sent()),
    "review": ("secretary", {"comment": "Nội dung đúng."}, lambda board: in_emergency(board)),
    "take-down": (
        "chief",
        {"grounds": [GROUND], "reason": "Sai số liệu."},
        lambda board: board.published(),
    ),
}
DONE = {
    "pass": "passed",
    "return": "returned",
    "take-back": "withdrawn",
    "emergency": "emergency",
    "review": "reviewed",
    "take-down": "taken_down",
}
# Of the board too, and none of these ways is theirs.
WRONG = {
    "pass": "deputy",
    "return": "secretary",
    "take-back": "member",
    "emergency": "deputy",
    "review": "chief",
    "take-down": "secretary",
}


def in_emergency(board: Board) -> Any:
    page = board.sent()
    decisions.publish_in_emergency(page, board.chief, reason="Lũ về.")
    return fresh(page)


@pytest.mark.parametrize("way", WAYS)
class TestEachWay:
    @pytest.fixture
    def page(self, board: Board, way: str) -> Any:
        return WAYS[way][2](board)

    def test_by_the_right_person(self, board: Board, page: Any, way: str) -> None:
        """R2, R8, R9"""
        user = getattr(board, WAYS[way][0])
        assert way in offered(user, page)
        client = logged_in(user)
        response = client.post(address(page), form(way, **WAYS[way][1]), follow=True)
        assert response.redirect_chain == [(address(page), 302)]
        last = Event.objects.decisions().filter(subject=page.pk).last()
        assert last is not None
        assert (last.move, last.by) == (DONE[way], user)
        assert any(page.title in text for text in texts(response))

    def test_by_a_wrong_one(self, board: Board, page: Any, way: str) -> None:
        user = getattr(board, WRONG[way])
        before = kinds(page)
        assert way not in offered(user, page)
        response = post(user, page, way, **WAYS[way][1])
        assert response.status_code == 422
        assert texts(response)
        assert kinds(page) == before

    def test_by_who_may_not_even_read_it(self, board: Board, page: Any, way: str) -> None:
        """R11: neither the page nor whether there is one."""
        before = kinds(page)
        for user in (seated(*[role]) for role in ("contact_officer", "unit_head", "operator")):
            client = logged_in(user)
            for response in (
                client.get(address(page)),
                client.post(address(page), form(way, **WAYS[way][1])),
            ):
                assert response.status_code == 302
                assert response["Location"] == reverse("wagtailadmin_home")
        client = logged_in(UserFactory())
        assert client.post(address(page), form(way)).status_code == 302
        assert Client().post(address(page), form(way)).status_code == 302
        assert kinds(page) == before

    def test_without_what_has_to_be_said(self, board: Board, page: Any, way: str) -> None:
        """R9: the message stands at the field, and what was typed is still there."""
        user, values, _make = WAYS[way]
        needed = [name for name in values if (way, name) not in OPTIONAL]
        before = kinds(page)
        for missing in needed:
            typed = {name: value for name, value in values.items() if name != missing}
            response = post(getattr(board, user), page, way, **typed)
            assert response.status_code == 422
            html = BeautifulSoup(response.content, "lxml")
            field = html.select_one(f"[id$=panel-child-{way}-{missing}], #id_{way}-{missing}")
            assert field is not None
            wrong = response.context["ways"]
            bound = next(one["form"] for one in wrong if one["name"] == way)
            assert list(bound.errors) == [missing]
            assert str(bound.errors[missing][0]) in html.get_text()
            for name, value in typed.items():
                if isinstance(value, list):
                    ticked = html.select(f"input[name={way}-{name}][checked]")
                    assert [box["value"] for box in ticked] == value
                else:
                    area = html.select_one(f"textarea[name={way}-{name}]")
                    assert area is not None
                    assert area.get_text().strip() == value
        assert kinds(page) == before


OPTIONAL = {("pass", "comment"), ("take-back", "reason")}


class TestWhatIsRefused:
    @pytest.mark.parametrize("way", ["", "publish", "pass "])
    def test_an_unknown_way(self, board: Board, way: str) -> None:
        page = board.at_approval()
        response = logged_in(board.chief).post(address(page), {"way": way})
        assert response.status_code == 302
        assert fresh(page).current_workflow_task is not None

    @pytest.mark.parametrize("which", ["home", "root", "none"])
    def test_a_page_that_is_no_item(self, board: Board, site: Any, which: str) -> None:
        """Of the site around the portal, or of nowhere."""
        root = Page.objects.order_by("path").first()
        assert root is not None
        keys = {"home": site.root_page_id, "root": root.pk, "none": 10**6}
        client = logged_in(board.chief)
        target = reverse("pbgdpl_item", args=[keys[which]])
        assert client.get(target).status_code in (302, 404)
        assert client.post(target, form("pass")).status_code in (302, 404)

    def test_a_step_that_another_has_decided(self, board: Board) -> None:
        page = board.at_approval()
        DelegationFactory(
            delegator=Seat.objects.get(user=board.chief),
            delegate=Seat.objects.get(user=board.deputy),
        )
        seen = page.latest_revision_id
        decisions.pass_step(step_of(page), board.deputy)
        response = post(board.chief, page, "pass", comment="Được.", seen=seen)
        assert response.status_code == 422
        (text,) = texts(response)
        assert board.deputy.username in text
        assert "đã xử lý trước" in text
        assert kinds(page).count("passed") == 4

    def test_a_text_that_has_changed_meanwhile(self, board: Board) -> None:
        page = board.sent()
        seen = page.latest_revision_id
        edit(page, board.head, title="Thủ trưởng đã sửa")
        response = post(board.head, page, "pass", comment="Được.", seen=seen)
        assert response.status_code == 422
        assert "Đọc lại" in texts(response)[0]
        assert Matter.objects.waiting().get().role == "unit_head"
        # They were told: the form beside the message is about the new text, with what was typed.
        (again,) = [one["form"] for one in response.context["ways"] if one["name"] == "pass"]
        assert again["comment"].value() == "Được."
        typed = {name: again[name].value() for name in ("seen", "step", "comment")}
        assert post(board.head, page, "pass", **typed).status_code == 302

    def test_pressing_twice_passes_one_step(self, board: Board) -> None:
        """Also where both steps are the same person's, as the last two of BP20 are."""
        SeatFactory(user=board.head, role="secretary")
        page = board.sent()
        (field,) = see(board.head, page).select("input[name=pass-step]")
        assert field["value"] == str(step_of(page))
        assert post(board.head, page, "pass", step=field["value"]).status_code == 302
        response = post(board.head, page, "pass", step=field["value"], comment="Được.")
        assert response.status_code == 422
        assert "đã xử lý trước" in texts(response)[0]
        assert Matter.objects.waiting().get().role == "secretary"
        response = post(board.head, page, "return", step=field["value"], **LATER)
        assert response.status_code == 422
        assert not Matter.objects.waiting().get().is_returned

    def test_unknown_grounds(self, board: Board) -> None:
        page = board.at_approval()
        response = post(board.chief, page, "return", grounds=["khong-co"], explanation="Sửa lại.")
        assert response.status_code == 422
        assert "Sửa lại." in response.content.decode()
        assert not Matter.objects.waiting().get().is_returned

    def test_an_incomplete_item(self, board: Board) -> None:
        """S3"""
        page = board.at_approval(author="")
        response = post(board.chief, page, "pass", comment="Được rồi.")
        assert response.status_code == 422
        assert "tác giả" in response.content.decode()
        assert "Được rồi." in response.content.decode()
        assert not fresh(page).live

    def test_asking_changes_nothing(self, board: Board) -> None:
        page = board.at_approval()
        before = (kinds(page), Matter.objects.waiting().values().get())
        logged_in(board.chief).get(address(page), form("pass", comment="Được."))
        assert (kinds(page), Matter.objects.waiting().values().get()) == before

    def test_without_the_token_of_the_form(self, board: Board) -> None:
        page = board.at_approval()
        client = Client(enforce_csrf_checks=True)
        client.force_login(board.chief)
        assert client.post(address(page), form("pass")).status_code == 403
        assert not fresh(page).live


class TestTheHistory:
    def test_shows_rounds_grounds_clauses_and_delegation(self, board: Board) -> None:
        """R3, R9, R12"""
        DelegationFactory(
            delegator=Seat.objects.get(user=board.chief),
            delegate=Seat.objects.get(user=board.deputy),
            decision_number="07/QĐ-BBT",
        )
        page = board.at_approval()
        decisions.send_back(step_of(page), board.deputy, **LATER)
        board.send(page)
        board.pass_on(page, board.head, board.secretary, board.member, board.deputy)
        rows = see(board.officer, page).select("#pbgdpl-history-content > ol > li")
        shown = [row.get_text(" ", strip=True) for row in rows]
        assert len(shown) == 10
        assert ["lượt 2" in one for one in shown] == [False] * 5 + [True] * 5
        for text in (
            "(Điều 14 khoản 2)",
            "TUQ. Trưởng Ban Biên tập",
            "07/QĐ-BBT",
            "Thông tin không bảo đảm đầy đủ, chính xác (Điều 9 – suy ra",
            "Thiếu số liệu quý I.",
        ):
            assert text in shown[4]

    def test_text_is_shown_as_text(self, board: Board) -> None:
        page = board.sent()
        text = "<script>alert(1)</script>"
        decisions.send_back(step_of(page), board.head, grounds=[GROUND], explanation=text)
        html = logged_in(board.officer).get(address(page)).content.decode()
        assert text not in html

    def test_costs_the_same_for_many(self, board: Board) -> None:
        page = board.at_approval()

        def queries() -> int:
            client = logged_in(board.chief)
            client.get(address(page))
            with CaptureQueriesContext(connection) as captured:
                client.get(address(page))
            return len(captured)

        few = queries()
        matter = Matter.objects.get(subject=page.pk)
        for number in range(30):
            Event.objects.create(
                matter=matter,
                subject=page.pk,
                title=page.title,
                unit=board.unit,
                move="returned",
                by=UserFactory(),
                by_name=f"Người {number}",
                revision=page.latest_revision_id,
            )
        assert queries() == few
        assert few < 90

    def test_says_that_nobody_can_decide(self, board: Board) -> None:
        page = board.at_approval()
        Seat.objects.filter(user=board.chief).delete()
        assert "chưa có ai" in see(board.secretary, page).select(".pbgdpl-item p")[0].get_text()


class TestWhatWaits:
    def rows(self, user: Any, **query: Any) -> list[str]:
        response = logged_in(user).get(reverse("pbgdpl_waiting"), query)
        assert response.status_code == 200
        html = BeautifulSoup(response.content, "lxml")
        return [link.get_text(strip=True) for link in html.select("table.listing tbody a")]

    def test_each_sees_their_own(self, board: Board) -> None:
        page = board.sent(title="Bài chờ thủ trưởng")
        assert self.rows(board.head) == ["Bài chờ thủ trưởng"]
        assert self.rows(board.officer) == self.rows(board.chief) == []
        assert self.rows(seated("unit_head")) == []
        board.pass_on(page, board.head)
        assert self.rows(board.head) == []
        assert self.rows(board.secretary) == ["Bài chờ thủ trưởng"]

    def test_a_page_number_from_nowhere(self, board: Board) -> None:
        board.sent(title="Bài chờ")
        for number in ("99", "-1", "abc", ""):
            assert self.rows(board.head, p=number) == ["Bài chờ"]

    def test_not_without_access_to_the_admin(self) -> None:
        assert logged_in(UserFactory()).get(reverse("pbgdpl_waiting")).status_code == 302

    def test_it_stands_on_the_home_page(self, board: Board) -> None:
        board.sent(title="Bài chờ thủ trưởng")
        html = logged_in(board.head).get("/admin/").content.decode()
        assert "pbgdpl-waiting" in html
        assert "Bài chờ thủ trưởng" in html


class TestTheEditor:
    """The buttons below the form."""

    def buttons(self, user: Any, page: Any) -> list[str]:
        response = logged_in(user).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert response.status_code == 200
        html = BeautifulSoup(response.content, "lxml")
        foot = html.select("footer [name^=action-], footer a[href*='/pbgdpl/items/']")
        return [str(one.get("name") or "item") for one in foot]

    def test_a_contact_officer_sends_and_does_not_publish(self, board: Board) -> None:
        """R5, R8: to send comes first, to save second."""
        found = self.buttons(board.officer, board.draft())
        assert found[0] == "action-submit"
        assert "action-publish" not in found
        assert found[-1] == "item"

    def test_the_chief_at_the_step_comes_to_the_decision_first(self, board: Board) -> None:
        found = self.buttons(board.chief, board.at_approval())
        assert found[0] == "item"
        assert "action-publish" not in found

    @pytest.mark.parametrize(
        ("who", "public", "expected"),
        [
            ("officer", True, [""]),
            ("secretary", True, [""]),
            ("chief", True, ["take-down", ""]),
            ("chief", False, ["emergency", ""]),
            ("officer", False, [""]),
        ],
    )
    def test_what_is_one_press_away(
        self, board: Board, who: str, public: bool, expected: list[str]
    ) -> None:
        """The journal, and what is past the steps for who may; in the editor and in lists."""
        page = board.published() if public else board.sent()
        client = logged_in(getattr(board, who))
        for place, above in (
            (reverse("wagtailadmin_pages:edit", args=[page.pk]), ".pbgdpl-item-bar"),
            (reverse("wagtailadmin_explore", args=[page.get_parent().pk]), "ul.actions"),
        ):
            html = BeautifulSoup(client.get(place).content, "lxml")
            links = [str(one["href"]) for one in html.select(f"{above} a[href^='{address(page)}']")]
            ways = [link.partition("?way=")[2] for link in links]
            assert ways == expected, place
            for link in links:
                assert client.get(link).status_code == 200
        if expected[0]:
            opened = BeautifulSoup(client.get(links[0]).content, "lxml")
            (field,) = opened.select("[autofocus]")
            assert field["name"] == f"{expected[0]}-reason"

    def test_who_is_still_signed_in(self, board: Board) -> None:
        """What the editor asks before it sends a form: the person, and a token that is good."""
        asked = reverse("pbgdpl_still_here")
        client = Client(enforce_csrf_checks=True)
        assert client.get(asked, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
        assert client.get(asked).status_code == 302
        client.force_login(board.officer)
        answer = client.get(asked)
        assert "no-store" in answer["Cache-Control"]
        assert answer.json()["user"] == board.officer.pk
        page = board.draft()
        data = form_of(page) | {"csrfmiddlewaretoken": answer.json()["token"]}
        sent = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
        assert sent.status_code == 302

    def test_what_is_public_is_read_first(self, board: Board) -> None:
        """A draft beside it, and a form that was refused, are edited already."""
        page = board.published()
        target = reverse("wagtailadmin_pages:edit", args=[page.pk])

        def is_read_first(response: Any) -> bool:
            return bool(BeautifulSoup(response.content, "lxml").select("[data-pbgdpl-read-first]"))

        client = logged_in(board.officer)
        assert is_read_first(client.get(target))
        refused = client.post(target, form_of(page, title=""))
        assert refused.status_code == 200
        assert not is_read_first(refused)
        client.post(target, form_of(page, title="Bản sửa"))
        assert not is_read_first(client.get(target))
        assert not is_read_first(
            client.get(reverse("wagtailadmin_pages:edit", args=[board.draft().pk]))
        )

    @pytest.mark.parametrize("who", ["officer", "head", "chief"])
    @pytest.mark.parametrize("returned", [False, True])
    def test_nobody_stops_or_restarts_a_workflow_of_wagtail(
        self, board: Board, who: str, returned: bool
    ) -> None:
        page = board.sent()
        if returned:
            decisions.send_back(step_of(page), board.head, **LATER)
        found = self.buttons(getattr(board, who), page)
        assert not {"action-cancel-workflow", "action-restart-workflow"} & set(found)
        assert "item" in found

    def test_nor_by_what_a_browser_can_send(self, board: Board) -> None:
        page = board.sent()
        target = reverse("wagtailadmin_pages:edit", args=[page.pk])
        for name in ("action-cancel-workflow", "action-restart-workflow"):
            logged_in(board.head).post(target, form_of(page, **{name: "1"}))
            logged_in(board.officer).post(target, form_of(page, **{name: "1"}))
        confirm = reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[page.pk])
        logged_in(board.officer).post(confirm)
        assert Matter.objects.waiting().get().role == "unit_head"
        assert kinds(page) == ["submitted"]
