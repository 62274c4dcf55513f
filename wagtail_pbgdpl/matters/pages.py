"""Of a page what its matter says of it. No class to derive from: whatever has it will do."""

from __future__ import annotations

import datetime
from typing import Protocol


class RecordedPage(Protocol):
    """A page of the portal; what is no item of its own needs to have no more."""

    pk: int
    title: str
    draft_title: str
    live: bool
    first_published_at: datetime.datetime | None


class CountedPage(RecordedPage, Protocol):
    """An item of its own, with a clock (``counts_in_ledger``).

    ``deadline_rule`` is the code of the rule that an editor chose, or ``clock.NONE``. The day of
    the event stands in one of the columns that ``clock`` names.
    """

    category: str
    unit_id: int | None
    deadline_rule: str
    counts_in_ledger: bool
