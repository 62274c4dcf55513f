"""Provinces that become one: a portal comes into one that has content of its own (I2)."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.exchange.full import all_rows, changed, contents, index, lines, portal_of_its_own
from tests.exchange.full import fill as fill_portal
from tests.factories import NewsFactory, UnitFactory, UserFactory
from tests.questions.case import received
from tests.workflows.board import edit, fresh
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.exchange.exporting import Export
from wagtail_pbgdpl.exchange.importing import Done, Import
from wagtail_pbgdpl.exchange.problems import NotTaken, Refused
from wagtail_pbgdpl.management.commands.pbgdpl_export import since_of
from wagtail_pbgdpl.management.commands.pbgdpl_import import read_map
from wagtail_pbgdpl.matters import seals
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.organisation.models import Unit
from wagtail_pbgdpl.pages.models import NewsPage, PortalPage
from wagtail_pbgdpl.questions.models import Question
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def take(sender: Any, here: Path) -> Callable[..., Done]:
    def run(package: Any, **options: Any) -> Done:
        return Import(package, sender.public_key(), **options).run()

    return run


@pytest.fixture
def ours(here: Path, packages: dict[str, Path]) -> Any:
    """A portal with a unit and an item of its own, at the address of one that comes."""
    unit = UnitFactory(code="so-tu-phap-moi", name="Sở Tư pháp (mới)")
    NewsFactory(parent=index("C2"), title="Hội nghị phổ biến", unit=unit)
    PortalPage.objects.update(title="Cổng của tỉnh mới")
    return unit


def supplying(packages: dict[str, Path]) -> str:
    """The code of the unit whose items come."""
    codes = {record["id"] for record in lines(packages["plain"], "unit")} - {"phong-cu"}
    (code,) = codes
    return code


def test_under_new_units(packages: dict[str, Path], take: Any, ours: Any) -> None:
    code = supplying(packages)
    units = {code: ours.code, "phong-cu": "phong-cu-bac-kan"}
    done = take(packages["plain"], units=units)
    assert not Unit.objects.filter(code__in=[code, "phong-cu"]).exists()
    assert Unit.objects.get(code="phong-cu-bac-kan").name == "Phòng cũ"
    assert Matter.objects.get(title="Phải đăng").unit == ours
    came = NewsPage.objects.get(title="Hội nghị phổ biến", slug="hoi-nghi-pho-bien-2")
    assert came.unit == ours
    assert came.get_parent().specific == index("C2")
    matter = Matter.objects.get(kind="publication", subject=came.pk)
    assert {event.unit for event in matter.events.all()} == {ours}
    assert PortalPage.objects.get().title == "Cổng của tỉnh mới"
    assert done.counts["unit"] == {"kept": 1, "created": 1}
    assert done.counts["page"]["kept"] > 10
    assert list(seals.faults()) == []

    before = all_rows()
    take(packages["plain"], units=units)
    assert changed(before) == {}


def test_the_same_unit_under_its_own_code(packages: dict[str, Path], take: Any, ours: Any) -> None:
    code = supplying(packages)
    Unit.objects.filter(pk=ours.pk).update(code=code)
    before = all_rows()
    with pytest.raises(NotTaken, match="say with --map-units"):
        take(packages["plain"])
    assert changed(before) == {}
    take(packages["plain"], units={code: code})
    assert Matter.objects.get(title="Phải đăng").unit == ours


def test_somebody_else_of_the_same_user_name(
    packages: dict[str, Path], take: Any, ours: Any
) -> None:
    (name, *_others) = [record["id"] for record in lines(packages["plain"], "account")]
    other = UserFactory(username=name, first_name="Người khác")
    with pytest.raises(NotTaken, match="say with --map-users"):
        take(packages["plain"])
    take(packages["plain"], accounts={name: "nguoi-cu"})
    other.refresh_from_db()
    assert other.first_name == "Người khác"
    assert not other.pbgdpl_seats.exists()


def test_numbers_of_questions(packages: dict[str, Path], take: Any, ours: Any) -> None:
    (record,) = lines(packages["plain"], "question")
    received()
    Question.objects.update(number=record["number"])
    with pytest.raises(NotTaken, match="«number»"):
        take(packages["plain"])
    take(packages["plain"], number_prefix="BC-")
    assert Question.objects.filter(number=f"BC-{record['number']}").exists()


def test_what_was_changed_on_both_sides(packages: dict[str, Path], take: Any, here: Path) -> None:
    take(packages["plain"])
    NewsPage.objects.filter(title="Bản nháp").update(author="Người sửa ở đây")
    take(packages["plain"])
    assert NewsPage.objects.get(title="Bản nháp").author == "Người sửa ở đây"


@pytest.fixture(scope="module")
def sent(
    sender: Any, tmp_path_factory: Any, django_db_setup: None, django_db_blocker: Any
) -> dict[str, bytes]:
    found = {}

    def write(name: str, **options: Any) -> None:
        file = io.BytesIO()
        Export(sender, **options).write(file)
        found[name] = file.getvalue()

    start = timezone.now()
    with django_db_blocker.unblock(), portal_of_its_own(tmp_path_factory.mktemp("later")):
        fill_portal()
        write("first")
        with time_machine.travel(start + datetime.timedelta(days=7)):
            item = NewsFactory(parent=index("C2"), title="Tin mới")
            old = NewsPage.objects.get(title="Bản nháp")
            edit(old, None, title="Bản nháp nay đã đăng")
            publish(fresh(old).get_latest_revision_as_object())
            unpublished = NewsPage.objects.get(title="Hội nghị phổ biến")
            fresh(unpublished).unpublish()
            assert item.live
            write("later", since=start + datetime.timedelta(days=1))
            write("all")
    return found


class TestLater:
    """What changed since goes after what went before."""

    def test_the_portals_are_equal_then(
        self, sent: dict[str, bytes], sender: Any, here: Path, take: Any
    ) -> None:
        take(io.BytesIO(sent["first"]))
        done = take(io.BytesIO(sent["later"]))
        assert done.counts["page"] == {"created": 1, "updated": 2}
        file = io.BytesIO()
        Export(sender).write(file)
        ours, theirs = contents(file.getvalue()), contents(sent["all"])
        assert ours.keys() == theirs.keys()
        for name, said in theirs.items():
            if name not in ("records/page.jsonl", "manifest.json"):
                assert ours[name] == said, name
        assert sorted(lines(file.getvalue(), "page"), key=str) == sorted(
            lines(sent["all"], "page"), key=str
        )
        assert list(seals.faults()) == []
        assert len(lines(sent["later"], "page")) == 3

    def test_it_is_refused_where_history_went_on(self, sent: dict[str, bytes], take: Any) -> None:
        take(io.BytesIO(sent["first"]))
        publish(NewsPage.objects.get(title="Bản nháp").get_latest_revision_as_object())
        before = all_rows()
        with pytest.raises(NotTaken, match="changed both here"):
            take(io.BytesIO(sent["later"]))
        assert changed(before) == {}


class TestWords:
    @pytest.mark.parametrize(
        ("said", "found"),
        [
            ("a,b\n# x,y\n\nc , d\n", {"a": "b", "c": "d"}),
            ("\ufeffa,b\n", {"a": "b"}),
        ],
    )
    def test_a_map(self, tmp_path: Path, said: str, found: dict[str, str]) -> None:
        (tmp_path / "map.csv").write_text(said, encoding="utf-8")
        assert read_map(str(tmp_path / "map.csv")) == found

    @pytest.mark.parametrize("said", ["a\n", "a,\n", "a,b,c\n", "a,b\na,c\n"])
    def test_a_map_that_is_none(self, tmp_path: Path, said: str) -> None:
        (tmp_path / "map.csv").write_text(said, encoding="utf-8")
        with pytest.raises(Refused, match="line "):
            read_map(str(tmp_path / "map.csv"))

    def test_a_day_begins_here(self) -> None:
        assert since_of("2026-07-01") == datetime.datetime(2026, 7, 1, tzinfo=VIETNAM)
        assert since_of("2026-07-01T10:00:00Z") == datetime.datetime(
            2026, 7, 1, 10, tzinfo=datetime.UTC
        )
        with pytest.raises(Refused, match="no date"):
            since_of("hôm qua")

    def test_what_does_not_go_together(self, tmp_path: Path, db: Any) -> None:
        (tmp_path / "there.zip").touch()
        with pytest.raises(CommandError, match="is there already"):
            call_command("pbgdpl_export", str(tmp_path / "there.zip"), key="x")
        with pytest.raises(CommandError, match="leave encrypted"):
            call_command("pbgdpl_export", str(tmp_path / "new.zip"), key="x", persons=True)
