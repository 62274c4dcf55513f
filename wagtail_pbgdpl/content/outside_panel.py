"""In the editor of a document: what the national database and gazettes say of it (D2, I1).

The kept copies are read; no system is asked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from wagtail.admin.panels import Panel

from ..differences.models import FIELD, in_words
from ..sources.models import SourceItem
from ..worktime.active import today
from .document_facts import beside
from .outside_items import items_about


class Line(NamedTuple):
    label: str
    theirs: str
    ours: str
    differs: bool


class Outside(NamedTuple):
    """What one source says; ``copy_of``: when it was read last, an aware instant."""

    item: SourceItem
    copy_of: datetime.datetime | None
    lines: list[Line]


def said_outside(page: Any) -> list[Outside]:
    """Return what each source says of the document of a page; one query, none without a number."""
    number, address = page.document_number, page.national_database_url
    if not number and not address:
        return []
    # Of what a source lists twice the newest.
    newest = {one.source_id: one for one in reversed(items_about(number, address))}
    return [
        Outside(one, one.source.succeeded_at, list(_lines(page, one)))
        for one in sorted(newest.values(), key=lambda one: one.source.order)
    ]


def _lines(page: Any, item: SourceItem) -> Iterator[Line]:
    for one in beside(page, item, today()):
        yield Line(
            str(FIELD[one.field]),
            in_words(one.field, one.theirs),
            in_words(one.field, one.ours),
            one.differs,
        )


class OutsidePanel(Panel):
    """Stands below the metadata, and only where a linked system has something to say."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_pbgdpl/admin/outside_panel.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.said = said_outside(self.instance) if self.instance.pk else []

        def is_shown(self) -> bool:
            return bool(self.said) and super().is_shown()
