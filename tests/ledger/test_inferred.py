"""A time limit that the paper does not lay down itself is shown as such wherever it is cited."""

from __future__ import annotations

import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.factories import NewsFactory
from wagtail_pbgdpl.matters import addresses
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.regulations.schema import INFERRED
from wagtail_pbgdpl.worktime import VIETNAM

CITED = f"Điều 9 khoản 2 – {INFERRED}"
RULE = """
[deadlines.T1]
applies_to = ["C1", "C4", "C5", "C7", "C8", "C9", "C10", "C11", "C15"]
[deadlines.tin]
name = "Tin hoạt động"
unit = "working_day"
amount = 3
starts = "held"
applies_to = ["C2"]
clause = "Điều 9 khoản 2"
"""


@pytest.fixture(autouse=True)
def profile(settings: Any, tmp_path: Path) -> Any:
    path = tmp_path / "tinh.toml"

    def use(inferred: str) -> None:
        path.write_text(
            f'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n{RULE}inferred = {inferred}\n',
            encoding="utf-8",
        )
        settings.WAGTAIL_PBGDPL = {"PROFILE": str(path)}

    use("true")
    return use


@time_machine.travel(datetime.datetime(2026, 3, 9, 9, tzinfo=VIETNAM), tick=False)
def test_in_the_editor_the_ledger_and_the_report(desk: Client, index_of: Any) -> None:
    page = NewsFactory(
        parent=index_of("C2"),
        live=False,
        event_start=datetime.datetime(2026, 3, 2, 9, tzinfo=VIETNAM),
    )
    row = Matter.objects.publications().get(subject=page.pk)
    shown = [
        reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        reverse("pbgdpl_ledger_entry", args=(row.pk,)),
        f"{addresses.report()}?export=csv",
    ]
    for address in shown:
        response = desk.get(address)
        text = b"".join(response) if response.streaming else response.content
        assert CITED in text.decode(), address


@time_machine.travel(datetime.datetime(2026, 3, 9, 9, tzinfo=VIETNAM), tick=False)
def test_rows_follow_the_profile(index_of: Any, profile: Any) -> None:
    """As they follow a clause that is put right."""
    profile("false")
    page = NewsFactory(parent=index_of("C2"), live=False)
    row = Matter.objects.publications().get(subject=page.pk)
    assert row.clause == "Điều 9 khoản 2"
    profile("true")
    call_command("pbgdpl_recalculate_deadlines", stdout=StringIO())
    row.refresh_from_db()
    assert row.clause == CITED


def test_by_the_command(db: None) -> None:
    out = StringIO()
    call_command("pbgdpl_deadline", "tin", "2026-03-02", stdout=out)
    assert out.getvalue().startswith(f"tin: Tin hoạt động: {CITED}\n")
