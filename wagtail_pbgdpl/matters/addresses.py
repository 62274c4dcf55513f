"""Where in the admin somebody goes on with what the ledger shows."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode


def report(unit_id: int | None = None, category: str = "", late: bool | None = None) -> str:
    """Return the address of the report, narrowed to what is given; ``late=False``: all open."""
    values: dict[str, str | int] = {}
    if category:
        values["category"] = category
    if late is not None:
        values["state"] = "late" if late else "open"
    if unit_id:
        values["unit"] = unit_id
    return reverse("pbgdpl_ledger") + (f"?{urlencode(values)}" if values else "")
