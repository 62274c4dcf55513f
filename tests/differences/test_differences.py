"""D2 (QT24 Điều 5.1a): what the national database says otherwise than we do is a task."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.differences.outside import ABSTRACT, HOST, lists, record, source_of
from tests.factories import UnitFactory, factory_for, seated
from tests.questions.case import day, send, signed_in
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.differences import follow_all
from wagtail_pbgdpl.differences.models import DOCUMENT_DIFFERENCE, Difference
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.matters.worklist import waiting_for
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.pages.models import LegalDocumentPage
from wagtail_pbgdpl.schedule import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "english")]

LawFactory = factory_for(LegalDocumentPage)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(day(2), tick=False) as frozen:
        yield frozen


@pytest.fixture
def unit() -> Any:
    return UnitFactory(name="Sở Tư pháp")


@pytest.fixture
def officer(unit: Any) -> Any:
    return seated("contact_officer", unit=unit)


@pytest.fixture
def law(index_of: Any, unit: Any) -> Any:
    """What the database says of it, we say too."""
    return LawFactory(
        parent=index_of("C7"),
        title="Nghị định về phổ biến pháp luật",
        unit=unit,
        document_number="278/2025/NĐ-CP",
        document_abstract=ABSTRACT,
        issued_on=datetime.date(2025, 10, 22),
        effective_on=datetime.date(2025, 12, 10),
    )


def matters() -> list[Matter]:
    return list(Matter.objects.filter(kind=DOCUMENT_DIFFERENCE).order_by("pk"))


def states() -> list[str]:
    return [one.state for one in matters()]


def text_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


class TestWhatDiffers:
    @pytest.mark.parametrize(
        ("facts", "field", "theirs", "ours"),
        [
            ({"effective": "2025-12-15"}, "effective_on", "2025-12-15", "2025-12-10"),
            ({"issued": "2025-10-21"}, "issued_on", "2025-10-21", "2025-10-22"),
            ({"expired": "2027-01-01"}, "expired_on", "2027-01-01", ""),
            ({"validity": "HHL1P"}, "validity", "HHL1P", "CHL"),
            ({"summary": "Sửa đổi"}, "document_abstract", "Sửa đổi", ABSTRACT),
        ],
    )
    def test_one_fact_is_one_task(
        self, law: Any, facts: dict[str, str], field: str, theirs: str, ours: str
    ) -> None:
        source = source_of()
        lists(source, record(**facts))
        assert follow_all() == 1
        found = Difference.objects.get()
        assert (found.page, found.source, found.field) == (law.pk, source, field)
        assert (found.theirs, found.ours, found.link) == (theirs, ours, f"{HOST}/1")
        assert follow_all() == 0

    @pytest.mark.parametrize(
        "said",
        [
            record(),
            record(number="0278/2025/NĐ–CP"),
            record(summary=ABSTRACT.upper().replace(",", " -")),
            # Of what it is silent nothing follows.
            record(issued="", effective="", validity="", summary=""),
            # Another document.
            record(number="279/2025/NĐ-CP", title="Nghị định 279", validity="HHL"),
        ],
        ids=["same", "number", "spelling", "silent", "another"],
    )
    def test_what_does_not(self, law: Any, said: Any) -> None:
        lists(source_of(), said)
        assert follow_all() == 0

    def test_a_number_at_the_same_address(self, law: Any) -> None:
        publish_with(law, national_database_url=f"{HOST}/1", document_number="287/2025/NĐ-CP")
        lists(source_of(), record())
        follow_all()
        assert Difference.objects.get().field == "document_number"

    def test_by_its_days_a_document_is_not_yet_in_force(self, law: Any, clock: Any) -> None:
        publish_with(law, effective_on=datetime.date(2026, 3, 5))
        lists(source_of(), record(effective="2026-03-05", validity="CCHL"))
        assert follow_all() == 0
        clock.move_to(day(5))
        assert follow_all() == 1
        assert Difference.objects.get().field == "validity"

    @pytest.mark.parametrize(
        "values", [{"is_on": False}, {"documents": ""}], ids=["off", "no documents"]
    )
    def test_whose_word_does_not_count(self, law: Any, values: dict[str, Any]) -> None:
        lists(source_of(**values), record(validity="HHL"))
        assert follow_all() == 0


def publish_with(page: Any, **changes: Any) -> Any:
    page = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    return publish(page)


@pytest.fixture
def differing(law: Any, officer: Any) -> Any:
    """A source that says that the document came into force on another day."""
    source = source_of()
    lists(source, record(effective="2025-12-15"))
    follow_all()
    return source


class TestTheTask:
    def test_the_unit_gets_it(self, differing: Any, law: Any, unit: Any, officer: Any) -> None:
        (matter,) = matters()
        assert (matter.unit, matter.category, matter.role) == (unit, "C7", "contact_officer")
        assert matter.due_at is None
        assert [light.pk for light in waiting_for(officer)] == [matter.pk]
        assert law.title in Notice.objects.get(recipient=officer).text
        words = text_of(signed_in(officer).get(matter.address))
        assert "15/12/2025" in words
        assert "10/12/2025" in words
        assert "Cơ sở dữ liệu quốc gia, copy of" in words
        stranger = seated("contact_officer", unit=UnitFactory())
        assert signed_in(stranger).get(matter.address).status_code in (302, 403, 404)

    def test_without_a_unit_it_is_the_secretarys(self, law: Any) -> None:
        publish_with(law, unit=None)
        secretary = seated("secretary")
        lists(source_of(), record(effective="2025-12-15"))
        follow_all()
        assert [light.pk for light in waiting_for(secretary)] == [matters()[0].pk]

    def test_to_take_over_makes_a_version_for_the_board(
        self, differing: Any, law: Any, officer: Any
    ) -> None:
        (matter,) = matters()
        send(officer, matter, "adopt")
        law.refresh_from_db()
        assert (law.effective_on.day, law.has_unpublished_changes) == (10, True)
        version = law.get_latest_revision()
        assert version.user == officer
        assert version.as_object().effective_on == datetime.date(2025, 12, 15)
        assert states() == ["adopting"]
        assert waiting_for(officer) == []
        # Nothing new comes of looking again; then the board lets it be public.
        assert follow_all() == 0
        publish(version.as_object())
        (matter,) = matters()
        assert (matter.state, matter.outcome) == ("agrees", "agrees")
        assert not Difference.objects.get().is_open
        assert follow_all() == 0

    def test_a_version_that_was_edited_again(self, differing: Any, law: Any, officer: Any) -> None:
        send(officer, matters()[0], "adopt")
        version = law.get_latest_revision_as_object()
        version.effective_on = datetime.date(2025, 12, 20)
        version.save_revision(clean=False)
        assert follow_all() == 1
        assert states() == ["differs"]

    def test_what_does_not_fit_is_refused(self, law: Any, officer: Any) -> None:
        lists(source_of(), record(effective="2025-10-01"))
        follow_all()
        response = send(officer, matters()[0], "adopt")
        assert "comes into force before it is issued" in text_of(response)
        assert states() == ["differs"]
        assert not law.get_latest_revision_as_object().has_unpublished_changes

    def test_what_its_days_overrule_is_refused(self, law: Any, officer: Any) -> None:
        publish_with(law, expired_on=datetime.date(2026, 1, 1))
        lists(source_of(), record())
        follow_all()
        response = send(officer, matters()[0], "adopt")
        assert "The days of the document say otherwise" in text_of(response)
        assert states() == ["differs"]

    def test_while_it_is_with_the_board(self, differing: Any, law: Any, officer: Any) -> None:
        law.refresh_from_db()
        law.save_revision(user=officer)
        law.get_workflow().start(law, officer)
        before = law.revisions.count()
        response = send(officer, matters()[0], "adopt")
        assert "it may be with the board" in text_of(response)
        assert states() == ["differs"]
        assert law.revisions.count() == before

    def test_to_disagree_needs_a_reason(self, differing: Any, officer: Any) -> None:
        send(officer, matters()[0], "dispute")
        assert states() == ["differs"]
        send(officer, matters()[0], "dispute", text="Công báo ghi ngày 10/12/2025.")
        (matter,) = matters()
        assert (matter.state, matter.outcome) == ("disputed", "disputed")
        assert "15/12/2025; ours: 10/12/2025" in text_of(signed_in(officer).get(matter.address))

    def test_it_is_raised_again_once_the_source_says_something_else(
        self, differing: Any, officer: Any
    ) -> None:
        send(officer, matters()[0], "dispute", text="Công báo ghi ngày 10/12/2025.")
        assert follow_all() == 0
        lists(differing, record(effective="2025-12-15", type="Văn bản"))
        assert follow_all() == 0
        lists(differing, record(effective="2025-12-16"))
        assert follow_all() == 1
        assert states() == ["disputed", "differs"]
        assert follow_all() == 0

    def test_a_source_that_changes_its_mind(self, differing: Any) -> None:
        lists(differing, record(effective="2025-12-16"))
        assert follow_all() == 1
        assert Difference.objects.get().theirs == "2025-12-16"
        assert [event.move for event in matters()[0].events.all()].count("says_otherwise") == 2

    def test_it_closes_by_itself(self, differing: Any, law: Any) -> None:
        lists(differing, record())
        assert follow_all() == 1
        assert states() == ["agrees"]

    @pytest.mark.parametrize("gone", ["listed", "off", "page"])
    def test_where_nobody_says_it_any_more(self, differing: Any, law: Any, gone: str) -> None:
        if gone == "listed":
            lists(differing, record("2", number="1/2020/NĐ-CP"))
        elif gone == "off":
            differing.is_on = False
            differing.save()
        else:
            LegalDocumentPage.objects.get(pk=law.pk).delete()
        assert follow_all() == 1
        assert states() == ["agrees"]

    def test_two_sources_are_two_tasks(self, differing: Any) -> None:
        lists(source_of("gazette"), record(effective="2025-12-16"))
        assert follow_all() == 1
        assert states() == ["differs", "differs"]


def test_the_tick_compares(law: Any) -> None:
    lists(source_of(), record(validity="HHL"))
    done = {outcome.name: outcome for outcome in run_jobs()}["differences from linked systems"]
    assert (done.done, done.error) == ("1 moved", "")


def test_to_look_again_costs_few_queries(differing: Any, law: Any, index_of: Any) -> None:
    """However many documents there are."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert follow_all() == 0
        return len(captured)

    before = asked()
    said = [record(effective="2025-12-15")]
    for number in range(5):
        LawFactory(parent=index_of("C7"), document_number=f"{number}/2026/NĐ-CP")
        said.append(record(f"k{number}", number=f"{number}/2026/NĐ-CP", **SILENT))
    lists(differing, *said)
    assert asked() <= before + 1


