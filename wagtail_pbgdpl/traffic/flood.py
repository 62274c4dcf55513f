"""A limit on absurd numbers of counts that needs to know nobody."""

from __future__ import annotations

from ..core.flood import FloodGate

__all__ = ["FloodGate", "gate"]

# For each process and minute. The busiest provincial page does not come near them.
LIMIT_OF_A_PAGE = 1_200
LIMIT_OF_ALL = 6_000
# Of each page, however many counts the others had: a flood must not silence the rest of the portal.
SHARE_OF_A_PAGE = 60

gate = FloodGate(LIMIT_OF_A_PAGE, LIMIT_OF_ALL, SHARE_OF_A_PAGE)
