"""A whole editorial board with one unit, for tests that let items move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from tests.factories import UnitFactory, factory_for, seated
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.pages.models import NewsPage
from wagtail_pbgdpl.workflows import decisions

GROUND = "khong-day-du-chinh-xac"  # of BK21


@dataclass
class Board:
    """People are users; ``index`` is the page that items are written below."""

    index: Any
    model: type[Any]
    unit: Any
    officer: Any
    head: Any
    secretary: Any
    member: Any
    deputy: Any
    chief: Any

    def draft(self, **values: Any) -> Any:
        values = {"title": "Tin mới", "user": self.officer, "unit": self.unit, **values}
        return factory_for(self.model)(parent=self.index, live=False, **values)

    def send(self, page: Any, user: Any = None) -> Any:
        """Send a draft, or one that came back, as the editor's button does."""
        page = fresh(page)
        state = page.current_workflow_state
        if state is not None:
            state.resume(user or self.officer)
        else:
            page.get_workflow().start(page, user or self.officer)
        return fresh(page)

    def sent(self, **values: Any) -> Any:
        return self.send(self.draft(**values))

    def pass_on(self, page: Any, *users: Any) -> Any:
        for user in users:
            decisions.pass_step(step_of(page), user)
        return fresh(page)

    def at_approval(self, **values: Any) -> Any:
        """Return an item that waits for the Trưởng Ban."""
        return self.pass_on(self.sent(**values), self.head, self.secretary, self.member)

    def pass_board(self, page: Any) -> Any:
        """Pass an item that needs no unit's approval on until it is public."""
        return self.pass_on(page, self.secretary, self.member, self.chief)

    def published(self, **values: Any) -> Any:
        return self.pass_on(self.at_approval(**values), self.chief)


def make_board(index: Any, model: type[Any] = NewsPage) -> Board:
    unit = UnitFactory()
    return Board(
        index=index,
        model=model,
        unit=unit,
        officer=seated("contact_officer", unit=unit),
        head=seated("unit_head", unit=unit),
        secretary=seated("secretary"),
        member=seated("member"),
        deputy=seated("deputy_chief"),
        chief=seated("chief"),
    )


def fresh(page: Any) -> Any:
    return type(page)._default_manager.get(pk=page.pk)


def user_again(user: Any) -> Any:
    return get_user_model()._default_manager.get(pk=user.pk)


def step_of(page: Any) -> int:
    return Matter.objects.waiting().get(subject=page.pk).place


def kinds(page: Any) -> list[str]:
    return [one.move for one in Event.objects.decisions().filter(subject=page.pk)]


def edit(page: Any, user: Any, **values: Any) -> Any:
    """Save a changed draft as the editor does."""
    page = fresh(page).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(page, name, value)
    return page.save_revision(user=user)
