"""Items in every state of moderation, brought there by the people of the demo, as in the admin."""

from __future__ import annotations

import datetime
import json
from typing import Any

from wagtail_pbgdpl.content.actions import add_draft
from wagtail_pbgdpl.organisation.models import Unit
from wagtail_pbgdpl.pages.models import NewsPage
from wagtail_pbgdpl.regulations import RoleCode
from wagtail_pbgdpl.workflows import decisions

from .sources import office_day, read

CATEGORY = "C2"
UNIT = "phong-pbgdpl"


def load_items(index: Any, people: dict[RoleCode, Any], today: datetime.date) -> int:
    """Make the items that are missing below ``index``; return how many. Days count from ``today``.

    Their ways follow the steps of the default regulation.
    """
    there = set(NewsPage.objects.child_of(index).values_list("slug", flat=True))
    missing = [entry for entry in read("items.toml")["item"] if entry["slug"] not in there]
    for entry in missing:
        page = _draft(index, entry, people[RoleCode.CONTACT_OFFICER], today)
        for doing in entry["way"]:
            _do(page.pk, doing, entry, people)
    return len(missing)


def _draft(index: Any, entry: dict[str, Any], author: Any, today: datetime.date) -> Any:
    page = NewsPage(
        title=entry["title"],
        slug=entry["slug"],
        summary=entry["summary"],
        author=author.get_full_name(),
        source="Phòng Phổ biến, giáo dục pháp luật",
        unit=Unit.objects.get(code=UNIT),
        information_on=office_day(today, entry["days_ago"]),
    )
    body = [{"type": "rich_text", "value": entry["text"]}]
    page.body = NewsPage._meta.get_field("body").to_python(json.dumps(body))
    return add_draft(index, page, user=author)


def _do(pk: int, doing: str, entry: dict[str, Any], people: dict[RoleCode, Any]) -> None:
    page = NewsPage.objects.get(pk=pk)
    if doing == "send":
        _send(page, people[RoleCode.CONTACT_OFFICER])
        return
    role, _colon, what = doing.partition(":")
    user = people[RoleCode(role)]
    grounds, words = entry.get("grounds", ()), entry.get("explanation", "")
    if what == "emergency":
        decisions.publish_in_emergency(page, user, reason=words)
    elif what == "take_down":
        decisions.take_down(page, user, grounds=grounds, reason=words)
    elif what == "return":
        step = page.current_workflow_task_state.pk
        decisions.send_back(step, user, grounds=grounds, explanation=words)
    else:
        decisions.pass_step(page.current_workflow_task_state.pk, user)


def _send(page: Any, user: Any) -> None:
    state = page.current_workflow_state
    if state is None:
        page.get_workflow().start(page, user)
    else:
        state.resume(user)
