"""Where in the admin somebody goes on with what the ledger shows."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode


def matters(kind: str, unit_id: int | None = None, late: bool = False) -> str:
    """Return the address of the list of a kind that has no ledger, narrowed as ``report``."""
    values: dict[str, str | int] = {"kind": kind, "state": "late" if late else "open"}
    if unit_id:
        values["unit"] = unit_id
    return f"{reverse('pbgdpl_matters')}?{urlencode(values)}"


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
