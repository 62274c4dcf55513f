"""How long the moderation takes with many items: what waits for somebody, journal of decisions.

Run from the root of the project: ``python -m benchmarks.moderation`` or, for the other database,
``python -m benchmarks.moderation --database sqlite``. It fills an empty portal with 5,000 items at
a step or returned, and 30,000 decisions, over 120 units and every category, and asks in one
process, without a network. PostgreSQL is found as by ``benchmarks.pages``.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

from benchmarks.in_process import main, measure_acts

ITEMS, DECISIONS, UNITS = 5_000, 30_000, 120
REPORT = "/admin/reports/pbgdpl/decisions/"
WAITING = "/admin/pbgdpl/waiting/"
NAMES = {
    "chief": "panel of the Trưởng Ban",
    "secretary": "panel of the Thư ký",
    "head": "panel of the head of a unit",
    "list": "the whole list, first page",
    "reminders": "reminders of a day, 5,000 items",
    "page": "journal, first page",
    "filtered": "journal, first page of one kind",
}
# Most wait for the board.
STEPS = (
    ("unit_approve", "unit_head", "Thủ trưởng đơn vị phê duyệt"),
    ("collect_edit", "secretary", "Thư ký tổng hợp, biên tập"),
    ("verify", "member", "Thành viên kiểm tra"),
    ("approve", "chief", "Trưởng Ban duyệt đăng tải"),
    ("approve", "chief", "Trưởng Ban duyệt đăng tải"),
)


def fill(items: int, decisions: int) -> Any:
    """Enter the rows; return a unit. A tenth of the items was returned."""
    from django.db import connection
    from django.utils import timezone

    from tests.factories import UnitFactory, UserFactory
    from wagtail_pbgdpl.matters.models import Event, Matter
    from wagtail_pbgdpl.regulations.active import get_regulation

    chance = random.Random(2026)  # noqa: S311
    now = timezone.now()
    units = UnitFactory.create_batch(UNITS)
    people = UserFactory.create_batch(UNITS, password=None)
    codes = list(get_regulation().categories)
    title = "Tin số {} về phổ biến, giáo dục pháp luật"
    rows = []
    for number, state in enumerate(_states(items)):
        action, role, step = chance.choice(STEPS)
        place = chance.randrange(UNITS)
        rows.append(
            Matter(
                page_id=number + 1,
                title=title.format(number),
                category=chance.choice(codes),
                unit=units[place],
                returned=chance.random() < 0.1,
                task_state=state,
                action=action,
                role=role,
                step=step,
                sender=people[place],
                writers=[people[place].pk],
                since=now - datetime.timedelta(hours=chance.uniform(0, 400)),
            )
        )
    Matter.objects.bulk_create(rows, batch_size=500)
    # Of a thousand decisions one is an emergency publication that nobody has reviewed.
    kinds = [*["submitted", "passed", "passed", "passed"] * 225, *["returned"] * 99, "emergency"]
    Event.objects.bulk_create(
        (
            Event(
                page_id=chance.randrange(1, items * 2),
                title=title.format(number),
                category=chance.choice(codes),
                unit=chance.choice(units),
                kind=chance.choice(kinds),
                clears=chance.random() < 0.2,
                by=chance.choice(people),
                by_name="Nông Thị Hoa",
                authority="Trưởng Ban Biên tập",
            )
            for number in range(decisions)
        ),
        batch_size=500,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return units[0]


def _states(count: int) -> list[Any]:
    """Return states of a step, all of one workflow: lists read nothing of them."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page, TaskState, Workflow, WorkflowState

    from tests.factories import NewsFactory
    from wagtail_pbgdpl.pages.models import CategoryIndexPage
    from wagtail_pbgdpl.workflows.models import StepTask

    page = NewsFactory(parent=CategoryIndexPage.objects.get(category="C2"), live=False)
    kinds = [ContentType.objects.get_for_model(model) for model in (type(page), Page)]
    (workflow_state,) = WorkflowState.objects.bulk_create(
        [
            WorkflowState(
                content_type=kinds[0],
                base_content_type=kinds[1],
                object_id=str(page.pk),
                workflow=Workflow.objects.all()[0],
            )
        ]
    )
    kind = ContentType.objects.get_for_model(TaskState)
    return list(
        TaskState.objects.bulk_create(
            (
                TaskState(
                    workflow_state=workflow_state,
                    task=StepTask.objects.all()[0],
                    revision=page.latest_revision,
                    content_type=kind,
                )
                for _number in range(count)
            ),
            batch_size=500,
        )
    )


def acts(unit: Any) -> dict[str, Callable[[], Any]]:
    """Return what is measured."""
    from django.db import transaction
    from django.template.loader import render_to_string
    from django.test import Client, RequestFactory

    from tests.factories import seated
    from wagtail_pbgdpl.workflows.panels import WaitingPanel
    from wagtail_pbgdpl.workflows.reminders import remind

    users = {
        "chief": seated("chief"),
        "secretary": seated("secretary"),
        "head": seated("unit_head", unit=unit),
    }
    seated("member")
    client = Client()
    client.force_login(users["chief"])

    def panel(user: Any) -> Callable[[], Any]:
        def draw() -> str:
            request = RequestFactory().get("/admin/")
            request.user = type(user).objects.get(pk=user.pk)
            found = WaitingPanel(request)
            return render_to_string(found.template_name, found.get_context_data({}), request)

        return draw

    def get(address: str, **values: str) -> Callable[[], Any]:
        def ask() -> None:
            response = client.get(address, values)
            assert response.status_code == 200, response.status_code

        return ask

    def reminders() -> None:
        with transaction.atomic():
            remind(_working_moment())
            transaction.set_rollback(True)

    return {
        **{name: panel(user) for name, user in users.items()},
        "list": get(WAITING),
        "reminders": reminders,
        "page": get(REPORT),
        "filtered": get(REPORT, kind="returned"),
    }


def _working_moment() -> datetime.datetime:
    """Return the present, or the same time of the next day that is worked."""
    from django.utils import timezone

    from wagtail_pbgdpl.worktime.active import get_calendar
    from wagtail_pbgdpl.worktime.deadline import local_day

    at, calendar = timezone.now(), get_calendar()
    while not calendar.day(local_day(at)).works:
        at += datetime.timedelta(days=1)
    return at


def measure(rounds: int) -> dict[str, dict[str, Any]]:
    unit = fill(ITEMS, DECISIONS)
    return measure_acts(acts(unit), rounds)


if __name__ == "__main__":
    size = f"{ITEMS:,} items, {DECISIONS:,} decisions, {UNITS} units"
    main("moderation", __doc__, NAMES, size, measure)
