"""Primary keys as Django reads them from an address or a form."""

from __future__ import annotations

from collections.abc import Iterable

# The largest that a database keeps.
GREATEST = 2**63 - 1


def as_key(value: object) -> int | None:
    """Return the key for which Django takes ``value``, or ``None`` where it is none.

    Whatever ``int`` takes counts: `` 70``, ``+70``, ``7_0`` and digits of other scripts.
    """
    try:
        key = int(str(value))
    except ValueError:
        return None
    return key if abs(key) <= GREATEST else None


def as_keys(values: Iterable[object]) -> set[int]:
    """Return the keys among ``values``."""
    return {key for key in map(as_key, values) if key is not None}
