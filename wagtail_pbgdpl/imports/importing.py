"""Makes drafts of a table of documents: all of them, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from ..content.actions import add_draft
from ..core.base_page import base_page_model
from .checking import Checker, Entry, Note
from .known import known
from .tables import TableRow


@dataclass
class Report:
    """What came of each row; ``is_done``: the drafts were made."""

    entries: list[Entry]
    is_done: bool = False

    @property
    def refused(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.errors]

    @property
    def good(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.errors]


@transaction.atomic
def run(rows: list[TableRow], user: Any, *, is_trial: bool, skips_refused: bool = False) -> Report:
    """Check all rows, and make a draft of each where nothing is refused.

    ``user``: in whose name; ``None``: a program's. ``is_trial``: nothing is made.
    ``skips_refused``: the others are made though some are refused. Whatever fails on the way takes
    all of them back.
    """
    if not is_trial:
        # Of two imports at once the second finds what the first has made.
        list(base_page_model()._default_manager.filter(depth=1).select_for_update())
    checker = Checker(user, known())
    report = Report([checker.check(row) for row in rows])
    if is_trial or not report.good or (report.refused and not skips_refused):
        return report
    for entry in report.good:
        try:
            entry.page = _draft(entry, user)
        except ValidationError as error:
            entry.errors += [Note(text) for text in error.messages]
            transaction.set_rollback(True)
            return report
    report.is_done = True
    return report


def _draft(entry: Entry, user: Any) -> Any:
    page = entry.page
    page.legal_fields = entry.legal_fields
    # Each adds to the tree: what the parent says of its children is of before.
    parent = type(entry.parent)._default_manager.get(pk=entry.parent.pk)
    return add_draft(parent, page, user=user)
