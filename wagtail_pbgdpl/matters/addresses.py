"""Where in the admin somebody goes on with what the ledger shows."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

#: By what the lists call nothing.
NONE = "null"
#: States of rows, as the lists narrow by them.
LATE, SOON, DUE = "late", "soon", "due"


def matters(kind: str, unit_id: int | None, state: str) -> str:
    """Return the address of the list of a kind that has no ledger, narrowed as ``report``."""
    values = {"kind": kind, "state": state, "unit": unit_id or NONE}
    return f"{reverse('pbgdpl_matters')}?{urlencode(values)}"


def report(state: str = "") -> str:
    """Return the address of the ledger, narrowed to the rows in a state, if one is given."""
    return reverse("pbgdpl_ledger") + (f"?state={state}" if state else "")


def entries(unit_id: int | None, category: str, state: str) -> str:
    """Return the address of the ledger with the rows of a unit and a category, or of none."""
    values = {"category": category or NONE, "state": state, "unit": unit_id or NONE}
    return f"{reverse('pbgdpl_ledger')}?{urlencode(values)}"