SILENT = dict.fromkeys(("issued", "effective", "validity", "summary"), "")


class TestInTheEditor:
    def panel(self, user: Any, page: Any) -> str:
        response = signed_in(user).get(f"/admin/pages/{page.pk}/edit/")
        assert response.status_code == 200
        return text_of(response)

    def test_what_the_database_says_stands_beside_ours(
        self, differing: Any, law: Any, officer: Any
    ) -> None:
        words = self.panel(officer, law)
        assert "What linked systems say" in words
        assert "copy of 02/03/2026 09:00" in words
        assert "15/12/2025 10/12/2025 (differs)" in words

    def test_two_queries_and_none_without_a_number(self, differing: Any, law: Any) -> None:
        """What the sources say, and from what the validity of ours follows."""
        from wagtail_pbgdpl.content.outside_panel import said_outside

        with CaptureQueriesContext(connection) as captured:
            assert len(said_outside(law)) == 1
        assert len(captured) == 2
        law.document_number = ""
        with CaptureQueriesContext(connection) as captured:
            assert said_outside(law) == []
        assert len(captured) == 0

    def test_nothing_of_another_number(self, differing: Any, law: Any, officer: Any) -> None:
        publish_with(law, document_number="1/2020/NĐ-CP")
        assert "What linked systems say" not in self.panel(officer, law)


def test_nobody_signed_in(differing: Any) -> None:
    assert "login" in Client().get(matters()[0].address).url
