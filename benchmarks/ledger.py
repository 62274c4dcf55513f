"""How long the ledger takes with many open rows: due panel, first page of the report, export.

Run from the root of the project: ``python -m benchmarks.ledger`` or, for the other database,
``python -m benchmarks.ledger --database sqlite``. It fills an empty portal with 5,000 open rows and
20,000 closed ones over 120 units and every category, and asks in one process, without a network.
PostgreSQL is found as by ``benchmarks.pages``.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

from benchmarks.in_process import main, measure_acts

OPEN, CLOSED, UNITS = 5_000, 20_000, 120
REPORT = "/admin/reports/pbgdpl/ledger/"
NAMES = {
    "panel": "due panel",
    "page": "report, first page",
    "late": "report, first page of what is late",
    "xlsx": "report, all 25,000 rows as XLSX",
}


def fill(opened: int, closed: int) -> None:
    """Enter the rows; a third of the open ones are late, most of the closed were in time."""
    from django.db import connection
    from django.utils import timezone

    from tests.factories import UnitFactory
    from wagtail_pbgdpl.matters.models import Matter
    from wagtail_pbgdpl.regulations.active import get_regulation

    chance = random.Random(2026)  # noqa: S311
    now = timezone.now()
    units = UnitFactory.create_batch(UNITS)
    codes = list(get_regulation().categories)
    rows = []
    for number in range(opened + closed):
        is_open = number % ((opened + closed) // opened) == 0
        days = chance.uniform(-10, 20) if is_open else -chance.uniform(10, 2000)
        due_at = now + datetime.timedelta(days=days)
        published = None if is_open else due_at + datetime.timedelta(days=chance.uniform(-10, 2))
        rows.append(
            Matter(
                title=f"Công văn số {number}/STP-PBGDPL về phổ biến, giáo dục pháp luật",
                category=chance.choice(codes),
                unit=chance.choice(units),
                rule="T2",
                clause="Điều 12 khoản 1 điểm b",
                started_on=(due_at - datetime.timedelta(days=14)).date(),
                due_at=due_at,
                closed_at=published,
            )
        )
    Matter.objects.bulk_create(rows, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def acts() -> dict[str, Callable[[], Any]]:
    """Return what is measured, as the Trưởng Ban does it."""
    from django.template.loader import render_to_string
    from django.test import Client, RequestFactory

    from tests.factories import seated
    from wagtail_pbgdpl.desk.panels import DuePanel

    chief = seated("chief")
    client = Client()
    client.force_login(chief)

    def panel() -> str:
        request = RequestFactory().get("/admin/")
        request.user = type(chief).objects.get(pk=chief.pk)
        found = DuePanel(request)
        return render_to_string(found.template_name, found.get_context_data({}), request)

    def get(**values: str) -> Callable[[], Any]:
        def ask() -> None:
            response = client.get(REPORT, values)
            assert response.status_code == 200, response.status_code

        return ask

    return {
        "panel": panel,
        "page": get(),
        "late": get(state="late"),
        "xlsx": get(export="xlsx"),
    }


def measure(rounds: int) -> dict[str, dict[str, Any]]:
    fill(OPEN, CLOSED)
    return measure_acts(acts(), rounds, slow=("xlsx",))


if __name__ == "__main__":
    size = f"{OPEN:,} open rows, {CLOSED:,} closed, {UNITS} units"
    main("ledger", __doc__, NAMES, size, measure)
